"""What each choice asks of an educator: minutes, meetings, days out."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from plsched.scenario.directory import AnyItem
from plsched.solver.problem import DAY, Attendance, Piece, Problem, Stay, Unit
from plsched.solver.rows import Rows, Term
from plsched.solver.variables import ActivityVars, CycleVars, RoundVars, Variables

Amount = Literal["minutes", "meetings", "days_out"]


class Load(NamedTuple):
    """A literal's load on one day; it takes the educator from ``start`` to ``end``."""

    literal: int
    day: int
    minutes: int
    meetings: int
    out: bool
    start: int
    end: int


_FIELD: dict[Amount, int] = {
    "minutes": Load._fields.index("minutes"),
    "meetings": Load._fields.index("meetings"),
    "days_out": Load._fields.index("out"),
}


@dataclass(frozen=True, slots=True)
class LoadSource:
    """Loads of one decision on people alike; at most one column of a decision holds.

    Sections of a course share the decision of a session and unit.
    """

    item: AnyItem
    decision: Hashable
    loads: tuple[Load, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Share:
    """What a source asks in one window: an amount for each literal, and the most of them.

    Shares with equal terms in a window are one object.
    """

    decision: Hashable
    terms: tuple[Term, ...]
    most: int
    loads: tuple[Load, ...]


class Shares:
    """For each source, its share by window; ``window`` names that of each day."""

    def __init__(
        self, sources: Sequence[LoadSource], window: Sequence[Hashable], unit: Amount
    ) -> None:
        self._sources = sources
        self._window = window
        self._amount = _FIELD[unit]
        self._most: dict[int, dict[Hashable, int]] = {}
        self._made: dict[int, dict[Hashable, Share]] = {}
        self._same: dict[tuple[Hashable, Hashable, tuple[Term, ...]], Share] = {}

    def asked(self, sources: Sequence[int], enough: int) -> dict[Hashable, list[Share]]:
        """Give the shares of some sources in each window in which they may pass ``enough``."""
        total: dict[Hashable, int] = defaultdict(int)
        for source in sources:
            if source not in self._most:
                self._most[source] = self._most_of(self._sources[source])
            for key, most in self._most[source].items():
                total[key] += most
        found: dict[Hashable, list[Share]] = {k: [] for k, most in total.items() if most > enough}
        if not found:
            return found
        for source in sources:
            shares = self._shares(source)
            for key, together in found.items():
                if key in shares:
                    together.append(shares[key])
        return found

    def _most_of(self, source: LoadSource) -> dict[Hashable, int]:
        """Give the most that one column asks in each window."""
        total: dict[tuple[Hashable, int], int] = defaultdict(int)
        for load in source.loads:
            total[self._window[load.day], load.literal] += load[self._amount]
        found: dict[Hashable, int] = {}
        for (key, _), amount in total.items():
            if amount > found.get(key, 0):
                found[key] = amount
        return found

    def _shares(self, source: int) -> Mapping[Hashable, Share]:
        if source not in self._made:
            self._made[source] = dict(self._share_out(self._sources[source]))
        return self._made[source]

    def _share_out(self, source: LoadSource) -> Iterator[tuple[Hashable, Share]]:
        by_window: dict[Hashable, list[Load]] = defaultdict(list)
        for load in source.loads:
            if load[self._amount]:
                by_window[self._window[load.day]].append(load)
        for key, loads in by_window.items():
            total: dict[int, int] = {}
            for load in loads:
                total[load.literal] = total.get(load.literal, 0) + int(load[self._amount])
            terms = tuple(total.items())
            same = (key, source.decision, terms)
            if same not in self._same:
                most = max(total.values())
                self._same[same] = Share(source.decision, terms, most, tuple(loads))
            yield key, self._same[same]


class Loads:
    """For each educator, the sources that ask time of them; educators alike share them."""

    def __init__(self, rows: Rows, problem: Problem, variables: Variables) -> None:
        """Collect all loads; the observers and hosts of rounds are counted already."""
        limits = problem.directory.scenario.limits
        self._directory = problem.directory
        self._days_out = any(limit.unit == "days_out" for limit in limits)
        self.sources: list[LoadSource] = []
        self.of_person: dict[str, list[int]] = defaultdict(list)
        self._number: dict[tuple[Hashable, tuple[Load, ...]], int] = {}
        self._shares: dict[tuple[Hashable, Amount], Shares] = {}
        for a in variables.activities():
            self._sitting(a)
        for r in variables.rounds:
            self._round(rows, r)
        for c in variables.cycles:
            self._cycle(c)

    def _add(
        self, item: AnyItem, decision: Hashable, people: Iterable[str], loads: Iterable[Load]
    ) -> None:
        made = tuple(loads)
        if not made:
            return
        number = self._number.setdefault((decision, made), len(self.sources))
        if number == len(self.sources):
            self.sources.append(LoadSource(item, decision, made))
        for person in people:
            self.of_person[person].append(number)

    def _sitting(self, a: ActivityVars) -> None:
        bundle = a.bundle.bundle
        place = bundle.activities.index(a.activity)
        for u, unit in enumerate(bundle.units):
            part = [
                (literal, a.activity.columns[c].pieces, a.activity.attendance[u][c] or ())
                for c, literal in a.part[u].items()
            ]
            for index, members in _alike(unit, [attendance for _, _, attendance in part]):
                self._add(
                    bundle.item,
                    (bundle.item.id, place, u),
                    members,
                    (
                        _sitting(literal, p, stay)
                        for literal, pieces, attendance in part
                        for p, stay in zip(pieces, attendance[index], strict=True)
                    ),
                )

    def _round(self, rows: Rows, r: RoundVars) -> None:
        item = r.round.item
        minutes = (
            item.visit_min * item.visits_per_observer + item.briefing_min + item.debriefing_min
        )
        leaving = self._leaving(rows, r) if self._days_out else {}
        dates: dict[str, list[tuple[int, int | None, int]]] = defaultdict(list)
        for c, p in enumerate(r.round.pattern):
            for i, crowd in enumerate(r.round.patterns[p].crowds):
                if crowd.observes:
                    leaves = crowd.teaches or any(t.released for t in crowd.trips)
                    out = leaving.get((c, i), r.x[c] if leaves else None)
                    way = self._directory.travel_min(crowd.home, item.site) if crowd.home else 0
                    for person in crowd.members:
                        dates[person].append((c, out, way))
        alike: dict[tuple[tuple[int, int | None, int], ...], list[str]] = defaultdict(list)
        for person, columns in dates.items():
            alike[tuple(columns)].append(person)
        for stands, members in alike.items():
            made: list[Load] = []
            for c, out, way in stands:
                visits = next(p for p in r.round.columns[c].pieces if p.label == "visits")
                day, start, end = visits.day, visits.start, visits.end
                made.append(Load(r.x[c], day, minutes + 2 * way, 1, out == r.x[c], start, end))
                if out not in (None, r.x[c]):
                    made.append(Load(out or 0, day, 0, 0, True, start, end))
            self._add(item, r.round.id, members, made)

    def _leaving(self, rows: Rows, r: RoundVars) -> dict[tuple[int, int], int]:
        """For a date and crowd that may visit in planning periods: whether any of it is released."""
        found: dict[tuple[int, int], int] = {}
        for p in set(r.round.pattern):
            for i, crowd in enumerate(r.round.patterns[p].crowds):
                visits = {k: v for (q, j, k), v in r.observe.items() if (q, j) == (p, i)}
                released = [(v, 1) for k, v in visits.items() if k in crowd.teaches]
                if crowd.home is not None:
                    visits = {str(t): r.trip[p, i, t] for t in range(len(crowd.trips))}
                    released = [
                        (visits[str(t)], 1) for t, x in enumerate(crowd.trips) if x.released
                    ]
                if not released or len(released) == len(visits):
                    continue
                some = rows.literal()
                rows.linear([*released, (some, -rows.span(released))], None, 0)
                for c, q in enumerate(r.round.pattern):
                    if q == p:
                        found[c, i] = rows.literal()
                        rows.clause([found[c, i], ~some, ~r.x[c]])
        return found

    def _cycle(self, c: CycleVars) -> None:
        self._add(
            c.cycle.item,
            c.cycle.id,
            c.cycle.members,
            (
                Load(x, p.day, p.end - p.start, 1, False, p.start, p.end)
                for x, k in zip(c.x, c.cycle.columns, strict=True)
                for p in k.column.pieces
                if p.label == "conference"
            ),
        )

    def alike(
        self, unit: Amount, counts: Callable[[AnyItem], bool] = lambda _: True
    ) -> dict[tuple[int, ...], list[str]]:
        """Educators with the same sources among those that count and ask for some of a unit."""
        field = _FIELD[unit]
        counted = [counts(s.item) and any(x[field] for x in s.loads) for s in self.sources]
        found: dict[tuple[int, ...], list[str]] = defaultdict(list)
        for person, sources in self.of_person.items():
            found[tuple(s for s in sources if counted[s])].append(person)
        return found

    def shares(self, name: Hashable, window: Sequence[Hashable], unit: Amount) -> Shares:
        """Share out the sources over windows; ``window`` names that of each day, ``name`` all of it."""
        if (name, unit) not in self._shares:
            self._shares[name, unit] = Shares(self.sources, window, unit)
        return self._shares[name, unit]


def _alike(unit: Unit, attendances: Iterable[Attendance]) -> Iterator[tuple[int, list[str]]]:
    """Give a profile and the members of all that ask the same of them at each attendance."""
    distinct = {id(attendance): attendance for attendance in attendances}
    found: dict[Hashable, tuple[int, list[str]]] = {}
    for index, members in enumerate(unit.of_profile):
        asks = tuple(
            (stay.way, bool(stay.released))
            for attendance in distinct.values()
            for stay in attendance[index]
        )
        found.setdefault(asks, (index, []))[1].extend(members)
    yield from found.values()


def _sitting(literal: int, p: Piece, stay: Stay) -> Load:
    minutes = p.end - p.start
    return Load(
        literal, p.start // DAY, minutes + 2 * stay.way, 1, bool(stay.released), p.start, p.end
    )


def most_of(shares: Sequence[Share], unit: Amount, enough: int) -> int:
    """Bound what the decisions of one educator ask together in a window.

    One column holds of each decision, and two that overlap in time do not both hold.

    Parameters
    ----------
    enough
        A bound that need not be made smaller.
    """
    most = sum(share.most for share in shares)
    if most <= enough:
        return most
    of_decision: dict[Hashable, int] = {}
    for share in shares:
        of_decision[share.decision] = max(of_decision.get(share.decision, 0), share.most)
    most = sum(of_decision.values())
    if most <= enough:
        return most
    by_day: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for share in shares:
        for load in share.loads:
            by_day[load.day].append((load.end, load.start, int(load[_FIELD[unit]])))
    if unit == "days_out":
        return min(most, len(by_day))
    return min(most, sum(map(_most_apart, by_day.values())))


def _most_apart(pieces: Iterable[tuple[int, int, int]]) -> int:
    """Give the largest sum of amounts of pieces (end, start, amount) that do not overlap."""
    ends, best = [0], [0]
    for end, start, amount in sorted(set(pieces)):
        before = best[bisect_right(ends, start) - 1]
        ends.append(end)
        best.append(max(best[-1], before + amount))
    return best[-1]
