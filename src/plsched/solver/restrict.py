"""A smaller problem: some parts free, the rest as an incumbent has it.

A part is what is freed together: all sections of a course, an engagement, a task, all rounds of an
observation, or a single coaching cycle.
"""

from __future__ import annotations

from dataclasses import replace

from plsched.solver.incumbent import Incumbent, Sitting
from plsched.solver.problem import Activity, Bundle, Cycle, Problem, Round


def restrict(problem: Problem, incumbent: Incumbent, free: frozenset[str]) -> Problem:
    """Keep only the columns that the incumbent uses, but all of the parts that are free."""
    bundles = [b if b.item.id in free else _bundle(b, incumbent) for b in problem.bundles]
    rounds = [r if r.item.id in free else _round(r, incumbent) for r in problem.rounds]
    cycles = [c if c.id in free else _cycle(c, incumbent) for c in problem.cycles]
    small = replace(problem, bundles=bundles, rounds=rounds, cycles=cycles, by_source={})
    for bundle in bundles:
        small.by_source.setdefault(bundle.item.id, []).append(bundle)
    return small


def _bundle(b: Bundle, incumbent: Incumbent) -> Bundle:
    activities = [_activity(b, a, incumbent.sittings.get(a.id)) for a in b.activities]
    first = incumbent.sittings.get(b.activities[0].id) if b.activities else None
    candidates = b.candidates
    if first is not None:
        candidates = [[x for x in pool if x in first.experts] for pool in b.candidates]
    return replace(b, activities=activities, candidates=candidates)


def _activity(b: Bundle, a: Activity, sitting: Sitting | None) -> Activity:
    if sitting is None:
        return replace(
            a,
            columns=[],
            attendance=[[] for _ in b.units],
            rooms=[],
            leads=dict.fromkeys(a.leads, frozenset()),
        )
    c = a.columns.index(sitting.column)
    return replace(
        a,
        columns=[a.columns[c]],
        attendance=[
            [row[c] if b.fixed or unit.id in sitting.units else None]
            for unit, row in zip(b.units, a.attendance, strict=True)
        ],
        rooms=[() if sitting.room is None else (sitting.room,)],
        leads={x: frozenset({0} if c in able else ()) for x, able in a.leads.items()},
    )


def _round(r: Round, incumbent: Incumbent) -> Round:
    day = incumbent.days.get(r.id)
    keep = [] if day is None else [r.columns.index(day.column)]
    return replace(
        r,
        columns=[r.columns[c] for c in keep],
        pattern=[r.pattern[c] for c in keep],
        observers=[r.observers[c] for c in keep],
        hosts=[r.hosts[c] for c in keep],
        stays=[r.stays[c] for c in keep],
        rooms=[() if day is None or day.room is None else (day.room,) for _ in keep],
    )


def _cycle(c: Cycle, incumbent: Incumbent) -> Cycle:
    kept = incumbent.cycles.get(c.id)
    return replace(c, columns=[] if kept is None else [kept])
