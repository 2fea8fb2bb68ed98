"""People: nobody is in two places, and the way between two places fits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

from plsched.scenario.directory import Directory
from plsched.solver.families.sets import largest
from plsched.solver.problem import DAY, Piece, Problem
from plsched.solver.rows import Rows
from plsched.solver.variables import RoundVars, Variables


class Taken(NamedTuple):
    """A literal that takes a person for a piece of time, at a venue or at none."""

    start: int
    end: int
    literal: int
    venue: str | None
    source: int


class Occupations:
    """For each person, the sources that may take them; people with equal sources share rows."""

    def __init__(self) -> None:
        self._sources: dict[Hashable, int] = {}
        self.taken: list[dict[int, list[Taken]]] = []
        """For each source, by day, what may take a person."""
        self._venues: list[frozenset[str]] = []
        self.of_person: dict[str, list[int]] = defaultdict(list)

    def add(
        self,
        key: Hashable,
        people: Iterable[str],
        columns: Iterable[tuple[int, Sequence[Piece], str | None]],
    ) -> None:
        """Say that columns (literal, pieces, venue), of which one at most holds, take people."""
        if key not in self._sources:
            index = self._sources[key] = len(self.taken)
            by_day: dict[int, list[Taken]] = defaultdict(list)
            for literal, pieces, venue in columns:
                for p in pieces:
                    by_day[p.start // DAY].append(Taken(p.start, p.end, literal, venue, index))
            self.taken.append(by_day)
            venues = {t.venue for taken in by_day.values() for t in taken}
            self._venues.append(frozenset(v for v in venues if v is not None))
        for person in people:
            self.of_person[person].append(self._sources[key])

    def alike(self, directory: Directory) -> dict[tuple[Hashable, Hashable], list[str]]:
        """People with the same sources and the same sites (their lunch is that of their site)."""
        found: dict[tuple[Hashable, Hashable], list[str]] = defaultdict(list)
        for person, sources in self.of_person.items():
            facts = directory.educators.get(person)
            home = (facts.site, facts.other_sites) if facts else None
            found[tuple(sources), home].append(person)
        return found

    def days(self, person: str) -> dict[int, frozenset[int]]:
        """Give the sources that may take a person, for days on which there is more than one."""
        found: dict[int, list[int]] = defaultdict(list)
        for source in self.of_person[person]:
            for day in self.taken[source]:
                found[day].append(source)
        return {day: frozenset(sources) for day, sources in found.items() if len(sources) > 1}

    def on(self, day: int, sources: Iterable[int]) -> list[Taken]:
        """Everything of some sources on a day."""
        return [t for source in sorted(sources) for t in self.taken[source][day]]

    def travels(self, sources: Iterable[int]) -> bool:
        """Whether some sources have more than one venue between them."""
        return len({venue for source in sources for venue in self._venues[source]}) > 1


Span = tuple[int, int]
"""First minute, and the one after the last."""


def add_people(rows: Rows, problem: Problem, variables: Variables) -> None:
    r"""At most one of the columns that take a person at a time, ways included.

    .. math:: \sum_{c \ni (p, t)} x_c \le 1 \quad \text{for each person } p \text{ and time } t

    A row that is part of that of somebody else is left out.
    """
    whose = _exclusions(problem, occupations_of(problem, variables))
    never = [s for s in whose if len(s) == 1]
    of_person: dict[str, list[frozenset[int]]] = defaultdict(list)
    for literals in (*never, *largest(s for s in whose if len(s) > 1)):
        of_person[whose[literals]].append(literals)
    for person, exclusions in of_person.items():
        with rows.rule("people", person, seldom=True):
            for literals in exclusions:
                if len(literals) == 1:
                    rows.forbid(*literals)
                else:
                    rows.at_most_one(literals)


Whose = dict[frozenset[int], str]
"""Sets of sources, or of literals, each with a person."""


def _exclusions(problem: Problem, occupations: Occupations) -> Whose:
    """Give sets of literals of which one at most holds; a single one never does.

    Somebody whom fewer sources may take on a day adds nothing to those whom more may take.
    """
    overlapping, travelling = _busy(problem, occupations)
    found: Whose = {}
    for day, of_day in overlapping.items():
        for sources in largest(of_day):
            for literals in _overlaps(occupations.on(day, sources)):
                found.setdefault(literals, of_day[sources])
    for (day, lunch), of_day in travelling.items():
        for sources in largest(of_day):
            for literals in _ways(problem, occupations.on(day, sources), lunch):
                found.setdefault(literals, of_day[sources])
    return found


def _busy(
    problem: Problem, occupations: Occupations
) -> tuple[dict[int, Whose], dict[tuple[int, Span], Whose]]:
    """Give the sources of each day that may take somebody; by lunch, where they have venues."""
    overlapping: dict[int, Whose] = defaultdict(dict)
    travelling: dict[tuple[int, Span], Whose] = defaultdict(dict)
    lunch: dict[tuple[Hashable, int], Span] = {}
    for (_, home), people in occupations.alike(problem.directory).items():
        for day, sources in occupations.days(people[0]).items():
            overlapping[day].setdefault(sources, people[0])
            if not occupations.travels(sources):
                continue
            if (home, day) not in lunch:
                lunch[home, day] = _lunch(problem, people[0], day)
            travelling[day, lunch[home, day]].setdefault(sources, people[0])
    return overlapping, travelling


def _overlaps(taken: Sequence[Taken]) -> list[frozenset[int]]:
    """Exclude what overlaps at a moment."""
    return [literals for clique in cliques(taken) for literals in _exclude(clique)]


def occupations_of(problem: Problem, variables: Variables) -> Occupations:
    """Collect what may take each person."""
    made = Occupations()
    experts = problem.directory.experts
    for a in variables.activities():
        columns = a.activity.columns
        for u, unit in enumerate(a.bundle.bundle.units):
            made.add(
                (a.activity.id, "unit", u),
                unit.members,
                ((v, columns[c].pieces, columns[c].venue) for c, v in a.part[u].items()),
            )
        members = {e for unit in a.bundle.bundle.units for e in unit.members}
        for expert, lead in a.lead.items():
            person = experts[expert].educator or f"expert:{expert}"
            if person in members and expert in a.bundle.bundle.partners:
                continue  # a partner who is a participant too is taken once
            made.add(
                (a.activity.id, "lead", expert),
                [person],
                ((v, columns[c].pieces, columns[c].venue) for c, v in lead.items()),
            )
    for r in variables.rounds:
        _round(made, r)
    for c in variables.cycles:
        made.add(
            (c.cycle.id, "coachees"),
            c.cycle.members,
            (
                (v, k.column.pieces, k.column.venue)
                for v, k in zip(c.x, c.cycle.columns, strict=True)
            ),
        )
        for coach in dict.fromkeys(k.coach for k in c.cycle.columns):
            made.add(
                (c.cycle.id, "coach", coach),
                [coach],
                (
                    (v, k.column.pieces, k.column.venue)
                    for v, k in zip(c.x, c.cycle.columns, strict=True)
                    if k.coach == coach
                ),
            )
    return made


def _round(made: Occupations, r: RoundVars) -> None:
    columns = r.round.columns
    observes: dict[str, list[int]] = defaultdict(list)
    hosts: dict[str, list[int]] = defaultdict(list)
    for c in range(len(columns)):
        for person in r.round.observers[c]:
            observes[person].append(c)
        for person in r.round.hosts[c]:
            hosts[person].append(c)
    alike: dict[tuple[tuple[int, ...], tuple[int, ...]], list[str]] = defaultdict(list)
    for person in dict.fromkeys([*observes, *hosts]):
        alike[tuple(observes[person]), tuple(hosts[person])].append(person)
    for (seen, visited), people in alike.items():
        talks = set(seen)
        made.add(
            (r.round.id, seen, visited),
            people,
            (
                (
                    r.x[c],
                    [p for p in columns[c].pieces if c in talks or p.label == "visits"],
                    columns[c].venue,
                )
                for c in sorted({*seen, *visited})
            ),
        )


def _lunch(problem: Problem, person: str, day: int) -> Span:
    """Lunch at somebody's site that day; external experts have none."""
    directory, when = problem.directory, problem.date(day)
    if person not in directory.educators:
        return 0, 0
    bell = directory.bell(directory.site_of(person, when), when)
    if bell is None or bell.lunch is None:
        return 0, 0
    return bell.lunch.start_min + day * DAY, bell.lunch.end_min + day * DAY


