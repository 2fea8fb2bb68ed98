"""How a good plan is broken: in the scenario, in its decisions, or in what it says of itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from plsched.plan.models import Plan
from plsched.plan.verify import Violation, verify
from tests.plan import district, handmade
from tests.plan.district import Raw


@dataclass(frozen=True)
class Break:
    """One way to break the plan of the district.

    ``change`` gets scenario and plan as mappings, before everything that follows from them is
    filled in; ``after`` gets the settled plan. ``also``: families that the same change breaks by
    necessity. With ``against_good`` the good plan is the baseline.
    """

    name: str
    change: Callable[[Raw, Raw], object] | None = None
    after: Callable[[Plan], Plan] | None = None
    also: frozenset[str] = frozenset()
    against_good: bool = False

    def violations(self) -> tuple[Violation, ...]:
        """Break the plan and judge it."""
        data = district.raw()
        scenario = district.scenario(data)
        decisions = handmade.plan(scenario)
        baseline = None
        if self.against_good:
            baseline = handmade.settle(scenario, handmade.plan(scenario))
        if self.change is not None:
            self.change(data, decisions)
        scenario = district.scenario(data)
        plan = handmade.settle(scenario, decisions, baseline)
        if self.after is not None:
            plan = self.after(plan)
        return verify(scenario, plan, baseline)


def drop(plan: Raw, *item_ids: str) -> None:
    """Take items out of a plan."""
    plan["items"] = [item for item in plan["items"] if item["id"] not in item_ids]


def drop_expert_day(plan: Raw, day: str) -> None:
    """Take the days of experts on a date out of a plan."""
    plan["expert_days"] = [d for d in plan["expert_days"] if str(d["date"]) != day]


def leave_out(plan: Raw, item_id: str, source: str, *groups: str, required: bool = False) -> None:
    """Name something as left out."""
    plan["left_out"].append(
        {
            "id": item_id,
            "source": source,
            "title": source,
            "required": required,
            "groups": groups,
            "reason": "taken out",
        }
    )


def edit(table: str, row_id: str, **values: object) -> Callable[[Raw, Raw], object]:
    """Change a row of the scenario."""

    def change(scenario: Raw, _plan: Raw) -> None:
        district.row(scenario[table], row_id).update(values)

    return change


def edit_item(item_id: str, **values: object) -> Callable[[Raw, Raw], object]:
    """Change an item of the plan."""

    def change(_scenario: Raw, plan: Raw) -> None:
        handmade.find(plan, item_id).update(values)

    return change


def lift_funds(scenario: Raw) -> None:
    """Take amounts and caps of funds out of the way of a change that is about something else."""
    for fund in scenario["funds"]:
        fund.update(amount_cents=10_000_000, caps=[], set_asides=[])


def lift_limits(scenario: Raw, *limit_ids: str) -> None:
    """Take limits out of the way of a change that is about something else."""
    for limit_id in limit_ids:
        district.row(scenario["limits"], limit_id)["at_most"] = 100_000
