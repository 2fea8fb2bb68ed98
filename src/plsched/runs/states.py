"""What a run may become: the one state machine of a solve request.

    queued ──start──▶ running ──finish──▶ succeeded, infeasible or no_plan_in_time
      │  ◀──requeue──   │  └────fail────▶ failed
      │  ◀──release──   │
      └────cancel───┐   └──cancel asks it to stop, then stop──┐
                    └──▶ cancelled ◀──────────────────────────┘

`STEPS` is the whole of it. A run that has ended never changes. Each function is a step: it takes a
run and gives what it becomes; the store applies it in one transaction.

An attempt has a token of its own, the owner. Whoever was taken for dead and comes back holds a
token that is no longer the run's, and can change nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Literal, assert_never

from plsched.errors import WrongStep
from plsched.plan.models import Status
from plsched.store import Run, RunStatus

Outcome = Literal["succeeded", "infeasible", "no_plan_in_time"]
Step = Literal["start", "finish", "fail", "stop", "cancel", "requeue", "release"]

STEPS: Mapping[Step, Mapping[RunStatus, frozenset[RunStatus]]] = {
    "start": {"queued": frozenset({"running"})},
    "finish": {"running": frozenset({"succeeded", "infeasible", "no_plan_in_time"})},
    "fail": {"running": frozenset({"failed"})},
    "stop": {"running": frozenset({"cancelled"})},
    "cancel": {
        "queued": frozenset({"cancelled"}),
        "running": frozenset({"running"}),
        "cancelled": frozenset({"cancelled"}),
    },
    "requeue": {"running": frozenset({"queued", "cancelled", "failed"})},
    "release": {"running": frozenset({"queued", "cancelled"})},
}
"""For each step, the statuses in which it may be taken, and what it may lead to."""

_WORDS: Mapping[Step, str] = {
    "start": "started",
    "finish": "finished",
    "fail": "failed",
    "stop": "stopped",
    "cancel": "cancelled",
    "requeue": "queued again",
    "release": "released",
}

MAX_ATTEMPTS = 3
"""A run whose owner died this often is not tried again: it may be what kills them."""


def start(run: Run, *, owner: str, now: datetime) -> Run:
    """Give a run that waits to an attempt."""
    _check("start", run)
    return replace(
        run,
        status="running",
        owner=owner,
        beat_at=now,
        started_at=now,
        attempts=run.attempts + 1,
    )


def finish(run: Run, *, owner: str, outcome: Outcome, plan_id: str, now: datetime) -> Run:
    """Its solve ended by itself: with a plan, with the proof that there is none, or too late."""
    return replace(_owned("finish", run, owner), status=outcome, plan_id=plan_id, ended_at=now)


def outcome(status: Status) -> Outcome:
    """Tell what a run becomes whose plan has this status.

    Raises
    ------
    ValueError
        The plan is of a solve that somebody stopped: see `stop`.
    """
    match status:
        case "OPTIMAL" | "FEASIBLE":
            return "succeeded"
        case "INFEASIBLE":
            return "infeasible"
        case "NO_PLAN_IN_TIME":
            return "no_plan_in_time"
        case "CANCELLED":
            raise ValueError("a cancelled solve does not finish: its run is stopped")
        case _:
            assert_never(status)


def fail(run: Run, *, owner: str, reason: str, now: datetime) -> Run:
    """Its solve ended with an error."""
    return replace(_owned("fail", run, owner), status="failed", reason=reason, ended_at=now)


def stop(run: Run, *, owner: str, plan_id: str | None, now: datetime) -> Run:
    """Its solve stopped because somebody asked; the best plan so far is kept if there is one."""
    return replace(_owned("stop", run, owner), status="cancelled", plan_id=plan_id, ended_at=now)


def cancel(run: Run, *, now: datetime) -> Run:
    """Somebody no longer wants it: at once when it waits, by its owner when it runs."""
    _check("cancel", run)
    match run.status:
        case "queued":
            return replace(run, status="cancelled", ended_at=now)
        case "running":
            return replace(run, cancel_requested=True)
        case _:
            return run


def requeue(run: Run, *, now: datetime) -> Run:
    """Its owner is gone: it waits again, unless it was to stop or its owners keep dying."""
    _check("requeue", run)
    free = replace(run, owner=None, beat_at=None)
    if run.cancel_requested:
        return replace(free, status="cancelled", ended_at=now)
    if run.attempts >= MAX_ATTEMPTS:
        reason = (
            f"the service stopped {run.attempts} times while it solved this; maybe it lacks memory"
        )
        return replace(free, status="failed", reason=reason, ended_at=now)
    return replace(free, status="queued")


def release(run: Run, *, owner: str, now: datetime) -> Run:
    """Its owner shuts down in order: it waits again, and the attempt does not count."""
    free = _owned("release", run, owner)
    if run.cancel_requested:
        return replace(free, status="cancelled", ended_at=now)
    return replace(free, status="queued", attempts=run.attempts - 1)


def has_ended(run: Run) -> bool:
    """Tell whether a run will not change any more."""
    match run.status:
        case "queued" | "running":
            return False
        case "succeeded" | "infeasible" | "no_plan_in_time" | "failed" | "cancelled":
            return True
        case _:
            assert_never(run.status)


def _owned(step: Step, run: Run, owner: str) -> Run:
    _check(step, run)
    if run.owner != owner:
        raise _wrong(step, run)
    return replace(run, owner=None, beat_at=None)


def _check(step: Step, run: Run) -> None:
    if run.status not in STEPS[step]:
        raise _wrong(step, run)


def _wrong(step: Step, run: Run) -> WrongStep:
    return WrongStep(f"run {run.id!r} ({run.status}) cannot be {_WORDS[step]}")
