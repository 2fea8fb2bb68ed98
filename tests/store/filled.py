"""A store with something in every table."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Float,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    Table,
    insert,
)

from plsched.store import Database
from plsched.store.archive import TABLES, is_of
from tests import tiny

ROWS = 3
ODD = 'ä "quoted" \\ line\nbreak \u2028 \U0001f600 \x7f ='
KNOWN = {"role": "planner", "owner": None, "reason": None, "attempts": 1}
KNOWN_IN = {"plans": {"status": "OPTIMAL"}, "runs": {"status": "succeeded"}}


def fill(database: Database) -> None:
    """Write a few rows into each table, with whatever a column may hold."""
    kept: dict[str, list[dict[str, Any]]] = {}
    with database.write() as session:
        for table in reversed(TABLES):
            session.execute(table.delete())
        for table in TABLES:
            kept[table.name] = [_row(table, number, kept) for number in range(ROWS)]
            session.execute(insert(table), kept[table.name])


def _row(table: Table, number: int, kept: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    row = {column.name: _value(table, column, number) for column in table.columns}
    for constraint in table.constraints:
        if isinstance(constraint, ForeignKeyConstraint):
            for element in constraint.elements:
                parent = kept[element.column.table.name][number]
                row[element.parent.name] = parent[element.column.name]
    return row


def _value(table: Table, column: Column[Any], number: int) -> Any:
    known = KNOWN | KNOWN_IN.get(table.name, {})
    if column.name in known:
        return known[column.name]
    if column.nullable and number == 0:
        return None
    if is_of(column, LargeBinary):
        return bytes(range(256)) * (number + 1)
    if is_of(column, DateTime):
        return tiny.NOW.replace(microsecond=number)
    of_a_kind = {Boolean: number == 1, Float: 0.1 + number, Integer: 10 * (number + 1)}
    for kind, value in of_a_kind.items():
        if isinstance(column.type, kind):
            return value
    return f"{column.name} {number} {ODD}"
