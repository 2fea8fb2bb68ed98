"""Educators alike, units of a course, participants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from plsched.scenario.directory import Directory
from plsched.scenario.models.learning import Course, Participants
from plsched.solver.index.days import work_pattern
from plsched.solver.problem import Unit


class People:
    """Who is alike, and who belongs together."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    @cached_property
    def profile_of(self) -> Mapping[str, str]:
        """For each educator, the first one who is alike in site, days, contract and classes."""
        first: dict[object, str] = {}
        found: dict[str, str] = {}
        for person in self._directory.scenario.educators:
            found[person.id] = first.setdefault(work_pattern(person), person.id)
        return found

    def unit(self, ident: str, members: Iterable[str]) -> Unit:
        """Make a unit of some educators."""
        people = tuple(members)
        profile_of = self.profile_of
        alike: dict[str, list[str]] = {}
        for person in people:
            alike.setdefault(profile_of[person], []).append(person)
        return Unit(ident, people, tuple(alike), tuple(tuple(m) for m in alike.values()))

    def units(self, course: Course) -> list[Unit]:
        """Cut a course's audience into units."""
        seen: set[str] = set()
        found: list[Unit] = []
        for group in course.audience:
            people = [e for e in self._directory.members[group] if e not in seen]
            seen.update(people)
            parts = -(-len(people) // course.section_size)
            if parts == 1:
                found.append(self.unit(group, people))
                continue
            small, larger = divmod(len(people), parts) if parts else (0, 0)
            begin = 0
            for k in range(parts):
                size = small + (1 if k < larger else 0)
                found.append(self.unit(f"{group}#{k + 1}", people[begin : begin + size]))
                begin += size
        return found

    def participants(self, item: Participants) -> Unit:
        """All who take part in an engagement or task, as one unit."""
        people: dict[str, None] = {}
        for group in item.groups:
            people.update(dict.fromkeys(self._directory.members[group]))
        people.update(dict.fromkeys(item.educators))
        return self.unit(item.id, people)
