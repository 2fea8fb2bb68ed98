"""Whose silence counts: time that passes while the runs can be looked at, by no clock on the wall."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

import pytest

from plsched.runs.tending import SilentRuns
from plsched.store import Pulse, RunQueue

AHEAD = datetime(2099, 1, 1, tzinfo=UTC)
"""A last sign of life by a clock that was far ahead."""


class Runs:
    """Stands in for the store: one run, whose owner may beat, and which may be out of reach."""

    def __init__(self) -> None:
        self.pulse: Pulse = ("a", "me", AHEAD)
        self.away = self.full = False
        self.taken: list[Pulse] = []

    def pulses(self) -> list[Pulse]:
        if self.away:
            raise OSError("no space left on device")
        return [self.pulse]

    def take_if_silent(self, pulse: Pulse, _: object) -> None:
        if self.full:
            raise OSError("no space left on device")
        self.taken.append(pulse)


class Looking:
    """Looks every two seconds of a clock of its own."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.runs = Runs()
        self.silent = SilentRuns(
            cast("RunQueue", self.runs), silent_s=20.0, look_s=2.0, clock=lambda: self.now
        )

    def look(self, seconds: float) -> None:
        for _ in range(int(seconds / 2)):
            self.now += 2
            try:
                self.silent.requeue()
            except OSError:
                assert self.runs.away or self.runs.full


@pytest.fixture
def looking() -> Looking:
    return Looking()


def test_who_is_silent_loses_the_run_whatever_the_clock_says(looking: Looking) -> None:
    looking.look(20)
    assert looking.runs.taken == []
    looking.look(4)
    assert looking.runs.taken[0] == ("a", "me", AHEAD)


def test_who_beats_keeps_the_run(looking: Looking) -> None:
    for year in range(2000, 2010):
        looking.runs.pulse = ("a", "me", datetime(year, 1, 1, tzinfo=UTC))
        looking.look(18)
    assert looking.runs.taken == []


def test_nobody_is_silent_while_the_store_is_away(looking: Looking) -> None:
    looking.look(10)
    looking.runs.away = True
    looking.look(60)
    looking.runs.away = False
    looking.look(20)
    assert looking.runs.taken == []
    looking.look(4)
    assert looking.runs.taken


def test_nobody_is_silent_while_the_disk_is_full(looking: Looking) -> None:
    """Runs can be read then, and no owner can write that it lives."""
    looking.runs.full = True
    looking.look(30)
    looking.runs.full = False
    looking.look(8)
    assert looking.runs.taken == []
    looking.look(20)
    assert looking.runs.taken


def test_nobody_is_silent_while_the_machine_sleeps(looking: Looking) -> None:
    looking.look(18)
    looking.now += 3600
    looking.look(18)
    assert looking.runs.taken == []
    looking.look(6)
    assert looking.runs.taken
