"""Plans side by side: a row for each number, a column for each plan."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from plsched.exports.tables.book import open_book
from plsched.exports.tables.cells import Cell, amount, safe_text
from plsched.exports.tables.sheet import Sheet
from plsched.plan.compare import Column, Comparison


class ComparedRow(NamedTuple):
    """What is compared, and what each plan has there; ``None``: it has no such thing."""

    section: str
    name: str
    cells: tuple[Cell, ...]


def compared(comparison: Comparison) -> Iterator[ComparedRow]:
    """Give the rows: totals, tiers, funds, cost elements, coverage, what is left out, what moved."""
    columns = comparison.columns

    def row(section: str, name: str, cell: Callable[[Column], Cell]) -> ComparedRow:
        return ComparedRow(section, name, tuple(cell(column) for column in columns))

    yield row("plan", "status", lambda c: c.status)
    yield row("plan", "educators reached", lambda c: c.educators_reached)
    yield row("plan", "educator minutes", lambda c: c.educator_min)
    yield row("plan", "cash", lambda c: amount(c.cash_cents))
    yield row("plan", "economic", lambda c: amount(c.economic_cents))
    yield row("plan", "left out", lambda c: len(c.left_out))
    yield row("plan", "moved", lambda c: len(c.moved))
    yield row("plan", "added", lambda c: len(c.added))
    yield row("plan", "gone", lambda c: len(c.gone))
    yield from _by_name(
        "tier", columns, lambda c: {t.name: _tier(t.name, t.value) for t in c.tiers}
    )
    yield from _by_name(
        "fund, paid", columns, lambda c: {f.fund: amount(f.paid_cents) for f in c.funds}
    )
    yield from _by_name("fund, amount", columns, _amounts)
    yield from _by_name(
        "element, cash", columns, lambda c: {e.element: amount(e.cash_cents) for e in c.elements}
    )
    yield from _by_name(
        "element, economic",
        columns,
        lambda c: {e.element: amount(e.economic_cents) for e in c.elements},
    )
    yield from _by_name(
        "coverage, standing", columns, lambda c: {p.pathway: p.standing for p in c.coverage}
    )
    yield from _by_name(
        "coverage, asked", columns, lambda c: {p.pathway: p.asked for p in c.coverage}
    )
    yield from _by_name(
        "left out, because", columns, lambda c: {e.id: e.reason for e in c.left_out}
    )
    yield from _by_name("moved", columns, lambda c: {m.id: "; ".join(m.changes) for m in c.moved})


def compared_csv(comparison: Comparison) -> str:
    """Write the rows; amounts are decimal dollars. Plans of one name are told apart by a number."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(("section", "name", *map(safe_text, _heads(comparison))))
    for row in compared(comparison):
        writer.writerow((row.section, safe_text(row.name), *map(_text, row.cells)))
    return table.getvalue()


def compared_xlsx(comparison: Comparison, made: date) -> bytes:
    """Write the rows as a sheet.

    Parameters
    ----------
    made
        The date that the file carries.
    """
    target = io.BytesIO()
    plans = len(comparison.columns)
    with open_book(target, "Plans side by side", made) as (book, formats):
        sheet = Sheet(book, formats, "Comparison", (22, 40, *[24] * plans))
        header = ("Section", "Name", *_heads(comparison))
        sheet.header(header, numbers=range(2, 2 + plans))
        sheet.freeze()
        span = sheet.rows((row.section, row.name, *row.cells) for row in compared(comparison))
        sheet.filter(span, len(header))
    return target.getvalue()


def _by_name(
    section: str, columns: tuple[Column, ...], read: Callable[[Column], dict[str, Cell]]
) -> Iterator[ComparedRow]:
    found = [read(column) for column in columns]
    for name in dict.fromkeys(name for cells in found for name in cells):
        yield ComparedRow(section, name, tuple(cells.get(name) for cells in found))


def _amounts(column: Column) -> dict[str, Cell]:
    return {
        fund.fund: None if fund.amount_cents is None else amount(fund.amount_cents)
        for fund in column.funds
    }


def _tier(name: str, value: int) -> Cell:
    return amount(value) if name == "cost" else value


def _heads(comparison: Comparison) -> list[str]:
    return [f"{n}. {column.name}" for n, column in enumerate(comparison.columns, 1)]


def _text(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return f"{cell:.2f}"
    return safe_text(cell) if isinstance(cell, str) else "" if cell is None else str(cell)
