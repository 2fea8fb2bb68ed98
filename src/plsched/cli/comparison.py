"""Plans side by side on a terminal."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from plsched.cli.wording import in_units
from plsched.money import dollars
from plsched.plan.compare import Column, Comparison

SHOWN = 15


def show(console: Console, comparison: Comparison) -> None:
    """Show a comparison: one column for each plan."""
    columns = comparison.columns
    for column in columns:
        for change in column.changes:
            console.print(f"{column.name}: {change}", markup=False)
    console.print(_overview(columns))
    console.print(_funds(columns), _elements(columns), _coverage(columns))
    if any(column.left_out for column in columns):
        console.print(_left_out(columns))
    else:
        console.print("Nothing is left out as a whole.")
    for column in columns[1:]:
        _differences(console, column, columns[0].name)


def _table(title: str, columns: tuple[Column, ...]) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("", overflow="fold")
    for column in columns:
        table.add_column(Text(column.name), justify="right", overflow="fold")
    return table


def _overview(columns: tuple[Column, ...]) -> Table:
    table = _table("Plans", columns)
    table.add_row("status", *(column.status for column in columns))
    tiers = dict.fromkeys(tier.name for column in columns for tier in column.tiers)
    for name in tiers:
        values = ({tier.name: tier.value for tier in c.tiers}.get(name) for c in columns)
        table.add_row(f"tier: {name}", *(in_units(name, value) for value in values))
    rows: list[tuple[str, Callable[[Column], str]]] = [
        ("educators reached", lambda c: f"{c.educators_reached:,}"),
        ("educator hours", lambda c: f"{c.educator_min // 60:,}"),
        ("cash", lambda c: dollars(c.cash_cents)),
        ("economic, cash included", lambda c: dollars(c.economic_cents)),
        ("left out", lambda c: f"{len(c.left_out):,}"),
    ]
    for title, cell in rows:
        table.add_row(title, *(cell(column) for column in columns))
    return table


def _funds(columns: tuple[Column, ...]) -> Table:
    table = _table("What each fund pays, of its amount", columns)
    for fund in columns[0].funds:
        uses = ({use.fund: use for use in column.funds}[fund.fund] for column in columns)
        cells = (
            "no such fund"
            if use.amount_cents is None
            else f"{dollars(use.paid_cents)} of {dollars(use.amount_cents)}"
            for use in uses
        )
        table.add_row(Text(fund.fund), *cells)
    return table


def _elements(columns: tuple[Column, ...]) -> Table:
    table = _table("Cash by cost element", columns)
    for element in dict.fromkeys(cost.element for c in columns for cost in c.elements):
        paid = ({c.element: c.cash_cents for c in column.elements} for column in columns)
        name = element.replace("_", " ")
        table.add_row(name, *(dollars(cash.get(element, 0)) for cash in paid))
    return table


def _coverage(columns: tuple[Column, ...]) -> Table:
    table = _table("What stands, of what is asked for, by pathway", columns)
    for pathway in dict.fromkeys(row.pathway for column in columns for row in column.coverage):
        found = ({row.pathway: row for row in column.coverage}.get(pathway) for column in columns)
        cells = ("–" if row is None else f"{row.standing} of {row.asked}" for row in found)
        table.add_row(Text(pathway), *cells)
    return table


def _left_out(columns: tuple[Column, ...]) -> Table:
    titles = {out.id: out.title for column in columns for out in column.left_out}
    marks = [{out.id: _mark(out.required) for out in column.left_out} for column in columns]
    # What only some leave out tells the plans apart; what all leave out comes last.
    order = sorted(titles, key=lambda key: (all(key in mark for mark in marks), titles[key]))
    title = f"Left out: {len(order)} (blank: it stands, or is not asked for)"
    if len(order) > SHOWN:
        title += f"; the first {SHOWN} (--json has all)"
    table = _table(title, columns)
    for key in order[:SHOWN]:
        table.add_row(Text(f"{titles[key]} ({key})"), *(mark.get(key, "") for mark in marks))
    return table


def _mark(required: bool) -> str:
    return "left out (required)" if required else "left out"


def _differences(console: Console, column: Column, first: str) -> None:
    console.print(
        f"{column.name} against {first}: {len(column.moved)} moved, {len(column.added)} added, "
        f"{len(column.gone)} gone",
        markup=False,
        soft_wrap=True,
    )
    for title, ids in (("gone", column.gone), ("added", column.added)):
        if ids:
            more = f" and {len(ids) - SHOWN} more (--json has all)" if len(ids) > SHOWN else ""
            told = f"  {title}: {', '.join(ids[:SHOWN])}{more}"
            console.print(told, markup=False, soft_wrap=True)
    for move in column.moved[:SHOWN]:
        console.print(f"  {move.id}: {'; '.join(move.changes)}", markup=False, soft_wrap=True)
    if len(column.moved) > SHOWN:
        console.print(
            f"  and {len(column.moved) - SHOWN} more (--json has all); plans that are as good may "
            "differ in much: solve with --baseline to keep what can stay",
            soft_wrap=True,
        )
