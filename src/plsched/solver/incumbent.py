"""A solution apart from any model: what stands, at which column, with whom, where.

It can be read from one model and written into another, larger or smaller, of the same problem.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from plsched.solver.decode import chosen as choice
from plsched.solver.model import Model
from plsched.solver.problem import Column, CycleColumn
from plsched.solver.variables import ActivityVars, BundleVars


@dataclass(frozen=True, slots=True)
class Sitting:
    """How an activity is held."""

    column: Column
    units: frozenset[str]
    experts: frozenset[str]
    room: int | None


@dataclass(frozen=True, slots=True)
class Day:
    """How a round is held."""

    column: Column
    room: int | None


@dataclass(slots=True)
class Incumbent:
    """What stands, by id; and the value of each tier, in order."""

    sittings: dict[str, Sitting] = field(default_factory=dict)
    days: dict[str, Day] = field(default_factory=dict)
    cycles: dict[str, CycleColumn] = field(default_factory=dict)
    values: tuple[int, ...] = ()


def read_incumbent(model: Model, values: Sequence[int]) -> Incumbent:
    """Read a solution of a model."""
    found = Incumbent(values=tuple(t.value(list(values)) for t in model.tiers))
    for a in choice.activities(model, values):
        units = frozenset(a.vars.bundle.bundle.units[u].id for u in a.units)
        sitting = Sitting(a.column, units, frozenset(a.experts), a.room)
        found.sittings[a.vars.activity.id] = sitting
    for r in choice.rounds(model, values):
        found.days[r.vars.round.id] = Day(r.column, r.room)
    for c in choice.cycles(model, values):
        found.cycles[c.vars.cycle.id] = c.column
    return found


def hint_of(model: Model, incumbent: Incumbent) -> list[tuple[int, int]]:
    """Values of the decisions of a model that say what the incumbent says."""
    hint: dict[int, int] = {}
    for b in model.variables.bundles:
        _bundle(hint, b, incumbent)
    for r in model.variables.rounds:
        day = incumbent.days.get(r.round.id)
        hint[r.present] = int(day is not None)
        for c, x in enumerate(r.x):
            here = day is not None and r.round.columns[c] == day.column
            hint[x] = int(here)
            for k, v in r.room[c].items():
                hint[v] = int(here and day is not None and day.room == k)
    for cycle in model.variables.cycles:
        kept = incumbent.cycles.get(cycle.cycle.id)
        hint[cycle.present] = int(kept is not None)
        for x, column in zip(cycle.x, cycle.cycle.columns, strict=True):
            hint[x] = int(kept is not None and column == kept)
    return sorted(hint.items())


def _bundle(hint: dict[int, int], b: BundleVars, incumbent: Incumbent) -> None:
    first = incumbent.sittings.get(b.activities[0].activity.id) if b.activities else None
    for a in b.activities:
        sitting = incumbent.sittings.get(a.activity.id)
        hint[a.present] = int(sitting is not None)
        for c, x in enumerate(a.x):
            here = sitting is not None and a.activity.columns[c] == sitting.column
            hint[x] = int(here)
            _column(hint, a, c, sitting if here else None)
    hint[b.stands] = int(first is not None)
    if not b.bundle.fixed:
        for unit, g in zip(b.bundle.units, b.chosen, strict=True):
            hint[g] = int(first is not None and unit.id in first.units)
    for e, member in b.team.items():
        hint[member] = int(first is not None and e in first.experts)


def _column(hint: dict[int, int], a: ActivityVars, c: int, sitting: Sitting | None) -> None:
    """Units, facility and experts at a column; all 0 where the activity is not held there."""
    units = a.bundle.bundle.units
    for unit, part in zip(units, a.part, strict=True):
        if c in part and not a.bundle.bundle.fixed:
            hint[part[c]] = int(sitting is not None and unit.id in sitting.units)
    for k, v in a.room[c].items():
        hint[v] = int(sitting is not None and sitting.room == k)
    for e, lead in a.lead.items():
        if c in lead:
            hint[lead[c]] = int(sitting is not None and e in sitting.experts)
