"""costs.xlsx: the workbook that the budget office reads."""

from __future__ import annotations

import io
from pathlib import Path

from plsched.exports.tables.book import open_book
from plsched.exports.tables.detail_sheets import (
    LEFT_OUT_WIDTHS,
    LINE_WIDTHS,
    SUB_WIDTHS,
    write_left_out,
    write_lines,
    write_substitutes,
)
from plsched.exports.tables.reconciled import RECONCILED_WIDTHS, write_reconciliation
from plsched.exports.tables.sheet import Sheet
from plsched.exports.tables.sum_sheets import (
    EDUCATOR_WIDTHS,
    REACHED_WIDTHS,
    SUMMARY_WIDTHS,
    write_educators,
    write_reached,
    write_summary,
)
from plsched.plan.facts import Facts
from plsched.plan.models import Plan
from plsched.plan.reconciliation import reconcile
from plsched.plan.summary import summarize
from plsched.scenario.directory import Directory
from plsched.scenario.models import Scenario


def costs_xlsx(scenario: Scenario, plan: Plan) -> bytes:
    """Write the workbook: sums, the reconciliation, lines, subs, and what is left out.

    Cash (what funds pay) and economic (the value of all time and things used, cash included) stand
    side by side and are never added together. The same plan gives the same bytes.
    """
    target = io.BytesIO()
    summary = summarize(plan)
    with open_book(target, f"Costs of {scenario.name}", scenario.calendar.first) as (book, formats):
        write_summary(Sheet(book, formats, "Summary", SUMMARY_WIDTHS), scenario, plan, summary)
        write_reconciliation(
            Sheet(book, formats, "Reconciliation", RECONCILED_WIDTHS),
            scenario,
            reconcile(Facts(Directory(scenario), plan)),
        )
        write_reached(Sheet(book, formats, "Reached", REACHED_WIDTHS), scenario, summary)
        write_educators(Sheet(book, formats, "Educators", EDUCATOR_WIDTHS), scenario, plan)
        write_lines(Sheet(book, formats, "Lines", LINE_WIDTHS), scenario, plan)
        write_substitutes(Sheet(book, formats, "Substitutes", SUB_WIDTHS), scenario, plan)
        write_left_out(Sheet(book, formats, "Left out", LEFT_OUT_WIDTHS), plan)
    return target.getvalue()


def write_costs_xlsx(path: Path, scenario: Scenario, plan: Plan) -> None:
    """Write costs.xlsx."""
    path.write_bytes(costs_xlsx(scenario, plan))
