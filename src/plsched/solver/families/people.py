"""People: nobody is in two places, and the way between two places fits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from plsched.scenario.directory import Directory
from plsched.solver.problem import DAY, Piece, Problem
from plsched.solver.rows import Rows
from plsched.solver.variables import RoundVars, Variables


@dataclass(frozen=True, slots=True)
class Taken:
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
        self.taken: list[list[Taken]] = []
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
            self.taken.append(
                [
                    Taken(p.start, p.end, literal, venue, index)
                    for literal, pieces, venue in columns
                    for p in pieces
                ]
            )
        for person in people:
            self.of_person[person].append(self._sources[key])

    def alike(self, directory: Directory) -> dict[tuple[Hashable, ...], list[str]]:
        """People with the same sources and the same sites (their lunch is that of their site)."""
        found: dict[tuple[Hashable, ...], list[str]] = defaultdict(list)
        for person, sources in self.of_person.items():
            facts = directory.educators.get(person)
            home = (facts.site, facts.other_sites) if facts else None
            found[(tuple(sources), home)].append(person)
        return found


def add_people(rows: Rows, problem: Problem, variables: Variables) -> None:
    r"""At most one of the columns that take a person at a time, ways included.

    .. math:: \sum_{c \ni (p, t)} x_c \le 1 \quad \text{for each person } p \text{ and time } t
    """
    occupations = occupations_of(problem, variables)
    for people in occupations.alike(problem.directory).values():
        person = people[0]
        sources = occupations.of_person[person]
        if len(sources) < 2:
            continue
        by_day: dict[int, list[Taken]] = defaultdict(list)
        for source in sources:
            for taken in occupations.taken[source]:
                by_day[taken.start // DAY].append(taken)
        with rows.rule("people", person):
            for day, taken_list in by_day.items():
                if len({t.source for t in taken_list}) > 1:
                    _day_rows(rows, problem, person, day, taken_list)


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
    for person in dict.fromkeys([*observes, *hosts]):
        seen, visited = tuple(observes.get(person, ())), tuple(hosts.get(person, ()))
        made.add(
            (r.round.id, seen, visited),
            [person],
            [
                (
                    r.x[c],
                    [p for p in columns[c].pieces if p.label == "visits" or c in set(seen)],
                    columns[c].venue,
                )
                for c in sorted({*seen, *visited})
            ],
        )


def _day_rows(rows: Rows, problem: Problem, person: str, day: int, taken: list[Taken]) -> None:
    for clique in cliques(taken):
        if len({t.source for t in clique}) > 1:
            _exclude(rows, clique)
    if len({t.venue for t in taken if t.venue is not None}) > 1:
        _ways(rows, problem, person, day, taken)


def cliques(taken: Sequence[Taken]) -> Iterator[list[Taken]]:
    """Maximal sets that overlap at a moment."""
    opened = sorted(taken, key=lambda t: (t.start, t.end))
    active: list[Taken] = []
    for index, entry in enumerate(opened):
        active = [t for t in active if t.end > entry.start]
        active.append(entry)
        following = opened[index + 1] if index + 1 < len(opened) else None
        if following is None or min(t.end for t in active) <= following.start:
            yield active


def _exclude(rows: Rows, clique: Iterable[Taken]) -> None:
    sources: dict[int, set[int]] = defaultdict(set)
    for t in clique:
        sources[t.literal].add(t.source)
    for literal, owners in sources.items():
        if len(owners) > 1:
            rows.forbid(literal)
    rows.at_most_one(sources)


def _ways(rows: Rows, problem: Problem, person: str, day: int, taken: Sequence[Taken]) -> None:
    """Forbid what leaves too little time to get from one venue to the next."""
    directory = problem.directory
    ending: dict[tuple[str, int], list[Taken]] = defaultdict(list)
    starting: dict[tuple[str, int], list[Taken]] = defaultdict(list)
    for t in taken:
        if t.venue is not None:
            ending[t.venue, t.end].append(t)
            starting[t.venue, t.start].append(t)
    lunch = None
    if person in directory.educators:
        when = problem.date(day)
        bell = directory.bell(directory.site_of(person, when), when)
        lunch = bell.lunch if bell else None
    span = (lunch.start_min + day * DAY, lunch.end_min + day * DAY) if lunch else (0, 0)
    for (venue, end), first in ending.items():
        for (other, start), second in starting.items():
            if venue == other or start < end:
                continue
            lost = max(0, min(start, span[1]) - max(end, span[0]))
            if start - end - lost < directory.travel_min(venue, other) and (
                len({t.source for t in (*first, *second)}) > 1
            ):
                _exclude(rows, (*first, *second))
