"""Parts of a plan that neighbourhoods free together: items, and single coaching cycles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from plsched.scenario.directory import AnyItem
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Course, Engagement, Task
from plsched.solver.matrix import Numbers
from plsched.solver.model import Model


@dataclass(frozen=True, slots=True)
class Part:
    """What is freed together. Masks have a bit for each person or facility class, and week.

    ``own`` numbers its decisions; ``size`` counts its columns; ``links`` are items that it leans
    on.
    """

    name: str
    item: AnyItem
    people: int
    weeks: int
    size: int
    links: frozenset[str]
    own: Numbers


@dataclass(slots=True)
class _Piece:
    item: AnyItem
    names: Iterable[str]
    days: Iterable[int]
    size: int
    own: range


def make_parts(model: Model) -> dict[str, Part]:
    """All parts by name."""
    pieces: dict[str, list[_Piece]] = {}
    for name, piece in [*_bundles(model), *_rounds(model), *_cycles(model)]:
        pieces.setdefault(name, []).append(piece)
    bits: dict[str, int] = {}
    return {name: _join(name, found, bits) for name, found in pieces.items()}


def _bundles(model: Model) -> Iterable[tuple[str, _Piece]]:
    experts = model.problem.directory.experts
    for made in model.variables.bundles:
        b = made.bundle
        names = [e for u in b.units for e in u.members]
        names += [
            experts[x].educator or f"expert:{x}"
            for x in (*(x for pool in b.candidates for x in pool), *b.partners)
        ]
        names += [f"room:{k}" for a in b.activities for row in a.rooms for k in row]
        days = [p.day for a in b.activities for c in a.columns for p in c.pieces]
        size = sum(len(a.columns) * (1 if b.fixed else 2) for a in b.activities)
        yield b.item.id, _Piece(b.item, names, days, size, made.own)


def _rounds(model: Model) -> Iterable[tuple[str, _Piece]]:
    for made in model.variables.rounds:
        r = made.round
        names = [e for row in (*r.observers, *r.hosts) for e in row]
        days = [p.day for c in r.columns for p in c.pieces]
        yield r.item.id, _Piece(r.item, names, days, _ROUND_SIZE * len(r.columns), made.own)


def _cycles(model: Model) -> Iterable[tuple[str, _Piece]]:
    for made in model.variables.cycles:
        c = made.cycle
        names = [*c.members, *(k.coach for k in c.columns)]
        days = [p.day for k in c.columns for p in k.column.pieces]
        yield c.id, _Piece(c.item, names, days, len(c.columns), made.own)


def _join(name: str, pieces: list[_Piece], bits: dict[str, int]) -> Part:
    people = weeks = 0
    for piece in pieces:
        for who in dict.fromkeys(piece.names):
            people |= 1 << bits.setdefault(who, len(bits))
        for day in set(piece.days):
            weeks |= 1 << (day // 7)
    item = pieces[0].item
    size = sum(p.size for p in pieces)
    own = np.array([v for p in pieces for v in p.own], dtype=np.int64)
    return Part(name, item, people, weeks, size, links(item), own)


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


_ROUND_SIZE = 8
"""A date of a round weighs as much as so many columns: staffing comes with it."""
