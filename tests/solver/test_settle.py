"""What is larger than it need be is made smaller, however few variables are freed for it."""

from __future__ import annotations

import pytest

from plsched.solver import settle as settling
from plsched.solver.clock import Clock
from plsched.solver.construct import construct
from plsched.solver.effort import Effort
from plsched.solver.helpers import Helpers
from plsched.solver.incumbent import Incumbent
from plsched.solver.index.build import build_problem
from plsched.solver.matrix import Matrix
from plsched.solver.model import Model, build_model
from plsched.solver.neighbourhoods import Neighbourhoods
from plsched.solver.settle import settle
from plsched.solver.step import Steps
from tests.solver.generated import generated
from tests.solver.solving import sample

SEEDS = sample(range(11_300, 11_500), 15)


def planned(seed: int) -> tuple[Model, Matrix, Incumbent]:
    model = build_model(build_problem(generated(seed), None))
    matrix = Matrix(model.rows)
    best = Incumbent(matrix, model.tiers)
    steps = Steps(model, matrix, best, lambda _: None, Clock())
    construct(steps, Neighbourhoods(steps.parts, 0), Effort(0, 20.0, 1), lambda _: False)
    settle(model, matrix, best, seed=0)
    return model, matrix, best


def wasteful(model: Model, matrix: Matrix, best: Incumbent) -> Incumbent:
    """Make helpers one more than they are, as long as every row holds."""
    values = best.values.copy()
    for v in Helpers(model, matrix).everything.tolist():
        more = values.copy()
        more[v] += 1
        if more[v] <= matrix.high[v] and not len(matrix.broken(matrix.point(more))):
            values = more
    found = Incumbent(matrix, model.tiers)
    found.offer(matrix.every, values)
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_waste_is_found_by_freeing_what_could_be_less_alone(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, matrix, best = planned(seed)
    if not best.whole:
        return
    wasted = wasteful(model, matrix, best)
    monkeypatch.setattr(settling, "_MANY", 0)
    settle(model, matrix, wasted, seed=0)
    assert wasted.reached == best.reached


def test_some_plans_can_waste_something() -> None:
    plans = [(drawn, wasteful(*drawn)) for drawn in map(planned, SEEDS) if drawn[2].whole]
    assert sum(wasted.reached != best.reached for (_, _, best), wasted in plans) > len(plans) / 2
