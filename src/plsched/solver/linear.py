"""Writes a merged relaxation for a linear solver, and has it solved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.math_opt import callback_pb2, model_pb2, parameters_pb2, result_pb2
from ortools.math_opt.core.python import solver as math_opt
from ortools.math_opt.model_parameters_pb2 import ModelSolveParametersProto

from plsched.solver.bounds import Fractions
from plsched.solver.matrix import Numbers
from plsched.solver.quotient import Quotient
from plsched.solver.rows import NO_LEAST, NO_MOST


@dataclass(frozen=True, slots=True)
class Scale:
    """Units in which variables are measured, weights of the rows, and of what is minimised."""

    unit: Fractions
    weight: Fractions
    aim: float


def as_it_is(rows: Quotient) -> Scale:
    """Scale nothing."""
    return Scale(np.ones(rows.count), np.ones(rows.size), 1.0)


def written(rows: Quotient, scale: Scale) -> model_pb2.ModelProto:
    """Write a relaxation in some scale."""
    made = model_pb2.ModelProto()
    made.variables.ids.extend(range(rows.count))
    made.variables.lower_bounds.extend(rows.low / scale.unit)
    made.variables.upper_bounds.extend(rows.high / scale.unit)
    made.variables.integers.extend([False] * rows.count)
    made.linear_constraints.ids.extend(range(rows.size))
    least = or_open(rows.least, NO_LEAST, -np.inf) * scale.weight
    most = or_open(rows.most, NO_MOST, np.inf) * scale.weight
    made.linear_constraints.lower_bounds.extend(least)
    made.linear_constraints.upper_bounds.extend(most)
    entries = rows.coefficients * scale.weight[rows.row_of] * scale.unit[rows.columns]
    made.linear_constraint_matrix.row_ids.extend(rows.row_of.tolist())
    made.linear_constraint_matrix.column_ids.extend(rows.columns.tolist())
    made.linear_constraint_matrix.coefficients.extend(entries.tolist())
    place = np.flatnonzero(rows.minimise)
    aim = rows.minimise * scale.unit * scale.aim
    made.objective.linear_coefficients.ids.extend(place.tolist())
    made.objective.linear_coefficients.values.extend(aim[place].tolist())
    return made


def or_open(limits: Numbers, none: int, infinity: float) -> Fractions:
    """Give limits of rows, endless where there is none."""
    return np.where(limits == none, infinity, limits.astype(float))


def within(limit_s: float) -> parameters_pb2.SolveParametersProto:
    """Limit a solve to some seconds, which may be without end."""
    limits = parameters_pb2.SolveParametersProto()
    limits.time_limit.FromNanoseconds(int(min(limit_s, _LONGEST_S) * 1e9))
    return limits


def solved(
    model: model_pb2.ModelProto,
    solver: parameters_pb2.SolverTypeProto,
    limits: parameters_pb2.SolveParametersProto,
) -> result_pb2.SolveResultProto:
    """Solve a relaxation from nothing."""
    return math_opt.solve(
        model,
        solver,
        parameters_pb2.SolverInitializerProto(),
        limits,
        ModelSolveParametersProto(),
        None,
        callback_pb2.CallbackRegistrationProto(),
        None,
        None,
    )


_LONGEST_S = 1e6
