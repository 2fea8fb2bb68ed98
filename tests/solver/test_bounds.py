"""Certified bounds hold, whatever the multipliers."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from plsched.solver.bounds import Stacked, kept_tiers
from plsched.solver.effort import Effort
from plsched.solver.exact import Exact
from plsched.solver.incumbent import Incumbent, sign
from plsched.solver.matrix import Matrix
from plsched.solver.relaxation import Empty, Relaxation, Relaxed
from plsched.solver.settings import whole_solver
from tests.solver.bounded import bounded
from tests.solver.solving import sample
from tests.solver.test_matrix import SEEDS, drawn, everything


@pytest.mark.parametrize("seed", SEEDS)
def test_any_multipliers_bound_the_best(seed: int) -> None:
    rng = Random(seed)
    matrix = Matrix(drawn(rng))
    solutions = [p for p in everything(matrix) if not len(matrix.broken(matrix.point(p)))]
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
        assert isinstance(first, Relaxed)
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
    again = Relaxation(drawn.matrix, kept, reach, things, whole=True)
    assert again.solve((), None, 10.0) is not None
    for _ in range(6):
        drawn_things = rng.sample(range(len(things)), min(2, len(things)))
        fixed = tuple((thing, rng.randint(0, 1)) for thing in drawn_things)
        one = again.solve(fixed, again.basis, 10.0)
        other = Relaxation(drawn.matrix, kept, reach, things, whole=True).solve(fixed, None, 10.0)
        assert isinstance(one, Relaxed) == isinstance(other, Relaxed)
        if isinstance(one, Relaxed) and isinstance(other, Relaxed):
            assert abs(one.bound - other.bound) <= 1
            assert all(one.values[things[t]].sum() == pytest.approx(v) for t, v in fixed if v == 0)


@pytest.mark.parametrize("seed", sample(range(11_200, 11_400), 20))
def test_what_is_merged_has_the_optimum_and_the_solutions_of_the_whole(seed: int) -> None:
    """Rows that were left out until a solution breaks them included."""
    drawn = bounded(seed)
    if drawn is None:
        return
    things = [np.array(t.literals, dtype=np.int64) for t in drawn.model.things]
    for index, (tier, weight) in enumerate(zip(drawn.model.tiers, drawn.weights, strict=True)):
        assumed = [drawn.best[t.name] for t in drawn.model.tiers[:index]]
        kept = kept_tiers(drawn.model.tiers, drawn.weights, assumed)
        aim = sign(tier) * weight
        merged = Relaxation(drawn.matrix, kept, aim, things)
        one = merged.solve((), None, 10.0)
        other = Relaxation(drawn.matrix, kept, aim, things, whole=True).solve((), None, 10.0)
        assert isinstance(one, Relaxed)
        assert isinstance(other, Relaxed)
        assert abs(one.bound - other.bound) <= max(1, _JOIN_GAIN * abs(other.bound))
        assert one.bound <= other.bound + 1
        looked_at = merged.looked_at
        assert looked_at.any()
        assert not Stacked(drawn.matrix, kept).broken(one.values, looked_at[: -len(things)]).any()


def test_what_is_said_to_be_empty_is() -> None:
    """No plan as good as the best leaves out, or holds, what no plan can."""
    empty = 0
    for seed in range(11_400, 11_440):
        drawn = bounded(seed)
        if drawn is None:
            continue
        things = [np.array(t.literals, dtype=np.int64) for t in drawn.model.things]
        best = [drawn.best[t.name] for t in drawn.model.tiers]
        exact = Exact(
            drawn.matrix,
            drawn.model.tiers,
            incumbent := Incumbent(drawn.matrix, drawn.model.tiers),
            whole_solver(Effort(seed=0, time_limit_s=10.0, workers=1), 10.0, 0),
        )
        proof = exact.solve(2, best[:2], lambda _: True)
        assert incumbent.whole
        assert proof.bound is not None
        kept = kept_tiers(drawn.model.tiers, drawn.weights, best[:2])
        relaxation = Relaxation(drawn.matrix, kept, drawn.weights[2], things)
        for thing, literals in enumerate(things):
            stands = int(incumbent.values[literals].any())
            assert not isinstance(relaxation.solve(((thing, stands),), None, 10.0), Empty)
            empty += isinstance(relaxation.solve(((thing, 1 - stands),), None, 10.0), Empty)
    assert empty > 0


_JOIN_GAIN = 1e-3
