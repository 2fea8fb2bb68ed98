"""What a hire may cover: half-days, days at two sites, single periods, stints by the hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plsched.money import pay
from plsched.scenario.models.calendar import BellSchedule, Level, Period
from plsched.scenario.models.people import Substitutes
from plsched.timegrid import clock_min


@dataclass(frozen=True, slots=True)
class HalfDay:
    """Periods of a half, and how many of them a half-day hire may cover."""

    periods: frozenset[str]
    most: int


def half_day(
    subs: Substitutes, level: Level, periods: Sequence[Period]
) -> tuple[HalfDay, HalfDay, int]:
    """Morning, afternoon, and the periods that a full-day hire may cover."""
    noon = clock_min(subs.afternoon_start)
    per_day = subs.roving.max_periods_per_day
    morning, afternoon = (
        HalfDay(frozenset(p.id for p in half), short_of_a_day(subs, level, half))
        for half in (
            [p for p in periods if p.start_min < noon],
            [p for p in periods if p.start_min >= noon],
        )
    )
    return morning, afternoon, per_day


def short_of_a_day(subs: Substitutes, level: Level, periods: Sequence[Period]) -> int:
    """Count how many of some periods a hire may cover without being paid a full day."""
    most = min(subs.roving.max_periods_per_day, len(periods))
    steps = subs.full_day_from_periods.get(level)
    if steps is not None:
        most = min(most, steps - 1)
    under = subs.full_day_from_min.get(level)
    if under is not None:
        lengths = sorted((p.end_min - p.start_min for p in periods), reverse=True)
        while most and sum(lengths[:most]) >= under:
            most -= 1
    return most


@dataclass(frozen=True, slots=True)
class Stint:
    """Periods from the first to the last of a hire by the hour, how many of them it may cover, its price."""

    periods: tuple[str, ...]
    most: int
    cents: int


def stints(subs: Substitutes, level: Level, bell: BellSchedule | None) -> list[Stint]:
    """Give the stints of a day, but for those that a longer one of the same price stands for."""
    inside = sorted(bell.periods if bell else (), key=lambda p: p.start_min)
    if subs.hour_cents is None or bell is None:
        return []
    found: list[Stint] = []
    for first in range(len(inside)):
        for last in range(first, len(inside)):
            periods = inside[first : last + 1]
            cents = pay(subs.hour_cents, max(subs.minimum_min, stay_min(bell, periods)))
            most = short_of_a_day(subs, level, periods)
            found.append(Stint(tuple(p.id for p in periods), most, cents))
    return [
        s
        for s in found
        if s.most and not any(s.cents == o.cents and {*s.periods} < {*o.periods} for o in found)
    ]


def stay_min(bell: BellSchedule, periods: Sequence[Period]) -> int:
    """Minutes from the first to the last of some periods, lunch aside."""
    start, end = min(p.start_min for p in periods), max(p.end_min for p in periods)
    if bell.lunch is None:
        return end - start
    return end - start - max(0, min(end, bell.lunch.end_min) - max(start, bell.lunch.start_min))


def shared_days(morning: HalfDay, afternoon: HalfDay, per_day: int) -> list[tuple[int, int]]:
    """Ways to share the periods that a sub may cover in a day between two sites, as many as can be."""
    first = max(0, per_day - afternoon.most)
    last = min(morning.most, per_day)
    shares = {(e, min(afternoon.most, per_day - e)) for e in range(min(first, last), last + 1)}
    return sorted(shares)
