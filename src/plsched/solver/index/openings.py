"""When a facility or an expert is there: dates as day numbers, hours as minutes of the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from plsched.scenario.models.base import WEEKDAYS, Availability, DateRange
from plsched.timegrid import clock_min


class Dates:
    """Day numbers of a range of dates, counted from an origin."""

    def __init__(self, row: DateRange, origin: date) -> None:
        self._first = (row.first - origin).days
        self._last = (row.last - origin).days
        self._residues = frozenset((WEEKDAYS.index(w) - origin.weekday()) % 7 for w in row.weekdays)

    def holds(self, day: int) -> bool:
        """Tell whether a day is in the range."""
        return self._first <= day <= self._last and day % 7 in self._residues


class Openings:
    """Rows of availability; each piece of time must lie inside one of them. No rows: always."""

    def __init__(self, rows: Sequence[Availability], origin: date) -> None:
        self.always = not rows
        self._rows = [(Dates(r, origin), clock_min(r.start), clock_min(r.end)) for r in rows]

    def hold(self, day: int, begin: int, end: int) -> bool:
        """Tell whether minutes ``[begin, end)`` of a day lie inside a row."""
        return self.always or any(
            start <= begin and end <= stop and dates.holds(day) for dates, start, stop in self._rows
        )
