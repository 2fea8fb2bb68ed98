"""XLSX files to rows of text: what a cell holds, written as a CSV file would have it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import NamedTuple

from plsched.scenario.collect import Findings
from plsched.scenario.sheets import MOST_COLUMNS, MOST_ROWS, Row, Sheet, to_sheet
from plsched.scenario.workbook_parts import WORKBOOK, EnoughError, Parts, WorkbookError

_SAVE = "Open it in a spreadsheet program and save it as XLSX anew, or save the sheet as CSV UTF-8."

# Formats of dates and times that every spreadsheet program knows by number.
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NOT_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|General', re.IGNORECASE)
_REFERENCE = re.compile(r"^([A-Z]{1,3})\d*$")
_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - cells have no zone
_DAYS_TO_1904 = 1462
_MOST_DAYS = 2_958_465
_DAY_MIN = 1440


class _Cell(NamedTuple):
    """A cell as it stands in the file."""

    kind: str
    style: int
    text: str
    formula: str | None


class _Strings:
    """Collects shared strings; readings of Asian characters are left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._parts: list[str] | None = None
        self._aside = 0

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        if tag == "si":
            self.texts.append("")
        elif tag == "rPh":
            self._aside += 1
        elif tag == "t" and not self._aside:
            self._parts = []

    def end(self, tag: str) -> None:
        if tag == "rPh":
            self._aside -= 1
        elif tag == "t" and self._parts is not None and self.texts:
            self.texts[-1] += "".join(self._parts)
            self._parts = None

    def data(self, text: str) -> None:
        if self._parts is not None:
            self._parts.append(text)


