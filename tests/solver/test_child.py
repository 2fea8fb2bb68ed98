"""A solve in a process of its own: it may be killed or cancelled, and never takes us with it."""

from __future__ import annotations

import os
import re
import signal
import sys
import threading
import time
from multiprocessing import active_children, resource_tracker
from pathlib import Path
from typing import cast

import psutil
import pytest

from plsched.errors import SolverCrashed
from plsched.scenario.check import load
from plsched.scenario.models import Scenario
from plsched.solver import solve, watchdog
from plsched.solver.effort import Effort
from plsched.solver.progress import Progress
from plsched.solver.session import Session
from tests.solver.boundaries import course, district, educator, when
from tests.solver.generated import generated
from tests.solver.misbehaving import Aborts, Grows, Misbehaving, NeverLetsGo, Spins, Stops
from tests.solver.solving import HAS_PLAN, values

ROOT = Path(__file__).parents[2]


def large() -> Scenario:
    """Give a district that takes a while: thirty courses for the same people."""
    at = when(day=6, last=17) | {"starts": ["10:00", "10:15", "10:30", "13:30", "13:45"]}
    rows = [course(f"c{k}", at, "both", "others", sessions=2) for k in range(30)]
    people = [educator(k) for k in range(1, 5)]
    return district(courses=rows, educators=people)


def test_a_child_gives_the_plan_that_a_session_gives() -> None:
    scenario = generated(11)
    alone = Session(scenario, Effort(0, 30.0, 1), None, lambda _: None).run()
    told: list[Progress] = []
    child = solve(scenario, seed=0, time_limit_s=30.0, workers=1, on_progress=told.append)
    same = {"wall_time_s": 0.0}
    assert child.model_copy(update=same) == alone.model_copy(update=same)
    assert "judge" in {p.stage for p in told}


def test_a_killed_child_is_told_by_the_name_of_the_signal() -> None:
    killed: list[int] = []

    def kill(_progress: Progress) -> None:
        for child in active_children():
            if child.pid is not None and not killed:
                killed.append(child.pid)
                os.kill(child.pid, signal.SIGKILL)

    with pytest.raises(SolverCrashed, match="ended by signal SIGKILL"):
        solve(large(), time_limit_s=60.0, workers=1, on_progress=kill)
    assert killed


def test_a_child_that_gives_up_is_told_with_its_reason() -> None:
    broken = generated(11).model_copy(update={"courses": (None,)})
    with pytest.raises(SolverCrashed, match="NoneType"):
        solve(broken, time_limit_s=10.0, workers=1)


@pytest.mark.alone
def test_a_cancelled_solve_ends_soon_with_the_best_plan_so_far() -> None:
    searching = threading.Event()

    def watch(progress: Progress) -> None:
        if progress.stage in ("search", "improve") and progress.value is not None:
            searching.set()

    started = time.monotonic()
    plan = solve(
        large(),
        time_limit_s=120.0,
        workers=1,
        on_progress=watch,
        cancelled=searching.is_set,
    )
    assert time.monotonic() - started < 60
    assert plan.status in (*HAS_PLAN, "CANCELLED")
    assert values(plan.model_copy(update={"status": "FEASIBLE"}))


def test_cancelled_from_the_start_there_may_be_no_plan() -> None:
    plan = solve(generated(11), time_limit_s=30.0, workers=1, cancelled=lambda: True)
    assert plan.status in (*HAS_PLAN, "CANCELLED")


def pids_of(parent: int) -> list[int]:
    return [child.pid for child in psutil.Process(parent).children(recursive=True)]


def is_its_own(pid: int) -> bool:
    try:
        return any("spawn_main" in word for word in psutil.Process(pid).cmdline())
    except psutil.NoSuchProcess:
        return False


def given_up(
    scenario: Misbehaving, *, time_limit_s: float = 60.0, memory: int | None = None
) -> str:
    """Give the reason for which a child was given up; of its processes none is left."""
    # Python's own tracker starts with the first child of all and stays.
    resource_tracker.ensure_running()
    before = pids_of(os.getpid())
    with pytest.raises(SolverCrashed) as crash:
        solve(
            cast("Scenario", scenario),
            time_limit_s=time_limit_s,
            workers=1,
            memory_limit_mib=memory,
        )
    assert pids_of(os.getpid()) == before
    return str(crash.value)


