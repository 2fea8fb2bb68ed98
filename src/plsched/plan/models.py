"""The plan, as plan.json holds it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from plsched.families import Family
from plsched.scenario.models.learning import Format
from plsched.scenario.models.money import CostElement, CostKind, Phase
from plsched.scenario.models.policy import Tier

Status = Literal["OPTIMAL", "FEASIBLE", "INFEASIBLE", "NO_PLAN_IN_TIME", "CANCELLED"]
ItemKind = Literal["session", "task", "observation", "cycle"]
Shift = Literal["full", "morning", "afternoon", "periods", "hours"]
"""What a sub is hired for: a day, half a day, single periods, the hours from first to last period."""


class Part(BaseModel):
    """A frozen part of a plan."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Occurrence(Part):
    """One dated piece of an item, half-open, in wall-clock time with zone.

    ``label``: ``briefing``, ``visits`` or ``debriefing`` on an observation day, ``conference`` or
    ``visit`` in a coaching cycle.
    """

    start: AwareDatetime
    end: AwareDatetime
    label: str | None = None


class Release(Part):
    """An educator who leaves classes on a date."""

    educator: str
    date: date
    periods: tuple[str, ...] = Field(min_length=1)


class Visit(Part):
    """A host visited by observers in a period."""

    period: str
    start: AwareDatetime
    end: AwareDatetime
    host: str
    observers: tuple[str, ...] = Field(min_length=1)


class CostLine(Part):
    """One line of both ledgers.

    ``cash_cents`` is paid by ``fund`` (``None`` where cash is 0); ``economic_cents`` is the value
    of all resources used and includes the cash. The two are never added together.
    """

    kind: CostKind
    element: CostElement
    phase: Phase
    quantity: int
    unit: str
    cash_cents: int
    economic_cents: int
    fund: str | None = None
    account_code: str | None = None
    obligation_date: date
    term: str | None
    pathway: str | None
    department: str | None
    site: str | None
    account: str | None = None
    """For subs charged to positions: the fund of the absent educator's position."""


class ScheduledItem(Part):
    """When, where and with whom something takes place, without what it costs.

    ``start`` and ``end`` are those of the first occurrence. ``educators`` are all who take part,
    members of ``groups`` included.
    """

    id: str
    kind: ItemKind
    source: str
    title: str
    section: int | None = None
    session: int | None = None
    start: AwareDatetime
    end: AwareDatetime
    occurrences: tuple[Occurrence, ...] = Field(min_length=1)
    format: Format = "in_person"
    site: str | None = None
    facility: str | None = None
    licence: str | None = None
    groups: tuple[str, ...] = ()
    educators: tuple[str, ...] = ()
    experts: tuple[str, ...] = ()
    coach: str | None = None
    required: bool = False
    pathway: str
    department: str | None = None
    serves: tuple[str, ...] = ()
    phase: Phase = "delivery"
    releases: tuple[Release, ...] = ()
    visits: tuple[Visit, ...] = ()
    subs: tuple[str, ...] = ()


class PlanItem(ScheduledItem):
    """Something that stands in the plan: a session, a task, an observation day, a cycle."""

    cost_lines: tuple[CostLine, ...] = ()


class Cover(Part):
    """A sub stands in for an educator in a period, because of an item."""

    item: str
    educator: str
    site: str
    period: str


class ScheduledSubstitute(Part):
    """A sub's date, sites and covers; ``second_site`` is where they go for the afternoon."""

    id: str
    pool: str
    date: date
    site: str
    second_site: str | None = None
    shift: Shift
    covers: tuple[Cover, ...] = ()


class Substitute(ScheduledSubstitute):
    """A sub hired for a date, charged to an account."""

    account: str
    cost_lines: tuple[CostLine, ...] = ()


class ExpertDay(Part):
    """A day's fee or travel of an expert, charged once for a date, pathway and department."""

    expert: str
    date: date
    account: str
    cost_lines: tuple[CostLine, ...] = ()


class LeftOut(Part):
    """Something asked for that does not stand, and why."""

    id: str
    source: str
    title: str
    required: bool
    groups: tuple[str, ...] = ()
    reach_lost: Annotated[int, Field(ge=0)] = 0
    families: tuple[Family, ...] = ()
    reason: str


class Conflict(Part):
    """Rules that cannot hold together: a minimal set, confirmed by a solve of its own."""

    family: Family
    ids: tuple[str, ...]
    text: str


class TierResult(Part):
    """How good the plan is in a tier.

    ``gap`` is ``|value - bound| / max(1, |value|)``, ``None`` where no bound is known. Units:
    required: things that stand; reach: weight x educator-minutes; distance: points; cost: cents;
    comfort: points.
    """

    name: Tier
    sense: Literal["max", "min"]
    unit: str
    value: int
    bound: int | None
    gap: float | None


class Plan(Part):
    """A judged plan, or the reason why there is none."""

    format: Literal[1] = 1
    scenario: str
    scenario_hash: str
    timezone: str
    seed: int
    version: str
    status: Status
    tiers: tuple[TierResult, ...] = ()
    wall_time_s: float
    items: tuple[PlanItem, ...] = ()
    substitutes: tuple[Substitute, ...] = ()
    expert_days: tuple[ExpertDay, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[str, ...] = ()
