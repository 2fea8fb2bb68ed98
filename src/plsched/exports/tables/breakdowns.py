"""The sums of a plan with the names that people know, in the order of the scenario."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from plsched.plan.kinds import read_account
from plsched.plan.models import Plan
from plsched.plan.summary import CostSummary, Dimension, Reached, Sums, educator_shares
from plsched.scenario.directory import Directory
from plsched.scenario.models import Scenario

DIMENSIONS: Mapping[Dimension, tuple[str, str]] = {
    "account_code": ("Account code", "No account code"),
    "element": ("Element", ""),
    "kind": ("Kind", ""),
    "phase": ("Phase", ""),
    "pathway": ("Pathway", "No pathway"),
    "term": ("Term", "Between terms"),
    "department": ("Department", "No department"),
    "site": ("Site", "No single site"),
}
"""Title of each breakdown but that by fund, and the name of lines that have no value there."""

_ELEMENTS: Mapping[str, str] = {
    "teacher_time": "Teacher time",
    "training_and_coaching": "Training and coaching",
    "administration": "Administration",
    "materials_equipment_facilities": "Materials, equipment, facilities",
    "travel_transportation": "Travel and transportation",
    "tuition_conference_fees": "Tuition and conference fees",
}
"""The six elements of the PL cost framework, in its order."""


class Row(NamedTuple):
    """A name, and what belongs to it in each ledger."""

    name: str
    id: str
    cash_cents: int
    economic_cents: int


class ReachedRow(NamedTuple):
    """What is spent on some educators, and on each of them; ``None`` where nobody is reached."""

    name: str
    id: str
    educators: int
    cash_cents: int
    economic_cents: int
    cash_each_cents: int | None
    economic_each_cents: int | None


@dataclass(frozen=True, slots=True)
class Naming:
    """The names of a dimension's values, in the order of the scenario."""

    names: Mapping[str, str]
    nameless: str
    """name of lines without a value"""

    def name(self, value: str | None) -> str:
        """Give the name of a value."""
        if value is None:
            return self.nameless
        return self.names.get(value) or _words(value)

    def place(self, value: str | None) -> tuple[int, str]:
        """Give the place of a value among the others; what has no value comes last."""
        if value is None:
            return len(self.names) + 1, ""
        order = list(self.names)
        return (order.index(value) if value in self.names else len(order)), value


def naming(scenario: Scenario, dimension: Dimension) -> Naming:
    """Name the values of a dimension."""
    if dimension == "fund":
        return Naming({fund.id: fund.name for fund in scenario.funds}, "No fund: contract time")
    return Naming(_names(scenario, dimension), DIMENSIONS[dimension][1])


def breakdown(scenario: Scenario, summary: CostSummary, dimension: Dimension) -> list[Row]:
    """Give the rows of a breakdown; what has no value there comes last."""
    names, (_, nameless) = _names(scenario, dimension), DIMENSIONS[dimension]
    return list(_rows(summary, dimension, names, nameless))


def by_fund(scenario: Scenario, summary: CostSummary) -> list[Row]:
    """Give the rows by fund, funds that pay nothing too; contract time comes last."""
    names = {fund.id: fund.name for fund in scenario.funds}
    rows = {row.id: row for row in _rows(summary, "fund", names, "No fund: contract time")}
    unused = (Row(name, fund, 0, 0) for fund, name in names.items() if fund not in rows)
    return sorted(
        (*rows.values(), *unused),
        key=lambda row: list(names).index(row.id) if row.id in names else len(names),
    )


def by_educator(scenario: Scenario, plan: Plan) -> list[Row]:
    """Share the cost of each item equally among those whom it reaches."""
    names = {educator.id: educator.name for educator in scenario.educators}
    return [
        Row("Reaches nobody by itself" if who is None else names[who], who or "", *_pair(sums))
        for who, sums in educator_shares(plan).items()
    ]


def reached(directory: Directory, summary: CostSummary) -> list[ReachedRow]:
    """Give what each item costs for each educator reached; the rows add up to the whole plan."""
    return [
        ReachedRow(
            _source_name(directory, one),
            one.id,
            len(one.educators),
            one.sums.cash_cents,
            one.sums.economic_cents,
            one.cash_per_educator,
            one.economic_per_educator,
        )
        for one in summary.items
    ]


def _source_name(directory: Directory, one: Reached) -> str:
    """Name an item, or the account that subs and experts' days of several items share."""
    if one.id in directory.items:
        return directory.items[one.id].title
    shared = ", ".join(part for part in read_account(one.id) if part is not None)
    return f"Subs and experts' days: {shared or one.id}"


def _rows(
    summary: CostSummary, dimension: Dimension, names: Mapping[str, str], nameless: str
) -> Iterator[Row]:
    sums = summary.by[dimension]
    values = [value for value in sums if value is not None]
    for value in dict.fromkeys((*(n for n in names if n in sums), *values)):
        yield Row(names.get(value) or _words(value), value, *_pair(sums[value]))
    if None in sums:
        yield Row(nameless, "", *_pair(sums[None]))


def _pair(sums: Sums) -> tuple[int, int]:
    return sums.cash_cents, sums.economic_cents


def _names(scenario: Scenario, dimension: Dimension) -> Mapping[str, str]:
    """Name the values of a dimension, in the order of the scenario."""
    named: dict[Dimension, Mapping[str, str]] = {
        "account_code": {c.code: f"{c.code} {c.object}".strip() for c in scenario.account_codes},
        "element": _ELEMENTS,
        "pathway": {pathway.id: pathway.name for pathway in scenario.pathways},
        "term": {term.id: term.name for term in scenario.calendar.terms},
        "department": {department.id: department.name for department in scenario.departments},
        "site": {site.id: site.name for site in scenario.sites},
    }
    return named.get(dimension, {})


def _words(value: str) -> str:
    return value.replace("_", " ").capitalize()
