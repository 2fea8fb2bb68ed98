"""Parts of a plan that neighbourhoods free together: items, and single coaching cycles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from plsched.scenario.directory import AnyItem, Directory
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Course, Engagement, Task
from plsched.solver.matrix import Numbers
from plsched.solver.model import Model
from plsched.solver.problem import Piece as TimePiece

Choice = tuple[tuple[int, int], ...]
"""Literals of columns of which one may hold, with their days."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is freed together. Masks have a bit for each person or facility class, and day.

    ``own`` numbers its decisions; ``size`` counts its columns; ``links`` are items that it leans
    on. ``choices`` are, for each thing to be held, the literals of its columns with their days.
    ``resources`` are the experts, coaches and pools of subs that it may need.
    """

    name: str
    item: AnyItem
    people: int
    days: int
    size: int
    links: frozenset[str]
    own: Numbers
    choices: tuple[Choice, ...]
    resources: frozenset[str]

    def standing(self, values: Numbers) -> int:
        """Days on which it stands in a solution."""
        days = 0
        for choice in self.choices:
            for literal, mask in choice:
                if values[literal]:
                    days |= mask
        return days


@dataclass(slots=True)
class _Piece:
    item: AnyItem
    names: Iterable[str]
    choices: tuple[Choice, ...]
    size: int
    own: range
    resources: Iterable[str]


def make_parts(model: Model) -> dict[str, Part]:
    """All parts by name."""
    pieces: dict[str, list[_Piece]] = {}
    for name, piece in [*_bundles(model), *_rounds(model), *_cycles(model)]:
        pieces.setdefault(name, []).append(piece)
    bits: dict[str, int] = {}
    return {name: _join(name, found, bits) for name, found in pieces.items()}


def _bundles(model: Model) -> Iterable[tuple[str, _Piece]]:
    directory = model.problem.directory
    experts = directory.experts
    for made in model.variables.bundles:
        b = made.bundle
        names = [e for u in b.units for e in u.members]
        able = [*(x for pool in b.candidates for x in pool), *b.partners]
        resources = [f"expert:{x}" for x in able]
        if b.item.release:
            resources += _pools(directory, names)
        names += [experts[x].educator or f"expert:{x}" for x in able]
        names += [f"room:{k}" for a in b.activities for row in a.rooms for k in row]
        choices = tuple(
            _choice(a.x, (c.pieces for c in a.activity.columns)) for a in made.activities
        )
        size = sum(len(a.columns) * (1 if b.fixed else 2) for a in b.activities)
        yield b.item.id, _Piece(b.item, names, choices, size, made.own, resources)


def _rounds(model: Model) -> Iterable[tuple[str, _Piece]]:
    for made in model.variables.rounds:
        r = made.round
        names = [e for row in (*r.observers, *r.hosts) for e in row]
        choice = _choice(made.x, (c.pieces for c in r.columns))
        size = _ROUND_SIZE * len(r.columns)
        resources = _pools(model.problem.directory, names)
        yield r.item.id, _Piece(r.item, names, (choice,), size, made.own, resources)


def _cycles(model: Model) -> Iterable[tuple[str, _Piece]]:
    for made in model.variables.cycles:
        c = made.cycle
        names = [*c.members, *(k.coach for k in c.columns)]
        choice = _choice(made.x, (k.column.pieces for k in c.columns))
        coaches = {f"coach:{k.coach}" for k in c.columns}
        yield c.id, _Piece(c.item, names, (choice,), len(c.columns), made.own, coaches)


def _pools(directory: Directory, educators: Iterable[str]) -> set[str]:
    """Pools of substitutes at the home sites of some educators."""
    sites = {directory.educators[e].site for e in educators}
    return {f"pool:{directory.pools[s].id}" for s in sites if s in directory.pools}


def _choice(literals: Iterable[int], pieces: Iterable[Iterable[TimePiece]]) -> Choice:
    return tuple((x, _mask(p)) for x, p in zip(literals, pieces, strict=True))


def _mask(pieces: Iterable[TimePiece]) -> int:
    days = 0
    for p in pieces:
        days |= 1 << p.day
    return days


def _join(name: str, pieces: list[_Piece], bits: dict[str, int]) -> Part:
    people = days = 0
    for piece in pieces:
        for who in dict.fromkeys(piece.names):
            people |= 1 << bits.setdefault(who, len(bits))
        for choice in piece.choices:
            for _, mask in choice:
                days |= mask
    item = pieces[0].item
    size = sum(p.size for p in pieces)
    own = np.array([v for p in pieces for v in p.own], dtype=np.int64)
    choices = tuple(c for p in pieces for c in p.choices)
    resources = frozenset(x for p in pieces for x in p.resources)
    return Part(name, item, people, days, size, links(item), own, choices, resources)


def links(item: AnyItem) -> frozenset[str]:
    """Items that an item leans on."""
    match item:
        case Course():
            return frozenset(item.prerequisites)
        case Coaching():
            follows = (item.follows,) if item.follows else ()
            return frozenset((*item.coach_prerequisites, *follows))
        case Engagement() | Task():
            return frozenset(r.item for r in (*item.after, *item.before))
        case _:
            return frozenset()


_ROUND_SIZE = 2
"""A date of a round weighs as much as so many columns: staffing comes with it."""
