"""A sheet of the workbook, written row by row: titles, tables, total rows that add up."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from datetime import date
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell

from plsched.exports.plain import clean
from plsched.exports.tables.cells import Cell

_LETTER, _TABLOID = 1, 3
_WIDE = 160
_ROW_POINTS = 15
_MOST_LINES = 27
"""A row is at most 409 points high."""
_MONEY = "#,##0.00;[Red]-#,##0.00"


class Formats:
    """Looks of the workbook's cells."""

    def __init__(self, book: Workbook) -> None:
        base = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
        words = {**base, "align": "left", "indent": 1}
        head = {"bold": True, "bg_color": "#E3E8EF", "bottom": 1, "text_wrap": True}
        total = {"bold": True, "top": 1}
        self.title: Format = book.add_format({**words, "bold": True, "font_size": 16})
        self.name: Format = book.add_format({**words, "bold": True})
        self.remark: Format = book.add_format({**words, "italic": True})
        self.text: Format = book.add_format({**words, "text_wrap": True})
        self.count: Format = book.add_format({**base, "num_format": "#,##0"})
        self.day: Format = book.add_format({**words, "num_format": "yyyy-mm-dd"})
        self.money: Format = book.add_format({**base, "num_format": _MONEY})
        self.head: Format = book.add_format({**words, **head})
        self.head_right: Format = book.add_format({**base, **head, "align": "right"})
        self.total_text: Format = book.add_format({**words, **total})
        self.total_count: Format = book.add_format({**base, **total, "num_format": "#,##0"})
        self.total_money: Format = book.add_format({**base, **total, "num_format": _MONEY})


class Sheet:
    """A sheet with a cursor that moves down.

    Parameters
    ----------
    book, formats
        The workbook and its looks.
    name
        Name on the tab.
    widths
        Width of each column, in characters. Sheets of many columns print on larger paper.
    """

    def __init__(self, book: Workbook, formats: Formats, name: str, widths: Sequence[int]) -> None:
        self._formats = formats
        self._sheet = book.add_worksheet(name)
        self._widths = widths
        self._row = 0
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)
        self._sheet.set_landscape()
        self._sheet.set_paper(_LETTER if sum(widths) < _WIDE else _TABLOID)
        self._sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_footer("&L&A&RPage &P of &N")
        self._sheet.hide_gridlines(2)

    def title(self, text: str) -> None:
        """Write a title over everything that follows."""
        self._sheet.set_row(self._row, 2 * _ROW_POINTS)
        self._text(0, text, self._formats.title)
        self._row += 1

    def note(self, name: str, cell: Cell) -> None:
        """Write a name and what it is."""
        self._text(0, name, self._formats.name)
        self._write(1, cell)
        self._row += 1

    def remark(self, text: str) -> None:
        """Write a sentence that may run over the columns to its right."""
        self._text(0, text, self._formats.remark)
        self._row += 1

    def gap(self) -> None:
        """Leave a row empty."""
        self._row += 1

    def freeze(self) -> None:
        """Keep what is above the cursor on the screen and on each printed page."""
        self._sheet.freeze_panes(self._row, 1)
        if self._row:
            self._sheet.repeat_rows(self._row - 1)

    def header(self, names: Sequence[str], *, numbers: Container[int]) -> None:
        """Write the header of a table, to the right above its columns of numbers."""
        for column, name in enumerate(names):
            look = self._formats.head_right if column in numbers else self._formats.head
            self._text(column, name, look)
        self._fit(names)
        self._row += 1

    def rows(self, rows: Iterable[Sequence[Cell | date]]) -> tuple[int, int]:
        """Write rows; give the first row and the one after the last."""
        first = self._row
        for row in rows:
            for column, cell in enumerate(row):
                self._write(column, cell)
            self._fit(row)
            self._row += 1
        return first, self._row

    def total(self, span: tuple[int, int], cells: Sequence[Cell]) -> None:
        """Write a total row under the rows of a span.

        Numbers are SUM formulas over the span; ``cells`` are what they give, kept in the file for
        readers that do not calculate.
        """
        first, end = span
        for column, cell in enumerate(cells):
            if cell is None:
                self._sheet.write_blank(self._row, column, None, self._formats.total_text)
                continue
            if isinstance(cell, str):
                self._text(column, cell, self._formats.total_text)
                continue
            look = self._formats.total_money
            if isinstance(cell, int):
                look = self._formats.total_count
            if end > first:
                top = xl_rowcol_to_cell(first, column)
                bottom = xl_rowcol_to_cell(end - 1, column)
                self._sheet.write_formula(self._row, column, f"=SUM({top}:{bottom})", look, cell)
            else:
                self._sheet.write_number(self._row, column, cell, look)
        self._row += 1

    def filter(self, span: tuple[int, int], columns: int) -> None:
        """Offer filters over a table whose header is right above the span."""
        first, end = span
        self._sheet.autofilter(first - 1, 0, max(first, end - 1), columns - 1)

    def _fit(self, cells: Sequence[Cell | date]) -> None:
        """Make the row high enough for its longest text: not every program does it by itself."""
        texts = (
            (len(c), w) for c, w in zip(cells, self._widths, strict=False) if isinstance(c, str)
        )
        high = max((-(-length // max(1, width)) for length, width in texts), default=1)
        if high > 1:
            self._sheet.set_row(self._row, min(high, _MOST_LINES) * _ROW_POINTS)

    def _write(self, column: int, cell: Cell | date) -> None:
        # Each kind of cell is written by its own method, so that no text is ever read as a formula.
        if isinstance(cell, Decimal):
            self._sheet.write_number(self._row, column, cell, self._formats.money)
        elif isinstance(cell, int):
            self._sheet.write_number(self._row, column, cell, self._formats.count)
        elif isinstance(cell, date):
            self._sheet.write_datetime(self._row, column, cell, self._formats.day)
        elif cell:
            self._text(column, cell, self._formats.text)

    def _text(self, column: int, text: str, look: Format) -> None:
        self._sheet.write_string(self._row, column, clean(text), look)
