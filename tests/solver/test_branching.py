"""However often a tree of relaxations is split, what it says holds."""

from __future__ import annotations

import pytest

from plsched.solver.branching import Branching
from plsched.solver.incumbent import sign
from tests.solver.bounded import bounded
from tests.solver.solving import sample


@pytest.mark.parametrize("seed", sample(range(10_200, 10_400), 20))
def test_every_split_bounds_the_tier(seed: int) -> None:
    drawn = bounded(seed)
    if drawn is None:
        return
    tiers = drawn.model.tiers
    for index, tier in enumerate(tiers):
        assumed = [drawn.best[t.name] for t in tiers[:index]]
        tree = Branching(drawn.matrix, drawn.model, drawn.weights, assumed)
        before: int | None = None
        for _ in range(12):
            if not tree.step(10.0):
                break
            assert tree.bound <= sign(tier) * (drawn.best[tier.name] - tier.constant)
            assert before is None or tree.bound >= before
            before = tree.bound
        assert before is not None


def test_splits_tighten_the_bound_of_some_district() -> None:
    tight = 0
    for seed in range(10_400, 10_430):
        drawn = bounded(seed)
        if drawn is None:
            continue
        required = [drawn.best["required"]]
        tree = Branching(drawn.matrix, drawn.model, drawn.weights, required)
        bounds: list[int] = []
        while tree.step(10.0) and len(bounds) < 40:
            bounds.append(tree.bound)
        tight += bool(bounds) and bounds[0] < bounds[-1] <= -drawn.best["reach"]
    assert tight > 0
