"""However often a tree of relaxations is split, what it says holds."""

from __future__ import annotations

import pytest

from plsched.solver.branching import Branching
from plsched.solver.incumbent import Incumbent, sign
from plsched.solver.index.build import build_problem
from plsched.solver.matrix import Matrix
from plsched.solver.model import build_model
from tests.solver.generated import generated
from tests.solver.solving import HAS_PLAN, sample, solved, values


@pytest.mark.parametrize("seed", sample(range(10_200, 10_400), 20))
def test_every_split_bounds_the_tier(seed: int) -> None:
    scenario = generated(seed)
    plan = solved(scenario)
    if plan.status not in HAS_PLAN:
        return
    best = values(plan) or {}
    model = build_model(build_problem(scenario, None))
    matrix = Matrix(model.rows)
    weights = Incumbent(matrix, model.tiers).weights
    for index, tier in enumerate(model.tiers):
        assumed = [best[t.name] for t in model.tiers[:index]]
        tree = Branching(matrix, model, weights, assumed)
        before: int | None = None
        for _ in range(12):
            if not tree.step(10.0):
                break
            assert tree.bound <= sign(tier) * (best[tier.name] - tier.constant)
            assert before is None or tree.bound >= before
            before = tree.bound
        assert before is not None


def test_a_half_held_workshop_is_split_until_the_bound_is_its_value() -> None:
    """Splitting ends where nothing is held in part: there the relaxation is a plan."""
    tight = 0
    for seed in range(10_400, 10_430):
        scenario = generated(seed)
        plan = solved(scenario)
        if plan.status not in HAS_PLAN:
            continue
        best = values(plan) or {}
        model = build_model(build_problem(scenario, None))
        matrix = Matrix(model.rows)
        weights = Incumbent(matrix, model.tiers).weights
        tree = Branching(matrix, model, weights, [best["required"]])
        roots: list[int] = []
        while tree.step(10.0) and len(roots) < 40:
            roots.append(tree.bound)
        tight += bool(roots) and roots[0] < roots[-1] <= -best["reach"]
    assert tight > 0
