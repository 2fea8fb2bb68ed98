"""Any plan as good as a target: found where there is one, with nothing wasted, refuted where not."""

from __future__ import annotations

import numpy as np
import pytest
from ortools.sat.python import cp_model

from plsched.solver.clock import Clock
from plsched.solver.incumbent import Incumbent, sign
from plsched.solver.settings import step_solver
from plsched.solver.settle import settle
from plsched.solver.step import Steps
from tests.solver.bounded import bounded
from tests.solver.solving import sample


@pytest.mark.parametrize("seed", sample(range(10_500, 10_700), 15))
def test_a_target_is_attained_if_and_only_if_a_plan_is_as_good(seed: int) -> None:
    drawn = bounded(seed)
    if drawn is None:
        return
    incumbent = Incumbent(drawn.matrix, drawn.model.tiers)
    steps = Steps(drawn.model, drawn.matrix, incumbent, lambda _: None, Clock())
    among = np.ones(drawn.matrix.count, dtype=np.bool_)
    for index, tier in enumerate(drawn.model.tiers):
        best = drawn.best[tier.name]
        found = steps.attain(among, index, best, step_solver(seed, 1, 10.0))
        assert found == cp_model.OPTIMAL
        assert incumbent.reached[index] == best
        beyond = steps.attain(among, index, best - sign(tier), step_solver(seed, 1, 10.0))
        assert beyond == cp_model.INFEASIBLE
        reached = incumbent.reached
        settle(drawn.model, drawn.matrix, incumbent, seed)
        assert incumbent.reached == reached
