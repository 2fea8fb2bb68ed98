"""Bodies: people whom the same things ask for, so that a clash of one is a clash of all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plsched.solver.families.limits import people_of
from plsched.solver.problem import Problem

Key = tuple[str, object]
"""Something that asks for people: its sort and its name."""


@dataclass(frozen=True, slots=True)
class Bodies:
    """People in classes; ``people`` lists the members of each, ``of_person`` is the way back."""

    people: tuple[tuple[str, ...], ...]
    of_person: Mapping[str, int]

    def of(self, people: Iterable[str]) -> list[int]:
        """Give the bodies of some people, each once."""
        return list(dict.fromkeys(self.of_person[p] for p in people))

    def expert(self, problem: Problem, ident: str) -> int:
        """Give the body of an expert: that of the educator who they are, if they are one."""
        return self.of_person[person_of(problem, ident)]


def person_of(problem: Problem, expert: str) -> str:
    """Name the person behind an expert."""
    return problem.directory.experts[expert].educator or f"expert:{expert}"


def make_bodies(problem: Problem) -> Bodies:
    """Put people together who are asked for by the same things and are alike in time and place."""
    asked: dict[str, list[Key]] = defaultdict(list)
    for person, profile in problem.people.profile_of.items():
        asked[person].append(("profile", profile))
    for key, people in _asked(problem):
        for person in dict.fromkeys(people):
            asked[person].append(key)
    alike: dict[tuple[Key, ...], list[str]] = defaultdict(list)
    for person, keys in asked.items():
        alike[tuple(keys)].append(person)
    found = tuple(tuple(members) for members in alike.values())
    return Bodies(found, {p: n for n, members in enumerate(found) for p in members})


def _asked(problem: Problem) -> Iterable[tuple[Key, Iterable[str]]]:
    """Give everything that asks for people, with those it asks for."""
    for source, bundles in problem.by_source.items():
        for unit in bundles[0].units:
            yield ("unit", (source, unit.id)), unit.members
    for r in problem.rounds:
        for c, (observers, hosts) in enumerate(zip(r.observers, r.hosts, strict=True)):
            yield ("observers", (r.item.id, c)), observers
            yield ("hosts", (r.item.id, c)), hosts
    for cycle in problem.cycles:
        yield ("cycle", cycle.id), cycle.members
        for coach in {k.coach for k in cycle.columns}:
            yield ("coach", coach), (coach,)
    for limit in problem.directory.scenario.limits:
        yield ("limit", limit.id), people_of(problem, limit)
    for expert in problem.directory.experts:
        yield ("expert", expert), (person_of(problem, expert),)
