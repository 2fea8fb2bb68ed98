"""What the store gives back: plain frozen records, free of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from plsched.plan.models import Status

RunStatus = Literal["queued", "running", "done", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class StoredScenario:
    """A scenario that was sent in; its id is the hash of its content."""

    id: str
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What one solve is asked to do."""

    scenario_id: str
    seed: int
    time_limit_s: int
    workers: int
    baseline_id: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One solve request and how far it got.

    Attributes
    ----------
    owner
        The runner that works on it; ``None`` unless running.
    beat_at
        When the owner last showed that it lives.
    attempts
        How often the run was started.
    cancel_requested
        Somebody asked a running run to stop.
    reason
        Why it failed.
    """

    id: str
    request: RunRequest
    status: RunStatus
    created_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    owner: str | None = None
    beat_at: datetime | None = None
    attempts: int = 0
    cancel_requested: bool = False
    plan_id: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A plan's place in the store; its content is read apart."""

    id: str
    scenario_id: str
    scenario_name: str
    run_id: str | None
    status: Status
    created_at: datetime
