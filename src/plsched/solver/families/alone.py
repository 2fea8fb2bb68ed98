"""The cheapest staffing of each round alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from ortools.sat.python import cp_model

from plsched.scenario.models.calendar import BellSchedule
from plsched.scenario.models.people import Substitutes
from plsched.solver.families.by_time import by_time_hires, by_time_rows
from plsched.solver.families.hires import MOST_HIRED, Hireable, hire_rows
from plsched.solver.families.needs import leaving
from plsched.solver.families.staffing import half_day
from plsched.solver.families.visits import add_counts
from plsched.solver.problem import Problem, Round, Staffing
from plsched.solver.proto import whole_model
from plsched.solver.rows import Rows, Term
from plsched.solver.settings import quiet_solver
from plsched.solver.variables import RoundVars


@dataclass(frozen=True, slots=True)
class _Alone:
    """A model of one round; its objective counts cents, ``weight`` times, and visits."""

    counts: RoundVars
    weight: int
    model: cp_model.CpModel


def staff_alone(
    problem: Problem, rounds: Iterable[Round], full_cents: int, half_cents: int, workers: int
) -> None:
    """Staff every round alone, on each pattern of its days, as cheaply as can be.

    The bound of each holds whatever else stands; its counts, with as few visits as that cost allows,
    are a good start for the whole model. Rounds that differ in names alone are solved once, on as
    many threads as there are workers; the result is the same for any number. What is known already
    stays.
    """
    asked: dict[tuple[str, int], _Alone | None] = {}
    for r in rounds:
        for p in set(r.pattern):
            key = (r.item.id, p)
            if key not in problem.least_cover and key not in asked:
                asked[key] = _alone(problem, r, p, full_cents, half_cents)
    texts = {key: str(a.model.proto) for key, a in asked.items() if a is not None}
    models = {texts[key]: a.model for key, a in asked.items() if a is not None}
    effort = min(_EFFORT, _EFFORT_OF_ALL / max(1, len(models)))
    with ThreadPoolExecutor(max(1, workers)) as pool:
        solved = dict(zip(models, pool.map(partial(_solved, effort), models.values()), strict=True))
    for key, alone in asked.items():
        problem.least_cover[key] = (
            Staffing(0, {}, {}) if alone is None else _staffing(alone, *solved[texts[key]])
        )


def _alone(problem: Problem, r: Round, p: int, full_cents: int, half_cents: int) -> _Alone | None:
    """Model a round; nothing where there are no subs."""
    subs = problem.directory.scenario.substitutes
    day = next(c.pieces[0].day for c, q in zip(r.columns, r.pattern, strict=True) if q == p)
    if subs is None or problem.directory.bell(r.item.site, problem.date(day)) is None:
        return None
    rows = Rows()
    stands = rows.literal()
    rows.fix(stands)
    counts = RoundVars(r, stands, [], [stands] * len(r.patterns))
    add_counts(rows, problem, counts, p)
    price: list[Term] = []
    needs: dict[tuple[str, str], dict[str, list[Term]]] = {}
    for _, c, k, v in leaving(counts):
        crowd = r.patterns[p].crowds[c]
        need = needs.setdefault((crowd.home or r.item.site, crowd.account), {})
        need.setdefault(k, []).append((v, 1))
    for (site, _), need in needs.items():
        bell = problem.directory.bell(site, problem.date(day))
        hired = _hire(rows, problem, site, subs, bell, need)
        price += zip(hired.of_days, (full_cents, half_cents, half_cents), strict=True)
        price += hired.by_time
    visits = [(v, 1) for v in counts.host.values()]
    weight = 1 + rows.span(visits)
    rows.minimise([*((v, c * weight) for v, c in price), *visits])
    return _Alone(counts, weight, whole_model(rows))


@dataclass(frozen=True, slots=True)
class _Hired:
    """Full days, mornings, afternoons; and the cents of hires by the period or by the hour."""

    of_days: tuple[int, int, int]
    by_time: list[Term]


def _hire(
    rows: Rows,
    problem: Problem,
    site: str,
    subs: Substitutes,
    bell: BellSchedule | None,
    need: dict[str, list[Term]],
) -> _Hired:
    """Hire for what an account needs at a site."""
    level = problem.directory.sites[site].level
    morning, afternoon, per_day = half_day(subs, level, bell.periods if bell else ())
    most = 0 if subs.day_cents is None else MOST_HIRED
    full, am, pm = (rows.integer(0, most) for _ in range(3))
    if not subs.pays_by_time:
        hireable = Hireable((full, per_day), ((am, morning.most),), ((pm, afternoon.most),))
        hire_rows(rows, need, morning.periods, hireable)
        return _Hired((full, am, pm), [])
    days = [
        (morning.periods | afternoon.periods, (full, per_day)),
        (morning.periods, (am, morning.most)),
        (afternoon.periods, (pm, afternoon.most)),
    ]
    by_time = by_time_hires(rows, subs, level, bell)
    by_time_rows(rows, need, days if most else (), by_time, subs.minimum_periods)
    return _Hired((full, am, pm), by_time.price)


def _solved(effort: float, model: cp_model.CpModel) -> tuple[int, Sequence[int]]:
    solver = quiet_solver()
    solver.parameters.num_workers = 1
    solver.parameters.cp_model_presolve = (
        False  # such models are small: it takes longer than it saves
    )
    solver.parameters.max_deterministic_time = effort
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return 0, []
    return int(solver.best_objective_bound), list(solver.response_proto.solution)


def _staffing(alone: _Alone, bound: int, values: Sequence[int]) -> Staffing:
    if not values:
        return Staffing(0, {}, {})
    return Staffing(
        max(0, bound // alone.weight),
        {(c, k): values[v] for (_, c, k), v in alone.counts.observe.items()},
        {(c, k): values[v] for (_, c, k), v in alone.counts.host.items()},
    )


_EFFORT = 0.1
"""Deterministic seconds for a round: what it proves by then is a bound."""
_EFFORT_OF_ALL = 0.7
"""For all rounds together: large districts have hundreds, and a planner waits for them."""
