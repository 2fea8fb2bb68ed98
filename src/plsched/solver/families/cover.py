r"""Cover: subs hired by shift for each site, date and account, roving over the periods.

The releases of a period are covered by full-day hires or by those of its half; identical subs are
counted, not named. `docs/model.md` shows why the counts leave an assignment of each sub.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from plsched.money import round_half_up
from plsched.scenario.directory import AnyItem
from plsched.scenario.models.base import weekday_of
from plsched.scenario.models.people import Substitutes
from plsched.solver.cash import Cash
from plsched.solver.families.staffing import (
    HalfDay,
    cheapest,
    half_day,
    hire_rows,
    shared_days,
)
from plsched.solver.index.accounts import sub_account
from plsched.solver.problem import Attendance, Problem, Unit
from plsched.solver.rows import Rows, Term
from plsched.solver.variables import RoundVars, Variables

Desk = tuple[str, int, str]
"""Where subs are hired: site, day, account."""


@dataclass(slots=True)
class Hires:
    """Subs hired at a desk, by shift.

    ``second`` counts those who go on to another site, by that site and the most periods that they
    cover in the morning here and in the afternoon there.
    """

    full: int
    morning: int
    afternoon: int
    second: dict[tuple[str, int, int], int] = field(default_factory=dict)


def full_cents(subs: Substitutes) -> int:
    """Price of a full-day hire."""
    return subs.day_cents


def half_cents(subs: Substitutes) -> int:
    """Price of a half-day hire."""
    return round_half_up(subs.day_cents, 2) if subs.half_day_cents is None else subs.half_day_cents


def second_site_cents(subs: Substitutes) -> int:
    """Price of a full day at two sites."""
    extra = subs.second_site_surcharge_cents
    return subs.day_cents + (half_cents(subs) if extra is None else extra)


def add_cover(rows: Rows, problem: Problem, variables: Variables, cash: Cash) -> dict[Desk, Hires]:
    r"""Every release is covered; hires stay within the pool that can be counted on.

    .. math:: n_{dk} \le f_{dk} + s_{dk}, \quad f_{dk} \le F_d, \quad \sum_k f_{dk} \le 6 F_d, \quad
        s_{dk} \le A_d, \quad \sum_{k \in AM} s_{dk} \le m A_d, \quad
        \sum_d (F_d + A_d + P_d) \le \lfloor \text{size} \cdot \text{fill} / 100 \rfloor
    """
    subs = problem.directory.scenario.substitutes
    if subs is None:
        return {}
    need = _needs(rows, problem, variables)
    desks = {
        desk: Hires(rows.integer(0, 500), rows.integer(0, 500), rows.integer(0, 500))
        for desk in need
    }
    if subs.allow_second_site:
        _second_sites(rows, problem, desks, cash, subs)
    for desk, periods in need.items():
        site, day, account = desk
        with rows.rule("cover", site):
            _desk_rows(rows, problem, desk, desks, periods)
        when = problem.date(day)
        purse = problem.purses.of_account("substitute", account, site, when)
        for var, cents in (
            (desks[desk].full, full_cents(subs)),
            (desks[desk].morning, half_cents(subs)),
            (desks[desk].afternoon, half_cents(subs)),
        ):
            cash.add(purse, var, cents)
    _round_cuts(rows, problem, variables, desks, subs)
    _pools(rows, problem, desks)
    return desks


def unit_releases(
    problem: Problem, item: AnyItem, unit: Unit, attendance: Attendance, days: list[int]
) -> dict[tuple[Desk, str], int]:
    """Count the releases of a unit by desk and period."""
    found: dict[tuple[Desk, str], int] = defaultdict(int)
    for members, stays in zip(unit.of_profile, attendance, strict=True):
        for day, stay in zip(days, stays, strict=True):
            for period in stay.released:
                for person in members:
                    account = sub_account(problem.directory, item, person)
                    found[(stay.site, day, account), period] += 1
    return found


def _needs(rows: Rows, problem: Problem, variables: Variables) -> dict[Desk, dict[str, list[Term]]]:
    need: dict[Desk, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for a in variables.activities():
        item = a.bundle.bundle.item
        if not item.release:
            continue
        for u, unit in enumerate(a.bundle.bundle.units):
            for c, literal in a.part[u].items():
                days = [p.day for p in a.activity.columns[c].pieces]
                counts = unit_releases(problem, item, unit, a.activity.attendance[u][c] or (), days)
                for (desk, period), count in counts.items():
                    need[desk][period].append((literal, count))
    for r in variables.rounds:
        _round_needs(rows, r, need)
    return need


def _round_needs(rows: Rows, r: RoundVars, need: dict[Desk, dict[str, list[Term]]]) -> None:
    """Add what a round needs on each date: its counts where it stands that day, else nothing."""
    for c, x in enumerate(r.x):
        p, day = r.round.pattern[c], r.round.columns[c].pieces[0].day
        pattern = r.round.patterns[p]
        by_desk: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for (q, i, k), v in r.observe.items():
            crowd = pattern.crowds[i] if q == p else None
            if crowd is not None and k in crowd.teaches:
                by_desk[crowd.account, k].append((v, len(crowd.members)))
        only = r.round.pattern.count(p) == 1
        for (account, k), counts in by_desk.items():
            desk = (r.round.item.site, day, account)
            if only:
                need[desk][k] += [(v, 1) for v, _ in counts]
                continue
            most = sum(size for _, size in counts)
            here = rows.integer(0, most)
            rows.linear([(here, 1), *((v, -1) for v, _ in counts), (x, -most)], -most, None)
            need[desk][k].append((here, 1))


def _halves(problem: Problem, desk: Desk) -> tuple[HalfDay, HalfDay, int]:
    subs = problem.directory.scenario.substitutes
    assert subs is not None  # noqa: S101 - a desk exists only where subs are hired
    site, day, _ = desk
    bell = problem.directory.bell(site, problem.date(day))
    periods = bell.periods if bell else ()
    level = problem.directory.sites[site].level
    return half_day(subs, level, periods)


def _desk_rows(
    rows: Rows,
    problem: Problem,
    desk: Desk,
    desks: dict[Desk, Hires],
    periods: dict[str, list[Term]],
) -> None:
    morning, afternoon, per_day = _halves(problem, desk)
    hires = desks[desk]
    site = desk[0]
    outgoing = [(v, early) for (_, early, _), v in hires.second.items()]
    incoming = [
        (v, late)
        for other, there in desks.items()
        if other[1:] == desk[1:]
        for (second, _, late), v in there.second.items()
        if second == site
    ]
    hire_rows(
        rows,
        periods,
        hires.full,
        ([(hires.morning, morning.most), *outgoing], morning),
        ([(hires.afternoon, afternoon.most), *incoming], afternoon),
        per_day,
    )


def _second_sites(
    rows: Rows, problem: Problem, desks: dict[Desk, Hires], cash: Cash, subs: Substitutes
) -> None:
    """One sub in the morning at one site, in the afternoon at another of the same pool."""
    pools = problem.directory.pools
    for desk, hires in desks.items():
        site, day, account = desk
        morning, _, per_day = _halves(problem, desk)
        purse = problem.purses.of_account("substitute", account, site, problem.date(day))
        for other in desks:
            if other[0] == site or other[1:] != desk[1:] or pools[other[0]].id != pools[site].id:
                continue
            _, afternoon, _ = _halves(problem, other)
            for early, late in shared_days(morning, afternoon, per_day):
                var = hires.second[other[0], early, late] = rows.integer(0, 500)
                cash.add(purse, var, second_site_cents(subs))


def _round_cuts(
    rows: Rows,
    problem: Problem,
    variables: Variables,
    desks: dict[Desk, Hires],
    subs: Substitutes,
) -> None:
    """On a date, the desks of a site cost at least the cheapest staffing of the round held then.

    Rounds of one observation stand on different dates, so one row holds for all of them. Half of
    a day shared between two sites costs at least a half-day hire.
    """
    full, half = full_cents(subs), half_cents(subs)
    half = min(half, second_site_cents(subs) // 2)
    outgoing: dict[Desk, list[int]] = defaultdict(list)
    incoming: dict[Desk, list[int]] = defaultdict(list)
    for (site, day, account), hires in desks.items():
        for (other, _, _), v in hires.second.items():
            outgoing[site, day, account].append(v)
            incoming[other, day, account].append(v)
    by_day: dict[tuple[str, int], dict[int, int]] = defaultdict(dict)
    for r in variables.rounds:
        for c, x in enumerate(r.x):
            least = cheapest(problem, r.round, r.round.pattern[c], full, half).least_cents
            by_day[r.round.item.id, r.round.columns[c].pieces[0].day][x] = least
    sites = {r.round.item.id: r.round.item.site for r in variables.rounds}
    accounts = {
        r.round.item.id: {crowd.account for p in r.round.patterns for crowd in p.crowds}
        for r in variables.rounds
    }
    for (item, day), least_of in by_day.items():
        terms: list[Term] = [(x, -least) for x, least in least_of.items() if least]
        if not terms:
            continue
        for desk in ((sites[item], day, account) for account in sorted(accounts[item])):
            if desk not in desks:
                continue
            hires = desks[desk]
            terms += [(hires.full, full), (hires.morning, half), (hires.afternoon, half)]
            terms += [(v, half) for v in (*outgoing[desk], *incoming[desk])]
        with rows.rule("cover", sites[item], shared=True):
            rows.linear(terms, 0, None)


def counted_on(problem: Problem, pool_id: str, when: date) -> int:
    """Subs of a pool that can be counted on at a date."""
    pool = next(p for p in problem.directory.pools.values() if p.id == pool_id)
    if any(closed.holds(when) for closed in pool.closed):
        return 0
    size = pool.size_on.get(when, pool.size)
    return size * pool.fill_on.get(weekday_of(when), pool.fill_percent) // 100


def _pools(rows: Rows, problem: Problem, desks: dict[Desk, Hires]) -> None:
    by_pool: dict[tuple[str, int], list[Term]] = defaultdict(list)
    for (site, day, _), hires in desks.items():
        by_pool[problem.directory.pools[site].id, day] += [
            (v, 1) for v in (hires.full, hires.morning, hires.afternoon, *hires.second.values())
        ]
    for (pool, day), terms in by_pool.items():
        with rows.rule("cover", pool, shared=True):
            rows.at_most(terms, counted_on(problem, pool, problem.date(day)))
