"""Divisions are all ways to put units into sections, each once."""

from __future__ import annotations

import random
from itertools import product

import pytest

from plsched.solver.families.sections import Division, divisions


def numbered(sections: dict[int, set[int]]) -> Division:
    return tuple(frozenset(s) for s in sorted(sections.values(), key=min))


@pytest.mark.parametrize("seed", range(40))
def test_divisions_are_all_there_are(seed: int) -> None:
    rng = random.Random(seed)
    sizes = [rng.randint(1, 12) for _ in range(rng.randint(1, 5))]
    quorum, most = rng.randint(1, 10), rng.randint(8, 24)
    sections = rng.randint(1, 4)
    wanted = set()
    for places in product(range(sections + 1), repeat=len(sizes)):
        held: dict[int, set[int]] = {}
        for unit, place in enumerate(places):
            if place:
                held.setdefault(place, set()).add(unit)
        people = [sum(sizes[u] for u in s) for s in held.values()]
        if held and all(quorum <= n <= most for n in people):
            wanted.add(numbered(held))
    found = list(divisions(sizes, quorum, most, sections))
    assert len(found) == len(set(found))
    assert set(found) == wanted


def test_divisions_of_pilot_teams() -> None:
    assert [
        tuple(sorted(s) for s in d) for d in divisions([10, 11], quorum=8, most=24, sections=2)
    ] == [([1],), ([0],), ([0, 1],), ([0], [1])]
