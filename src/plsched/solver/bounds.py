"""Certified bounds: duals of the linear relaxation, checked in integers.

Whatever multipliers the rows are given, the Lagrangian that they make bounds the tier; those of an
optimal relaxation make it best. They are rounded to integers first, so that the bound is exact and
no tolerance of the linear solver matters.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from plsched.solver.matrix import Matrix, Numbers
from plsched.solver.model import Objective
from plsched.solver.rows import NO_LEAST, NO_MOST

Fractions = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class KeptTier:
    """A tier that was solved before: ``least <= weights x <= most``."""

    weights: Numbers
    least: int
    most: int


def kept_tiers(
    tiers: Sequence[Objective], weights: Sequence[Numbers], values: Sequence[int]
) -> list[KeptTier]:
    """Say that the first tiers are no worse than some values."""
    return [
        KeptTier(w, value - t.constant, NO_MOST)
        if t.sense == "max"
        else KeptTier(w, NO_LEAST, value - t.constant)
        for t, w, value in zip(tiers, weights, values, strict=False)
    ]


@dataclass(frozen=True, slots=True)
class Certificate:
    """``minimise`` is at least ``base / scale``."""

    base: int
    scale: int
    relaxed: Fractions
    """Solution of the relaxation, fractions and all: a guide, not a proof."""

    @property
    def bound(self) -> int:
        """Least value of the tier, rounded up to whole units."""
        return -(-self.base // self.scale)


def relaxation_bound(
    matrix: Matrix, minimise: Numbers, kept: list[KeptTier], limit_s: float
) -> Certificate | None:
    """Bound a tier by its linear relaxation; ``None`` if the time is too short for it."""
    if limit_s <= 0:
        return None
    rows = _Stacked(matrix, kept)
    solved = mathopt.solve(
        mathopt.Model.from_model_proto(rows.proto(matrix, minimise)),
        mathopt.SolverType.HIGHS,
        params=mathopt.SolveParameters(time_limit=datetime.timedelta(seconds=limit_s)),
    )
    if not solved.has_dual_feasible_solution():
        return None
    duals = solved.dual_values()
    multipliers = np.zeros(rows.size)
    for row, dual in duals.items():
        multipliers[row.id] = dual
    relaxed = np.zeros(matrix.count)
    if solved.has_primal_feasible_solution():
        for variable, value in solved.variable_values().items():
            relaxed[variable.id] = value
    return rows.certify(matrix, minimise, multipliers, relaxed)


class _Stacked:
    """Rows of a matrix, and those of kept tiers below."""

    def __init__(self, matrix: Matrix, kept: list[KeptTier]) -> None:
        self.least = np.append(matrix.least, [k.least for k in kept])
        self.most = np.append(matrix.most, [k.most for k in kept])
        places = [np.flatnonzero(k.weights) for k in kept]
        more = [np.full(len(p), matrix.size + i, dtype=np.int64) for i, p in enumerate(places)]
        self.row_of = np.concatenate([matrix.row_of, *more])
        self.columns = np.concatenate([matrix.columns, *places])
        self.coefficients = np.concatenate(
            [matrix.coefficients, *(k.weights[p] for k, p in zip(kept, places, strict=True))]
        )

    @property
    def size(self) -> int:
        return len(self.least)

    def proto(self, matrix: Matrix, minimise: Numbers) -> model_pb2.ModelProto:
        made = model_pb2.ModelProto()
        made.variables.ids.extend(range(matrix.count))
        made.variables.lower_bounds.extend(matrix.low.astype(float))
        made.variables.upper_bounds.extend(matrix.high.astype(float))
        made.variables.integers.extend([False] * matrix.count)
        made.linear_constraints.ids.extend(range(self.size))
        made.linear_constraints.lower_bounds.extend(
            np.where(self.least == NO_LEAST, -np.inf, self.least.astype(float))
        )
        made.linear_constraints.upper_bounds.extend(
            np.where(self.most == NO_MOST, np.inf, self.most.astype(float))
        )
        made.linear_constraint_matrix.row_ids.extend(self.row_of.tolist())
        made.linear_constraint_matrix.column_ids.extend(self.columns.tolist())
        made.linear_constraint_matrix.coefficients.extend(self.coefficients.astype(float).tolist())
        place = np.flatnonzero(minimise)
        made.objective.linear_coefficients.ids.extend(place.tolist())
        made.objective.linear_coefficients.values.extend(minimise[place].astype(float).tolist())
        return made

    def certify(
        self, matrix: Matrix, minimise: Numbers, multipliers: Fractions, relaxed: Fractions
    ) -> Certificate:
        multipliers = np.where((multipliers > 0) & (self.least == NO_LEAST), 0.0, multipliers)
        multipliers = np.where((multipliers < 0) & (self.most == NO_MOST), 0.0, multipliers)
        scale = self._scale(matrix, minimise, multipliers)
        whole = np.rint(multipliers * scale).astype(np.int64)
        priced = np.zeros(matrix.count, dtype=np.int64)
        np.add.at(priced, self.columns, self.coefficients * whole[self.row_of])
        reduced: Numbers = scale * minimise - priced
        sides = np.where(whole > 0, self.least, np.where(whole < 0, self.most, 0))
        ends = np.minimum(reduced * matrix.low, reduced * matrix.high)
        return Certificate(int(whole @ sides) + int(ends.sum()), scale, relaxed)

    def _scale(self, matrix: Matrix, minimise: Numbers, multipliers: Fractions) -> int:
        """Power of two by which all sums stay far inside of 64 bits."""
        size = np.abs(multipliers)
        sides = np.where(multipliers > 0, self.least, np.where(multipliers < 0, self.most, 0))
        priced = np.bincount(
            self.columns,
            np.abs(self.coefficients) * size[self.row_of],
            matrix.count,
        )
        ends = np.maximum(1, np.maximum(np.abs(matrix.low), np.abs(matrix.high)))
        most = float((size * np.abs(sides)).sum()) + float(
            ((priced + np.abs(minimise)) * ends).sum()
        )
        return 1 << int(max(0, min(_FINE, np.floor(np.log2(2.0**61 / max(1.0, most))))))


_FINE = 30
