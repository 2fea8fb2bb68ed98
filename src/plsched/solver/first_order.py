"""Solves a very large relaxation roughly, by a first-order method (PDLP).

The simplex method takes minutes where there are a million entries. Multipliers need not be optimal
to certify a bound, and a guide need not keep every row. Such a method depends on how its numbers are
scaled: money in cents stands beside ones, so each variable is measured by its largest value, and
each row by its coefficients.
"""

from __future__ import annotations

import numpy as np
from ortools.math_opt import callback_pb2, model_pb2, parameters_pb2
from ortools.math_opt.core.python import solver as math_opt
from ortools.math_opt.model_parameters_pb2 import ModelSolveParametersProto

from plsched.solver.bounds import Fractions
from plsched.solver.quotient import Quotient
from plsched.solver.rows import NO_LEAST, NO_MOST


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
    limits = parameters_pb2.SolveParametersProto(threads=1)
    limits.time_limit.FromNanoseconds(int(min(limit_s, _LONGEST_S) * 1e9))
    limits.pdlp.termination_criteria.eps_optimal_relative = _NEAR
    limits.pdlp.termination_criteria.eps_optimal_absolute = _NEAR
    solved = math_opt.solve(
        _proto(rows, unit, weight, aim * scale),
        parameters_pb2.SOLVER_TYPE_PDLP,
        parameters_pb2.SolverInitializerProto(),
        limits,
        ModelSolveParametersProto(),
        None,
        callback_pb2.CallbackRegistrationProto(),
        None,
        None,
    )
    if not solved.solutions:
        return None
    dual, primal = solved.solutions[0].dual_solution, solved.solutions[0].primal_solution
    multipliers, values = np.zeros(rows.size), np.zeros(rows.count)
    multipliers[dual.dual_values.ids] = dual.dual_values.values
    values[primal.variable_values.ids] = primal.variable_values.values
    return multipliers * weight / scale, values * unit


def _proto(
    rows: Quotient, unit: Fractions, weight: Fractions, aim: Fractions
) -> model_pb2.ModelProto:
    made = model_pb2.ModelProto()
    made.variables.ids.extend(range(rows.count))
    made.variables.lower_bounds.extend(rows.low / unit)
    made.variables.upper_bounds.extend(rows.high / unit)
    made.variables.integers.extend([False] * rows.count)
    made.linear_constraints.ids.extend(range(rows.size))
    least = np.where(rows.least == NO_LEAST, -np.inf, rows.least * weight)
    most = np.where(rows.most == NO_MOST, np.inf, rows.most * weight)
    made.linear_constraints.lower_bounds.extend(least)
    made.linear_constraints.upper_bounds.extend(most)
    entries = rows.coefficients * weight[rows.row_of] * unit[rows.columns]
    made.linear_constraint_matrix.row_ids.extend(rows.row_of.tolist())
    made.linear_constraint_matrix.column_ids.extend(rows.columns.tolist())
    made.linear_constraint_matrix.coefficients.extend(entries)
    place = np.flatnonzero(aim)
    made.objective.linear_coefficients.ids.extend(place.tolist())
    made.objective.linear_coefficients.values.extend(aim[place])
    return made


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


_LONGEST_S = 1e6
_AIM = 100.0
"""Largest weight of what is minimised."""
_NEAR = 1e-4
"""Share of the optimum within which it is good enough."""
