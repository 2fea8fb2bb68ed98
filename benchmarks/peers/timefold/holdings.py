"""Holdings and their ways: the largest table of the instance file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.peers import prices
from benchmarks.peers.bodies import Bodies
from benchmarks.peers.prices import Cents
from benchmarks.peers.timefold import desks
from benchmarks.peers.timefold.lines import Row, joined, listed
from benchmarks.peers.timefold.names import Names
from plsched.scenario.directory import AnyItem
from plsched.solver.families.limits import is_counted
from plsched.solver.problem import (
    Activity,
    Bundle,
    Cycle,
    CycleColumn,
    Piece,
    Problem,
    Round,
    Unit,
)
from plsched.solver.things import weight

SESSION, ROUND, CYCLE = 0, 1, 2
ALONE: Row = [0, 1, 1]
"""Place, number of musts, whether it is one: of what stands alone."""


@dataclass(slots=True)
class Holdings:
    """Writes what is held; ``counted`` takes up who is released where."""

    problem: Problem
    bodies: Bodies
    names: Names
    counted: desks.Desks

    def rows(self) -> list[Row]:
        """Write activities, rounds and cycles, in the order of the names."""
        return [
            *(
                self._activity(n, b, k)
                for n, b in enumerate(self.problem.bundles)
                for k in range(len(b.activities))
            ),
            *(self._round(r) for r in self.problem.rounds),
            *(self._cycle(c) for c in self.problem.cycles),
        ]

    # ---- sessions and occurrences ----

    def _activity(self, number: int, b: Bundle, k: int) -> Row:
        item, activity = b.item, b.activities[k]
        must, first = _must(b, k)
        musts = sum(_must(b, x)[0] for x in range(len(b.activities)))
        pattern = _is_pattern(activity)
        each = weight(self.problem, item) * sum(len(u.members) for u in b.units) if b.fixed else 0
        reach = each * (1 if pattern else item.duration_min * _days(item))
        before = -1 if must or first else self.names.holdings[b.activities[k - 1].id]
        counts = item.required and must
        facts = [k, max(1, musts), int(must), int(item.required and must), 0, 0, before]
        return [
            *(SESSION, self.names.sources[item.id], number, *facts, int(pattern), -1),
            0 if counts else reach,
            *self._limits(item),
            *joined([self._column(b, activity, c) for c in range(len(activity.columns))]),
        ]

    def _column(self, b: Bundle, a: Activity, c: int) -> Row:
        column, problem = a.columns[c], self.problem
        venue = -1 if column.venue is None else self.names.sites[column.venue]
        when = problem.date(column.pieces[0].day)
        own = prices.of_column(problem, b, a, c)
        needs: desks.Releases = {}
        out: Sequence[int] = ()
        taken: Sequence[int] = ()
        if b.fixed:
            own += prices.of_unit(problem, b, a, 0, c)
            needs = desks.of_unit(problem, b, a, 0, c)
            taken, out = self.bodies.of(b.units[0].members), self._out(b.units[0], a, 0, c)
        able = [x for x in self._asked(b) if c in a.leads[x]]
        several = _is_pattern(a)
        pieces = [_piece(p, int(several or n == 0)) for n, p in enumerate(column.pieces)]
        return [
            *(-1, 0, venue),
            *joined(pieces),
            *listed(a.rooms[c]),
            problem.purses.of_item("facility", b.item, when),
            *self._part(own, needs, out),
            *listed(taken),
            *listed(()),
            *joined([] if b.fixed else self._units(b, a, c)),
            *joined([self._lesson(b, a, c, x) for x in able]),
        ]

    def _units(self, b: Bundle, a: Activity, c: int) -> list[Row]:
        """Write the units that can take part at a column."""
        return [
            [
                self.names.units[b.item.id, unit.id],
                *self._part(
                    prices.of_unit(self.problem, b, a, u, c),
                    desks.of_unit(self.problem, b, a, u, c),
                    self._out(unit, a, u, c),
                ),
            ]
            for u, unit in enumerate(b.units)
            if a.attendance[u][c] is not None
        ]

    def _asked(self, b: Bundle) -> Iterable[str]:
        return dict.fromkeys((*(x for pool in b.candidates for x in pool), *b.partners))

    def _lesson(self, b: Bundle, a: Activity, c: int, expert: str) -> Row:
        fee = prices.of_expert(self.problem, b, a, c, expert)
        minutes = sum(p.end - p.start for p in a.columns[c].pieces)
        return [self.names.experts[expert], minutes, fee.by_contract, fee.cost_class, fee.cents]

    def _out(self, unit: Unit, a: Activity, u: int, c: int) -> list[int]:
        """Give the bodies of which somebody leaves a class."""
        away = [
            e
            for members, stays in zip(unit.of_profile, a.attendance[u][c] or (), strict=True)
            for e in members
            if any(stay.released for stay in stays)
        ]
        return self.bodies.of(away)

    # ---- rounds and cycles ----

    def _round(self, r: Round) -> Row:
        item = r.item
        minutes = (
            item.visit_min * item.visits_per_observer + item.briefing_min + item.debriefing_min
        )
        people = len(self.problem.purses.audience(item))
        reach = 0 if item.required else weight(self.problem, item) * people * minutes
        before = self.names.holdings[f"{item.id}/r{r.number - 1}"] if r.number > 1 else -1
        facts = [*ALONE, int(item.required), self.names.sites[item.site], item.min_gap_days, before]
        return [
            *(ROUND, self.names.sources[item.id], -1, *facts, 0, -1, reach),
            *self._limits(item),
            *joined([self._date(r, c) for c in range(len(r.columns))]),
        ]

    def _date(self, r: Round, c: int) -> Row:
        column, problem = r.columns[c], self.problem
        visits = r.item.visit_min * r.item.visits_per_observer
        pieces = [
            _piece(p, int(n == 0))
            if p.label != "visits"
            else [p.start, p.end, visits, int(n == 0), 0]
            for n, p in enumerate(column.pieces)
        ]
        observers = self.bodies.of(r.observers[c])
        hosts = [x for x in self.bodies.of(r.hosts[c]) if x not in set(observers)]
        needs = desks.of_round(r, c)
        when = problem.date(column.pieces[0].day)
        return [
            *(-1, 0, self.names.sites[r.item.site]),
            *joined(pieces),
            *listed(r.rooms[c]),
            problem.purses.of_item("facility", r.item, when),
            *self._part(prices.of_round(problem, r, c), needs, observers if needs else ()),
            *listed(observers),
            *listed(hosts),
            *joined([]),
            *joined([]),
        ]

    def _cycle(self, cycle: Cycle) -> Row:
        item, number = cycle.item, cycle.number
        each = 0 if item.required else weight(self.problem, item) * len(cycle.members)
        earlier = f"{item.id}/{cycle.group}/{number - 1}"
        before = self.names.holdings[earlier] if number > 1 else -1
        facts = [*ALONE, int(item.required), self.names.sites[cycle.site], item.weeks, before]
        return [
            *(CYCLE, self.names.sources[item.id], -1, *facts, 0, self._floor(cycle), each),
            *self._limits(item),
            *joined([self._slot(cycle, column) for column in cycle.columns]),
        ]

    def _floor(self, cycle: Cycle) -> int:
        """Give the number of the dosage floor that a cycle helps to meet."""
        if cycle.item.floor_min is None:
            return -1
        return self.names.floors[cycle.item.id, cycle.group]

    def _slot(self, cycle: Cycle, slot: CycleColumn) -> Row:
        pieces = [
            _piece(p, 1) if p.label == "conference" else [p.start, p.end, 0, 0, 1]
            for p in slot.column.pieces
        ]
        members = self.bodies.of(cycle.members)
        return [
            *(self.names.coaches[slot.coach], slot.week, self.names.sites[cycle.site]),
            *joined(pieces),
            *listed(()),
            0,
            *self._part(prices.of_cycle(self.problem, cycle, slot), {}, ()),
            *listed(members),
            *listed(self.bodies.of([slot.coach])),
            *joined([]),
            *joined([]),
        ]

    # ---- of all of them ----

    def _part(self, cents: Cents, needs: desks.Releases, out: Sequence[int]) -> Row:
        money = [[purse, n] for purse, n in cents.items()]
        return [*joined(money), *joined(self.counted.needs(needs)), *listed(out)]

    def _limits(self, item: AnyItem) -> Row:
        limits = self.problem.directory.scenario.limits
        return listed(
            n for n, x in enumerate(limits) if is_of_person(x.unit, x.per) and is_counted(x, item)
        )


def is_of_person(unit: str, per: str) -> bool:
    """Tell whether a limit can be stated: those on all together and on groups out are not."""
    return unit != "groups_out" and per == "person"


def _must(b: Bundle, k: int) -> tuple[bool, bool]:
    """Tell whether an activity stands whenever its bundle does, and whether it begins a chain."""
    chain = next(c for c in b.chains if c.first <= k < c.last)
    return k - chain.first < chain.low, k == chain.first


def _is_pattern(activity: Activity) -> bool:
    return activity.session is None


def _days(item: AnyItem) -> int:
    days: int = getattr(item, "days", 1)
    return days


def _piece(p: Piece, meetings: int) -> Row:
    return [p.start, p.end, p.end - p.start, meetings, 1]
