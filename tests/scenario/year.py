"""A school year as a scenario file holds it: terms, kinds of days and bells of test districts."""

from __future__ import annotations

from typing import Any

Raw = dict[str, Any]
Span = tuple[str, str]


def terms(summer: Span, fall: Span, spring: Span) -> list[Raw]:
    """Give the three terms of a year, each from its first to its last date."""
    return [
        {"id": season, "name": season.title(), "season": season, "first": first, "last": last}
        for season, (first, last) in (("summer", summer), ("fall", fall), ("spring", spring))
    ]


def day_kinds() -> list[Raw]:
    """Give days with students, professional days, days of twelve-month staff, holidays."""
    return [
        {"id": "student", "name": "Student day", "students": True, "contract": "all"},
        {"id": "pl", "name": "PL day", "contract": "all"},
        {"id": "summer", "name": "Summer day", "contract": "twelve_month"},
        {"id": "holiday", "name": "Holiday"},
    ]


def bell(ident: str, contract: Span, lunch: Span, **periods: Span) -> Raw:
    """Give a bell schedule: contract hours, lunch, and periods by their id."""
    return {
        "id": ident,
        "contract": {"start": contract[0], "end": contract[1]},
        "lunch": {"start": lunch[0], "end": lunch[1]},
        "periods": [{"id": p, "start": s, "end": e} for p, (s, e) in periods.items()],
    }
