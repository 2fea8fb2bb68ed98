"""What a run may become: the one state machine of a solve request.

    queued ──start──▶ running ──finish──▶ succeeded, infeasible or no_plan_in_time
      │  ◀──requeue──   │  └────fail────▶ failed
      └────cancel───┐   └──ask to stop, then stop──┐
                    └──▶ cancelled ◀───────────────┘

A run that has ended never changes. Each function takes a run and gives what it becomes; `RunStore`
applies it in one transaction.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Literal, assert_never

from plsched.errors import WrongStep
from plsched.plan.models import Status
from plsched.store import Run

Outcome = Literal["succeeded", "infeasible", "no_plan_in_time"]
MAX_ATTEMPTS = 3
"""A run whose owner died this often is not tried again: it may be what kills them."""


def start(run: Run, *, owner: str, now: datetime) -> Run:
    """Give a run that waits to a runner."""
    if run.status != "queued":
        raise _wrong("started", run)
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
    return replace(_owned("finished", run, owner), status=outcome, plan_id=plan_id, ended_at=now)


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
    return replace(_owned("failed", run, owner), status="failed", reason=reason, ended_at=now)


def stop(run: Run, *, owner: str, plan_id: str | None, now: datetime) -> Run:
    """Its solve stopped because somebody asked; the best plan so far is kept if there is one."""
    return replace(_owned("stopped", run, owner), status="cancelled", plan_id=plan_id, ended_at=now)


def cancel(run: Run, *, now: datetime) -> Run:
    """Somebody no longer wants it: at once when it waits, by its owner when it runs."""
    match run.status:
        case "queued":
            return replace(run, status="cancelled", ended_at=now)
        case "running":
            return replace(run, cancel_requested=True)
        case "cancelled":
            return run
        case "succeeded" | "infeasible" | "no_plan_in_time" | "failed":
            raise _wrong("cancelled", run)
        case _:
            assert_never(run.status)


def requeue(run: Run, *, now: datetime) -> Run:
    """Its owner is gone: it waits again, unless it was to stop or its owners keep dying."""
    if run.status != "running":
        raise _wrong("queued again", run)
    free = replace(run, owner=None, beat_at=None)
    if run.cancel_requested:
        return replace(free, status="cancelled", ended_at=now)
    if run.attempts >= MAX_ATTEMPTS:
        reason = (
            f"the service stopped {run.attempts} times while it solved this; maybe it lacks memory"
        )
        return replace(free, status="failed", reason=reason, ended_at=now)
    return replace(free, status="queued")


def release(run: Run, *, owner: str) -> Run:
    """Its owner shuts down in order: it waits again, and the attempt does not count."""
    free = _owned("queued again", run, owner)
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


def _owned(step: str, run: Run, owner: str) -> Run:
    # A runner that was taken for dead may come back with a result after the run was queued again.
    if run.status != "running" or run.owner != owner:
        raise _wrong(step, run)
    return replace(run, owner=None, beat_at=None)


def _wrong(step: str, run: Run) -> WrongStep:
    return WrongStep(f"run {run.id!r} ({run.status}) cannot be {step}")
