"""Visits: how many observe, and how many are visited, in each period of a round.

Who visits whom is settled after the solve; the counts leave a pairing for it.
"""

from __future__ import annotations

from collections import defaultdict

from plsched.solver.problem import Problem
from plsched.solver.rows import Rows, Term
from plsched.solver.variables import RoundVars, Variables


def add_visits(rows: Rows, problem: Problem, variables: Variables) -> None:
    r"""Each observer makes the visits asked for; hosts teach, and are visited within limits.

    .. math:: \sum_k n_{ck} = v\,|c|\,y, \quad n_{ck} + h_{ck} \le |c|, \quad
        m \sum_c h_{ck} \le \sum_c n_{ck} \le M \sum_c h_{ck}
    """
    for r in variables.rounds:
        with rows.rule("visits", r.round.item.id):
            for p in sorted(set(r.round.pattern)):
                add_counts(rows, problem, r, p)
    with_terms: dict[str, list[RoundVars]] = defaultdict(list)
    for r in variables.rounds:
        with_terms[r.round.item.id].append(r)
    for source, rounds in with_terms.items():
        with rows.rule("visits", source):
            _terms(rows, problem, rounds)


def add_counts(rows: Rows, problem: Problem, r: RoundVars, p: int) -> None:
    """Add the counts of a round on a day of one pattern, and what holds between them."""
    item, pattern, chosen = r.round.item, r.round.patterns[p], r.of_pattern[p]
    covered = item.site in problem.directory.pools
    for c, crowd in enumerate(pattern.crowds):
        size = len(crowd.members)
        if crowd.home is not None:
            _add_trips(rows, r, p, c)
            continue
        for k in pattern.periods:
            teaches = k in crowd.teaches
            if crowd.observes and (covered if teaches else item.use_planning_periods):
                r.observe[p, c, k] = rows.integer(0, size)
            if crowd.hosts and teaches:
                r.host[p, c, k] = rows.integer(0, size)
            both = [v for v in (r.observe.get((p, c, k)), r.host.get((p, c, k))) if v is not None]
            if both:
                rows.linear([*((v, 1) for v in both), (chosen, -size)], None, 0)
        if crowd.observes:
            visits = [
                (v, 1) for k in pattern.periods if (v := r.observe.get((p, c, k))) is not None
            ]
            rows.linear([*visits, (chosen, -item.visits_per_observer * size)], 0, 0)
        if crowd.hosts:
            hosted = [(v, 1) for k in pattern.periods if (v := r.host.get((p, c, k))) is not None]
            rows.linear([*hosted, (chosen, -item.host_max_per_day * size)], None, 0)
    for k in pattern.periods:
        observers = [v for (q, _, j), v in r.observe.items() if q == p and j == k]
        visits_k = [v for (q, _, j), v in r.host.items() if q == p and j == k]
        terms: list[Term] = [(v, 1) for v in observers]
        rows.linear([*terms, *((v, -item.max_visitors) for v in visits_k)], None, 0)
        rows.linear([*terms, *((v, -item.min_visitors) for v in visits_k)], 0, None)


def _add_trips(rows: Rows, r: RoundVars, p: int, c: int) -> None:
    """Let each observer of another site make one trip; its visits are those that they make."""
    crowd, chosen = r.round.patterns[p].crowds[c], r.of_pattern[p]
    size = len(crowd.members)
    of_period: dict[str, list[int]] = defaultdict(list)
    for t, trip in enumerate(crowd.trips):
        made = r.trip[p, c, t] = rows.integer(0, size)
        for k in trip.visited:
            of_period[k].append(made)
    trips = [(r.trip[p, c, t], 1) for t in range(len(crowd.trips))]
    rows.linear([*trips, (chosen, -size)], 0, 0)
    for k, made_then in of_period.items():
        if len(made_then) == 1:
            r.observe[p, c, k] = made_then[0]
            continue
        count = r.observe[p, c, k] = rows.integer(0, size)
        rows.linear([*((v, 1) for v in made_then), (count, -1)], 0, 0)


def _terms(rows: Rows, problem: Problem, rounds: list[RoundVars]) -> None:
    """Bound a host's visits in a term, over all rounds that may fall into it."""
    item = rounds[0].round.item
    for term in problem.directory.scenario.calendar.terms:
        by_crowd: dict[tuple[str, ...], list[Term]] = defaultdict(list)
        for r in rounds:
            days = [problem.date(c.pieces[0].day) for c in r.round.columns]
            inside = [x for x, day in zip(r.x, days, strict=True) if term.holds(day)]
            visits: dict[tuple[str, ...], list[int]] = defaultdict(list)
            for (p, c, _), v in r.host.items():
                visits[r.round.patterns[p].crowds[c].members].append(v)
            for members, counts in visits.items():
                if len(inside) == len(days):
                    by_crowd[members] += [(v, 1) for v in counts]
                elif inside:
                    most = item.host_max_per_day * len(members)
                    here = rows.integer(0, most)
                    row = [*((v, 1) for v in counts), (here, -1), *((x, most) for x in inside)]
                    rows.linear(row, None, most)
                    by_crowd[members].append((here, 1))
        if item.host_max_per_day * len(rounds) <= item.host_max_per_term:
            continue
        for members, terms in by_crowd.items():
            rows.at_most(terms, item.host_max_per_term * len(members))
