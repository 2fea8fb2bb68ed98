"""Certified bounds hold, whatever the multipliers."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from plsched.solver.bounds import KeptTier, _Stacked, relaxation_bound
from plsched.solver.incumbent import Incumbent, sign
from plsched.solver.index.build import build_problem
from plsched.solver.matrix import Matrix
from plsched.solver.model import build_model
from plsched.solver.rows import NO_LEAST, NO_MOST
from tests.solver.generated import generated
from tests.solver.solving import HAS_PLAN, sample, solved, values
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
    scenario = generated(seed)
    plan = solved(scenario)
    if plan.status not in HAS_PLAN:
        return
    best = values(plan) or {}
    model = build_model(build_problem(scenario, None))
    matrix = Matrix(model.rows)
    weights = Incumbent(matrix, model.tiers).weights
    kept: list[KeptTier] = []
    for tier, weight in zip(model.tiers, weights, strict=True):
        found = relaxation_bound(matrix, sign(tier) * weight, kept, 10.0)
        assert found is not None
        bound = tier.constant + sign(tier) * found.bound
        value = best[tier.name]
        assert bound >= value if tier.sense == "max" else bound <= value
        reached = value - tier.constant
        least, most = (reached, NO_MOST) if tier.sense == "max" else (NO_LEAST, reached)
        kept.append(KeptTier(weight, least, most))
