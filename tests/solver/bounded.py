"""A drawn district with its best plan, for tests of bounds."""

from __future__ import annotations

from dataclasses import dataclass

from plsched.solver.incumbent import Incumbent
from plsched.solver.index.build import build_problem
from plsched.solver.matrix import Matrix, Numbers
from plsched.solver.model import Model, build_model
from tests.solver.generated import generated
from tests.solver.solving import HAS_PLAN, solved, values


@dataclass(frozen=True)
class Bounded:
    """A model with its rows, the weights of its tiers, and the best value of each."""

    model: Model
    matrix: Matrix
    weights: list[Numbers]
    best: dict[str, int]


def bounded(seed: int) -> Bounded | None:
    """Draw and solve; nothing where there is no plan."""
    scenario = generated(seed)
    plan = solved(scenario)
    if plan.status not in HAS_PLAN:
        return None
    model = build_model(build_problem(scenario, None))
    matrix = Matrix(model.rows)
    return Bounded(model, matrix, Incumbent(matrix, model.tiers).weights, values(plan) or {})
