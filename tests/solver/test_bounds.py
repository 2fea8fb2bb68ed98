"""Certified bounds hold, whatever the multipliers."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from plsched.solver.bounds import _Stacked, kept_tiers, relaxation_bound
from plsched.solver.incumbent import sign
from plsched.solver.matrix import Matrix
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
    relaxed = np.zeros(matrix.count)
    certificate = _Stacked(matrix, []).certify(matrix, minimise, multipliers, relaxed)
    assert certificate.bound <= best


@pytest.mark.parametrize("seed", sample(range(9000, 9200), 20))
def test_the_relaxation_of_each_tier_bounds_it(seed: int) -> None:
    drawn = bounded(seed)
    if drawn is None:
        return
    tiers = drawn.model.tiers
    for index, (tier, weight) in enumerate(zip(tiers, drawn.weights, strict=True)):
        assumed = [drawn.best[t.name] for t in tiers[:index]]
        kept = kept_tiers(tiers, drawn.weights, assumed)
        found = relaxation_bound(drawn.matrix, sign(tier) * weight, kept, 10.0)
        assert found is not None
        bound = tier.constant + sign(tier) * found.bound
        value = drawn.best[tier.name]
        assert bound >= value if tier.sense == "max" else bound <= value
