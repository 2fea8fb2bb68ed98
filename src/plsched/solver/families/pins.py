"""Pins and freezes: decisions that are already taken."""

from __future__ import annotations

from datetime import datetime

from plsched.plan.models import Plan, PlanItem
from plsched.scenario.models.policy import Pin
from plsched.solver.matching import Matched, match_items
from plsched.solver.problem import DAY, Column, Problem
from plsched.solver.rows import Rows
from plsched.solver.variables import Variables


def add_pins(rows: Rows, problem: Problem, variables: Variables) -> None:
    """Fix what is pinned; with a baseline and a freeze, what stood before the date."""
    scenario = problem.directory.scenario
    before = scenario.policy.freeze_before
    if not scenario.pins and (problem.baseline is None or before is None):
        return
    items = match_items(variables)
    for pin in scenario.pins:
        with rows.rule("pins", pin.item):
            _pin(rows, problem, variables, items, pin)
    if problem.baseline is not None and before is not None:
        _freeze(rows, problem, items, problem.baseline, problem.day(before) * DAY)


def start_minute(problem: Problem, start: datetime) -> int:
    """Minute of a pinned start; one with a zone is read on the district's clock."""
    local = start.astimezone(problem.directory.scenario.zone) if start.tzinfo else start
    return problem.day(local.date()) * DAY + local.hour * 60 + local.minute


def _pin(
    rows: Rows, problem: Problem, variables: Variables, items: dict[str, Matched], pin: Pin
) -> None:
    # An engagement with a pattern has one plan item, of the same id: it is pinned as such.
    if pin.item in problem.directory.items and pin.item not in items:
        _pin_all(rows, stands_of(variables, pin.item), present=pin.present)
        return
    found = items.get(pin.item)
    if found is None:
        rows.linear([], 1 if pin.present else 0, None)
        return
    if not pin.present:
        rows.forbid(found.present)
        return
    rows.fix(found.present)
    if pin.start is not None:
        minute = start_minute(problem, pin.start)
        for column, x in found.columns:
            if column.start != minute:
                rows.forbid(x)
    if pin.facility is not None:
        _keep_room(rows, problem, found, pin.facility)
    if pin.experts is not None:
        _keep_team(rows, found, frozenset(pin.experts))


def _pin_all(rows: Rows, stands: list[int], *, present: bool) -> None:
    if present:
        rows.linear([(v, 1) for v in stands], 1, None)
        return
    for v in stands:
        rows.forbid(v)


def stands_of(variables: Variables, source: str) -> list[int]:
    """Literals of everything that may stand of an item."""
    return [
        *(b.stands for b in variables.by_source.get(source, [])),
        *(r.present for r in variables.rounds if r.round.item.id == source),
        *(c.present for c in variables.cycles if c.cycle.item.id == source),
    ]


def _keep_room(rows: Rows, problem: Problem, found: Matched, facility: str) -> None:
    if not any(found.rooms):
        rows.forbid(found.present)
    for chosen in found.rooms:
        for k, literal in chosen.items():
            if facility not in problem.places.classes[k].facilities:
                rows.forbid(literal)


def _keep_team(rows: Rows, found: Matched, experts: frozenset[str]) -> None:
    if not experts.issubset(found.team):
        rows.forbid(found.present)
    for expert, member in found.team.items():
        if expert in experts:
            rows.fix(member)
        else:
            rows.forbid(member)


def _freeze(
    rows: Rows, problem: Problem, items: dict[str, Matched], baseline: Plan, before: int
) -> None:
    kept = {item.id: item for item in baseline.items if start_minute(problem, item.start) < before}
    for ident, item in kept.items():
        with rows.rule("pins", ident):
            found = items.get(ident)
            if found is None:
                rows.linear([], 1, None)
            else:
                _keep(rows, problem, found, item)
    for ident, other in items.items():
        if ident not in kept:
            with rows.rule("pins", ident):
                for column, x in other.columns:
                    if column.start < before:
                        rows.forbid(x)


def _keep(rows: Rows, problem: Problem, found: Matched, item: PlanItem) -> None:
    """Keep times, site, coach, facility, experts and units of a baseline item."""
    rows.fix(found.present)
    times = times_of(problem, item)
    for index, (column, x) in enumerate(found.columns):
        same_coach = found.coaches is None or found.coaches[index] == item.coach
        same_site = column.venue == item.site
        if not (is_at(column, times) and same_site and same_coach):
            rows.forbid(x)
    if item.facility is not None:
        _keep_room(rows, problem, found, item.facility)
    _keep_team(rows, found, frozenset(item.experts))
    for unit, literal in found.units.items():
        if unit in item.groups:
            rows.fix(literal)
        else:
            rows.forbid(literal)


Times = list[tuple[int, int]]
"""First minute of each occurrence, and the one after its last."""


def is_at(column: Column, times: Times) -> bool:
    """Tell whether a column has some times."""
    return column.start == times[0][0] and [(p.start, p.end) for p in column.pieces] == times


def times_of(problem: Problem, item: PlanItem) -> Times:
    """Give the times of a plan item."""
    return [
        (start_minute(problem, o.start), start_minute(problem, o.end)) for o in item.occurrences
    ]
