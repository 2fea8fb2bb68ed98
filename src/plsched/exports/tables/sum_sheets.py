"""The sheets of sums: by fund, along each dimension, and for each educator reached."""

from __future__ import annotations

from collections.abc import Iterable

from plsched.exports.tables.breakdowns import (
    DIMENSIONS,
    Row,
    breakdown,
    by_educator,
    by_fund,
    reached,
)
from plsched.exports.tables.cells import Cell, amount
from plsched.exports.tables.sheet import Sheet
from plsched.plan.models import Plan
from plsched.plan.summary import CostSummary, Sums
from plsched.scenario.directory import Directory
from plsched.scenario.models import Scenario

SUMMARY_WIDTHS = (42, 34, 16, 16, 16, 16)
REACHED_WIDTHS = (44, 28, 12, 16, 16, 16, 16)
EDUCATOR_WIDTHS = (40, 30, 16, 16)


def write_summary(sheet: Sheet, scenario: Scenario, plan: Plan, summary: CostSummary) -> None:
    """Write both ledgers by fund, against the funds' amounts, and along each dimension."""
    sheet.title(f"Costs: {scenario.name}")
    sheet.freeze()
    sheet.note("Plan", f"{plan.status}, by plsched {plan.version}, seed {plan.seed}")
    sheet.note("Cash", amount(summary.total.cash_cents))
    sheet.note("Economic", amount(summary.total.economic_cents))
    sheet.note("Educators reached", len(summary.whole.educators))
    sheet.note("Cash for each of them", _optional(summary.whole.cash_per_educator))
    sheet.note("Economic for each of them", _optional(summary.whole.economic_per_educator))
    sheet.remark("Cash is what funds pay. Economic is all that is used, cash included. Dollars.")
    sheet.gap()
    _write_funds(sheet, scenario, summary)
    for dimension, (title, _) in DIMENSIONS.items():
        sheet.header((title, "Id", "Cash", "Economic"), numbers=(2, 3))
        span = sheet.rows(_cells(breakdown(scenario, summary, dimension)))
        sheet.total(span, ("Total", None, *_pair(summary.total)))
        sheet.gap()


def _write_funds(sheet: Sheet, scenario: Scenario, summary: CostSummary) -> None:
    """Set what funds pay against their amounts."""
    amounts = {fund.id: fund.amount_cents for fund in scenario.funds}
    header = ("Fund", "Id", "Cash", "Economic", "Amount", "Remaining")
    sheet.header(header, numbers=range(2, 6))
    rows: list[tuple[Cell, ...]] = []
    for row in by_fund(scenario, summary):
        ledgers: tuple[Cell, ...] = (row.name, row.id, *_amounts(row))
        given = amounts.get(row.id)
        if given is not None:
            ledgers += (amount(given), amount(given - row.cash_cents))
        rows.append(ledgers)
    span = sheet.rows(rows)
    given = sum(amounts.values())
    left = amount(given - summary.total.cash_cents)
    sheet.total(span, ("Total", None, *_pair(summary.total), amount(given), left))
    sheet.gap()


def write_reached(sheet: Sheet, scenario: Scenario, summary: CostSummary) -> None:
    """Write what each item costs, over all and for each educator whom it reaches."""
    header = ("Item", "Id", "Educators", "Cash", "Economic", "Cash each", "Economic each")
    sheet.header(header, numbers=range(2, 7))
    sheet.freeze()
    span = sheet.rows(
        (
            row.name,
            row.id,
            row.educators,
            amount(row.cash_cents),
            amount(row.economic_cents),
            _optional(row.cash_each_cents),
            _optional(row.economic_each_cents),
        )
        for row in reached(Directory(scenario), summary)
    )
    sheet.filter(span, len(header))
    sheet.total(span, ("Total", None, None, *_pair(summary.total)))


def write_educators(sheet: Sheet, scenario: Scenario, plan: Plan) -> None:
    """Write each educator's share of what reaches them."""
    header = ("Educator", "Id", "Cash", "Economic")
    sheet.header(header, numbers=(2, 3))
    sheet.freeze()
    rows = by_educator(scenario, plan)
    span = sheet.rows(_cells(rows))
    sheet.filter(span, len(header))
    total = Sums(sum(r.cash_cents for r in rows), sum(r.economic_cents for r in rows))
    sheet.total(span, ("Total", None, *_pair(total)))


def _cells(rows: Iterable[Row]) -> Iterable[tuple[Cell, ...]]:
    return ((row.name, row.id, *_amounts(row)) for row in rows)


def _amounts(row: Row) -> tuple[Cell, Cell]:
    return amount(row.cash_cents), amount(row.economic_cents)


def _pair(sums: Sums) -> tuple[Cell, Cell]:
    return amount(sums.cash_cents), amount(sums.economic_cents)


def _optional(cents: int | None) -> Cell:
    return None if cents is None else amount(cents)
