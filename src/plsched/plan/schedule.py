"""The schedule: what of a plan is for those who may not see what things and people cost.

Taken out are

- the cost lines of items, substitutes and experts' days, and with them quantities, rates, funds
  and account codes;
- experts' days, which are there for their fees alone;
- the accounts that substitutes are charged to;
- the tier of cost, with its bound and its gap: where little is bought, pay follows from a total;
- the scenario's hash: with everything else known, salaries could be tried until it fits.
"""

from __future__ import annotations

from typing import Literal, TypeVar

from plsched.plan.models import (
    Conflict,
    LeftOut,
    Part,
    Plan,
    ScheduledItem,
    ScheduledSubstitute,
    Status,
    TierResult,
)

P = TypeVar("P", bound=Part)


class Schedule(Part):
    """When and where what takes place, with whom; nothing of what it costs."""

    format: Literal[1] = 1
    scenario: str
    timezone: str
    seed: int
    version: str
    status: Status
    tiers: tuple[TierResult, ...] = ()
    wall_time_s: float
    items: tuple[ScheduledItem, ...] = ()
    substitutes: tuple[ScheduledSubstitute, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[str, ...] = ()


def schedule_of(plan: Plan) -> Schedule:
    """Give the schedule of a plan."""
    return Schedule(
        scenario=plan.scenario,
        timezone=plan.timezone,
        seed=plan.seed,
        version=plan.version,
        status=plan.status,
        tiers=_without_cost(plan),
        wall_time_s=plan.wall_time_s,
        items=tuple(_part(ScheduledItem, item) for item in plan.items),
        substitutes=tuple(_part(ScheduledSubstitute, hired) for hired in plan.substitutes),
        left_out=plan.left_out,
        conflicts=plan.conflicts,
        notes=plan.notes,
    )


def without_costs(plan: Plan) -> Plan:
    """Give a plan in which nothing costs anything, for what is made from whole plans."""
    return plan.model_copy(
        update={
            "scenario_hash": "",
            "tiers": _without_cost(plan),
            "items": tuple(i.model_copy(update={"cost_lines": ()}) for i in plan.items),
            "substitutes": tuple(
                hired.model_copy(update={"cost_lines": (), "account": ""})
                for hired in plan.substitutes
            ),
            "expert_days": (),
        }
    )


def _without_cost(plan: Plan) -> tuple[TierResult, ...]:
    return tuple(tier for tier in plan.tiers if tier.name != "cost")


def _part(form: type[P], whole: P) -> P:
    """Give an object of a form with the fields that the form has."""
    return form(**{name: getattr(whole, name) for name in form.model_fields})
