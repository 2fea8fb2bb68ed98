"""When a child is given up: a clock that is moved by hand."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import pytest

from plsched.solver.progress import Progress
from plsched.solver.watchdog import GRACE_BUILDS, GRACE_S, SILENCE_S, Watch

Pass = Callable[[float], None]


@pytest.fixture
def pass_time(monkeypatch: pytest.MonkeyPatch) -> Pass:
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])

    def move(seconds: float) -> None:
        now[0] += seconds

    return move


def said(stage: str) -> Progress:
    return Progress(0.0, stage)


def until_given_up(watch: Watch, pass_time: Pass, *, beats: bool) -> tuple[float, str]:
    """Look every half second; give the seconds until the verdict, and the verdict."""
    for look in range(10_000):
        reason = watch.verdict()
        if reason is not None:
            return look / 2, reason
        if beats:
            watch.heard("alive")
        pass_time(0.5)
    pytest.fail("it was never given up")


def test_silence_is_given_up_before_a_minute_is_over(pass_time: Pass) -> None:
    after, reason = until_given_up(Watch(os.getpid(), 600.0, None), pass_time, beats=False)
    assert SILENCE_S < after < 60
    assert "no sign of life" in reason


def test_past_its_time_a_child_has_the_grace_and_no_more(pass_time: Pass) -> None:
    after, reason = until_given_up(Watch(os.getpid(), 100.0, None), pass_time, beats=True)
    assert 100 + GRACE_S < after < 100 + 60
    assert "after its 100 s were over" in reason


def test_each_step_forward_is_given_the_grace_anew(pass_time: Pass) -> None:
    watch = Watch(os.getpid(), 10.0, None)
    for stage in ("explain", "judge"):
        for _ in range(int(GRACE_S) - 2):
            pass_time(1.0)
            watch.heard("alive")
            assert watch.verdict() is None
        watch.heard(said(stage))
    after, _ = until_given_up(watch, pass_time, beats=True)
    assert GRACE_S < after < 60


def test_a_large_district_has_more_grace(pass_time: Pass) -> None:
    watch = Watch(os.getpid(), 100.0, None)
    for second in range(30):
        if second in (0, 10):
            watch.heard(said("build" if second else "index"))
        pass_time(1.0)
        watch.heard("alive")
        assert watch.verdict() is None
    watch.heard(said("search"))
    after, _ = until_given_up(watch, pass_time, beats=True)
    assert 70 + GRACE_BUILDS * 30 < after < 70 + GRACE_BUILDS * 30 + 2


def test_a_second_proof_may_take_as_long_as_the_first(pass_time: Pass) -> None:
    watch = Watch(os.getpid(), 300.0, None)
    for _ in range(300):
        pass_time(1.0)
        watch.heard("alive")
        assert watch.verdict() is None
    watch.heard(said("confirm"))
    after, _ = until_given_up(watch, pass_time, beats=True)
    assert 300 + GRACE_S < after < 300 + 60


def test_time_in_which_we_stood_still_is_not_held_against_the_child(pass_time: Pass) -> None:
    watch = Watch(os.getpid(), 600.0, None)
    pass_time(3600.0)
    assert watch.verdict() is None
    after, _ = until_given_up(watch, pass_time, beats=False)
    assert SILENCE_S - 2 < after < 60


def test_a_process_that_has_died_takes_no_memory() -> None:
    assert Watch(2**30, 1.0, 1).verdict() is None
