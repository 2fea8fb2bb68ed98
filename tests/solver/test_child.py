"""A solve in a process of its own: it may be killed or cancelled, and never takes us with it."""

from __future__ import annotations

import os
import signal
import threading
import time
from multiprocessing import active_children

import pytest

from plsched.errors import SolverCrashed
from plsched.scenario.models import Scenario
from plsched.solver import solve
from plsched.solver.effort import Effort
from plsched.solver.progress import Progress
from plsched.solver.session import Session
from tests.solver.boundaries import course, district, educator, when
from tests.solver.generated import generated
from tests.solver.solving import HAS_PLAN, values


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
