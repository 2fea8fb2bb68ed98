"""Which step is allowed from which status: the whole table."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from plsched.errors import WrongStep
from plsched.runs import states
from plsched.store import Run, RunRequest, RunStatus
from tests.tiny import NOW

LATER = NOW + timedelta(minutes=5)
REQUEST = RunRequest("s", seed=0, time_limit_s=60, workers=2)
QUEUED = Run(
    id="r", tenant="t", request=REQUEST, status="queued", created_at=NOW, created_by="local"
)
RUNNING = replace(QUEUED, status="running", owner="me", beat_at=NOW, started_at=NOW, attempts=1)
FREE = replace(RUNNING, owner=None, beat_at=None)
RUNS: dict[RunStatus, Run] = {
    "queued": QUEUED,
    "running": RUNNING,
    "succeeded": replace(FREE, status="succeeded", plan_id="p", ended_at=NOW),
    "infeasible": replace(FREE, status="infeasible", plan_id="p", ended_at=NOW),
    "no_plan_in_time": replace(FREE, status="no_plan_in_time", plan_id="p", ended_at=NOW),
    "failed": replace(FREE, status="failed", reason="it broke", ended_at=NOW),
    "cancelled": replace(FREE, status="cancelled", ended_at=NOW),
}
STEPS: dict[str, Callable[[Run], Run]] = {
    "start": lambda run: states.start(run, owner="me", now=LATER),
    "finish": lambda run: states.finish(
        run, owner="me", outcome="infeasible", plan_id="p", now=LATER
    ),
    "fail": lambda run: states.fail(run, owner="me", reason="it broke", now=LATER),
    "stop": lambda run: states.stop(run, owner="me", plan_id=None, now=LATER),
    "cancel": lambda run: states.cancel(run, now=LATER),
    "requeue": lambda run: states.requeue(run, now=LATER),
    "release": lambda run: states.release(run, owner="me", now=LATER),
}
ALLOWED: dict[tuple[str, str], Run] = {
    ("start", "queued"): replace(RUNNING, beat_at=LATER, started_at=LATER),
    ("finish", "running"): replace(FREE, status="infeasible", plan_id="p", ended_at=LATER),
    ("fail", "running"): replace(FREE, status="failed", reason="it broke", ended_at=LATER),
    ("stop", "running"): replace(FREE, status="cancelled", ended_at=LATER),
    ("cancel", "queued"): replace(QUEUED, status="cancelled", ended_at=LATER),
    ("cancel", "running"): replace(RUNNING, cancel_requested=True),
    ("cancel", "cancelled"): RUNS["cancelled"],
    ("requeue", "running"): replace(FREE, status="queued"),
    ("release", "running"): replace(FREE, status="queued", attempts=0),
}


@pytest.mark.parametrize("status", RUNS)
@pytest.mark.parametrize("step", STEPS)
def test_the_table_of_steps(step: str, status: RunStatus) -> None:
    if (step, status) in ALLOWED:
        assert STEPS[step](RUNS[status]) == ALLOWED[step, status]
    else:
        with pytest.raises(WrongStep, match=f"run 'r' \\({status}\\) cannot be"):
            STEPS[step](RUNS[status])


@pytest.mark.parametrize("step", ["finish", "fail", "stop", "release"])
def test_only_the_owner_ends_a_run(step: str) -> None:
    """A runner that was taken for dead must not overwrite the work of the next one."""
    with pytest.raises(WrongStep, match="run 'r' \\(running\\) cannot be"):
        STEPS[step](replace(RUNNING, owner="another"))


@pytest.mark.parametrize("step", ["requeue", "release"])
def test_a_run_that_was_to_stop_is_not_queued_again(step: str) -> None:
    gone = STEPS[step](replace(RUNNING, cancel_requested=True))
    assert gone == replace(FREE, status="cancelled", cancel_requested=True, ended_at=LATER)


def test_a_run_that_kills_its_owners_fails_at_last() -> None:
    tried = replace(RUNNING, attempts=states.MAX_ATTEMPTS - 1)
    assert states.requeue(tried, now=LATER).status == "queued"
    failed = states.requeue(replace(RUNNING, attempts=states.MAX_ATTEMPTS), now=LATER)
    reason = "the service stopped 3 times while it solved this; maybe it lacks memory"
    assert failed == replace(FREE, status="failed", attempts=3, reason=reason, ended_at=LATER)


def test_which_runs_have_ended() -> None:
    assert [status for status, run in RUNS.items() if states.has_ended(run)] == [
        "succeeded",
        "infeasible",
        "no_plan_in_time",
        "failed",
        "cancelled",
    ]


def test_the_table_in_the_module_is_what_the_steps_do() -> None:
    """Every run that any steps lead to, and every step from there: no more and no less."""
    done: set[tuple[str, RunStatus, RunStatus]] = set()
    seen: set[Run] = set()
    ahead = [QUEUED]
    while ahead:
        run = ahead.pop()
        if run in seen:
            continue
        seen.add(run)
        for name, step in EVERY_STEP:
            before = run.status
            try:
                after = step(run)
            except WrongStep:
                assert before not in states.STEPS[name]
                continue
            done.add((name, before, after.status))
            ahead.append(after)
    written = {
        (name, before, after)
        for name, table in states.STEPS.items()
        for before, afters in table.items()
        for after in afters
    }
    assert done == written
    assert {run.status for run in seen} == set(RUNS)
    for run in seen:
        assert (run.status == "running") == (run.owner is not None) == (run.beat_at is not None)
        assert (run.status == "failed") == (run.reason is not None)
        assert states.has_ended(run) == (run.ended_at is not None)
        assert 0 <= run.attempts <= states.MAX_ATTEMPTS


OUTCOMES: tuple[states.Outcome, ...] = ("succeeded", "infeasible", "no_plan_in_time")
EVERY_STEP: list[tuple[states.Step, Callable[[Run], Run]]] = [
    ("start", STEPS["start"]),
    *(
        ("finish", partial(states.finish, owner="me", outcome=outcome, plan_id="p", now=LATER))
        for outcome in OUTCOMES
    ),
    ("fail", STEPS["fail"]),
    ("stop", STEPS["stop"]),
    ("stop", partial(states.stop, owner="me", plan_id="p", now=LATER)),
    ("cancel", STEPS["cancel"]),
    ("requeue", STEPS["requeue"]),
    ("release", STEPS["release"]),
]
