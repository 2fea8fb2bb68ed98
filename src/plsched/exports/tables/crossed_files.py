"""A breakdown as a CSV file for programs and as a workbook for people."""

from __future__ import annotations

import csv
import io

from plsched.exports.tables.book import open_book
from plsched.exports.tables.cells import Cell, amount, amount_text, safe_text
from plsched.exports.tables.crossed import Crossed, title
from plsched.exports.tables.sheet import Sheet
from plsched.scenario.models import Scenario


def crossed_csv(crossed: Crossed) -> str:
    """Write a row for each part: ids, names, both ledgers in decimal dollars; no row of totals."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow((*crossed.axes, *(f"{axis}_name" for axis in crossed.axes), "cash", "economic"))
    for row in crossed.rows:
        writer.writerow(
            (
                *(safe_text(value or "") for value in row.values),
                *map(safe_text, row.names),
                amount_text(row.sums.cash_cents),
                amount_text(row.sums.economic_cents),
            )
        )
    return table.getvalue()


def crossed_xlsx(scenario: Scenario, crossed: Crossed) -> bytes:
    """Write the same as a sheet, with a row of totals."""
    target = io.BytesIO()
    axes = len(crossed.axes)
    with open_book(target, f"Costs of {scenario.name}", scenario.calendar.first) as (book, formats):
        sheet = Sheet(book, formats, "Costs", (*[34] * axes, *[26] * axes, 16, 16))
        names = [title(axis) for axis in crossed.axes]
        header = (*names, *(f"{name}, id" for name in names), "Cash", "Economic")
        sheet.header(header, numbers=(2 * axes, 2 * axes + 1))
        sheet.freeze()
        span = sheet.rows(
            (
                *row.names,
                *row.values,
                amount(row.sums.cash_cents),
                amount(row.sums.economic_cents),
            )
            for row in crossed.rows
        )
        sheet.filter(span, len(header))
        total: tuple[Cell, ...] = (
            amount(crossed.total.cash_cents),
            amount(crossed.total.economic_cents),
        )
        sheet.total(span, ("Total", *[None] * (2 * axes - 1), *total))
    return target.getvalue()
