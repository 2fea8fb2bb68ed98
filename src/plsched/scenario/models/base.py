"""Small types that every part of a scenario is made of."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from plsched.timegrid import clock_min

Id = Annotated[
    str,
    StringConstraints(
        min_length=1, max_length=100, pattern=r"^[^\s\x00-\x1f#/|;,][^\x00-\x1f#/|;,]*$"
    ),
]
"""The user's own id: any text without control characters and without ``# / | ; ,``."""

Text = Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]*$")]
Name = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")
]
NameOrNone = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
"""A name, or empty where there is none; what is left empty is kept so, and must come back."""

MAX_CENTS = 10**12
Cents = Annotated[int, Field(ge=0, le=MAX_CENTS, strict=True)]
"""Money: whole cents, 0 to 10^12 (ten billion dollars)."""

Percent = Annotated[int, Field(ge=0, le=100)]
Minutes = Annotated[int, Field(ge=0, le=100_000)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Weight = Annotated[int, Field(ge=1, le=100)]

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORKDAYS: tuple[Weekday, ...] = WEEKDAYS[:5]


def weekday_of(day: date) -> Weekday:
    """Name the weekday of a date as scenarios write it."""
    return WEEKDAYS[day.weekday()]


class Model(BaseModel):
    """A frozen part of a scenario; unknown keys are refused."""

    # Each part is built when it is first used: most only ever as parts of a scenario.
    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True
    )


class DateRange(Model):
    """Dates from ``first`` to ``last``, both included, on some weekdays."""

    first: date
    last: date
    weekdays: tuple[Weekday, ...] = WEEKDAYS

    @model_validator(mode="after")
    def _ordered(self) -> DateRange:
        if self.last < self.first:
            raise ValueError(f"last {self.last} is before first {self.first}; swap them")
        return self

    def holds(self, day: date) -> bool:
        """Tell whether a day is in the range."""
        return self.first <= day <= self.last and weekday_of(day) in self.weekdays


class ClockRange(Model):
    """Wall-clock times of a day, half-open: ``start`` included, ``end`` not."""

    start: time
    end: time

    @model_validator(mode="after")
    def _ordered(self) -> ClockRange:
        if self.end <= self.start:
            raise ValueError(f"end {self.end:%H:%M} is not after start {self.start:%H:%M}")
        return self

    @property
    def start_min(self) -> int:
        """Minute of the day at which the range starts."""
        return clock_min(self.start)

    @property
    def end_min(self) -> int:
        """Minute of the day at which the range has ended."""
        return clock_min(self.end)


class Availability(DateRange):
    """When a facility or an expert can be used: dates, weekdays and hours of the day."""

    start: time = time(6, 0)
    end: time = time(22, 0)
