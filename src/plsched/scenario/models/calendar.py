"""The district's year: terms, kinds of days, blackouts, bell schedules."""

from __future__ import annotations

from datetime import date, time
from typing import Literal

from pydantic import Field, model_validator

from plsched.scenario.models.base import (
    WORKDAYS,
    ClockRange,
    DateRange,
    Id,
    Model,
    Name,
    Text,
    Weekday,
)

Level = Literal["early_childhood", "elementary", "middle", "high", "central", "external"]
Blocked = Literal["sessions", "releases", "coaching"]


class Term(DateRange):
    """A stretch of the year; terms do not overlap."""

    id: Id
    name: Name
    season: Literal["summer", "fall", "spring"]


class DayKind(Model):
    """What a day is for.

    ``students``: classes are taught, so educators who leave their classes need cover.
    ``contract``: whose contract time the day is: nobody's, twelve-month staff's, or all staff's.
    """

    id: Id
    name: Name
    students: bool = False
    contract: Literal["none", "twelve_month", "all"] = "none"

    @property
    def set_aside(self) -> bool:
        """Contract time without classes: a PL day, a data day, a workday, a weekday in summer."""
        return not self.students and self.contract != "none"


class DayRow(Model):
    """Dates that are of one kind; later rows override earlier ones. A date in no row is closed."""

    kind: Id
    first: date
    last: date | None = None
    weekdays: tuple[Weekday, ...] = WORKDAYS
    sites: tuple[Id, ...] | None = None
    note: Text = ""

    @model_validator(mode="after")
    def _ordered(self) -> DayRow:
        if self.last is not None and self.last < self.first:
            raise ValueError(f"last {self.last} is before first {self.first}; swap them")
        return self

    @property
    def last_date(self) -> date:
        """Last date of the row; a row without ``last`` is one day."""
        return self.last or self.first


class Blackout(DateRange):
    """Dates on which some work may not be planned, for some levels or sites (``None``: all)."""

    id: Id
    levels: tuple[Level, ...] | None = None
    sites: tuple[Id, ...] | None = None
    blocks: tuple[Blocked, ...] = ("sessions", "releases", "coaching")
    reason: Text = ""


class Period(ClockRange):
    """A class period of a bell schedule."""

    id: Id


class BellSchedule(Model):
    """Times of a day at a site: contract hours, lunch, class periods.

    ``contract`` or ``lunch`` may be absent (a summer day, a day without a common lunch).
    """

    id: Id
    contract: ClockRange | None = None
    lunch: ClockRange | None = None
    periods: tuple[Period, ...] = ()


class Calendar(DateRange):
    """The planning year, ``first`` to ``last``, at most 800 days."""

    terms: tuple[Term, ...] = Field(min_length=1)
    day_kinds: tuple[DayKind, ...] = Field(min_length=1)
    days: tuple[DayRow, ...] = Field(min_length=1)
    blackouts: tuple[Blackout, ...] = ()
    bell_schedules: tuple[BellSchedule, ...] = ()

    @model_validator(mode="after")
    def _year(self) -> Calendar:
        if (self.last - self.first).days > 800:
            raise ValueError(f"{self.first} to {self.last} is over 800 days; plan year by year")
        return self


class When(Model):
    """Where in the year and in the day something may start. ``None`` means no restriction.

    ``starts`` lists the clock times at which it may start; ``preferred_*`` cost comfort only.
    """

    terms: tuple[Id, ...] | None = None
    first: date | None = None
    last: date | None = None
    day_kinds: tuple[Id, ...] = Field(min_length=1)
    weekdays: tuple[Weekday, ...] = WORKDAYS
    starts: tuple[time, ...] = Field(min_length=1)
    preferred_starts: tuple[time, ...] | None = None
    preferred_weekdays: tuple[Weekday, ...] | None = None
