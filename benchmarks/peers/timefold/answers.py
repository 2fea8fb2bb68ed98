"""Reads what this peer chose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers.choices import Choices
from benchmarks.peers.timefold.names import activities, leads, names_of, units
from plsched.solver.problem import Problem


def read_choices(path: Path, problem: Problem) -> Choices:
    """Read one file of choices, written in the order of the instance."""
    lines = iter(path.read_text(encoding="ascii").splitlines())
    columns: dict[str, int] = {}
    rooms: dict[str, int] = {}
    for ident, possible in _held(problem):
        column, room = (int(n) for n in next(lines).split())
        if column >= 0:
            columns[ident] = column
            if possible and possible[column]:
                rooms[ident] = possible[column][room % len(possible[column])]
    sections: dict[tuple[str, str], int] = {}
    offers = list(names_of(problem).offers)
    for b, unit in units(problem):
        number = int(next(lines))
        if number >= 0:
            sections[b.item.id, unit.id] = offers[number][1] or 0
    experts = list(problem.directory.experts)
    teams: dict[int, set[str]] = {}
    for bundle, _ in leads(problem):
        number = int(next(lines))
        if number >= 0:
            teams.setdefault(bundle, set()).add(experts[number])
    led = {
        a.id: frozenset(team)
        for bundle, team in teams.items()
        for a in problem.bundles[bundle].activities
    }
    return Choices(columns, rooms, sections, led)


def _held(problem: Problem) -> Iterator[tuple[str, list[tuple[int, ...]]]]:
    """Give each holding with the facility classes of its columns."""
    for _, a in activities(problem):
        yield a.id, a.rooms
    for r in problem.rounds:
        yield r.id, r.rooms
    for c in problem.cycles:
        yield c.id, []


@dataclass(frozen=True, slots=True)
class Score:
    """What the peer says of itself at a moment: violations, thousandths of things, reach, cents."""

    at_s: float
    broken: int
    required: int
    reach: int
    cost: int


def read_scores(path: Path) -> list[Score]:
    """Read the scores in the order in which they came."""
    found = []
    for line in path.read_text(encoding="ascii").splitlines():
        at, hard, required, reach, cost = line.split()
        found.append(Score(float(at), -int(hard), int(required), int(reach), -int(cost)))
    return found
