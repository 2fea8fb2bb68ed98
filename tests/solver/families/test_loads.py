"""What can be asked of somebody in a window is never bounded too low."""

from __future__ import annotations

import random
from itertools import combinations, product

import pytest

from plsched.solver.families.limits import undominated
from plsched.solver.families.loads import Load, Share, most_of


def drawn(rng: random.Random, decision: int) -> Share:
    """Draw a decision with columns of one or two pieces each."""
    loads = []
    for literal in range(rng.randint(1, 3)):
        for day in rng.sample(range(2), rng.randint(1, 2)):
            start = day * 1440 + rng.randrange(480, 700, 20)
            minutes = rng.choice((30, 60, 90))
            loads.append(
                Load(literal + 10 * decision, day, minutes + 10, 1, False, start, start + minutes)
            )
    total: dict[int, int] = {}
    for load in loads:
        total[load.literal] = total.get(load.literal, 0) + load.minutes
    return Share(decision, tuple(total.items()), max(total.values()), tuple(loads))


def overlap(a: Load, b: Load) -> bool:
    return a.start < b.end and b.start < a.end


@pytest.mark.parametrize("seed", range(200))
def test_the_bound_holds_for_whatever_can_stand_together(seed: int) -> None:
    rng = random.Random(seed)
    shares = [drawn(rng, k) for k in range(3)]
    worst = 0
    for choice in product(*([None, *sorted({v for v, _ in s.terms})] for s in shares)):
        held = [x for s in shares for x in s.loads if x.literal in choice]
        apart = (a.literal == b.literal or not overlap(a, b) for a, b in combinations(held, 2))
        if all(apart):
            worst = max(worst, sum(x.minutes for x in held))
    assert most_of(shares, "minutes", 0) >= worst


def test_a_sum_that_another_bounds_is_left_out() -> None:
    sums = [{1: 60, 2: 60}, {1: 60}, {2: 90}, {1: 60, 2: 60, 3: 0}]
    assert undominated(sums) == [{1: 60, 2: 60, 3: 0}, {2: 90}]
