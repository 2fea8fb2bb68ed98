"""Cells that a spreadsheet takes for what they are: exact amounts, and texts that stay texts."""

from __future__ import annotations

from decimal import Decimal

from plsched.exports.plain import clean

Cell = str | int | Decimal | None
"""A text, a count, an amount in dollars, or nothing."""

# The wide forms start a formula in the East Asian editions of some programs.
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\n", "\r", "＝", "＋", "－", "＠")


def amount(cents: int) -> Decimal:
    """Give cents as dollars, exactly."""
    return Decimal(cents).scaleb(-2)


def amount_text(cents: int) -> str:
    """Write cents as plain decimal dollars: ``1234.50``, ``-125.00``."""
    return f"{amount(cents):.2f}"


def safe_text(text: str) -> str:
    """Keep a text of a CSV file from being taken for a formula.

    Spreadsheets run what starts with ``= + - @``, a tab or a line end, quoted or not; a
    leading apostrophe makes it a text. Characters that nobody sees are taken out first, since a
    program may do so too.
    """
    plain = clean(text)
    return f"'{plain}" if plain.startswith(_STARTS_A_FORMULA) else plain
