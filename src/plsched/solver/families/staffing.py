"""Half-days, and days at two sites."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plsched.scenario.models.calendar import Level, Period
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
    halves = []
    for half in (
        [p for p in periods if p.start_min < noon],
        [p for p in periods if p.start_min >= noon],
    ):
        most = min(per_day, len(half))
        steps = subs.full_day_from_periods.get(level)
        if steps is not None:
            most = min(most, steps - 1)
        under = subs.full_day_from_min.get(level)
        if under is not None:
            lengths = sorted((p.end_min - p.start_min for p in half), reverse=True)
            while most and sum(lengths[:most]) >= under:
                most -= 1
        halves.append(HalfDay(frozenset(p.id for p in half), most))
    return halves[0], halves[1], per_day


def shared_days(morning: HalfDay, afternoon: HalfDay, per_day: int) -> list[tuple[int, int]]:
    """Ways to share the periods that a sub may cover in a day between two sites, as many as can be."""
    first = max(0, per_day - afternoon.most)
    last = min(morning.most, per_day)
    shares = {(e, min(afternoon.most, per_day - e)) for e in range(min(first, last), last + 1)}
    return sorted(shares)
