"""Which parts to free together: those that compete for people, experts, rooms or weeks."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plsched.scenario.directory import AnyItem
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Course, Engagement, Task
from plsched.scenario.models.observation import Observation
from plsched.solver.incumbent import Incumbent
from plsched.solver.problem import Problem


@dataclass(frozen=True, slots=True)
class Part:
    """What is freed together. Masks have a bit for each person, facility class, and week."""

    name: str
    item: AnyItem
    people: int
    weeks: int
    size: int
    links: frozenset[str]


class Neighbourhoods:
    """Chooses parts to free; the same seed chooses the same."""

    def __init__(self, problem: Problem, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - a search, not a secret
        self._bits: dict[str, int] = {}
        self.parts = {p.name: p for p in _Parts(problem, self._bits).parts()}
        self._leaning = Counter(x for p in self.parts.values() for x in p.links)

    def blocks(self, names: Iterable[str]) -> list[frozenset[str]]:
        """Cut parts into blocks in the order in which to place them.

        Observation days, which take a whole school, come first; then what others lean on; then
        what has few choices.
        """
        blocks: list[frozenset[str]] = []
        block: list[str] = []
        load = 0
        for part in sorted((self.parts[n] for n in names), key=self._rank):
            if block and load + part.size > _BLOCK_COLUMNS:
                blocks.append(frozenset(block))
                block, load = [], 0
            block.append(part.name)
            load += part.size
        return [*blocks, frozenset(block)] if block else blocks

    def _rank(self, part: Part) -> tuple[bool, int, int, str]:
        observing = isinstance(part.item, Observation)
        return not observing, -self._leaning[part.name], part.size, part.name

    def around(self, seeds: Sequence[str], columns: int) -> frozenset[str]:
        """Free some seeds and what competes with them most, up to so many columns."""
        chosen = dict.fromkeys(seeds)
        people = weeks = load = 0
        for name in seeds:
            people |= self.parts[name].people
            weeks |= self.parts[name].weeks
            load += self.parts[name].size
            chosen.update(dict.fromkeys(x for x in self.parts[name].links if x in self.parts))
            chosen.update(dict.fromkeys(p.name for p in self.parts.values() if name in p.links))
        rivals = [p for p in self.parts.values() if p.name not in chosen and p.weeks & weeks]
        scored = sorted(
            rivals,
            key=lambda p: -(p.people & people).bit_count() * (0.5 + self._random.random()),
        )
        for part in scored:
            if load + part.size > columns or not part.people & people:
                continue
            chosen[part.name] = None
            load += part.size
        return frozenset(chosen)

    def anywhere(self, columns: int, standing: Incumbent) -> frozenset[str]:
        """Free a random part that stands, and its rivals."""
        names = sorted({*standing.cycles} | {i.split("/")[0] for i in standing.sittings})
        names = [n for n in names if n in self.parts] or sorted(self.parts)
        return self.around([self._random.choice(names)], columns)

    def week(self, columns: int) -> frozenset[str]:
        """Free parts that may stand in a week."""
        first = self._random.randrange(60)
        mask = 0b11 << first
        names = [p for p in self.parts.values() if p.weeks & mask]
        self._random.shuffle(names)
        chosen, load = [], 0
        for part in sorted(names, key=lambda p: p.weeks.bit_count()):
            if load + part.size <= columns:
                chosen.append(part.name)
                load += part.size
        return frozenset(chosen)

    def missing(self, names: Iterable[str], columns: int) -> frozenset[str]:
        """Free one or two parts of which something is left out, and their rivals."""
        wanted = sorted(set(names))
        seeds = self._random.sample(wanted, min(len(wanted), self._random.choice((1, 1, 2))))
        return self.around(seeds, columns)


class _Parts:
    """Makes the parts of a problem."""

    def __init__(self, problem: Problem, bits: dict[str, int]) -> None:
        self._problem = problem
        self._bits = bits

    def _mask(self, names: Iterable[str]) -> int:
        mask = 0
        for name in names:
            mask |= 1 << self._bits.setdefault(name, len(self._bits))
        return mask

    def parts(self) -> list[Part]:
        """All parts."""
        found: dict[str, list[tuple[int, int, int, AnyItem, frozenset[str]]]] = {}
        experts = self._problem.directory.experts
        for b in self._problem.bundles:
            names = [e for u in b.units for e in u.members]
            names += [
                experts[x].educator or f"expert:{x}"
                for x in (*(x for pool in b.candidates for x in pool), *b.partners)
            ]
            rooms = {k for a in b.activities for row in a.rooms for k in row}
            names += [f"room:{k}" for k in rooms]
            weeks = _weeks(p.day for a in b.activities for c in a.columns for p in c.pieces)
            size = sum(len(a.columns) * (1 if b.fixed else 2) for a in b.activities)
            links = _links(b.item)
            found.setdefault(b.item.id, []).append((self._mask(names), weeks, size, b.item, links))
        for r in self._problem.rounds:
            people = {e for row in (*r.observers, *r.hosts) for e in row}
            weeks = _weeks(p.day for c in r.columns for p in c.pieces)
            row = (self._mask(sorted(people)), weeks, 8 * len(r.columns), r.item, frozenset[str]())
            found.setdefault(r.item.id, []).append(row)
        for c in self._problem.cycles:
            coaches = sorted({k.coach for k in c.columns})
            weeks = _weeks(p.day for k in c.columns for p in k.column.pieces)
            links = _links(c.item)
            mask = self._mask([*c.members, *coaches])
            found[c.id] = [(mask, weeks, len(c.columns), c.item, links)]
        return [_join(name, rows) for name, rows in found.items()]


def _join(name: str, rows: list[tuple[int, int, int, AnyItem, frozenset[str]]]) -> Part:
    people = weeks = size = 0
    for mask, when, columns, _, _ in rows:
        people |= mask
        weeks |= when
        size += columns
    return Part(name, rows[0][3], people, weeks, size, rows[0][4])


def _links(item: AnyItem) -> frozenset[str]:
    """Items that an item leans on."""
    match item:
        case Course():
            return frozenset(item.prerequisites)
        case Coaching():
            return frozenset(
                (*item.coach_prerequisites, *((item.follows,) if item.follows else ()))
            )
        case Engagement() | Task():
            return frozenset(r.item for r in (*item.after, *item.before))
        case _:
            return frozenset()


def _weeks(days: Iterable[int]) -> int:
    mask = 0
    for day in set(days):
        mask |= 1 << (day // 7)
    return mask


_BLOCK_COLUMNS = 700
