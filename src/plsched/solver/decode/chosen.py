"""What a solution chose, in the words of the problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plsched.solver.model import Model
from plsched.solver.problem import Column, CycleColumn
from plsched.solver.variables import ActivityVars, CycleVars, RoundVars


@dataclass(frozen=True, slots=True)
class ChosenActivity:
    """An activity that is held: column, units, experts, facility class."""

    vars: ActivityVars
    index: int
    column: Column
    units: tuple[int, ...]
    experts: tuple[str, ...]
    room: int | None


@dataclass(frozen=True, slots=True)
class ChosenRound:
    """A round that is held, with how many observe and are visited by (crowd, period).

    ``trip``: how many make each trip, by (crowd, trip).
    """

    vars: RoundVars
    index: int
    column: Column
    room: int | None
    observe: dict[tuple[int, str], int]
    host: dict[tuple[int, str], int]
    trip: dict[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class ChosenCycle:
    """A cycle that is held."""

    vars: CycleVars
    column: CycleColumn


def _one(literals: Sequence[int], values: Sequence[int]) -> int | None:
    return next((i for i, v in enumerate(literals) if values[v]), None)


def _room(chosen: dict[int, int], values: Sequence[int]) -> int | None:
    return next((k for k, v in chosen.items() if values[v]), None)


def activities(model: Model, values: Sequence[int]) -> list[ChosenActivity]:
    """Activities that are held."""
    found = []
    for a in model.variables.activities():
        index = _one(a.x, values)
        if index is None:
            continue
        found.append(
            ChosenActivity(
                a,
                index,
                a.activity.columns[index],
                tuple(u for u, part in enumerate(a.part) if index in part and values[part[index]]),
                tuple(e for e, lead in a.lead.items() if index in lead and values[lead[index]]),
                _room(a.room[index], values),
            )
        )
    return found


def rounds(model: Model, values: Sequence[int]) -> list[ChosenRound]:
    """List the rounds that are held."""
    found = []
    for r in model.variables.rounds:
        index = _one(r.x, values)
        if index is None:
            continue
        pattern = r.round.pattern[index]
        found.append(
            ChosenRound(
                r,
                index,
                r.round.columns[index],
                _room(r.room[index], values),
                {(c, k): values[v] for (p, c, k), v in r.observe.items() if p == pattern},
                {(c, k): values[v] for (p, c, k), v in r.host.items() if p == pattern},
                {(c, t): values[v] for (p, c, t), v in r.trip.items() if p == pattern},
            )
        )
    return found


def cycles(model: Model, values: Sequence[int]) -> list[ChosenCycle]:
    """Cycles that are held."""
    found = []
    for c in model.variables.cycles:
        index = _one(c.x, values)
        if index is not None:
            found.append(ChosenCycle(c, c.cycle.columns[index]))
    return found
