"""What the store gives back: plain frozen records, free of the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from plsched.access import Role
from plsched.plan.models import Status

RunStatus = Literal[
    "queued", "running", "succeeded", "infeasible", "no_plan_in_time", "failed", "cancelled"
]

Stage = Literal["draft", "published", "superseded"]


@dataclass(frozen=True, slots=True)
class Tenant:
    """A district, and how much of the service it may use; ``None``: as the service is set.

    Attributes
    ----------
    max_time_limit_s
        Longest time limit of a run.
    max_workers
        Most threads of a run.
    max_queued_runs
        Runs that may wait at a time.
    max_educators
        Educators in a scenario.
    """

    id: str
    name: str
    created_at: datetime
    max_time_limit_s: int | None = None
    max_workers: int | None = None
    max_queued_runs: int | None = None
    max_educators: int | None = None

    def limited(
        self, *, max_time_limit_s: int, max_workers: int, max_queued_runs: int, max_educators: int
    ) -> Tenant:
        """Give the district with the service's own limits where it has none."""
        return replace(
            self,
            max_time_limit_s=self.max_time_limit_s or max_time_limit_s,
            max_workers=self.max_workers or max_workers,
            max_queued_runs=self.max_queued_runs or max_queued_runs,
            max_educators=self.max_educators or max_educators,
        )


@dataclass(frozen=True, slots=True)
class StoredScenario:
    """A scenario that was sent in."""

    id: str
    name: str
    created_at: datetime
    created_by: str


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
    tenant
        Id of the district that asked.
    created_by
        Who asked.
    owner
        Token of the attempt under way; ``None`` unless running.
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
    tenant: str
    request: RunRequest
    status: RunStatus
    created_at: datetime
    created_by: str
    started_at: datetime | None = None
    ended_at: datetime | None = None
    owner: str | None = None
    beat_at: datetime | None = None
    attempts: int = 0
    cancel_requested: bool = False
    plan_id: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class QueueState:
    """How the queue stands, of all districts together.

    Attributes
    ----------
    by_status
        Number of runs of each status that there is.
    oldest_wait_s
        Seconds that the run waits which has waited longest; 0 when none waits.
    """

    by_status: Mapping[str, int]
    oldest_wait_s: float


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """Something that a solve told while it worked.

    Attributes
    ----------
    elapsed_s
        Seconds since the solve began.
    stage
        What is being done.
    tier
        The tier of the objective that is being optimised.
    value
        Incumbent of the tier.
    bound
        What the tier cannot pass.
    gap
        ``|value - bound| / max(1, |value|)``.
    message
        The same for people.
    """

    elapsed_s: float
    stage: str
    tier: str | None
    value: int | None
    bound: int | None
    gap: float | None
    message: str


@dataclass(frozen=True, slots=True)
class Progress(ProgressLine):
    """A line of a run's progress.

    Attributes
    ----------
    number
        Place in the run's progress, from 1, through all attempts.
    attempt
        The attempt that told it.
    """

    number: int
    attempt: int


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A plan's place in the store; its content is read apart.

    Attributes
    ----------
    stage
        Whether it was published, and is what the feeds of its year follow.
    """

    id: str
    scenario_id: str
    scenario_name: str
    run_id: str | None
    status: Status
    created_at: datetime
    stage: Stage = "draft"


@dataclass(frozen=True, slots=True)
class Publication:
    """A plan that was published.

    Attributes
    ----------
    year
        School year, by the year in which its calendar begins.
    number
        Counts the publications of the year, from 1.
    is_current
        It is the latest of its year, which the feeds follow; others are superseded.
    summary
        What it changes, in a line; ``None`` for the first of a year.
    """

    year: int
    number: int
    plan_id: str
    scenario_name: str
    published_at: datetime
    published_by: str
    is_current: bool
    summary: str | None


@dataclass(frozen=True, slots=True)
class FeedFile:
    """A feed as its readers get it.

    Attributes
    ----------
    kind, reader
        Whose it is; the feed for all has an empty reader.
    etag
        Tells the content from any other, without quotes.
    changed_at
        When the content last changed.
    content
        The .ics file, packed by gzip.
    """

    kind: str
    reader: str
    title: str
    etag: str
    changed_at: datetime
    content: bytes


@dataclass(frozen=True, slots=True)
class ServedFeed:
    """What an address of a feed leads to, without the content."""

    tenant: str
    kind: str
    reader: str
    title: str
    etag: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class StoredFeed:
    """An address of a feed that was given out; its token is not kept.

    Attributes
    ----------
    title
        Name of the feed now; ``None`` when its reader is in no published plan any more.
    token_hash
        SHA-256 of the token, in hexadecimal digits.
    revoked_at
        Since when the address is refused.
    """

    id: str
    kind: str
    reader: str
    title: str | None
    token_hash: str
    created_at: datetime
    created_by: str
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A key that was given out; its secret is not kept.

    Attributes
    ----------
    secret_hash
        SHA-256 of the secret, in hexadecimal digits.
    expires_at
        From when on it is refused; ``None``: never.
    revoked_at
        Since when it is refused.
    """

    id: str
    tenant: str
    name: str
    role: Role
    secret_hash: str
    created_at: datetime
    created_by: str
    expires_at: datetime | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who signs in by their e-mail address, and what they are to a district."""

    tenant: str
    email: str
    role: Role
    created_at: datetime
    created_by: str


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that somebody did.

    Attributes
    ----------
    action
        What was done, as ``kind.verb``.
    subject
        Id of what it was done to.
    request_id
        The request by which it was done; ``None`` on the command line.
    """

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    request_id: str | None
    details: dict[str, str | int | None]
