"""Wall-clock time as plain integers, and back.

A *minute* is counted on the district's wall clock from midnight of an origin date (the first day
of the scenario's calendar); every day has 1,440 of them, whatever the change of clocks does. The
zone is added only where a time leaves for the outside world.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY_MIN = 1440


def clock_min(clock: time) -> int:
    """Minutes since midnight."""
    return clock.hour * 60 + clock.minute


def to_minute(origin: date, day: date, minute_of_day: int) -> int:
    """Count wall-clock minutes from midnight of the origin."""
    return (day - origin).days * DAY_MIN + minute_of_day


def to_date(origin: date, minute: int) -> date:
    """Give the day on which a minute falls."""
    return origin + timedelta(days=minute // DAY_MIN)


def to_datetime(origin: date, minute: int, zone: ZoneInfo) -> datetime:
    """Give the aware wall-clock time of a minute."""
    day = to_date(origin, minute)
    return datetime.combine(day, time.min, tzinfo=zone) + timedelta(minutes=minute % DAY_MIN)


def from_datetime(origin: date, moment: datetime) -> int:
    """Count the minute of a wall-clock time; its zone is not looked at."""
    return to_minute(origin, moment.date(), moment.hour * 60 + moment.minute)


def days(first: date, last: date) -> Iterator[date]:
    """Every date from first to last, both included."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def week_start(day: date) -> date:
    """Monday of the week in which a day falls."""
    return day - timedelta(days=day.weekday())


def month_key(day: date) -> tuple[int, int]:
    """Year and month of a day."""
    return day.year, day.month
