"""The sheet of the reconciliation: what the plan pays, against what the books hold."""

from __future__ import annotations

from plsched.exports.tables.breakdowns import naming
from plsched.exports.tables.cells import Cell, amount
from plsched.exports.tables.sheet import Sheet
from plsched.plan.reconciliation import Amounts, Reconciliation
from plsched.scenario.models import Scenario

RECONCILED_WIDTHS = (34, 34, 24, 15, 15, 15, 15, 15, 15, 15)
STAGES = ("Requested", "Approved", "Encumbered", "Spent", "Remaining")
NO_FUND = "No fund: left out"


def write_reconciliation(sheet: Sheet, scenario: Scenario, found: Reconciliation) -> None:
    """Write the stages by fund, by fund and object, and by department, then what to look at."""
    sheet.title("Reconciliation with the books")
    sheet.freeze()
    sheet.remark(
        "Requested is approved plus what is left out at its least price. Remaining is approved, "
        "less encumbered and spent. Dollars."
    )
    sheet.gap()
    funds, objects = naming(scenario, "fund"), naming(scenario, "account_code")
    departments = naming(scenario, "department")

    def fund_name(fund: str | None) -> str:
        return NO_FUND if fund is None else funds.name(fund)

    sheet.header(("Fund", "", "Id", *STAGES, "Amount", "Available"), numbers=range(3, 10))
    span = sheet.rows(
        (
            fund_name(row.fund),
            None,
            row.fund,
            *_cells(row.amounts),
            _optional(row.amount_cents),
            _optional(row.available_cents),
        )
        for row in found.funds
    )
    amounts = sum(row.amount_cents or 0 for row in found.funds)
    available = sum(row.available_cents or 0 for row in found.funds)
    sheet.total(
        span, ("Total", None, None, *_cells(found.total), amount(amounts), amount(available))
    )
    sheet.gap()
    sheet.header(("Fund", "Object", "Object, id", *STAGES), numbers=range(3, 8))
    span = sheet.rows(
        (fund_name(row.fund), objects.name(row.object), row.object, *_cells(row.amounts))
        for row in found.objects
    )
    sheet.total(span, ("Total", None, None, *_cells(found.total)))
    sheet.gap()
    sheet.header(("Department", "", "Id", *STAGES), numbers=range(3, 8))
    span = sheet.rows(
        (departments.name(row.department), None, row.department, *_cells(row.amounts))
        for row in found.departments
    )
    sheet.total(span, ("Total", None, None, *_cells(found.total)))
    sheet.gap()
    if found.told:
        sheet.header(("To look at: fund", "What", "", "Amount"), numbers=(3,))
        sheet.rows((fund_name(t.fund), t.message, None, amount(t.cents)) for t in found.told)


def _cells(amounts: Amounts) -> tuple[Cell, ...]:
    return tuple(
        amount(cents)
        for cents in (
            amounts.requested_cents,
            amounts.approved_cents,
            amounts.encumbered_cents,
            amounts.spent_cents,
            amounts.remaining_cents,
        )
    )


def _optional(cents: int | None) -> Cell:
    return None if cents is None else amount(cents)
