"""The head of the report: what this is, how good it is, where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from plsched.exports.report.reading import dates_of
from plsched.exports.report.wording import (
    full_date,
    listed,
    number,
    plural,
    tenths,
)
from plsched.money import dollars
from plsched.plan.facts import Facts
from plsched.plan.models import Plan, Status, TierResult
from plsched.plan.required import asked_for
from plsched.scenario.models.policy import Tier

Tone = Literal["good", "fair", "poor"]

TONES: dict[Status, Tone] = {
    "OPTIMAL": "good",
    "FEASIBLE": "fair",
    "INFEASIBLE": "poor",
    "NO_PLAN_IN_TIME": "poor",
    "CANCELLED": "poor",
}

MEANINGS: dict[Tier, str] = {
    "required": "Required things that stand; the more the better",
    "reach": "Requested learning, in educator-hours weighted by priority; the more the better",
    "distance": "Changes against the plan before, in points; the fewer the better",
    "cost": "Cash paid by all funds; the less the better",
    "comfort": "Points of discomfort (times off the preferred, travel, late follow-up, heavy "
    "weeks); the fewer the better",
}


@dataclass(frozen=True, slots=True)
class TierRow:
    """A tier in human units."""

    name: str
    meaning: str
    value: str
    bound: str
    gap: str


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above everything else."""

    name: str
    description: str
    school_year: str
    span: str
    status: str
    tone: Tone
    finding: str
    tiers: tuple[TierRow, ...]
    changes: tuple[str, ...]
    notes: tuple[str, ...]
    stamp: tuple[tuple[str, str], ...]


def head(facts: Facts, changes: Sequence[str]) -> Head:
    """Read the head off a plan."""
    scenario, plan = facts.scenario, facts.plan
    calendar = scenario.calendar
    first, last = calendar.first, calendar.last
    years = f"{first.year}" if first.year == last.year else f"{first.year}-{last.year % 100:02d}"
    required = sum(1 for asked in asked_for(facts) if asked.required)
    return Head(
        name=scenario.name,
        description=scenario.description,
        school_year=f"School year {years}",
        span=f"{full_date(first)} to {full_date(last)}",
        status=status_words(plan),
        tone=TONES[plan.status],
        finding=_finding(facts),
        tiers=tuple(_tier_row(tier, required) for tier in plan.tiers),
        changes=tuple(changes),
        notes=plan.notes,
        stamp=(
            *((("Scenario hash", plan.scenario_hash),) if plan.scenario_hash else ()),
            ("plsched version", plan.version),
            ("Seed", str(plan.seed)),
            ("Solving time", f"{tenths(round(plan.wall_time_s * 10), 10)} s"),
            ("Time zone", plan.timezone),
        ),
    )


def status_words(plan: Plan) -> str:
    """Say what the status means for somebody who has to defend the plan."""
    match plan.status:
        case "OPTIMAL":
            return "Proven best: no other plan does better in any tier."
        case "FEASIBLE":
            return f"Feasible: it keeps every rule. {_distance_to_best(plan.tiers)}"
        case "INFEASIBLE":
            return "Proven impossible: no plan can keep all the rules at once."
        case "NO_PLAN_IN_TIME":
            return "No plan was found in the time given; that does not mean that there is none."
        case "CANCELLED":
            return "Stopped by request before it was finished."


def _distance_to_best(tiers: Sequence[TierResult]) -> str:
    best = [t.name for t in tiers if t.gap == 0]
    apart = [f"{t.name} {_gap_percent(t)}" for t in tiers if t.gap]
    unknown = [t.name for t in tiers if t.gap is None]
    parts = []
    if best:
        parts.append(f"Proven best in {listed(best)}.")
    if apart:
        parts.append(f"At most this far from the best possible: {listed(apart)}.")
    if unknown:
        parts.append(f"How far {listed(unknown)} could still improve is not known.")
    return " ".join(parts)


def _finding(facts: Facts) -> str:
    plan = facts.plan
    if not plan.items:
        return f"Nothing is planned yet. {_left_out_words(plan)}".strip()
    dates = len(dates_of(facts.stands))
    people = len({person for item in plan.items for person in item.educators})
    cash = next((t.value for t in plan.tiers if t.name == "cost"), None)
    words = f"{plural(dates, 'session, meeting or visit', 'sessions, meetings and visits')} "
    words += f"reach {plural(people, 'educator')}"
    if cash is not None:
        words += f" for {dollars(cash)} in cash"
    return f"{words}. {_left_out_words(plan)}".strip()


def _left_out_words(plan: Plan) -> str:
    if not plan.left_out:
        return "Nothing that was asked for is left out." if plan.items else ""
    required = sum(1 for entry in plan.left_out if entry.required)
    entries = plural(len(plan.left_out), "thing")
    was = "is" if len(plan.left_out) == 1 else "are"
    if required == 0:
        return f"{entries} asked for {was} left out, none of them required."
    return f"{entries} asked for {was} left out, {number(required)} of them required."


def in_units(tier: TierResult, value: int) -> str:
    """Write a tier's value in the unit in which people count it."""
    match tier.name:
        case "required":
            return number(value)
        case "reach":
            return f"{tenths(value, 60)} weighted educator-hours"
        case "cost":
            return dollars(value)
        case "comfort" | "distance":
            return plural(value, "point")


def _tier_row(tier: TierResult, required: int) -> TierRow:
    value = in_units(tier, tier.value)
    if tier.name == "required":
        value = f"{value} of {number(required)}"
    if tier.bound is None:
        return TierRow(tier.name, MEANINGS[tier.name], value, "not known", "not known")
    gap = "none: proven best"
    if tier.value != tier.bound:
        gap = f"{_gap_percent(tier)} ({in_units(tier, abs(tier.value - tier.bound))})"
    return TierRow(tier.name, MEANINGS[tier.name], value, in_units(tier, tier.bound), gap)


def _gap_percent(tier: TierResult) -> str:
    """Write a gap so that it is never read as smaller than it is."""
    tenth = -int(-(tier.gap or 0.0) * 1000 // 1)
    return f"{tenths(tenth, 10)}%"
