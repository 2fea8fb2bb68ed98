"""What would have to give way for something left out to stand: a small solve for each.

It is made to stand; what stands already may only be taken away, where it meets it in a row, and
money and substitutes may run short. The cheapest such plan says what is in the way. Should nothing
do, what leans on those rivals may be taken away with them, before it is said that nothing does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace

import numpy as np
from ortools.sat.python import cp_model

from plsched.families import FAMILIES, Family
from plsched.scenario.directory import AnyItem
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Course, Engagement, Task
from plsched.scenario.models.observation import Observation
from plsched.solver.helpers import Helpers, decisions
from plsched.solver.matrix import Flags, Matrix, Numbers
from plsched.solver.model import Model
from plsched.solver.proto import Written, write_model
from plsched.solver.rows import NO_LEAST, NO_MOST, Kind, Term
from plsched.solver.settings import step_solver
from plsched.solver.things import Thing


@dataclass(frozen=True, slots=True)
class InTheWay:
    """What would have to give way, or be there in addition.

    Attributes
    ----------
    things
        What stands and would not, each with the rule families that keep the two apart.
    cents
        Money that is missing, by the funds that may pay (joined by ``+``).
    subs
        Substitutes that are missing, by pool and day.
    moved
        Whether something else of the same item would be at another time.
    also
        What does not stand and would have to, since the thing comes after it.
    never
        Families each of which keeps the thing out whatever gives way; ``None`` where it could stand.
    least
        Whether nothing cheaper would do, of what may be taken away: the small solve came to its end.
    """

    things: tuple[tuple[Thing, tuple[Family, ...]], ...]
    cents: tuple[tuple[str, int], ...]
    subs: tuple[tuple[str, int, int], ...]
    moved: bool
    also: tuple[Thing, ...]
    never: tuple[Family, ...] | None = None
    least: bool = True


@dataclass(frozen=True, slots=True)
class _Short:
    """A row of money or substitutes that may run short, and the variable that says by how much."""

    row: int
    place: int


class Rivals:
    """Looks for what is in the way of things, in a solution that is kept otherwise.

    Parameters
    ----------
    model, matrix
        A built model and its rows.
    values
        A solution.
    """

    def __init__(self, model: Model, matrix: Matrix, values: Sequence[int]) -> None:
        self._model = model
        self._values: Numbers = np.array(values, dtype=np.int64)
        self._at = matrix.point(self._values)
        self._matrix = matrix
        self._helpers = Helpers(model, matrix)
        self._flows = np.array(list(model.flows.flow.values()), dtype=np.int64)
        self._owners = list(decisions(model))
        self._item_of = _items_of(model)
        self._owner: Numbers = np.full(matrix.count, -1, dtype=np.int64)
        for number, own in enumerate(self._owners):
            self._owner[own.start : own.stop] = number
        self._elastic = self._may_run_short()
        self._loose = copy(matrix)
        self._loose.least = np.where(self._elastic, NO_LEAST, matrix.least)
        self._loose.most = np.where(self._elastic, NO_MOST, matrix.most)

    def of(self, thing: Thing) -> InTheWay | None:
        """Say what is in the way of a thing; ``None`` where a small solve cannot tell."""
        own = self._own(thing)
        met = self._met(own)
        way = self._of(thing, own, met)
        if way is None or way.never is None:
            return way
        leaning = self._with_what_leans(met)
        return way if leaning <= met else self._of(thing, own, leaning)

    def _of(self, thing: Thing, own: Numbers, rivals: frozenset[int]) -> InTheWay | None:
        """Say what is in the way of a thing, if of what stands only these may be taken away."""
        free = self._helpers.with_helpers(np.union1d(own, self._held(rivals)))
        if len(free) > _MOST_FREE:
            return None
        piece = self._loose.slice(free, self._at, wishes=True)
        wanted = np.searchsorted(free, np.array(thing.literals, dtype=np.int64)).tolist()
        stands: Written = (wanted, [1] * len(wanted), 1, NO_MOST, int(Kind.LINEAR))
        short, rows = self._shortages(free)
        domains = [*piece.domains, *((0, _MOST_SHORT) for _ in short)]
        costs = [*self._losses(free, own), *((s.place, self._price(s.row)) for s in short)]
        solver = step_solver(0, 1, _EFFORT)
        status = solver.solve(write_model(domains, [*piece.rows, *rows, stands], costs))
        if status == cp_model.INFEASIBLE:
            return InTheWay((), (), (), False, (), self._without(free, stands))
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        found = list(solver.response_proto.solution)
        changed = self._values.copy()
        changed[free] = found[: len(free)]
        told = self._told(
            thing, own, changed, [(s.row, found[s.place]) for s in short if found[s.place]]
        )
        return replace(told, least=status == cp_model.OPTIMAL)

    # ---- what is free ----

    def _own(self, thing: Thing) -> Numbers:
        """Decisions of a thing, with those of its item that it leans on."""
        variables, source = self._model.variables, thing.item.id
        ranges = [b.own for b in variables.by_source.get(source, ())]
        if isinstance(thing.item, Observation):
            ranges += [r.own for r in variables.rounds if r.round.item.id == source]
        if isinstance(thing.item, Coaching):
            groups = set(thing.groups)
            mine = [c for c in variables.cycles if c.cycle.item.id == source]
            ranges += [c.own for c in mine if not groups or c.cycle.group in groups]
        before = sorted(self._before(thing))
        ranges += [b.own for s in before for b in variables.by_source.get(s, ())]
        parts = [np.arange(own.start, own.stop) for own in ranges]
        return np.unique(np.concatenate([*parts, np.array(thing.literals, dtype=np.int64)]))

    def _before(self, thing: Thing) -> frozenset[str]:
        """Items that a thing leans on, and those that they lean on."""
        found: set[str] = set()
        waiting = [thing.item.id]
        while waiting:
            more = _leans_on(self._model.problem.directory.items[waiting.pop()]) - found
            found |= more
            waiting += more
        return frozenset(found - {thing.item.id})

    def _met(self, own: Numbers) -> frozenset[int]:
        """Owners of what stands and meets a thing in a row that is not the district's."""
        inside = np.setdiff1d(self._helpers.with_helpers(own), self._flows)
        rows = self._matrix.rows_of(inside)
        near = self._matrix.variables_of(rows[~self._matrix.shared[rows]])
        owners = np.unique(self._owner[near[self._values[near] > 0]])
        return frozenset(number for number in owners.tolist() if number >= 0)

    def _with_what_leans(self, owners: frozenset[int]) -> frozenset[int]:
        """Owners with those of the same items, and of all that cannot stand without them."""
        directory = self._model.problem.directory
        leaning: dict[str, set[str]] = {}
        for name, item in directory.items.items():
            for other in _leans_on(item):
                leaning.setdefault(other, set()).add(name)
        found = {self._item_of[owner] for owner in owners}
        waiting = list(found)
        while waiting:
            more = leaning.get(waiting.pop(), set()) - found
            found |= more
            waiting += more
        return frozenset(owner for owner, name in enumerate(self._item_of) if name in found)

    def _held(self, owners: frozenset[int]) -> Numbers:
        """Decisions of owners that hold now: they may be taken away, and nothing may come."""
        ranges = [self._owners[number] for number in sorted(owners)]
        decided = [np.arange(r.start, r.stop) for r in ranges]
        everything = np.concatenate([np.zeros(0, dtype=np.int64), *decided])
        held: Numbers = everything[self._values[everything] > 0]
        return held

    def _without(self, free: Numbers, stands: Written) -> tuple[Family, ...]:
        """Families each of which, left out, would let a thing stand."""
        tags, rows = self._model.rows.tag_of, self._matrix.rows_of(free)
        of_family: dict[Family, list[int]] = {}
        for r in rows.tolist():
            if r in tags:
                of_family.setdefault(tags[r][0], []).append(r)
        found = []
        for family in sorted(of_family, key=FAMILIES.index):
            matrix = copy(self._loose)
            matrix.least, matrix.most = self._loose.least.copy(), self._loose.most.copy()
            matrix.least[of_family[family]], matrix.most[of_family[family]] = NO_LEAST, NO_MOST
            piece = matrix.slice(free, self._at, wishes=True)
            solver = step_solver(0, 1, _EFFORT)
            model = write_model(piece.domains, [*piece.rows, stands], ())
            if solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                found.append(family)
        return tuple(found)

    # ---- what may run short ----

    def _may_run_short(self) -> Flags:
        """Rows that say who pays a class of costs, and how many substitutes a pool has on a day."""
        rows, found = self._model.rows, np.zeros(self._matrix.size, dtype=np.bool_)
        for r in np.flatnonzero(self._matrix.shared).tolist():
            family = rows.tag_of[r][0] if r in rows.tag_of else None
            pays = family == "funds" and rows.least[r] == rows.most[r] == 0
            found[r] = pays or (family == "cover" and rows.most[r] < NO_MOST)
        return found

    def _shortages(self, free: Numbers) -> tuple[list[_Short], list[Written]]:
        """Write the rows that may run short anew, each with a variable of its own."""
        matrix = self._matrix
        place = np.full(matrix.count, -1, dtype=np.int64)
        place[free] = np.arange(len(free))
        touched = matrix.rows_of(free)
        short: list[_Short] = []
        written: list[Written] = []
        for r in touched[self._elastic[touched]].tolist():
            entries = slice(matrix.starts[r], matrix.starts[r + 1])
            columns, coefficients = matrix.columns[entries], matrix.coefficients[entries]
            inside = place[columns] >= 0
            rest = int((coefficients * self._values[columns])[~inside].sum())
            least, most = int(matrix.least[r]), int(matrix.most[r])
            found = _Short(r, len(free) + len(short))
            short.append(found)
            written.append(
                (
                    [*place[columns[inside]].tolist(), found.place],
                    [*coefficients[inside].tolist(), -1],
                    NO_LEAST if least == NO_LEAST else least - rest,
                    most - rest,
                    int(Kind.LINEAR),
                )
            )
        return short, written

    def _price(self, row: int) -> int:
        return 1 if self._model.rows.tag_of[row][0] == "funds" else _SUB

    def _losses(self, free: Numbers, own: Numbers) -> Iterator[Term]:
        """Price what stands and is taken away, and what is of the same item and moves."""
        place = {v: k for k, v in enumerate(free.tolist())}
        for thing in self._model.things:
            loss = _REQUIRED if thing.required else _REQUESTED
            if any(self._values[v] for v in thing.literals):
                yield from ((place[v], -loss) for v in thing.literals if v in place)
        held = own[self._values[own] > 0]
        yield from ((place[v], -_MOVED) for v in held.tolist())

    # ---- what is told ----

    def _told(
        self, wanted: Thing, own: Numbers, changed: Numbers, short: list[tuple[int, int]]
    ) -> InTheWay:
        gone: list[tuple[Thing, tuple[Family, ...]]] = []
        also: list[Thing] = []
        before = self._before(wanted)
        for thing in self._model.things:
            stood = any(self._values[v] for v in thing.literals)
            stands = any(changed[v] for v in thing.literals)
            if stood and not stands and not thing.extra:
                same = thing.item.id == wanted.item.id
                gone.append((thing, () if same else self._keeping_apart(thing, changed)))
            elif stands and not stood and thing.item.id in before:
                also.append(thing)
        tags = self._model.rows.tag_of
        cents: dict[str, int] = {}
        subs: dict[tuple[str, int], int] = {}
        for row, count in short:
            family, ident = tags[row]
            if family == "funds":
                cents[ident] = cents.get(ident, 0) + count
            else:
                subs[ident, self._day(row)] = count
        return InTheWay(
            tuple(gone),
            tuple(cents.items()),
            tuple((pool, day, count) for (pool, day), count in subs.items()),
            bool((changed[own] < self._values[own]).any()) and not gone,
            tuple(also),
        )

    def _day(self, row: int) -> int:
        """Day of the hires of a row."""
        first = int(self._matrix.columns[self._matrix.starts[row]])
        return next(desk[1] for desk, h in self._model.desks.items() if first in h.everybody)

    def _keeping_apart(self, thing: Thing, changed: Numbers) -> tuple[Family, ...]:
        """Families of the rules that would be broken if a thing stayed all the same."""
        owners = {int(self._owner[v]) for v in thing.literals if self._values[v]}
        both = changed.copy()
        for own in (self._owners[o] for o in owners if o >= 0):
            kept = slice(own.start, own.stop)
            both[kept] = np.maximum(changed[kept], self._values[kept])
        tags = self._model.rows.tag_of
        broken = {
            tags[r][0] for r in self._matrix.broken(self._matrix.point(both)).tolist() if r in tags
        }
        return tuple(f for f in FAMILIES if f in broken and f not in _NOT_A_REASON)


def _items_of(model: Model) -> list[str]:
    """Item of each owner, in the order of `decisions`."""
    variables = model.variables
    return [
        *(b.bundle.item.id for b in variables.bundles),
        *(r.round.item.id for r in variables.rounds),
        *(c.cycle.item.id for c in variables.cycles),
    ]


def _leans_on(item: AnyItem) -> frozenset[str]:
    """Items that must stand, or be finished, for an item."""
    match item:
        case Course() as course:
            return frozenset(course.prerequisites)
        case Engagement() | Task():
            return frozenset(relation.item for relation in (*item.after, *item.before))
        case Coaching() as coaching:
            return frozenset((*coaching.coach_prerequisites, *filter(None, [coaching.follows])))
        case _:
            return frozenset()


_NOT_A_REASON = ("presence", "cover", "funds")
"""Families whose rows break as soon as hires, flows or counts do not follow."""
_MOST_FREE = 100_000
_EFFORT = 0.2
"""Deterministic seconds."""
_MOST_SHORT = 10**9
_SUB, _MOVED, _REQUESTED, _REQUIRED = 10_000, 100_000, 1_000_000, 100_000_000
"""Cents that one substitute more, another time, something requested or required weigh."""
