"""Cells that a spreadsheet takes for what they are: exact amounts, and texts that stay texts."""

from __future__ import annotations

from decimal import Decimal

Cell = str | int | Decimal | None
"""A text, a count, an amount in dollars, or nothing."""

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def amount(cents: int) -> Decimal:
    """Give cents as dollars, exactly."""
    return Decimal(cents).scaleb(-2)


def amount_text(cents: int) -> str:
    """Write cents as plain decimal dollars: ``1234.50``, ``-125.00``."""
    return f"{amount(cents):.2f}"


def safe_text(text: str) -> str:
    """Keep a text of a CSV file from being taken for a formula.

    Spreadsheets run what starts with ``= + - @``, a tab or a carriage return, quoted or not; a
    leading apostrophe makes it a text.
    """
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text
