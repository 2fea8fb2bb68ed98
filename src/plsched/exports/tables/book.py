"""A workbook that is the same, byte for byte, whenever it is written of the same things."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

from xlsxwriter import Workbook

from plsched.exports.tables.sheet import Formats

_NO_GUESSING = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


@contextmanager
def open_book(target: io.BytesIO, title: str, made: date) -> Iterator[tuple[Workbook, Formats]]:
    """Open a workbook to write, with the looks of its cells; no text of it is ever a formula.

    Parameters
    ----------
    made
        A date that follows from the content, so that the file does, too.
    """
    with Workbook(target, _NO_GUESSING) as book:
        book.set_properties({"title": title, "created": datetime.combine(made, time.min)})
        book.set_size(2400, 1500)
        yield book, Formats(book)
