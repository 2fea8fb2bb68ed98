"""XLSX files to rows of text: what a cell shows, written as a CSV file would have it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from plsched.scenario.collect import Findings
from plsched.scenario.sheets import MOST_COLUMNS, MOST_ROWS, Row, Sheet, to_sheet

if TYPE_CHECKING:
    from openpyxl import Workbook

MOST_UNPACKED_BYTES = 200 * 2**20
MOST_PARTS = 2_000

_SAVE = "Open it in a spreadsheet program and save it as XLSX anew, or save the sheet as CSV UTF-8."


def read_xlsx(
    data: bytes, file: str, wanted: str | None, table: str, found: Findings
) -> Sheet | None:
    """Read one sheet of an XLSX file.

    Parameters
    ----------
    data
        The file's bytes.
    file
        Its name, for findings.
    wanted
        The sheet's name; ``None`` for the sheet named like the table, or the only one.
    table
        Name of the table that is read.
    found
        Takes what is wrong with it.
    """
    if not _harmless(data, file, found):
        return None
    workbook = _open(data, file, found)
    if workbook is None:
        return None
    try:
        name = _sheet_name(workbook, file, wanted, table, found)
        if name is None:
            return None
        return to_sheet(_rows(workbook, name, file, found), file, name, found)
    finally:
        workbook.close()


def _harmless(data: bytes, file: str, found: Findings) -> bool:
    """Refuse what is no workbook, or grows too large when unpacked."""
    spot = (file, "the whole file")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED_BYTES:
                message = f"the workbook unpacks to {unpacked:,} bytes in {len(parts):,} parts"
                remedy = (
                    f"Keep it under {MOST_UNPACKED_BYTES:,} bytes: save the table as CSV UTF-8."
                )
                found.error("too-large", spot, unpacked, message, remedy)
                return False
            declared = [part.filename for part in parts if _declares_types(archive, part)]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        found.error("xlsx", spot, data[:4].hex(" "), f"this is no XLSX file: {error}", _SAVE)
        return False
    if declared:
        message = "the workbook declares XML types of its own, which spreadsheets never do"
        found.error("xlsx", spot, declared[0], message, _SAVE)
        return False
    return True


def _declares_types(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Find a document type, which could make entities that grow."""
    if not part.filename.endswith((".xml", ".rels")):
        return False
    with archive.open(part) as stream:
        return b"<!DOCTYPE" in stream.read(4096)


def _open(data: bytes, file: str, found: Findings) -> Workbook | None:
    # Loading openpyxl takes half a second, which scenarios without workbooks need not wait for.
    from xml.etree.ElementTree import ParseError  # noqa: PLC0415

    from openpyxl import load_workbook  # noqa: PLC0415
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        return load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    except (
        InvalidFileException,
        ParseError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        zipfile.BadZipFile,
    ) as error:
        message = f"the workbook cannot be read: {error}"
        found.error("xlsx", (file, "the whole file"), type(error).__name__, message, _SAVE)
        return None


def _sheet_name(
    workbook: Workbook, file: str, wanted: str | None, table: str, found: Findings
) -> str | None:
    names = [sheet.title for sheet in workbook.worksheets]
    listed = ", ".join(names)
    if wanted is not None:
        if wanted in names:
            return wanted
        message = f"the workbook has no sheet {wanted!r}"
        remedy = f"Write the name as it stands on the tab. Sheets: {listed}."
        found.error("no-sheet", (file, "the whole file"), wanted, message, remedy)
        return None
    if table in names:
        return table
    if len(names) == 1:
        return names[0]
    message = f"the workbook has {len(names)} sheets, none of them named {table!r}"
    remedy = f"Name the sheet behind the file: {file}#{names[0] if names else table}"
    found.error("no-sheet", (file, "the whole file"), listed, message, remedy)
    return None


def _rows(workbook: Workbook, name: str, file: str, found: Findings) -> Iterator[Row]:
    sheet = workbook[name]
    # One column and some rows more than allowed, so that the surplus is seen and told.
    rows = sheet.iter_rows(max_col=MOST_COLUMNS + 1, max_row=2 * MOST_ROWS, values_only=True)
    for number, cells in enumerate(rows, 1):
        yield Row(
            number,
            tuple(_text(cell, (file, f"sheet {name}, row {number}"), found) for cell in cells),
        )


def _text(value: object, spot: tuple[str, str], found: Findings) -> str:
    """Write a cell's value as people write it in a CSV file."""
    match value:
        case None | str():
            text = value or ""
        case bool():
            text = "true" if value else "false"
        case float() if value.is_integer():
            text = str(int(value))
        case int() | float():
            text = repr(value)
        case datetime() if value.time() == time.min:
            text = value.date().isoformat()
        case datetime():
            text = value.isoformat(timespec="minutes")
        case date():
            text = value.isoformat()
        case time():
            text = value.isoformat(timespec="seconds" if value.second else "minutes")
        case _:
            text = ""
            message = "the cell holds a length of time, not a time of day"
            remedy = "Format the cell as text: minutes as a number, a time of day as 08:30."
            found.error("cell", spot, value, message, remedy)
    return text
