"""Numbers of what the instance file names, in the order of the problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plsched.solver.problem import Activity, Bundle, Problem, Unit


@dataclass(frozen=True, slots=True)
class Names:
    """Holdings by id, offers by source and section, units by course and unit, and the rest."""

    holdings: dict[str, int]
    offers: dict[tuple[str, int | None], int]
    units: dict[tuple[str, str], int]
    sources: dict[str, int]
    experts: dict[str, int]
    coaches: dict[str, int]
    sites: dict[str, int]
    floors: dict[tuple[str, str], int]


def names_of(problem: Problem) -> Names:
    """Number everything once."""
    directory = problem.directory
    held = [
        *(a.id for _, a in activities(problem)),
        *(r.id for r in problem.rounds),
        *(c.id for c in problem.cycles),
    ]
    coaches = dict.fromkeys(k.coach for c in problem.cycles for k in c.columns)
    return Names(
        _numbered(held),
        {(b.item.id, b.section): n for n, b in enumerate(problem.bundles)},
        {(b.item.id, u.id): n for n, (b, u) in enumerate(units(problem))},
        _numbered(directory.items),
        _numbered(directory.experts),
        _numbered(coaches),
        _numbered(directory.sites),
        {key: n for n, key in enumerate(floors(problem))},
    )


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: n for n, name in enumerate(names)}


def activities(problem: Problem) -> Iterator[tuple[Bundle, Activity]]:
    """Give every activity with its bundle."""
    for b in problem.bundles:
        for a in b.activities:
            yield b, a


def units(problem: Problem) -> Iterator[tuple[Bundle, Unit]]:
    """Give the units of courses, each once, with the first section that they could be in."""
    for bundles in problem.by_source.values():
        if not bundles[0].fixed:
            for unit in bundles[0].units:
                yield bundles[0], unit


def leads(problem: Problem) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Give the places on teams: the bundle, and who could take it."""
    for n, b in enumerate(problem.bundles):
        for need, candidates in zip(b.needs, b.candidates, strict=True):
            yield from ((n, tuple(candidates)) for _ in range(need.count) if candidates)
        yield from ((n, (partner,)) for partner in b.partners)


def floors(problem: Problem) -> dict[tuple[str, str], int]:
    """Give the minutes of each dosage floor, by programme and group."""
    return {
        (c.item.id, c.group): c.item.floor_min
        for c in problem.cycles
        if c.item.floor_min is not None
    }
