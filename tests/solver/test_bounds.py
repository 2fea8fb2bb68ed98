"""Certified bounds hold, whatever the multipliers."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from plsched.solver.bounds import Stacked, kept_tiers
from plsched.solver.incumbent import sign
from plsched.solver.matrix import Matrix
from plsched.solver.relaxation import Relaxation
from tests.solver.bounded import bounded
from tests.solver.solving import sample
from tests.solver.test_matrix import SEEDS, drawn, everything


@pytest.mark.parametrize("seed", SEEDS)
def test_any_multipliers_bound_the_best(seed: int) -> None:
    rng = Random(seed)
    matrix = Matrix(drawn(rng))
    solutions = [p for p in everything(matrix) if not len(matrix.broken(p))]
    if not solutions:
        return
    minimise = np.array([rng.randint(-9, 9) for _ in range(matrix.count)])
    best = min(int(minimise @ p) for p in solutions)
    multipliers = np.array([rng.uniform(-5, 5) for _ in range(matrix.size)])
    assert Stacked(matrix, []).certify(minimise, multipliers).bound <= best


@pytest.mark.parametrize("seed", sample(range(9000, 9200), 20))
def test_the_relaxation_of_each_tier_bounds_it(seed: int) -> None:
    drawn = bounded(seed)
    if drawn is None:
        return
    tiers = drawn.model.tiers
    for index, (tier, weight) in enumerate(zip(tiers, drawn.weights, strict=True)):
        assumed = [drawn.best[t.name] for t in tiers[:index]]
        kept = kept_tiers(tiers, drawn.weights, assumed)
        relaxation = Relaxation(drawn.matrix, kept, sign(tier) * weight, [])
        first = relaxation.solve((), None, 10.0)
        assert first is not None
        bound = tier.constant + sign(tier) * first.bound
        value = drawn.best[tier.name]
        assert bound >= value if tier.sense == "max" else bound <= value


@pytest.mark.parametrize("seed", sample(range(9200, 9400), 20))
def test_a_relaxation_solved_again_says_what_a_new_one_says(seed: int) -> None:
    """Whatever is held in between: limits that moved must reach the solver, and go back."""
    drawn = bounded(seed)
    if drawn is None:
        return
    rng = Random(seed)
    things = [np.array(t.literals, dtype=np.int64) for t in drawn.model.things]
    reach = -drawn.weights[1]
    kept = kept_tiers(drawn.model.tiers, drawn.weights, [0])
    again = Relaxation(drawn.matrix, kept, reach, things)
    assert again.solve((), None, 10.0) is not None
    for _ in range(6):
        drawn_things = rng.sample(range(len(things)), min(2, len(things)))
        fixed = tuple((thing, rng.randint(0, 1)) for thing in drawn_things)
        one = again.solve(fixed, again.basis, 10.0)
        other = Relaxation(drawn.matrix, kept, reach, things).solve(fixed, None, 10.0)
        assert (one is None) == (other is None)
        if one is not None and other is not None:
            assert abs(one.bound - other.bound) <= 1
            assert all(one.values[things[t]].sum() == pytest.approx(v) for t, v in fixed if v == 0)
