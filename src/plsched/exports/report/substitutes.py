"""Substitutes per day against what the pool can be counted on for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from plsched.exports.report.fill import chance_short, expected_short
from plsched.exports.report.wording import day, listed, percent, plural
from plsched.money import dollars
from plsched.plan.facts import Facts
from plsched.plan.models import Substitute
from plsched.scenario.directory import Directory
from plsched.scenario.models.base import weekday_of
from plsched.scenario.models.people import SubPool


@dataclass(frozen=True, slots=True)
class PoolDay:
    """A date on which a pool sends subs."""

    date: date
    pool: str
    needed: int
    full: int
    morning: int
    afternoon: int
    covered: int
    """educators whose classes are covered"""
    sites: tuple[str, ...]
    size: int
    fill_percent: int
    expected: int
    chance_short: Fraction
    uncovered_cents: int
    """what colleagues who cover for missing subs cost on average"""
    by_time: int = 0
    """hired by the period or by the hour"""


@dataclass(frozen=True, slots=True)
class Substitutes:
    """All dates with subs, in order."""

    finding: str
    days: tuple[PoolDay, ...]

    @property
    def by_time(self) -> bool:
        """Whether anybody is hired by the period or by the hour."""
        return any(d.by_time for d in self.days)

    @property
    def pools(self) -> tuple[str, ...]:
        """Pools that send subs, in order of first use."""
        return tuple(dict.fromkeys(d.pool for d in self.days))


def substitutes(facts: Facts, *, with_costs: bool = True) -> Substitutes:
    """Count the subs of each pool and date."""
    settings = facts.scenario.substitutes
    pools = {} if settings is None else {p.id: p for p in settings.pools}
    hired: dict[tuple[date, str], list[Substitute]] = defaultdict(list)
    for sub in facts.plan.substitutes:
        hired[sub.date, sub.pool].append(sub)
    days = tuple(
        _pool_day(facts.directory, pools[pool], when, subs)
        for (when, pool), subs in sorted(hired.items())
    )
    return Substitutes(_finding(days, with_costs=with_costs), days)


def _pool_day(directory: Directory, pool: SubPool, when: date, subs: list[Substitute]) -> PoolDay:
    closed = any(span.holds(when) for span in pool.closed)
    size = 0 if closed else pool.size_on.get(when, pool.size)
    fill = pool.fill_on.get(weekday_of(when), pool.fill_percent)
    shifts = [sub.shift for sub in subs]
    sites = dict.fromkeys(
        site for sub in subs for site in (sub.site, sub.second_site) if site is not None
    )
    return PoolDay(
        date=when,
        pool=pool.id,
        needed=len(subs),
        full=shifts.count("full"),
        morning=shifts.count("morning"),
        afternoon=shifts.count("afternoon"),
        by_time=shifts.count("periods") + shifts.count("hours"),
        covered=len({cover.educator for sub in subs for cover in sub.covers}),
        sites=tuple(directory.sites[site].name for site in sites),
        size=size,
        fill_percent=fill,
        expected=size * fill // 100,
        chance_short=chance_short(size, fill, len(subs)),
        uncovered_cents=_uncovered_cents(directory, subs, expected_short(size, fill, len(subs))),
    )


def _uncovered_cents(directory: Directory, subs: list[Substitute], missing: Fraction) -> int:
    """Price the classes of missing subs, each with an equal share of the day's; half a cent up."""
    settings = directory.scenario.substitutes
    assert settings is not None  # noqa: S101  # subs come from its pools
    minutes = sum(_class_min(directory, sub) for sub in subs)
    exact = Fraction(minutes, len(subs)) * missing * settings.uncovered_cents_per_hour / 60
    return floor(exact + Fraction(1, 2))


def _class_min(directory: Directory, sub: Substitute) -> int:
    """Count the minutes of the classes that a sub covers, each period of a site once."""
    total = 0
    for site, period in {(cover.site, cover.period) for cover in sub.covers}:
        bell = directory.bell(site, sub.date)
        assert bell is not None  # noqa: S101  # the judge passed the cover
        total += sum(p.end_min - p.start_min for p in bell.periods if p.id == period)
    return total


def _finding(days: tuple[PoolDay, ...], *, with_costs: bool) -> str:
    if not days:
        return "No substitute is needed: nobody leaves a class."
    hires = sum(d.needed for d in days)
    dates = len({d.date for d in days})
    most = max(days, key=lambda d: (d.needed, d.chance_short))
    risk = max(days, key=lambda d: (d.chance_short, d.needed))
    full = [d for d in days if d.needed == d.expected]
    words = (
        f"{plural(hires, 'substitute hire')} on {plural(dates, 'date')}; "
        f"at most {most.needed} at once ({day(most.date)}, where {most.expected} can be expected). "
        f"The greatest chance that a class stays uncovered is {percent(risk.chance_short)}, "
        f"on {day(risk.date)}."
    )
    if with_costs:
        uncovered = dollars(sum(d.uncovered_cents for d in days))
        words += (
            f" Colleagues who cover for subs that do not come cost {uncovered} on average; "
            "no fund is charged with it."
        )
    if full:
        names = listed(dict.fromkeys(d.pool for d in full))
        words += f" On {plural(len(full), 'date')} the expected fill is used up ({names})."
    return words
