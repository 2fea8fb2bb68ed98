"""Numbers, dates and durations as people in a district read them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from plsched.money import round_half_up

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def number(value: int) -> str:
    """Write a whole number with thousands separators."""
    return f"{value:,}"


def tenths(numerator: int, denominator: int) -> str:
    """Write a quotient with one decimal, dropped when it is zero."""
    whole, tenth = divmod(round_half_up(numerator * 10, denominator), 10)
    return f"{whole:,}.{tenth}" if tenth else f"{whole:,}"


def hours(minutes: int) -> str:
    """Write minutes as hours, without the unit."""
    return tenths(minutes, 60)


def brief_hours(minutes: int) -> str:
    """Write minutes as hours for a narrow column: whole hours from ten on."""
    return str(round_half_up(minutes, 60)) if minutes >= 570 else hours(minutes)


def percent(share: Fraction) -> str:
    """Write a share in percent; what is more than nothing never reads as 0%."""
    tenth = round_half_up(share.numerator * 1000, share.denominator)
    if tenth == 0 and share > 0:
        return "under 0.1%"
    if tenth == 1000 and share < 1:
        return "over 99.9%"
    return f"{tenths(tenth, 10)}%"


def plural(value: int, one: str, many: str | None = None) -> str:
    """Write a number with its noun: ``1 session``, ``2 sessions``."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def day(value: date) -> str:
    """Write a date with its weekday and year."""
    return f"{weekday(value)}, {value.year}"


def weekday(value: date) -> str:
    """Write a date with its weekday, without its year."""
    return f"{WEEKDAYS[value.weekday()]} {short_day(value)}"


def short_day(value: date) -> str:
    """Write a date without its year."""
    return f"{MONTHS[value.month - 1]} {value.day}"


def full_date(value: date) -> str:
    """Write a date with its year, without its weekday."""
    return f"{short_day(value)}, {value.year}"


def listed(words: Iterable[str]) -> str:
    """Join words as a sentence does: ``a, b and c``."""
    parts = list(words)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def shortened(text: str, length: int) -> str:
    """Cut a text that is longer than a picture's margin."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def spaced(word: str) -> str:
    """Write a machine's word for people: ``training_and_coaching``."""
    return word.replace("_", " ")
