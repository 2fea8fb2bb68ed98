"""Possible starts: which dates ``when`` allows, and what stands in a participant's way."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from plsched.plan.workdays import Attendance, Workdays
from plsched.scenario.directory import Directory
from plsched.scenario.models.base import weekday_of
from plsched.scenario.models.calendar import When
from plsched.scenario.models.learning import Course, Engagement, Gathering, Task
from plsched.timegrid import DAY_MIN, clock_min, days, to_minute


def date_obstacle(directory: Directory, when: When, day: date, *, first: bool = True) -> str | None:
    """Say why ``when`` or the calendar does not allow a date.

    ``first`` is false for the later pieces of an occurrence, whose weekday does not count.
    """
    calendar = directory.scenario.calendar
    if not calendar.holds(day):
        return f"{day} is outside the calendar, {calendar.first} to {calendar.last}"
    if when.first is not None and day < when.first:
        return f"{day} is before its first date {when.first}"
    if when.last is not None and day > when.last:
        return f"{day} is after its last date {when.last}"
    if when.terms is not None:
        term = directory.term(day)
        if term is None or term.id not in when.terms:
            return f"{day} is not in its terms {', '.join(when.terms)}"
    if first and weekday_of(day) not in when.weekdays:
        return f"{weekday_of(day)} {day} is not one of its weekdays {', '.join(when.weekdays)}"
    return None


def allowed_dates(directory: Directory, when: When) -> tuple[date, ...]:
    """Every date of the calendar that ``when`` allows, day kinds aside."""
    calendar = directory.scenario.calendar
    return tuple(
        d for d in days(calendar.first, calendar.last) if date_obstacle(directory, when, d) is None
    )


def person_obstacles(source: Gathering, attendance: Attendance) -> tuple[str, ...]:
    """Say why a participant cannot be there, in words that fit after their name."""
    day = attendance.workday
    found = []
    if day.kind not in source.when.day_kinds:
        found.append(
            f"has day kind {day.kind or 'closed'}, not {' or '.join(source.when.day_kinds)}"
        )
    if day.sessions_closed:
        found.append(f"is at {day.site}, where sessions are blacked out")
    if attendance.released:
        periods = ", ".join(attendance.released)
        if not source.release:
            found.append(f"teaches {periods} and the item has no release")
        if not day.has_pool:
            found.append(f"teaches {periods} and {day.site} has no pool of substitutes")
        if day.releases_closed:
            found.append(f"teaches {periods} and releases are blacked out at {day.site}")
    if attendance.stipend_min and not source.stipend:
        found.append(f"has {attendance.stipend_min} min outside contract hours without stipend")
    return tuple(found)


class Starts:
    """Tells of any date and clock time whether it is a possible start."""

    def __init__(self, directory: Directory, workdays: Workdays) -> None:
        self.directory = directory
        self.workdays = workdays
        self._dates: dict[str, tuple[date, ...]] = {}

    def dates(self, source: Gathering) -> tuple[date, ...]:
        """Dates on which something may start as far as ``when`` goes."""
        if source.id not in self._dates:
            self._dates[source.id] = allowed_dates(self.directory, source.when)
        return self._dates[source.id]

    def for_all(
        self,
        source: Course | Engagement | Task,
        people: Iterable[str],
        day: date,
        clock: int,
        venue: str | None,
    ) -> bool:
        """Tell whether a date and clock time is a possible start for all participants.

        ``day`` is one of ``dates``; every piece of the occurrence is looked at.
        """
        if clock + source.duration_min > DAY_MIN:
            return False
        for offset in range(1 if isinstance(source, Course) else source.days):
            piece_day = day + timedelta(days=offset)
            if offset and date_obstacle(self.directory, source.when, piece_day, first=False):
                return False
            start = to_minute(self.workdays.origin, piece_day, clock)
            end = start + source.duration_min
            for educator in people:
                if person_obstacles(source, self.workdays.attendance(educator, start, end, venue)):
                    return False
        return True

    def representatives(self, people: Iterable[str]) -> tuple[str, ...]:
        """One educator for each kind of working days among some educators."""
        return tuple({self.workdays.profile(e): e for e in people}.values())

    def clocks(self, source: Gathering) -> tuple[int, ...]:
        """Clock times at which an item may start, in minutes of the day."""
        return tuple(clock_min(t) for t in source.when.starts)