def _ways(problem: Problem, taken: Sequence[Taken], lunch: Span) -> Iterator[frozenset[int]]:
    """Exclude what leaves too little time to get from one venue to the next."""
    if len({t.venue for t in taken if t.venue is not None}) < 2:
        return
    ending: dict[tuple[str, int], list[Taken]] = defaultdict(list)
    starting: dict[tuple[str, int], list[Taken]] = defaultdict(list)
    for t in taken:
        if t.venue is not None:
            ending[t.venue, t.end].append(t)
            starting[t.venue, t.start].append(t)
    for (venue, end), first in ending.items():
        for (other, start), second in starting.items():
            if venue == other or start < end:
                continue
            lost = max(0, min(start, lunch[1]) - max(end, lunch[0]))
            if start - end - lost < problem.directory.travel_min(venue, other):
                yield from _exclude([*first, *second])


def cliques(taken: Iterable[Taken]) -> Iterator[list[Taken]]:
    """Maximal sets that overlap at a moment."""
    alike: dict[tuple[int, int], list[Taken]] = defaultdict(list)
    for t in taken:
        alike[t.start, t.end].append(t)
    spans = sorted(alike)
    active: list[tuple[int, int]] = []
    for index, span in enumerate(spans):
        active = [s for s in active if s[1] > span[0]]
        active.append(span)
        if index + 1 == len(spans) or min(end for _, end in active) <= spans[index + 1][0]:
            yield [t for s in active for t in alike[s]]


def _exclude(clique: Sequence[Taken]) -> list[frozenset[int]]:
    """Exclude literals of several sources from one another."""
    if len({t.source for t in clique}) < 2:
        return []
    sources: dict[int, int] = {}
    twice = [t.literal for t in clique if sources.setdefault(t.literal, t.source) != t.source]
    alone = [frozenset((literal,)) for literal in dict.fromkeys(twice)]
    return [*alone, frozenset(sources)] if len(sources) > 1 else alone
