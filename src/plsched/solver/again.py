"""Decisions found again: those of a baseline in a model, and those of one model in another."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

import numpy as np

from plsched.plan.models import PlanItem
from plsched.solver.families.pins import is_at, times_of
from plsched.solver.matrix import Flags, Numbers
from plsched.solver.model import Model
from plsched.solver.problem import Column, Problem
from plsched.solver.variables import ActivityVars, BundleVars, RoundVars, Variables


def carried_over(model: Model, values: Numbers, other: Model) -> Numbers:
    """Give a solution's decisions in another model of the same problem; all else is as low as can be."""
    held = {key: int(values[v]) for key, v in _keyed(model.variables) if values[v]}
    found: Numbers = np.array(other.rows.low, dtype=np.int64)
    for key, v in _keyed(other.variables):
        found[v] = held.get(key, found[v])
    return found


def as_then(model: Model) -> Flags:
    """Mark the decisions that a plan as in the baseline could hold."""
    problem, variables = model.problem, model.variables
    then = {i.id: i for i in problem.baseline.items} if problem.baseline is not None else {}
    flags: Flags = np.zeros(model.rows.count, dtype=np.bool_)
    for a in variables.activities():
        if a.activity.id in then:
            flags[list(_of_activity(problem, a, then[a.activity.id]))] = True
    for r in variables.rounds:
        if r.round.id in then:
            item = then[r.round.id]
            at = _columns(problem, r.round.columns, item)
            flags[[r.present, *r.of_pattern, *(r.x[c] for c in at)]] = True
            flags[[*r.observe.values(), *r.host.values(), *r.trip.values()]] = True
            flags[list(_rooms(problem, [r.room[c] for c in at], item))] = True
    for c in variables.cycles:
        if c.cycle.id in then:
            item = then[c.cycle.id]
            at = _columns(problem, [k.column for k in c.cycle.columns], item)
            coached = (c.x[i] for i in at if c.cycle.columns[i].coach == item.coach)
            flags[[c.present, *coached]] = True
    return flags


def _of_activity(problem: Problem, a: ActivityVars, item: PlanItem) -> Iterator[int]:
    bundle = a.bundle
    at = _columns(problem, a.activity.columns, item)
    yield from (bundle.stands, a.present, *(a.x[c] for c in at))
    yield from _rooms(problem, [a.room[c] for c in at], item)
    for expert in item.experts:
        yield from (chosen[expert] for chosen in bundle.need if expert in chosen)
        if expert in bundle.team:
            yield bundle.team[expert]
            yield from (a.lead[expert][c] for c in at if c in a.lead[expert])
    for unit, chosen, part in zip(bundle.bundle.units, bundle.chosen, a.part, strict=True):
        if unit.id in item.groups:
            yield chosen
            yield from (part[c] for c in at if c in part)


def _columns(problem: Problem, columns: list[Column], item: PlanItem) -> list[int]:
    then = times_of(problem, item)
    return [
        c
        for c, column in enumerate(columns)
        if column.venue in (item.site, None) and is_at(column, then)
    ]


def _rooms(problem: Problem, chosen: list[dict[int, int]], item: PlanItem) -> Iterator[int]:
    for of_column in chosen:
        for k, literal in of_column.items():
            if item.facility in problem.places.classes[k].facilities:
                yield literal


Key = tuple[Hashable, ...]


def _keyed(variables: Variables) -> Iterator[tuple[Key, int]]:
    """Every decision with a key that is the same in all models of a problem.

    Models of one problem share its columns, however few of them they have.
    """
    for n, bundle in enumerate(variables.bundles):
        yield from (((n, *key), v) for key, v in _of_bundle(bundle))
        for k, activity in enumerate(bundle.activities):
            yield from (((n, k, *key), v) for key, v in _of_session(activity))
    for n, r in enumerate(variables.rounds):
        yield from ((("round", n, *key), v) for key, v in _of_round(r))
    for n, c in enumerate(variables.cycles):
        yield ("cycle", n), c.present
        pairs = zip(c.cycle.columns, c.x, strict=True)
        yield from ((("cycle", n, id(column)), v) for column, v in pairs)


def _of_bundle(b: BundleVars) -> Iterator[tuple[Key, int]]:
    yield ("stands",), b.stands
    yield from ((("unit", u), v) for u, v in enumerate(b.chosen))
    yield from ((("need", n, x), v) for n, need in enumerate(b.need) for x, v in need.items())
    yield from ((("team", x), v) for x, v in b.team.items())


def _of_session(a: ActivityVars) -> Iterator[tuple[Key, int]]:
    ids = [id(column) for column in a.activity.columns]
    yield ("present",), a.present
    yield from ((("x", i), v) for i, v in zip(ids, a.x, strict=True))
    yield from ((("part", u, ids[c]), v) for u, part in enumerate(a.part) for c, v in part.items())
    yield from ((("room", ids[c], k), v) for c, room in enumerate(a.room) for k, v in room.items())
    yield from ((("lead", x, ids[c]), v) for x, lead in a.lead.items() for c, v in lead.items())


def _of_round(r: RoundVars) -> Iterator[tuple[Key, int]]:
    ids = [id(column) for column in r.round.columns]
    yield ("present",), r.present
    yield from ((("x", i), v) for i, v in zip(ids, r.x, strict=True))
    yield from ((("pattern", p), v) for p, v in enumerate(r.of_pattern))
    yield from ((("room", ids[c], k), v) for c, room in enumerate(r.room) for k, v in room.items())
    for name, counts in (("observe", r.observe), ("host", r.host), ("trip", r.trip)):
        yield from (((name, key), v) for key, v in counts.items())