@pytest.fixture
def _short_of_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog, "SILENCE_S", 6.0)
    monkeypatch.setattr(watchdog, "GRACE_S", 3.0)


@pytest.mark.usefixtures("_short_of_patience")
@pytest.mark.parametrize(
    ("sent", "why"),
    [(signal.SIGKILL, "ended by signal SIGKILL"), (signal.SIGSTOP, "gave no sign of life for 6 s")],
    ids=["killed", "stopped"],
)
def test_a_child_that_never_reads_its_task_is_given_up(sent: signal.Signals, why: str) -> None:
    """The task of a real district is more than a pipe takes, so whoever gives it waits."""
    resource_tracker.ensure_running()
    before = set(pids_of(os.getpid()))
    struck: list[int] = []

    def strike() -> None:
        until = time.monotonic() + 20
        while not struck and time.monotonic() < until:
            # Until it is a program of its own, our process waits for it.
            for pid in filter(is_its_own, set(pids_of(os.getpid())) - before):
                os.kill(pid, sent)
                struck.append(pid)

    striking = threading.Thread(target=strike)
    striking.start()
    with pytest.raises(SolverCrashed, match=why):
        solve(load(ROOT / "scenarios/clayton"), time_limit_s=60.0, workers=1)
    striking.join()
    assert struck


def test_whoever_gives_a_cancelled_solve_up_is_heard() -> None:
    asked: list[bool] = []

    def wanted() -> bool:
        asked.append(True)
        if len(asked) > 3:
            raise TimeoutError("the service ends")
        return True

    with pytest.raises(TimeoutError):
        solve(large(), time_limit_s=60.0, workers=1, cancelled=wanted)


def test_a_child_that_aborts_is_told_by_the_name_of_the_signal() -> None:
    assert given_up(Aborts()) == "the solver's process was ended by signal SIGABRT"


@pytest.mark.usefixtures("_short_of_patience")
@pytest.mark.parametrize("hangs", [Stops(), NeverLetsGo()], ids=["stopped", "never lets go"])
def test_a_child_without_a_sign_of_life_is_ended(hangs: Misbehaving) -> None:
    reason = "the solver's process gave no sign of life for 6 s and was ended"
    assert given_up(hangs) == reason


@pytest.mark.usefixtures("_short_of_patience")
def test_a_child_that_goes_on_after_its_time_limit_is_ended() -> None:
    reason = given_up(Spins(), time_limit_s=1.0)
    assert re.search(
        r"did not come to an end after its 1 s were over: .* for \d+ s; it was ended", reason
    )


@pytest.mark.usefixtures("_short_of_patience")
def test_a_child_that_does_not_heed_a_cancel_is_ended() -> None:
    with pytest.raises(SolverCrashed, match="did not come to an end after it was cancelled"):
        solve(cast("Scenario", Spins()), time_limit_s=900.0, workers=1, cancelled=lambda: True)


def test_a_child_that_takes_too_much_memory_is_ended_with_the_sizes() -> None:
    told = re.search(r"took ([\d,]+) MiB .* the 400 MiB", given_up(Grows(), memory=400))
    assert told
    assert 400 < int(told[1].replace(",", "")) < 1500


def test_a_child_within_its_memory_is_left_alone() -> None:
    assert solve(generated(11), time_limit_s=30.0, workers=1, memory_limit_mib=4000).items


def test_a_stopped_child_dies_with_its_parent() -> None:
    """Also one that hangs: it cannot notice by itself that nobody listens any more."""
    code = (
        "from plsched.solver import solve; from tests.solver.misbehaving import Stops;"
        "solve(Stops(), time_limit_s=600)"
    )
    parent = psutil.Popen([sys.executable, "-c", code])
    try:
        child = stopped_child(parent)
    finally:
        parent.kill()
        parent.wait()
    gone, alive = psutil.wait_procs([child], timeout=10)
    assert (gone, alive) == ([child], [])


def stopped_child(parent: psutil.Process) -> psutil.Process:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        for child in parent.children():
            if child.status() == psutil.STATUS_STOPPED:
                return child
        time.sleep(0.1)
    pytest.fail("no child has stopped")
