"""Solves a very large relaxation roughly, by a first-order method (PDLP).

The simplex method takes minutes where there are a million entries. Multipliers need not be optimal
to certify a bound, and a guide need not keep every row. Such a method depends on how its numbers are
scaled: money in cents stands beside ones, so each variable is measured by its largest value, and
each row by its coefficients.
"""

from __future__ import annotations

import numpy as np
from ortools.math_opt import parameters_pb2

from plsched.solver.bounds import Fractions
from plsched.solver.linear import Scale, solved, within, written
from plsched.solver.quotient import Quotient


def rough(rows: Quotient, limit_s: float) -> tuple[Fractions, Fractions] | None:
    """Solve a relaxation until it is nearly optimal or the time is over.

    Returns
    -------
    tuple[Fractions, Fractions] | None
        Multipliers of the rows, and values of the variables; nothing if there was no time.
    """
    unit = _power(np.maximum(1, np.maximum(np.abs(rows.low), np.abs(rows.high))).astype(float))
    sizes = np.abs(rows.coefficients) * unit[rows.columns]
    weight = _power(1 / np.sqrt(_most(rows, sizes) * _least(rows, sizes)))
    aim = rows.minimise * unit
    scale = _AIM / max(1.0, float(np.abs(aim).max(initial=0.0)))
    limits = within(limit_s)
    limits.threads = 1
    limits.pdlp.termination_criteria.eps_optimal_relative = _NEAR
    limits.pdlp.termination_criteria.eps_optimal_absolute = _NEAR
    model = written(rows, Scale(unit, weight, scale))
    answer = solved(model, parameters_pb2.SOLVER_TYPE_PDLP, limits)
    if not answer.solutions:
        return None
    dual, primal = answer.solutions[0].dual_solution, answer.solutions[0].primal_solution
    multipliers, values = np.zeros(rows.size), np.zeros(rows.count)
    multipliers[dual.dual_values.ids] = dual.dual_values.values
    values[primal.variable_values.ids] = primal.variable_values.values
    return multipliers * weight / scale, values * unit


def _power(sizes: Fractions) -> Fractions:
    """Powers of two near some sizes: to scale by them loses nothing."""
    found: Fractions = np.exp2(np.rint(np.log2(sizes)))
    return found


def _most(rows: Quotient, sizes: Fractions) -> Fractions:
    found = np.full(rows.size, 0.0)
    np.maximum.at(found, rows.row_of, sizes)
    return np.where(found > 0, found, 1.0)


def _least(rows: Quotient, sizes: Fractions) -> Fractions:
    found = np.full(rows.size, np.inf)
    np.minimum.at(found, rows.row_of, sizes)
    return np.where(np.isfinite(found), found, 1.0)


_AIM = 100.0
"""Largest weight of what is minimised."""
_NEAR = 1e-4
"""Share of the optimum within which it is good enough."""
