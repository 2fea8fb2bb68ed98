"""Half-days, days at two sites, and the cheapest staffing of a round alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from plsched.scenario.models.calendar import Level, Period
from plsched.scenario.models.people import Substitutes
from plsched.solver.families.hires import MOST_HIRED, Hireable, hire_rows
from plsched.solver.families.visits import add_counts
from plsched.solver.problem import Problem, Round, Staffing
from plsched.solver.proto import whole_model
from plsched.solver.rows import Rows, Term
from plsched.solver.settings import quiet_solver
from plsched.solver.variables import RoundVars
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


Solved = dict[str, tuple[int, Sequence[int]]]
"""Bound and values of the models solved so far, by their text."""


def cheapest(
    problem: Problem, r: Round, p: int, full_cents: int, half_cents: int, solved: Solved
) -> Staffing:
    """Staff a round alone as cheaply as can be, on a day of a pattern.

    Its bound holds whatever else stands; its counts, with as few visits as that cost allows, are
    a good start for the whole model. Rounds that differ in names alone are solved once.
    """
    subs = problem.directory.scenario.substitutes
    day = next(c.pieces[0].day for c, q in zip(r.columns, r.pattern, strict=True) if q == p)
    bell = problem.directory.bell(r.item.site, problem.date(day))
    if subs is None or bell is None:
        return Staffing(0, {}, {})
    key = (r.item.id, p)
    if key in problem.least_cover:
        return problem.least_cover[key]
    rows = Rows()
    stands = rows.literal()
    rows.fix(stands)
    alone = RoundVars(r, stands, [], [stands] * len(r.patterns))
    add_counts(rows, problem, alone, p)
    level = problem.directory.sites[r.item.site].level
    morning, afternoon, per_day = half_day(subs, level, bell.periods)
    price: list[Term] = []
    crowds = r.patterns[p].crowds
    for account in dict.fromkeys(c.account for c in crowds):
        need: dict[str, list[Term]] = {}
        for (_, c, k), v in alone.observe.items():
            if crowds[c].account == account and k in crowds[c].teaches:
                need.setdefault(k, []).append((v, 1))
        full, am, pm = (rows.integer(0, MOST_HIRED) for _ in range(3))
        hireable = Hireable((full, per_day), ((am, morning.most),), ((pm, afternoon.most),))
        hire_rows(rows, need, morning.periods, hireable)
        price += [(full, full_cents), (am, half_cents), (pm, half_cents)]
    visits = [(v, 1) for v in alone.host.values()]
    weight = 1 + rows.span(visits)
    rows.minimise([*((v, c * weight) for v, c in price), *visits])
    text = str(whole_model(rows).proto)
    if text not in solved:
        solved[text] = _solved(whole_model(rows))
    bound, values = solved[text]
    found = Staffing(0, {}, {})
    if values:
        found = Staffing(
            max(0, bound // weight),
            {(c, k): values[v] for (_, c, k), v in alone.observe.items()},
            {(c, k): values[v] for (_, c, k), v in alone.host.items()},
        )
    problem.least_cover[key] = found
    return found


def _solved(model: cp_model.CpModel) -> tuple[int, Sequence[int]]:
    solver = quiet_solver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = _ALONE_EFFORT
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return 0, []
    return int(solver.best_objective_bound), list(solver.response_proto.solution)


_ALONE_EFFORT = 0.1
"""Deterministic seconds for a round: what it proves by then is a bound, and districts have many."""
