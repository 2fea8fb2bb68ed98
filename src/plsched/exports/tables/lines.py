"""The cost lines of a plan in one list, each with what it is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from plsched.plan.models import CostLine, Plan
from plsched.plan.summary import placed_lines
from plsched.scenario.models import Scenario


class Line(NamedTuple):
    """A cost line, and the plan item, sub or expert's day that it is charged for."""

    item: str
    title: str
    cost: CostLine


HEADER = (
    "item",
    "title",
    "kind",
    "element",
    "phase",
    "pathway",
    "term",
    "department",
    "site",
    "obligation_date",
    "account_code",
    "fund",
    "quantity",
    "unit",
    "cash",
    "economic",
)


def lines(scenario: Scenario, plan: Plan) -> Iterator[Line]:
    """Give every line: those of items, then of subs, then of experts' days."""
    titles = _titles(scenario, plan)
    for placed in placed_lines(plan):
        yield Line(placed.place, titles[placed.place], placed.line)


def texts(line: Line) -> tuple[str, ...]:
    """Give the cells of a line that hold words, in the order of the header."""
    cost = line.cost
    return (
        line.item,
        line.title,
        cost.kind,
        cost.element,
        cost.phase,
        cost.pathway or "",
        cost.term or "",
        cost.department or "",
        cost.site or "",
        cost.obligation_date.isoformat(),
        cost.account_code or "",
        cost.fund or "",
    )


def _titles(scenario: Scenario, plan: Plan) -> Mapping[str, str]:
    sites = {site.id: site.name for site in scenario.sites}
    experts = {expert.id: expert.name for expert in scenario.experts}
    titles = {item.id: item.title for item in plan.items}
    titles |= {s.id: f"Substitute, {sites[s.site]}, {s.date}" for s in plan.substitutes}
    titles |= {
        f"{day.expert} {day.date}": f"{experts[day.expert]}, {day.date}" for day in plan.expert_days
    }
    return titles
