"""What a tier is bounded on: rows and things, those of the plan or of a model with more choices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plsched.solver.incumbent import dense
from plsched.solver.matrix import Matrix, Numbers
from plsched.solver.model import Model


@dataclass(frozen=True, slots=True)
class Ground:
    """Rows, the model that they are of, and the weights of its tiers.

    ``others``: its variables are not those of the plan. Things are numbered alike in both.
    """

    matrix: Matrix
    model: Model
    weights: Sequence[Numbers]
    others: bool = False


def ground_of(model: Model) -> Ground:
    """Give a model as the ground to bound the plans of another on."""
    matrix = Matrix(model.rows)
    return Ground(matrix, model, [dense(t, matrix.count) for t in model.tiers], others=True)
