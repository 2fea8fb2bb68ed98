"""How far a plan is from a baseline."""

from __future__ import annotations

from plsched.plan.models import Plan, PlanItem
from plsched.solver.families.pins import is_at, times_of
from plsched.solver.matching import Matched, match_items
from plsched.solver.problem import Problem
from plsched.solver.rows import Rows, Term
from plsched.solver.variables import Variables

GONE, NEW, MOVED, FACILITY, TEAM, PEOPLE = 10, 1, 5, 1, 2, 2


def distance_terms(
    rows: Rows, problem: Problem, variables: Variables, baseline: Plan
) -> tuple[list[Term], int]:
    """Collect the terms of the distance tier, and its constant."""
    old = {item.id: item for item in baseline.items}
    items = match_items(variables)
    terms: list[Term] = []
    constant = GONE * sum(1 for ident in old if ident not in items)
    for ident, found in items.items():
        if ident not in old:
            terms.append((found.present, NEW))
            continue
        constant += GONE
        terms.append((found.present, -GONE))
        terms += _moved(problem, found, old[ident])
        terms += _room(problem, found, old[ident])
        terms += _team(rows, found, old[ident])
        terms += _people(rows, variables, found, old[ident])
    return terms, constant


def _moved(problem: Problem, found: Matched, item: PlanItem) -> list[Term]:
    times = times_of(problem, item)
    return [(x, MOVED) for column, x in found.columns if not is_at(column, times)]


def _room(problem: Problem, found: Matched, item: PlanItem) -> list[Term]:
    if not any(found.rooms):
        return [] if item.facility is None else [(found.present, FACILITY)]
    return [
        (literal, FACILITY)
        for chosen in found.rooms
        for k, literal in chosen.items()
        if item.facility not in problem.places.classes[k].facilities
    ]


def _team(rows: Rows, found: Matched, item: PlanItem) -> list[Term]:
    if found.coaches is not None:
        return [
            (x, TEAM)
            for (_, x), coach in zip(found.columns, found.coaches, strict=True)
            if coach != item.coach
        ]
    wrong = [v for x, v in found.team.items() if x not in item.experts and v != found.present]
    gone = [v for x, v in found.team.items() if x in item.experts and v != found.present]
    lost = [x for x in item.experts if x not in found.team]
    changed = [x for x, v in found.team.items() if x not in item.experts and v == found.present]
    if lost or changed:
        return [(found.present, TEAM)]
    if not wrong and not gone:
        return []
    differs = rows.literal()
    for v in wrong:
        rows.linear([(differs, 1), (v, -1), (found.present, -1)], -1, None)
    for v in gone:
        rows.linear([(differs, 1), (v, 1), (found.present, -1)], 0, None)
    return [(differs, TEAM)]


def _people(rows: Rows, variables: Variables, found: Matched, item: PlanItem) -> list[Term]:
    """Units for sections; for what has fixed people, the educators of the scenario."""
    if not found.units:
        return _fixed_people(variables, found, item)
    then = set(item.educators)
    differs = rows.literal()
    known: set[str] = set()
    for bundle in variables.by_source[item.source]:
        if found.units.get(bundle.bundle.units[0].id) != bundle.chosen[0]:
            continue
        for unit, chosen in zip(bundle.bundle.units, bundle.chosen, strict=True):
            members = set(unit.members)
            known |= members
            if members <= then:
                rows.linear([(differs, 1), (chosen, 1), (found.present, -1)], 0, None)
            elif members & then:
                rows.linear([(differs, 1), (found.present, -1)], 0, None)
            else:
                rows.linear([(differs, 1), (chosen, -1), (found.present, -1)], -1, None)
    if then - known:
        rows.linear([(differs, 1), (found.present, -1)], 0, None)
    return [(differs, PEOPLE)]


def _fixed_people(variables: Variables, found: Matched, item: PlanItem) -> list[Term]:
    then = frozenset(item.educators)
    for r in variables.rounds:
        if r.round.id == found.id:
            return [
                (x, PEOPLE)
                for c, x in enumerate(r.x)
                if then != frozenset((*r.round.observers[c], *r.round.hosts[c]))
            ]
    for c in variables.cycles:
        if c.cycle.id == found.id:
            return [] if then == frozenset(c.cycle.members) else [(found.present, PEOPLE)]
    bundle = next((b for b in variables.by_source.get(item.source, ())), None)
    now = frozenset(bundle.bundle.units[0].members) if bundle else frozenset()
    return [] if then == now else [(found.present, PEOPLE)]
