"""What the API takes and gives, where it is not a scenario or a plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from plsched.access.bounds import MAX_TIME_LIMIT_S, MAX_WORKERS
from plsched.exports.calendars import FeedKind
from plsched.exports.tables import Axis
from plsched.plan.models import Status
from plsched.runs import Progress
from plsched.runs.states import has_ended
from plsched.scenario.findings import Finding
from plsched.scenario.models import Scenario
from plsched.store import (
    Run,
    RunRequest,
    RunStatus,
    Stage,
    StoredPlan,
    StoredScenario,
)

NO_NUL = r"^[^\x00]*$"
"""PostgreSQL keeps no text with that character."""
MAX_PAGE = 200

JsonObject = dict[str, Any]
T = TypeVar("T")


class Out(BaseModel):
    """A frozen answer; ``model_validate`` also takes an object with the same attributes."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


class FindingOut(Out):
    """Something to mend or to look at in a scenario."""

    severity: Literal["error", "warning"]
    code: str = Field(examples=["unknown-id"])
    file: str
    where: str = Field(examples=["courses[3].pathway"])
    value: str = Field(examples=["algebra"])
    message: str
    remedy: str

    @classmethod
    def of(cls, finding: Finding) -> FindingOut:
        """Tell of a finding."""
        return cls.model_validate(finding)


class InvalidValue(Out):
    """A value of a request that is wrong."""

    where: str = Field(examples=["body.time_limit_s"])
    message: str
    value: str


class ProblemOut(Out):
    """A problem (RFC 9457): what went wrong and what to do.

    ``findings`` come with a scenario that must be mended, ``errors`` with a request that is not
    valid.
    """

    type: str = Field(examples=["not-stored"])
    title: str = Field(examples=["No such plan"])
    status: int = Field(examples=[404])
    detail: str | None = Field(default=None, examples=["no plan has the id 'x'"])
    findings: tuple[FindingOut, ...] | None = None
    errors: tuple[InvalidValue, ...] | None = None


class ScenarioOut(Out):
    """A scenario in the store; the same content sent again is the same scenario."""

    id: str
    name: str
    created_at: datetime

    @property
    def mark(self) -> str:
        """Its id: lists go on after it."""
        return self.id

    @classmethod
    def of(cls, stored: StoredScenario) -> ScenarioOut:
        """Tell of a scenario."""
        return cls.model_validate(stored)


class ScenarioAccepted(ScenarioOut):
    """A scenario that was taken in, with what is worth a look."""

    warnings: tuple[FindingOut, ...]


class ScenarioWhole(ScenarioOut):
    """A scenario with its content."""

    scenario: Scenario


