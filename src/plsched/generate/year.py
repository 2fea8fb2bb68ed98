"""The year of every district: terms, kinds of days, bell schedules, windows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from plsched.generate.shares import SchoolLevel
from plsched.scenario.models.base import WORKDAYS, ClockRange, Weekday
from plsched.scenario.models.calendar import (
    BellSchedule,
    Blackout,
    Calendar,
    DayKind,
    DayRow,
    Period,
    Term,
    When,
)

FIRST, LAST = date(2027, 6, 1), date(2028, 6, 16)
CLASSES = ("student", "student_a", "student_b")
WEDNESDAYS = ("student", "early_release")
FIRST_WEEKS = (date(2027, 9, 13), date(2027, 10, 25), date(2028, 1, 10), date(2028, 2, 28))
"""Mondays of the four rounds of coaching."""

FALL_RELEASE, SPRING_RELEASE = date(2027, 10, 12), date(2028, 1, 18)
"""Tuesdays from which on release courses may meet."""

_CLOSED = (
    (date(2027, 6, 18), None, "Juneteenth observed"),
    (date(2027, 7, 5), None, "Independence Day observed"),
    (date(2027, 9, 6), None, "Labor Day"),
    (date(2027, 11, 24), date(2027, 11, 26), "Thanksgiving"),
    (date(2027, 12, 22), date(2027, 12, 31), "Winter break"),
    (date(2028, 1, 17), None, "Martin Luther King Jr. Day"),
    (date(2028, 2, 21), None, "Presidents' Day"),
    (date(2028, 3, 20), date(2028, 3, 24), "Spring break"),
    (date(2028, 4, 14), None, "Spring holiday"),
    (date(2028, 5, 29), None, "Memorial Day"),
)
_PL = (
    date(2027, 8, 17),
    date(2027, 8, 19),
    date(2027, 10, 11),
    date(2027, 11, 5),
    date(2028, 2, 18),
    date(2028, 3, 10),
)
_DATA = (date(2027, 10, 22), date(2028, 1, 3), date(2028, 4, 17))
_WORKDAYS = (date(2027, 8, 18), date(2027, 8, 20))


def calendar(high_schools: Sequence[str]) -> Calendar:
    """Give the year; high schools have A and B days."""
    return Calendar(
        first=FIRST,
        last=LAST,
        terms=(
            Term(id="summer", name="Summer", season="summer", first=FIRST, last=date(2027, 8, 15)),
            Term(
                id="fall",
                name="Fall",
                season="fall",
                first=date(2027, 8, 16),
                last=date(2027, 12, 31),
            ),
            Term(id="spring", name="Spring", season="spring", first=date(2028, 1, 1), last=LAST),
        ),
        day_kinds=(
            DayKind(id="student", name="Student day", students=True, contract="all"),
            DayKind(id="student_a", name="Student day A", students=True, contract="all"),
            DayKind(id="student_b", name="Student day B", students=True, contract="all"),
            DayKind(id="early_release", name="Early release", students=True, contract="all"),
            DayKind(id="pl", name="Professional learning day", contract="all"),
            DayKind(id="data", name="Data day", contract="all"),
            DayKind(id="workday", name="Teacher-directed workday", contract="all"),
            DayKind(id="conferences", name="Conferences with families", contract="all"),
            DayKind(id="summer", name="Summer weekday", contract="twelve_month"),
            DayKind(id="saturday", name="Saturday in the school year"),
            DayKind(id="closed", name="Holiday or break"),
        ),
        days=_day_rows(tuple(high_schools)),
        blackouts=_blackouts(),
        bell_schedules=_bell_schedules(),
    )


def _day_rows(high_schools: tuple[str, ...]) -> tuple[DayRow, ...]:
    begin, end = date(2027, 8, 23), date(2028, 5, 25)
    rows = [
        DayRow(kind="summer", first=FIRST, last=date(2027, 8, 16)),
        DayRow(kind="student", first=begin, last=end, note="Classes"),
        DayRow(kind="saturday", first=date(2027, 9, 11), last=date(2028, 5, 13), weekdays=("sat",)),
        DayRow(kind="summer", first=date(2028, 5, 26), last=LAST),
    ]
    letters: tuple[tuple[str, tuple[Weekday, ...]], ...] = (
        ("student_a", ("mon", "thu")),
        ("student_b", ("tue", "fri")),
    )
    if high_schools:
        rows += [
            DayRow(kind=kind, first=begin, last=end, weekdays=weekdays, sites=high_schools)
            for kind, weekdays in letters
        ]
    rows += [DayRow(kind="early_release", first=day) for day in _early_releases()]
    rows += [DayRow(kind="pl", first=day) for day in _PL]
    rows += [DayRow(kind="data", first=day) for day in _DATA]
    rows += [DayRow(kind="workday", first=day) for day in _WORKDAYS]
    rows.append(DayRow(kind="conferences", first=date(2027, 11, 22), last=date(2027, 11, 23)))
    rows += [DayRow(kind="closed", first=a, last=b, note=note) for a, b, note in _CLOSED]
    return tuple(rows)


def _early_releases() -> list[date]:
    """Every other Wednesday; in the new year the count begins anew."""
    fall = [date(2027, 9, 8) + timedelta(weeks=2 * k) for k in range(8)]
    return fall + [date(2028, 1, 12) + timedelta(weeks=2 * k) for k in range(10)]


def _blackouts() -> tuple[Blackout, ...]:
    return (
        Blackout(
            id="first-week",
            first=date(2027, 8, 23),
            last=date(2027, 8, 27),
            blocks=("releases", "coaching"),
            reason="Routines first; nobody leaves a class",
        ),
        Blackout(
            id="last-weeks",
            first=date(2028, 5, 15),
            last=date(2028, 5, 25),
            blocks=("releases", "coaching"),
            reason="No absence for learning in the last two weeks",
        ),
        Blackout(
            id="testing-elementary-middle",
            first=date(2028, 4, 24),
            last=date(2028, 5, 5),
            levels=("elementary", "middle"),
            reason="State assessments",
        ),
        Blackout(
            id="testing-high",
            first=date(2028, 5, 1),
            last=date(2028, 5, 12),
            levels=("high",),
            reason="End-of-course examinations",
        ),
    )


_ELEMENTARY = "08:35-09:25 09:30-10:20 10:25-11:15 12:00-12:50 12:55-13:45 13:50-14:40 14:45-15:30"
_MIDDLE = "08:15-09:00 09:05-09:50 09:55-10:40 10:45-11:30 12:10-12:55 13:00-13:45 13:50-14:35 14:40-15:25"
_HIGH = "08:10-08:52 08:57-09:39 09:44-10:26 10:31-11:13 11:58-12:40 12:45-13:27 13:32-14:14 14:19-15:01"
_BLOCKS = "08:10-09:40 09:45-11:15 12:00-13:30 13:35-15:05"
_ELEMENTARY_SHORT = (
    "08:35-09:05 09:10-09:40 09:45-10:15 10:20-10:50 11:30-12:00 12:05-12:35 12:40-13:10"
)
_MIDDLE_SHORT = "08:15-08:45 08:50-09:20 09:25-09:55 10:00-10:30 10:35-11:05 11:40-12:10 12:15-12:40 12:45-13:10"
_HIGH_SHORT = "08:10-08:38 08:43-09:11 09:16-09:44 09:49-10:17 10:22-10:50 10:55-11:23 11:58-12:26 12:31-12:59"


def _bell_schedules() -> tuple[BellSchedule, ...]:
    return (
        _bell("elementary", "07:50-15:50", "11:15-11:55", _ELEMENTARY),
        _bell("middle", "07:45-15:50", "11:30-12:05", _MIDDLE),
        _bell("high", "07:45-15:50", "11:13-11:53", _HIGH),
        _bell("high-a", "07:45-15:50", "11:15-11:55", _BLOCKS),
        _bell("high-b", "07:45-15:50", "11:15-11:55", _BLOCKS, 5),
        _bell("elementary-short", "07:50-15:50", "10:50-11:25", _ELEMENTARY_SHORT),
        _bell("middle-short", "07:45-15:50", "11:05-11:35", _MIDDLE_SHORT),
        _bell("high-short", "07:45-15:50", "11:23-11:53", _HIGH_SHORT),
        _bell("staff-day", "08:00-15:50", "11:45-12:30", ""),
        _bell("conference-day", "12:00-20:00", None, ""),
        _bell("office", "08:00-16:30", "12:00-12:30", ""),
    )


def _bell(
    name: str, contract: str, lunch: str | None, periods: str, first: int = 1
) -> BellSchedule:
    spans = [_span(text) for text in periods.split()]
    return BellSchedule(
        id=name,
        contract=_span(contract),
        lunch=None if lunch is None else _span(lunch),
        periods=tuple(
            Period(id=f"p{number}", start=span.start, end=span.end)
            for number, span in enumerate(spans, start=first)
        ),
    )


def _span(text: str) -> ClockRange:
    start, _, end = text.partition("-")
    return ClockRange(start=clock(start), end=clock(end))


def clock(text: str) -> time:
    """Read a clock time, such as ``08:30``."""
    return time.fromisoformat(text)


PERIOD_STARTS = tuple(clock(span.partition("-")[0]) for span in _ELEMENTARY.split())
"""When the periods of an elementary school begin on a full day."""


def bells(level: SchoolLevel | None) -> dict[str, str]:
    """Give the bell schedule of each kind of day; ``None`` is an office."""
    if level is None:
        kinds = ("student", "early_release", "pl", "data", "workday", "conferences", "summer")
        return dict.fromkeys(kinds, "office")
    given = {"student": level, "early_release": f"{level}-short"}
    if level == "high":
        given |= {"student_a": "high-a", "student_b": "high-b"}
    staff = dict.fromkeys(("pl", "data", "workday"), "staff-day")
    return given | staff | {"conferences": "conference-day", "summer": "office"}


def when(
    first: str,
    last: str,
    kinds: Sequence[str],
    starts: Sequence[str],
    weekdays: Sequence[Weekday] = WORKDAYS,
    preferred: Sequence[Weekday] | None = None,
) -> When:
    """Give a window; dates and clock times as text."""
    return When(
        first=date.fromisoformat(first),
        last=date.fromisoformat(last),
        day_kinds=tuple(kinds),
        starts=tuple(map(clock, starts)),
        weekdays=tuple(weekdays),
        preferred_weekdays=None if preferred is None else tuple(preferred),
    )


def release_window(tuesday: date, weeks: int) -> When:
    """Tuesdays and Thursdays of some weeks, all day long."""
    last = tuesday + timedelta(days=7 * (weeks - 1) + 2)
    return when(f"{tuesday}", f"{last}", CLASSES, ("08:30",), ("tue", "thu"))
