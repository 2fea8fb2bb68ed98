"""Lines of the instance file: numbers, lists after their count, tables after their name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Row = list[int]


def listed(numbers: Iterable[int]) -> Row:
    """Give numbers after their count."""
    found = list(numbers)
    return [len(found), *found]


def joined(rows: Sequence[Sequence[int]]) -> Row:
    """Give rows after their count, one after the other."""
    return [len(rows), *(x for row in rows for x in row)]


def table(name: str, rows: Sequence[Sequence[int]]) -> str:
    """Give a table: its name, its number of rows, the rows."""
    lines = [f"{name} {len(rows)}", *(" ".join(map(str, row)) for row in rows)]
    return "\n".join(lines) + "\n"


def absent(number: int | None) -> int:
    """Write ``None`` as -1, which no number in the file is otherwise."""
    return -1 if number is None else number
