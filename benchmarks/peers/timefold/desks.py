"""Desks and the days of pools: where subs are hired, numbered as they come up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from benchmarks.peers.timefold.lines import Row
from plsched.solver.families.cover import counted_on, full_cents, half_cents
from plsched.solver.families.needs import Desk, desk_halves
from plsched.solver.index.accounts import sub_account
from plsched.solver.problem import Activity, Bundle, Problem, Round

Releases = Mapping[tuple[Desk, str], int]
"""How many are released at a desk in a period."""


class Desks:
    """Numbers desks, pool days and periods."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._desks: dict[Desk, int] = {}
        self._days: dict[tuple[str, int], int] = {}
        self._periods: dict[str, int] = {}

    def needs(self, releases: Releases) -> list[Row]:
        """Write releases: desk, period, whether in the morning, count."""
        return [self._need(desk, period, n) for (desk, period), n in releases.items()]

    def _need(self, desk: Desk, period: str, count: int) -> Row:
        morning, _, _ = desk_halves(self._problem, desk)
        number = self._desks.setdefault(desk, len(self._desks))
        named = self._periods.setdefault(period, len(self._periods))
        return [number, named, int(period in morning.periods), count]

    def rows(self) -> list[Row]:
        """Write the desks that came up."""
        return [self._row(desk) for desk in self._desks]

    def _row(self, desk: Desk) -> Row:
        site, day, account = desk
        problem, subs = self._problem, self._problem.directory.scenario.substitutes
        assert subs is not None
        morning, afternoon, per_day = desk_halves(problem, desk)
        purse = problem.purses.of_account("substitute", account, site, problem.date(day))
        pool_day = (problem.directory.pools[site].id, day)
        number = self._days.setdefault(pool_day, len(self._days))
        prices = full_cents(subs), half_cents(subs)
        return [number, purse, *prices, per_day, morning.most, afternoon.most]

    def pool_days(self) -> list[Row]:
        """Write the subs that can be counted on, once all desks are written."""
        dates = ((pool, self._problem.date(day)) for pool, day in self._days)
        return [[counted_on(self._problem, pool, when)] for pool, when in dates]


def of_unit(problem: Problem, bundle: Bundle, activity: Activity, u: int, c: int) -> Releases:
    """Count the releases of a unit at a column."""
    found: Counter[tuple[Desk, str]] = Counter()
    pieces = activity.columns[c].pieces
    attendance = activity.attendance[u][c] or ()
    for members, stays in zip(bundle.units[u].of_profile, attendance, strict=True):
        for piece, stay in zip(pieces, stays, strict=True):
            for period in stay.released:
                for e in members:
                    account = sub_account(problem.directory, bundle.item, e)
                    found[(stay.site, piece.day, account), period] += 1
    return found


def of_round(r: Round, c: int) -> Releases:
    """Spread the visits of a round evenly over the periods that its observers teach."""
    pattern, day = r.patterns[r.pattern[c]], r.columns[c].pieces[0].day
    found: Counter[tuple[Desk, str]] = Counter()
    for crowd in pattern.crowds:
        taught = [p for p in pattern.periods if p in crowd.teaches]
        free = r.item.use_planning_periods and len(taught) < len(pattern.periods)
        if not crowd.observes or not taught or free:
            continue  # they observe in a planning period
        visits = len(crowd.members) * r.item.visits_per_observer
        for k, period in enumerate(taught):
            share = visits * (k + 1) // len(taught) - visits * k // len(taught)
            found[(r.item.site, day, crowd.account), period] += share
    return +found
