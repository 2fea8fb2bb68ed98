"""CSV and XLSX files to rows of text, each with its row number."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plsched.scenario.collect import Findings
from plsched.scenario.encoding import decode

MOST_ROWS = 200_000
MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its number in the file, and its cells in the order of the columns."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as text: headings, then rows; rows that are all empty are left out."""

    file: str
    name: str | None
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def read_csv(data: bytes, file: str, found: Findings) -> Sheet | None:
    """Read a CSV file: UTF-8, columns separated by commas, headings in the first row."""
    text = decode(data, file, found)
    if text is None:
        return None
    return to_sheet(_csv_rows(text, file, found), file, None, found)


def _csv_rows(text: str, file: str, found: Findings) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    start = 1
    try:
        for cells in reader:
            yield Row(start, tuple(cells))
            start = reader.line_num + 1
    except csv.Error as error:
        spot = (file, f"row {start}")
        remedy = "Look for a quote that is not closed; a quote inside of quotes is written twice."
        found.error("csv-syntax", spot, "", f"the row cannot be read: {error}", remedy)


def to_sheet(rows: Iterable[Row], file: str, name: str | None, found: Findings) -> Sheet | None:
    """Check headings and sizes of a table."""
    numbered = iter(rows)
    first = next((row for row in numbered if any(cell.strip() for cell in row.cells)), None)
    sheet = f"sheet {name}, " if name else ""
    if first is None:
        if not found.failed:
            remedy = "Write the names of the columns into the first row, or remove the file's name."
            found.error("empty", (file, f"{sheet}row 1"), "", "the table has no headings", remedy)
        return None
    headings = _headings(first, (file, f"{sheet}row {first.number}"), found)
    if headings is None:
        return None
    kept: list[Row] = []
    for row in numbered:
        cells = tuple(cell.strip() for cell in row.cells)
        if not any(cells):
            continue
        if len(kept) == MOST_ROWS:
            message = f"the table has more than {MOST_ROWS:,} rows, so it was not read"
            remedy = "Split the district, or keep only the rows that the scenario needs."
            found.error(
                "too-large", (file, f"{sheet}row {row.number}"), row.number, message, remedy
            )
            return None
        if any(cells[len(headings) :]):
            message = f"the row has {len(cells)} cells, but there are {len(headings)} headings"
            remedy = "Put quotes around a cell that has a comma in it, or name the column."
            spot = (file, f"{sheet}row {row.number}")
            found.error("row-length", spot, cells[len(headings)], message, remedy)
            continue
        kept.append(Row(row.number, cells[: len(headings)]))
    return Sheet(file, name, headings, tuple(kept))


def _headings(row: Row, spot: tuple[str, str], found: Findings) -> tuple[str, ...] | None:
    headings = tuple(cell.strip() for cell in row.cells)
    while headings and not headings[-1]:
        headings = headings[:-1]
    if len(headings) > MOST_COLUMNS:
        message = f"the table has {len(headings)} columns, more than {MOST_COLUMNS}"
        remedy = "Keep the columns that the scenario knows."
        found.error("too-large", spot, len(headings), message, remedy)
        return None
    if len(headings) == 1 and any(mark in headings[0] for mark in ";\t"):
        message = "the columns are not separated by commas"
        remedy = "Save the table with commas between the columns ('CSV UTF-8, comma delimited')."
        found.error("csv-separator", spot, headings[0], message, remedy)
        return None
    for at, heading in enumerate(headings):
        if not heading:
            remedy = "Give it the name of a field, or delete the column."
            found.error("heading", spot, "", f"column {at + 1} has no heading", remedy)
            return None
        if heading in headings[:at]:
            message = f"the heading {heading!r} stands in two columns"
            found.error("duplicate-key", spot, heading, message, "Keep one of the two columns.")
            return None
    return headings