class _Rows:
    """Collects the cells of a sheet, row by row."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, dict[int, _Cell]]] = []
        self._number = 0
        self._column = -1
        self._cell: tuple[str, int] = ("n", 0)
        self._parts: list[str] | None = None
        self._text = ""
        self._formula: str | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            if len(self.rows) > MOST_ROWS + 1:
                raise EnoughError
            written = attributes.get("r", "")
            self._number = int(written) if written.isdecimal() else self._number + 1
            self._column = -1
            self.rows.append((self._number, {}))
        elif tag == "c":
            self._column = _column(attributes.get("r", ""), self._column + 1)
            style = attributes.get("s", "0")
            self._cell = (attributes.get("t", "n"), int(style) if style.isdecimal() else 0)
            self._text, self._formula = "", None
        elif tag in {"v", "t", "f"}:
            self._parts = []

    def end(self, tag: str) -> None:
        if tag in {"v", "t"} and self._parts is not None:
            self._text += "".join(self._parts)
            self._parts = None
        elif tag == "f" and self._parts is not None:
            self._formula = "".join(self._parts)
            self._parts = None
        elif tag == "c" and self.rows and self._column <= MOST_COLUMNS:
            self.rows[-1][1][self._column] = _Cell(*self._cell, self._text, self._formula)

    def data(self, text: str) -> None:
        if self._parts is not None:
            self._parts.append(text)


def _column(reference: str, following: int) -> int:
    """Give the number of a column from 0: ``C7`` is in column 2."""
    letters = _REFERENCE.match(reference)
    if letters is None:
        return following
    number = 0
    for letter in letters[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


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
    try:
        parts = Parts(data)
        sheets = parts.sheets()
        name = _sheet_name(tuple(sheets), file, wanted, table, found)
        if name is None:
            return None
        reader = _SheetReader(parts, file, name, found)
        return to_sheet(reader.rows(sheets[name]), file, name, found)
    except WorkbookError as error:
        spot = (file, "the whole file")
        found.error(error.code, spot, data[:4].hex(" "), str(error), _SAVE)
        return None


def _sheet_name(
    names: tuple[str, ...], file: str, wanted: str | None, table: str, found: Findings
) -> str | None:
    if wanted in names:
        return wanted
    if wanted is None and table in names:
        return table
    if wanted is None and len(names) == 1:
        return names[0]
    listed, spot = ", ".join(names), (file, "the whole file")
    if wanted is not None:
        message = f"the workbook has no sheet {wanted!r}"
        remedy = f"Write the name as it stands on the tab. Sheets: {listed}."
        found.error("no-sheet", spot, wanted, message, remedy)
    else:
        message = f"the workbook has {len(names)} sheets, none of them named {table!r}"
        remedy = f"Name the sheet behind the file: {file}#{names[0] if names else table}"
        found.error("no-sheet", spot, listed, message, remedy)
    return None


class _SheetReader:
    """Turns the cells of one sheet into text."""

    def __init__(self, parts: Parts, file: str, name: str, found: Findings) -> None:
        self._parts = parts
        self._file, self._name, self._found = file, name, found
        strings = _Strings()
        if "xl/sharedStrings.xml" in parts:
            parts.stream("xl/sharedStrings.xml", strings)
        self._strings = strings.texts
        self._dates = _date_styles(parts) if "xl/styles.xml" in parts else frozenset[int]()
        settings = next(parts.tree(WORKBOOK).iter("workbookPr"), None)
        since_1904 = settings is not None and settings.get("date1904") in {"1", "true"}
        self._first_day = _DAYS_TO_1904 if since_1904 else 0

    def rows(self, part: str) -> Iterator[Row]:
        """Give the rows of a sheet's part."""
        target = _Rows()
        self._parts.stream(part, target)
        for number, cells in target.rows:
            texts = [""] * (max(cells, default=-1) + 1)
            for column, cell in cells.items():
                texts[column] = self._text(cell, number)
            yield Row(number, tuple(texts))

    def _text(self, cell: _Cell, row: int) -> str:
        text = cell.text
        if cell.formula is not None:
            return f"={cell.formula}"
        match cell.kind:
            case "s":
                at = int(text) if text.isdecimal() else -1
                text = self._strings[at] if 0 <= at < len(self._strings) else ""
            case "b":
                text = "true" if text == "1" else "false"
            case "e":
                self._tell(row, text, "the cell holds an error", "Mend it in the spreadsheet.")
                text = ""
            case "n" if text:
                text = self._number(text, cell.style in self._dates, row)
        return text

    def _number(self, text: str, is_date: bool, row: int) -> str:
        try:
            number = float(text)
        except ValueError:
            return text
        if not is_date:
            return str(int(number)) if number.is_integer() else repr(number)
        minutes = round(number * _DAY_MIN)
        day, minute = divmod(minutes, _DAY_MIN)
        if not 0 <= day <= _MOST_DAYS - self._first_day:
            self._tell(row, text, "the cell holds no date", "Write it as text: 2027-08-16.")
            return ""
        if day == 0:
            return time(minute // 60, minute % 60).isoformat(timespec="minutes")
        moment = _DAY_ZERO + timedelta(days=day + self._first_day, minutes=minute)
        return moment.date().isoformat() if minute == 0 else moment.isoformat(timespec="minutes")

    def _tell(self, row: int, value: str, message: str, remedy: str) -> None:
        spot = (self._file, f"sheet {self._name}, row {row}")
        self._found.error("cell", spot, value, message, remedy)


def _date_styles(parts: Parts) -> frozenset[int]:
    """Find the styles that show a number as a date or a time."""
    styles = parts.tree("xl/styles.xml")
    own = {
        style.get("numFmtId", ""): _NOT_CODE.sub("", style.get("formatCode", ""))
        for style in styles.iter("numFmt")
    }
    formats = next(styles.iter("cellXfs"), None)
    found: set[int] = set()
    for at, style in enumerate(() if formats is None else formats.iter("xf")):
        number = style.get("numFmtId", "")
        code = own.get(number)
        if code is not None:
            shows_date = bool(re.search("[ymdhs]", code, re.IGNORECASE))
        else:
            shows_date = number.isdecimal() and int(number) in _DATE_FORMATS
        if shows_date:
            found.add(at)
    return frozenset(found)
