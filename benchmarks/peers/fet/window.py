"""The part that FET is asked: what stands once, in one sitting, within 35 dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.peers.bodies import person_of
from plsched.solver.problem import DAY, Activity, Bundle, Column, Problem

DATES = 35
"""Days that FET's tables hold."""
SLOT_MIN = 15


@dataclass(frozen=True, slots=True)
class Wanted:
    """An activity to be timed, with units put into its section and experts named beforehand."""

    bundle: Bundle
    activity: Activity
    units: tuple[int, ...]
    experts: tuple[str, ...]
    columns: tuple[int, ...]

    @property
    def minutes(self) -> int:
        """Its length."""
        piece = self.activity.columns[self.columns[0]].pieces[0]
        return piece.end - piece.start

    def people(self, problem: Problem) -> set[str]:
        """Everybody that it takes."""
        members = {e for u in self.units for e in self.bundle.units[u].members}
        return members | {person_of(problem, x) for x in self.experts}

    def rooms(self) -> list[int]:
        """Facility classes of its columns: FET cannot tie them to a time."""
        return sorted({k for c in self.columns for k in self.activity.rooms[c]})


@dataclass(frozen=True, slots=True)
class Window:
    """Dates in order, the first and the last minute of a day, and what is wanted there."""

    days: tuple[int, ...]
    begin: int
    end: int
    wanted: tuple[Wanted, ...]


def window_of(problem: Problem) -> Window:
    """Choose the dates in which the most activities could stand, in a row among those with any."""
    single = list(_single(problem))
    days = sorted({_day(k) for w in single for k in w.activity.columns})
    spans = [days[n : n + DATES] for n in range(max(1, len(days) - DATES + 1))]
    chosen = max(spans, key=lambda span: sum(1 for w in single if _inside(w, span)))
    wanted = [
        Wanted(w.bundle, w.activity, w.units, w.experts, inside)
        for w in single
        if (inside := _inside(w, chosen))
    ]
    wanted = _together(problem, wanted)
    times = [w.activity.columns[c].pieces[0] for w in wanted for c in w.columns]
    begin = min((p.start % DAY for p in times), default=0) // SLOT_MIN * SLOT_MIN
    end = max((p.start % DAY + p.end - p.start for p in times), default=0)
    return Window(tuple(chosen), begin, end, tuple(wanted))


def _together(problem: Problem, wanted: list[Wanted]) -> list[Wanted]:
    """Leave out what has no time for its people beside what came before it.

    FET leaves nothing out: it places all that it is asked, or goes on looking.
    """
    taken: dict[str, list[tuple[int, int]]] = {}
    found = []
    for w in wanted:
        people = w.people(problem)
        busy = [span for person in people for span in taken.get(person, ())]
        pieces = (w.activity.columns[c].pieces[0] for c in w.columns)
        free = (p for p in pieces if all(e <= p.start or p.end <= s for s, e in busy))
        held = next(free, None)
        if held is not None:
            found.append(w)
            for person in people:
                taken.setdefault(person, []).append((held.start, held.end))
    return found


def _day(column: Column) -> int:
    return column.pieces[0].day


def _inside(wanted: Wanted, days: list[int]) -> tuple[int, ...]:
    allowed = set(days)
    return tuple(c for c in wanted.columns if _day(wanted.activity.columns[c]) in allowed)


def _single(problem: Problem) -> Iterator[Wanted]:
    """Give what has one activity of one piece, that somebody can attend and lead."""
    for bundles in problem.by_source.values():
        first = bundles[0]
        once = len(first.activities) == 1 and first.activities[0].session is not None
        if once and all(len(k.pieces) == 1 for k in first.activities[0].columns):
            yield from _sections(bundles)


def _sections(bundles: list[Bundle]) -> Iterator[Wanted]:
    """Put units into sections in order, as many as fit."""
    waiting = list(range(len(bundles[0].units)))
    for b in bundles:
        size = 0 if b.fixed else b.item.section_size  # type: ignore[union-attr]  # only courses are not fixed
        units: list[int] = []
        for u in list(waiting):
            together = sum(len(b.units[x].members) for x in (*units, u))
            if (b.fixed or together <= size) and _columns(b, (*units, u), _team(b)):
                units.append(u)
                waiting.remove(u)
        columns = _columns(b, tuple(units), _team(b))
        if units and columns:
            yield Wanted(b, b.activities[0], tuple(units), _team(b), columns)


def _team(b: Bundle) -> tuple[str, ...]:
    """Name the experts who could lead most often, for FET chooses nobody."""
    able = Counter({x: len(at) for x, at in b.activities[0].leads.items()})
    team: list[str] = list(b.partners)
    for need, pool in zip(b.needs, b.candidates, strict=True):
        free = sorted((x for x in pool if x not in team), key=lambda x: (-able[x], x))
        team += free[: need.count]
    return tuple(team)


def _columns(b: Bundle, units: tuple[int, ...], team: tuple[str, ...]) -> tuple[int, ...]:
    """Give the columns at which all of them can be."""
    a = b.activities[0]
    return tuple(
        c
        for c in range(len(a.columns))
        if all(a.attendance[u][c] is not None for u in units) and all(c in a.leads[x] for x in team)
    )
