"""What each choice asks of an educator: minutes, meetings, days out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from plsched.scenario.directory import AnyItem
from plsched.solver.variables import Variables


@dataclass(frozen=True, slots=True)
class Load:
    """A literal's load on one day."""

    literal: int
    day: int
    minutes: int
    meetings: int
    out: bool


@dataclass(frozen=True, slots=True)
class LoadSource:
    """Loads of one decision on people alike; at most one column of a source holds."""

    item: AnyItem
    loads: tuple[Load, ...]


class Loads:
    """For each educator, the decisions that ask time of them; educators alike share them."""

    def __init__(self, variables: Variables) -> None:
        self.sources: list[LoadSource] = []
        self.of_person: dict[str, list[int]] = defaultdict(list)
        self._sittings(variables)
        self._rounds(variables)
        self._cycles(variables)

    def _add(self, item: AnyItem, people: Iterable[str], loads: Iterable[Load]) -> None:
        made = tuple(loads)
        if made:
            self.sources.append(LoadSource(item, made))
            for person in people:
                self.of_person[person].append(len(self.sources) - 1)

    def _sittings(self, variables: Variables) -> None:
        for a in variables.activities():
            columns = a.activity.columns
            for u, unit in enumerate(a.bundle.bundle.units):
                for index, members in enumerate(unit.of_profile):
                    loads = []
                    for c, literal in a.part[u].items():
                        stays = (a.activity.attendance[u][c] or ())[index]
                        loads += [
                            Load(
                                literal,
                                p.day,
                                p.end - p.start + 2 * stay.way,
                                1,
                                bool(stay.released),
                            )
                            for p, stay in zip(columns[c].pieces, stays, strict=True)
                        ]
                    self._add(a.bundle.bundle.item, members, loads)

    def _rounds(self, variables: Variables) -> None:
        for r in variables.rounds:
            item = r.round.item
            minutes = (
                item.visit_min * item.visits_per_observer + item.briefing_min + item.debriefing_min
            )
            out: dict[str, list[tuple[int, bool]]] = defaultdict(list)
            for c in range(len(r.round.columns)):
                pattern = r.round.patterns[r.round.pattern[c]]
                for crowd in pattern.crowds:
                    if crowd.observes:
                        for person in crowd.members:
                            out[person].append((c, bool(crowd.teaches)))
            alike: dict[tuple[tuple[int, bool], ...], list[str]] = defaultdict(list)
            for person, columns in out.items():
                alike[tuple(columns)].append(person)
            for dates, members in alike.items():
                self._add(
                    item,
                    members,
                    [
                        Load(r.x[c], r.round.columns[c].pieces[0].day, minutes, 1, is_out)
                        for c, is_out in dates
                    ],
                )

    def _cycles(self, variables: Variables) -> None:
        for c in variables.cycles:
            self._add(
                c.cycle.item,
                c.cycle.members,
                [
                    Load(x, p.day, p.end - p.start, 1, out=False)
                    for x, k in zip(c.x, c.cycle.columns, strict=True)
                    for p in k.column.pieces
                    if p.label == "conference"
                ],
            )

    def alike(self) -> dict[tuple[int, ...], list[str]]:
        """Educators with the same sources."""
        found: dict[tuple[int, ...], list[str]] = defaultdict(list)
        for person, sources in self.of_person.items():
            found[tuple(sources)].append(person)
        return found
