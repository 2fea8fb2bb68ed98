"""Occurrences as calendars like them: a start, a rule, and the dates taken out of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from math import gcd
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from plsched.plan.models import Occurrence


class Rule(BaseModel):
    """Every ``interval`` days or weeks, ``count`` times, dates taken out included."""

    model_config = ConfigDict(frozen=True)

    frequency: Literal["DAILY", "WEEKLY"]
    interval: int
    count: int


class Series(BaseModel):
    """One event and its repetitions, in wall-clock time without a zone.

    ``skipped`` are starts that the rule gives and that are taken out.
    """

    model_config = ConfigDict(frozen=True)

    start: datetime
    end: datetime
    rule: Rule | None = None
    skipped: tuple[datetime, ...] = ()

    @property
    def dates(self) -> frozenset[date]:
        """Dates on which the event stands."""
        if self.rule is None:
            return frozenset((self.start.date(),))
        step = timedelta(days=self.rule.interval * (7 if self.rule.frequency == "WEEKLY" else 1))
        starts = {self.start + k * step for k in range(self.rule.count)}
        return frozenset(start.date() for start in starts - set(self.skipped))


def series(occurrences: Iterable[Occurrence], zone: ZoneInfo) -> list[Series]:
    """Write occurrences as the fewest plain series that give exactly them.

    Consecutive dates at one clock time are a daily series; the dates of one weekday, clock time
    and length are a weekly series, with those weeks taken out in which nothing stands. The series
    come in order of their first start.
    """
    dates: dict[tuple[time, timedelta], set[date]] = defaultdict(set)
    for occurrence in occurrences:
        start = occurrence.start.astimezone(zone).replace(tzinfo=None)
        end = occurrence.end.astimezone(zone).replace(tzinfo=None)
        dates[start.time(), end - start].add(start.date())
    found = [
        _series(run, clock, length)
        for (clock, length), days in dates.items()
        for run in _runs(sorted(days))
    ]
    return sorted(found, key=lambda s: (s.start, s.end))


def _runs(days: list[date]) -> list[list[date]]:
    if (days[-1] - days[0]).days == len(days) - 1:
        return [days]
    weekdays: dict[int, list[date]] = defaultdict(list)
    for day in days:
        weekdays[day.weekday()].append(day)
    return list(weekdays.values())


def _series(days: list[date], clock: time, length: timedelta) -> Series:
    start = datetime.combine(days[0], clock)
    if len(days) == 1:
        return Series(start=start, end=start + length)
    step = gcd(*((day - days[0]).days for day in days[1:]))
    count = (days[-1] - days[0]).days // step + 1
    weekly = step % 7 == 0
    rule = Rule(
        frequency="WEEKLY" if weekly else "DAILY",
        interval=step // 7 if weekly else step,
        count=count,
    )
    stands = set(days)
    slots = (start + timedelta(days=k * step) for k in range(count))
    skipped = tuple(slot for slot in slots if slot.date() not in stands)
    return Series(start=start, end=start + length, rule=rule, skipped=skipped)
