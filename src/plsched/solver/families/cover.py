r"""Cover: subs hired by shift for each site, date and account, roving over the periods.

The releases of a period are covered by full-day hires or by those of its half; identical subs are
counted, not named. `docs/model.md` shows why the counts leave an assignment of each sub.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from plsched.money import round_half_up
from plsched.scenario.models.base import weekday_of
from plsched.scenario.models.people import Substitutes
from plsched.solver.cash import Cash
from plsched.solver.families.alone import staff_alone
from plsched.solver.families.by_time import ByTime, by_time_hires, by_time_rows
from plsched.solver.families.hires import MOST_HIRED, Hireable, Shift, hire_rows
from plsched.solver.families.needs import Crew, Desk, desk_halves, releases
from plsched.solver.families.staffing import shared_days
from plsched.solver.problem import Problem
from plsched.solver.rows import Rows, Term
from plsched.solver.variables import Variables

__all__ = ["Desk", "Hires", "add_cover"]


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
    by_time: ByTime = field(default_factory=ByTime)

    @property
    def everybody(self) -> Iterable[int]:
        """Variables that count subs."""
        of_days = (self.full, self.morning, self.afternoon, *self.second.values())
        return (*of_days, *self.by_time.hired)


def full_cents(subs: Substitutes) -> int:
    """Price of a full-day hire."""
    return subs.day_cents or 0


def half_cents(subs: Substitutes) -> int:
    """Price of a half-day hire."""
    return (
        round_half_up(full_cents(subs), 2) if subs.half_day_cents is None else subs.half_day_cents
    )


def second_site_cents(subs: Substitutes) -> int:
    """Price of a full day at two sites."""
    extra = subs.second_site_surcharge_cents
    return full_cents(subs) + (half_cents(subs) if extra is None else extra)


def add_cover(
    rows: Rows, problem: Problem, variables: Variables, cash: Cash, workers: int = 1
) -> dict[Desk, Hires]:
    r"""Every release is covered; hires stay within the pool that can be counted on.

    .. math:: \sum_{k \in S} N_{dk} \le \min(P, |S|)\, F_d + \min(m, |S \cap AM|)\, M_d
        + \min(m', |S \cap PM|)\, L_d, \quad
        \sum_d (F_d + M_d + L_d) \le \lfloor \text{size} \cdot \text{fill} / 100 \rfloor
    """
    subs = problem.directory.scenario.substitutes
    if subs is None:
        return {}
    counted = not (subs.allow_second_site or subs.pays_by_time)
    need, crews = releases(rows, problem, variables, crews=counted)
    desks = {
        desk: _hires(rows, subs)
        for desk in dict.fromkeys([*need, *(desk for crew in crews for desk, _ in crew.dates)])
    }
    if subs.pays_by_time:
        for desk, hires in desks.items():
            hires.by_time = _by_time(rows, problem, desk, cash, subs)
    if subs.allow_second_site:
        _second_sites(rows, problem, desks, cash, subs)
    lent = _lent(desks)
    for desk, periods in need.items():
        with rows.rule("cover", desk[0]):
            _desk_rows(rows, problem, desk, desks[desk], lent.get(desk, ()), periods)
    for crew in crews:
        with rows.rule("cover", crew.dates[0][0][0]):
            _crew_rows(rows, problem, crew, desks)
    for (site, day, account), hires in desks.items():
        purse = problem.purses.of_account("substitute", account, site, problem.date(day))
        cash.add(purse, hires.full, full_cents(subs))
        cash.add(purse, hires.morning, half_cents(subs))
        cash.add(purse, hires.afternoon, half_cents(subs))
    _round_cuts(rows, problem, variables, desks, subs, workers)
    _pools(rows, problem, desks)
    return desks


def _hired(rows: Rows) -> int:
    return rows.integer(0, MOST_HIRED)


def _hires(rows: Rows, subs: Substitutes) -> Hires:
    most = 0 if subs.day_cents is None else MOST_HIRED
    full, morning, afternoon = (rows.integer(0, most) for _ in range(3))
    return Hires(full, morning, afternoon)


def _by_time(rows: Rows, problem: Problem, desk: Desk, cash: Cash, subs: Substitutes) -> ByTime:
    """Count hires by the period and by the hour, and what they are paid."""
    site, day, account = desk
    when = problem.date(day)
    level = problem.directory.sites[site].level
    found = by_time_hires(rows, subs, level, problem.directory.bell(site, when))
    purse = problem.purses.of_account("substitute", account, site, when)
    for variable, cents in found.price:
        cash.add(purse, variable, cents)
    return found


def _desk_rows(
    rows: Rows,
    problem: Problem,
    desk: Desk,
    hires: Hires,
    incoming: Sequence[Term],
    periods: dict[str, list[Term]],
) -> None:
    subs = problem.directory.scenario.substitutes
    morning, afternoon, per_day = desk_halves(problem, desk)
    outgoing = [(v, early) for (_, early, _), v in hires.second.items()]
    if subs is not None and subs.pays_by_time:
        both = morning.periods | afternoon.periods
        days = [
            (both, (hires.full, per_day)),
            *((morning.periods, shift) for shift in ((hires.morning, morning.most), *outgoing)),
            *((afternoon.periods, s) for s in ((hires.afternoon, afternoon.most), *incoming)),
        ]
        paid_days = days if subs.day_cents is not None else []
        by_time_rows(rows, periods, paid_days, hires.by_time, subs.minimum_periods)
        return
    hireable = Hireable(
        (hires.full, per_day),
        ((hires.morning, morning.most), *outgoing),
        ((hires.afternoon, afternoon.most), *incoming),
    )
    hire_rows(rows, periods, morning.periods, hireable)


def _lent(desks: Mapping[Desk, Hires]) -> Mapping[Desk, list[Term]]:
    """Collect, for each desk, the afternoons of subs who begin their day at another site."""
    found: dict[Desk, list[Term]] = defaultdict(list)
    for (_, day, account), hires in desks.items():
        for (second, _, late), v in hires.second.items():
            found[second, day, account].append((v, late))
    return found


def _crew_rows(rows: Rows, problem: Problem, crew: Crew, desks: dict[Desk, Hires]) -> None:
    """Hire the subs of a round once, and have them at the desk of the date on which it stands.

    Rounds of one observation never share a date.
    """
    morning, afternoon, per_day = desk_halves(problem, crew.dates[0][0])
    shifts: list[Shift] = []
    for most in (per_day, morning.most, afternoon.most):
        able = max(crew.people, -(-crew.releases // most)) if most else 0
        shifts.append((rows.integer(0, min(able, MOST_HIRED)), most))
    need = {k: [(v, 1) for v, _ in counts] for k, counts in crew.counts.items()}
    full, am, pm = shifts
    hire_rows(rows, need, morning.periods, Hireable(full, (am,), (pm,)))
    for desk, x in crew.dates:
        hires = desks[desk]
        for there, (hired, _) in zip(
            (hires.full, hires.morning, hires.afternoon), shifts, strict=True
        ):
            most = rows.span([(hired, 1)])
            if most:
                rows.linear([(there, 1), (hired, -1), (x, -most)], -most, None)


def _second_sites(
    rows: Rows, problem: Problem, desks: dict[Desk, Hires], cash: Cash, subs: Substitutes
) -> None:
    """One sub in the morning at one site, in the afternoon at another of the same pool."""
    pools = problem.directory.pools
    for desk, hires in desks.items():
        site, day, account = desk
        morning, _, per_day = desk_halves(problem, desk)
        purse = problem.purses.of_account("substitute", account, site, problem.date(day))
        for other in desks:
            if other[0] == site or other[1:] != desk[1:] or pools[other[0]].id != pools[site].id:
                continue
            _, afternoon, _ = desk_halves(problem, other)
            for early, late in shared_days(morning, afternoon, per_day):
                var = hires.second[other[0], early, late] = _hired(rows)
                cash.add(purse, var, second_site_cents(subs))


def _round_cuts(
    rows: Rows,
    problem: Problem,
    variables: Variables,
    desks: dict[Desk, Hires],
    subs: Substitutes,
    workers: int,
) -> None:
    """Where a round stands, its desks cost at least the cheapest staffing of the round alone.

    Rounds of one observation never share a date, so what they cost there adds up.
    """
    if subs.allow_second_site:
        return
    prices = full_cents(subs), half_cents(subs)
    staff_alone(problem, (r.round for r in variables.rounds), *prices, workers)
    least: dict[tuple[str, str, tuple[Desk, ...]], list[Term]] = defaultdict(list)
    for r in variables.rounds:
        item, patterns = r.round.item, r.round.patterns
        for p, column, x in zip(r.round.pattern, r.round.columns, r.x, strict=True):
            day = column.pieces[0].day
            places = sorted({(c.home or item.site, c.account) for c in patterns[p].crowds})
            here = tuple(d for s, a in places if (d := (s, day, a)) in desks)
            cents = problem.least_cover[item.id, p].least_cents
            if cents:
                least[item.id, item.site, here].append((x, -cents))
    for (_, site, here), terms in least.items():
        hired: list[Term] = []
        for hires in map(desks.__getitem__, here):
            hired.append((hires.full, prices[0]))
            hired += [(v, prices[1]) for v in (hires.morning, hires.afternoon)]
            hired += hires.by_time.price
        with rows.rule("cover", site, shared=True):
            rows.linear([*hired, *terms], 0, None)


def counted_on(problem: Problem, pool_id: str, when: date) -> int:
    """Subs of a pool that can be counted on at a date; those not booked yet, by their notice."""
    pool = next(p for p in problem.directory.pools.values() if p.id == pool_id)
    if any(closed.holds(when) for closed in pool.closed):
        return 0
    size = pool.size_on.get(when, pool.size)
    fill = pool.fill_on.get(weekday_of(when), pool.fill_percent)
    as_of, before = problem.directory.scenario.policy.as_of, problem.baseline
    if as_of is None or before is None:
        return size * fill // 100
    notice = (when - as_of).days
    short = [days for days in pool.fill_on_short_notice if notice < days]
    if not short:
        return size * fill // 100
    booked = sum(1 for s in before.substitutes if (s.pool, s.date) == (pool_id, when))
    late = 0 if notice < 0 else min(fill, pool.fill_on_short_notice[min(short)])
    return min(size * fill // 100, booked + max(0, size - booked) * late // 100)


def _pools(rows: Rows, problem: Problem, desks: dict[Desk, Hires]) -> None:
    by_pool: dict[tuple[str, int], list[Term]] = defaultdict(list)
    for (site, day, _), hires in desks.items():
        by_pool[problem.directory.pools[site].id, day] += [(v, 1) for v in hires.everybody]
    for (pool, day), terms in by_pool.items():
        with rows.rule("cover", pool, shared=True):
            rows.at_most(terms, counted_on(problem, pool, problem.date(day)))
