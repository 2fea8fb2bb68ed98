"""Writes the tables of docs/scale.md, so that the page and the results cannot differ."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs/scale.md"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Give a table as Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write(tables: Mapping[str, str], page: Path = PAGE) -> None:
    """Put each table between the marks of its name.

    Raises
    ------
    SystemExit
        The page has no marks for a table, or marks for one that is not there.
    """
    text = page.read_text(encoding="utf-8")
    marks = re.findall(r"<!-- table: (\S+) -->", text)
    if sorted(marks) != sorted(tables):
        raise SystemExit(f"{page.name} has marks for {marks}, the tables are {list(tables)}")
    for name, told in tables.items():
        text = re.sub(
            rf"(<!-- table: {name} -->\n).*?(<!-- end -->)",
            partial(_between, told),
            text,
            flags=re.DOTALL,
        )
    page.write_text(text, encoding="utf-8")


def _between(told: str, marks: re.Match[str]) -> str:
    return f"{marks[1]}\n{told}\n\n{marks[2]}"
