"""Substitutes in calendars: who covers whom, and each hire with its shift."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from typing import NamedTuple

from plsched.errors import PlanFileError
from plsched.plan.models import Cover, Plan, Shift, Substitute
from plsched.scenario.directory import Directory


class Covers:
    """Looks up which sub covers an educator."""

    def __init__(self, plan: Plan) -> None:
        self._subs = {
            (cover.item, cover.educator, sub.date, cover.period): sub.id
            for sub in plan.substitutes
            for cover in sub.covers
        }

    def subs(self, item: str, educator: str, day: date, periods: Iterable[str]) -> list[str]:
        """Give the subs who cover an educator in some periods, each once."""
        found = (self._subs.get((item, educator, day, period)) for period in periods)
        return list(dict.fromkeys(sub for sub in found if sub is not None))


class Hire(NamedTuple):
    """A sub hired for a date, as the person who books subs reads it."""

    id: str
    pool: str
    start: datetime
    end: datetime
    summary: str
    location: str
    description: str


def hires(directory: Directory, plan: Plan) -> Iterator[Hire]:
    """Give every hire of a plan.

    Raises
    ------
    PlanFileError
        The site has no contract hours on the date: the plan is not of this scenario.
    """
    titles = {item.id: item.title for item in plan.items}
    for sub in plan.substitutes:
        start, end = _shift(directory, sub)
        sites = [directory.sites[s].name for s in (sub.site, sub.second_site) if s is not None]
        yield Hire(
            id=sub.id,
            pool=sub.pool,
            start=start,
            end=end,
            summary=f"Substitute {sub.id}, {_SHIFTS[sub.shift]}",
            location=", then ".join(sites),
            description="\n".join(_covers(directory, titles, sub)) or "Covers nobody.",
        )


_SHIFTS: dict[Shift, str] = {
    "full": "whole day",
    "morning": "morning",
    "afternoon": "afternoon",
    "periods": "by the period",
    "hours": "by the hour",
}


def _shift(directory: Directory, sub: Substitute) -> tuple[datetime, datetime]:
    bell = directory.bell(sub.site, sub.date)
    rules = directory.scenario.substitutes
    if bell is None or bell.contract is None or rules is None:
        raise PlanFileError(
            f"substitute {sub.id} is hired for {sub.date} at {sub.site}, where nobody works that "
            f"day. Maybe the plan was made for another scenario: solve this one again."
        )
    start, end, noon = bell.contract.start, bell.contract.end, rules.afternoon_start
    covered = [p for p in bell.periods if p.id in {cover.period for cover in sub.covers}]
    there = (
        min((p.start for p in covered), default=start),
        max((p.end for p in covered), default=end),
    )
    clocks: dict[Shift, tuple[time, time]] = {
        "full": (start, end),
        "morning": (start, noon),
        "afternoon": (noon, end),
        "periods": there,
        "hours": there,
    }
    first, last = clocks[sub.shift]
    return datetime.combine(sub.date, first), datetime.combine(sub.date, last)


def _covers(directory: Directory, titles: Mapping[str, str], sub: Substitute) -> Iterator[str]:
    """Say whom a sub covers, in the order of the day."""
    clocks = {
        (site, period.id): (period.start, period.end)
        for site in (sub.site, sub.second_site)
        if site is not None and (bell := directory.bell(site, sub.date)) is not None
        for period in bell.periods
    }

    def begins(cover: Cover) -> time:
        return clocks.get((cover.site, cover.period), (time.min, time.min))[0]

    for cover in sorted(sub.covers, key=begins):
        start, end = clocks.get((cover.site, cover.period), (None, None))
        clock = "" if start is None or end is None else f"{start:%H:%M} to {end:%H:%M}, "
        where, whom = directory.sites[cover.site].name, directory.educators[cover.educator].name
        what = titles.get(cover.item, cover.item)
        yield f"{clock}{where}, {cover.period}: for {whom} ({what})"