class RunIn(BaseModel):
    """A request to solve a scenario."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scenario: str = Field(
        min_length=1, max_length=64, pattern=NO_NUL, description="Id of the scenario."
    )
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    time_limit_s: Annotated[int, Field(ge=1, le=MAX_TIME_LIMIT_S, description="Seconds.")] = 60
    workers: Annotated[int, Field(ge=1, le=MAX_WORKERS, description="Threads.")] = 2
    baseline: str | None = Field(
        default=None,
        max_length=64,
        pattern=NO_NUL,
        description="Id of the plan to stay close to.",
    )

    def request(self) -> RunRequest:
        """Give the request as runs know it."""
        return RunRequest(
            scenario_id=self.scenario,
            seed=self.seed,
            time_limit_s=self.time_limit_s,
            workers=self.workers,
            baseline_id=self.baseline,
        )


class ProgressOut(Out):
    """One line of a run's progress; ``gap`` is ``|value - bound| / max(1, |value|)``.

    ``number`` counts through all attempts; an ``attempt`` begins anew where another one died.
    """

    number: int
    attempt: int
    elapsed_s: float
    stage: str
    tier: str | None
    value: int | None
    bound: int | None
    gap: float | None
    message: str

    @classmethod
    def of(cls, line: Progress, *, with_costs: bool) -> ProgressOut:
        """Tell of a line; unless ``with_costs``, nothing in which cash may stand.

        The message of a line may name the values of all tiers, whichever is worked on.
        """
        told = cls.model_validate(line)
        if with_costs or told.tier is None:
            return told
        hidden = {"value": None, "bound": None, "gap": None} if told.tier == "cost" else {}
        return told.model_copy(update=hidden | {"message": told.tier})


class ProgressPage(Out):
    """What a run told; ``next`` is the ``after`` of the next look, ``ended`` says it is the last."""

    items: tuple[ProgressOut, ...]
    next: int
    ended: bool

    @classmethod
    def of(
        cls, run: Run, lines: Sequence[Progress], after: int, *, with_costs: bool
    ) -> ProgressPage:
        """Tell of the lines after one that was seen; the run was looked at before them."""
        return cls(
            items=tuple(ProgressOut.of(line, with_costs=with_costs) for line in lines),
            next=lines[-1].number if lines else after,
            ended=has_ended(run),
        )


class RunOut(Out):
    """A run: ``plan`` is the id of its plan once there is one, ``reason`` says why it failed."""

    id: str
    status: RunStatus
    scenario: str
    seed: int
    time_limit_s: int
    workers: int
    baseline: str | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    attempts: int
    cancel_requested: bool
    plan: str | None
    reason: str | None

    @property
    def mark(self) -> str:
        """Its id: lists go on after it."""
        return self.id

    @classmethod
    def of(cls, run: Run) -> RunOut:
        """Tell of a run."""
        return cls(
            id=run.id,
            status=run.status,
            scenario=run.request.scenario_id,
            seed=run.request.seed,
            time_limit_s=run.request.time_limit_s,
            workers=run.request.workers,
            baseline=run.request.baseline_id,
            created_at=run.created_at,
            started_at=run.started_at,
            ended_at=run.ended_at,
            attempts=run.attempts,
            cancel_requested=run.cancel_requested,
            plan=run.plan_id,
            reason=run.reason,
        )


class PlanOut(Out):
    """A plan's place in the store.

    A plan is a draft until it is published, and superseded once the next of its year is.
    """

    id: str
    scenario: str
    scenario_name: str
    run: str | None
    status: Status
    stage: Stage
    created_at: datetime

    @property
    def mark(self) -> str:
        """Its id: lists go on after it."""
        return self.id

    @classmethod
    def of(cls, stored: StoredPlan) -> PlanOut:
        """Tell of a plan."""
        return cls(
            id=stored.id,
            scenario=stored.scenario_id,
            scenario_name=stored.scenario_name,
            run=stored.run_id,
            status=stored.status,
            stage=stored.stage,
            created_at=stored.created_at,
        )


class CalendarOut(Out):
    """A calendar of a plan: whose it is and where it is read."""

    kind: FeedKind
    id: str
    title: str
    href: str = Field(examples=["/v1/plans/0f3a/calendars/educator-T1.ics"])


class CalendarsOut(Out):
    """The calendars of a plan."""

    calendars: tuple[CalendarOut, ...]


class Ledgers(Out):
    """What funds pay, and the value of all that is used (cash included); never added together."""

    cash_cents: int
    economic_cents: int


class CostRow(Out):
    """The lines that share a value in each dimension; ``None``: lines without a value there."""

    values: tuple[str | None, ...]
    names: tuple[str, ...]
    sums: Ledgers


class Breakdown(Out):
    """Both ledgers along one dimension or several; the rows add up to the total, to the cent.

    By ``educator`` they are equal shares of what each takes part in; under ``None`` what reaches
    nobody.
    """

    by: tuple[Axis, ...]
    rows: tuple[CostRow, ...]


class CostsOut(Out):
    """Both ledgers of a plan, broken down; averages are rounded half up."""

    total: Ledgers
    breakdowns: tuple[Breakdown, ...]
    educators_reached: int
    cash_cents_per_educator: int | None
    economic_cents_per_educator: int | None


class Page(Out, Generic[T]):
    """Part of a list, newest first; ``total`` counts all.

    ``next`` is what to send as ``after`` for the next page; ``None`` on the last one.
    """

    items: tuple[T, ...]
    total: int
    next: str | None


class Health(Out):
    """The service answers."""

    status: Literal["ok"]
    version: str


class Readiness(Out):
    """The service can do its work: ``workers`` of them carry out runs."""

    status: Literal["ready"]
    workers: int
