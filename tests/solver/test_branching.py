"""However often a tree of relaxations is split, what it says holds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from plsched.solver.bounding import Bounding
from plsched.solver.branching import Branching
from plsched.solver.clock import Clock
from plsched.solver.effort import Effort
from plsched.solver.ground import Ground
from plsched.solver.incumbent import Incumbent, sign
from plsched.solver.relaxation import Fixed, Relaxation, Relaxed
from plsched.solver.search import Search
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


@pytest.mark.parametrize("seed", [10_709, 10_719, 10_774, 10_816])
def test_a_best_plan_agrees_with_what_is_certain_after_every_tier(seed: int) -> None:
    drawn = bounded(seed)
    assert drawn is not None
    effort = Effort(seed=seed, time_limit_s=20.0, workers=1)
    best = np.array(Search(drawn.model, effort, lambda _: None, Clock()).run().values)
    incumbent = Incumbent(drawn.matrix, drawn.model.tiers)
    incumbent.offer(np.arange(len(best)), best)
    certain: Fixed = ()
    ground = Ground(drawn.matrix, drawn.model, drawn.weights)
    for index, tier in enumerate(drawn.model.tiers):
        tree = Branching(
            drawn.matrix, drawn.model, drawn.weights, incumbent.reached[:index], certain
        )
        tiers, reached = drawn.model.tiers, incumbent.reached[:index]
        bounding = Bounding(lambda: ground, tiers, incumbent, index, reached, certain)
        for _ in range(12):
            if not tree.step(10.0):
                break
        bounding.leaves = tree.leaves
        certain = bounding.certain()
        assert tree.bound <= sign(tier) * (drawn.best[tier.name] - tier.constant)
        for thing, stands in certain:
            assert sum(best[v] for v in drawn.model.things[thing].literals) == stands
    assert certain


def test_nothing_is_split_on_twice_when_relaxations_run_out_of_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn = bounded(10_700)
    assert drawn is not None

    def cut_short(self: Relaxation, fixed: Fixed, start: object, limit_s: float) -> Relaxed:
        assert len({thing for thing, _ in fixed}) == len(fixed)
        found = solve(self, fixed, start, limit_s)
        bound = found.bound if isinstance(found, Relaxed) else -(2**40)
        return Relaxed(bound, np.full(drawn.matrix.count, 0.01), self.basis)

    solve: Any = Relaxation.solve
    monkeypatch.setattr(Relaxation, "solve", cut_short)
    tree = Branching(drawn.matrix, drawn.model, drawn.weights, [drawn.best["required"]])
    steps = 0
    while steps < 60 and tree.step(10.0):
        steps += 1
    assert steps > 1


def test_nothing_is_certain_once_an_earlier_tier_got_worse() -> None:
    drawn = bounded(10_700)
    assert drawn is not None
    effort = Effort(seed=0, time_limit_s=20.0, workers=1)
    search = Search(drawn.model, effort, lambda _: None, Clock())
    incumbent = Incumbent(drawn.matrix, drawn.model.tiers)
    tiers, reached = drawn.model.tiers, incumbent.reached[:2]
    search._bounding = Bounding(lambda: None, tiers, incumbent, 2, reached, ((0, 1),))
    search._under[2] = search._incumbent.reached[:2]
    assert search._certain() == ((0, 1),)
    required, reach = search._incumbent.reached[:2]
    search._under[2] = (required, reach + 1)
    assert search._certain() == ()


def test_a_tier_is_bounded_anew_when_its_bound_holds_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A better reach costs more, so what was proven of comfort under the old cost is worth nothing."""
    drawn = bounded(10_700)
    assert drawn is not None
    effort = Effort(seed=0, time_limit_s=20.0, workers=1)
    search = Search(drawn.model, effort, lambda _: None, Clock())
    required, reach = search._incumbent.reached[:2]
    assumed = [(required, reach + 1), (required, reach)]
    bounds = iter((7, 8))

    def bounded_once(index: int, *_: object) -> int:
        search._under[index] = assumed.pop(0)
        return next(bounds)

    monkeypatch.setattr(search, "_improve_and_bound", bounded_once)
    with ThreadPoolExecutor(1) as pool:
        assert search._improve(2, 20.0, pool) == 8
    assert assumed == []
