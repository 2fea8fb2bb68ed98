"""The linear relaxation of one tier, solved again and again with other things held.

The first time is the longest; after it each solve starts from the basis of one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.math_opt import (
    callback_pb2,
    model_pb2,
    model_update_pb2,
    parameters_pb2,
    result_pb2,
    solution_pb2,
)
from ortools.math_opt.core.python import solver as math_opt
from ortools.math_opt.model_parameters_pb2 import ModelSolveParametersProto
from ortools.util.python.solve_interrupter import SolveInterrupter

from plsched.solver.bounds import Added, Fractions, Stacked
from plsched.solver.matrix import Matrix, Numbers
from plsched.solver.rows import NO_LEAST, NO_MOST

Fixed = tuple[tuple[int, int], ...]
"""Things that stand (1) or are left out (0), by number."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """One solved relaxation: a bound that holds, and what it holds in part: a guide, not a proof.

    ``basis`` is where another solve may start: its own, or that of the last solve that gave one.
    """

    bound: int
    values: Fractions
    basis: solution_pb2.BasisProto | None


class Relaxation:
    """``minimise`` over the rows, whole numbers or not.

    Parameters
    ----------
    matrix, added
        The rows, and those added.
    minimise
        Weights of all variables.
    things
        Literals of each thing of which one at most holds.

    Attributes
    ----------
    basis
        Where the last solve that gave a basis ended, once there was one.
    """

    def __init__(
        self, matrix: Matrix, added: Sequence[Added], minimise: Numbers, things: Sequence[Numbers]
    ) -> None:
        self._minimise = minimise
        self._first = matrix.size + len(added)
        one = [Added(t, np.ones(len(t), dtype=np.int64)) for t in things]
        self._rows = Stacked(matrix, [*added, *one])
        self.basis: solution_pb2.BasisProto | None = None
        self._again: math_opt.Solver | None = None
        self._interrupter = SolveInterrupter()

    def stop(self) -> None:
        """End a solve soon; the first one alone cannot be interrupted."""
        self._interrupter.interrupt()

    def solve(
        self, fixed: Fixed, start: solution_pb2.BasisProto | None, limit_s: float
    ) -> Relaxed | None:
        """Bound the tier where some things stand and others are left out.

        Returns
        -------
        Relaxed | None
            Nothing if the time is too short for it, or if there is nothing to be bounded.
        """
        if limit_s <= 0:
            return None
        self._hold(fixed)
        limits = parameters_pb2.SolveParametersProto()
        limits.time_limit.FromNanoseconds(int(limit_s * 1e9))
        solved = self._begin(limits) if start is None else self._go_on(start, limits)
        found = solved.solutions[0] if solved.solutions else solution_pb2.SolutionProto()
        dual, primal = found.dual_solution, found.primal_solution
        if dual.feasibility_status != solution_pb2.SOLUTION_STATUS_FEASIBLE:
            return None
        multipliers = np.zeros(self._rows.size)
        multipliers[dual.dual_values.ids] = dual.dual_values.values
        values = np.zeros(self._rows.count)
        values[primal.variable_values.ids] = primal.variable_values.values
        bound = self._rows.certify(self._minimise, multipliers).bound
        if found.HasField("basis"):
            self.basis = found.basis
        return Relaxed(bound, values, self.basis)

    def _hold(self, fixed: Fixed) -> None:
        self._rows.least[self._first :] = NO_LEAST
        self._rows.most[self._first :] = NO_MOST
        for thing, value in fixed:
            if value:
                self._rows.least[self._first + thing] = 1
            else:
                self._rows.most[self._first + thing] = 0

    def _begin(self, limits: parameters_pb2.SolveParametersProto) -> result_pb2.SolveResultProto:
        return math_opt.solve(
            _proto(self._rows, self._minimise),
            parameters_pb2.SOLVER_TYPE_HIGHS,
            parameters_pb2.SolverInitializerProto(),
            limits,
            ModelSolveParametersProto(),
            None,
            callback_pb2.CallbackRegistrationProto(),
            None,
            None,
        )

    def _go_on(
        self, start: solution_pb2.BasisProto, limits: parameters_pb2.SolveParametersProto
    ) -> result_pb2.SolveResultProto:
        """Solve by the dual simplex method: limits of rows that move leave a basis dual feasible."""
        if self._again is None:
            self._again = math_opt.new(
                parameters_pb2.SOLVER_TYPE_GLOP,
                _proto(self._rows, self._minimise),
                parameters_pb2.SolverInitializerProto(),
            )
        elif not self._again.update(self._moved()):
            raise AssertionError("GLOP takes new limits of rows")
        limits.lp_algorithm = parameters_pb2.LP_ALGORITHM_DUAL_SIMPLEX
        limits.presolve = parameters_pb2.EMPHASIS_OFF
        return self._again.solve(
            limits,
            ModelSolveParametersProto(initial_basis=start),
            None,
            callback_pb2.CallbackRegistrationProto(),
            None,
            self._interrupter.pybind_interrupter,
        )

    def _moved(self) -> model_update_pb2.ModelUpdateProto:
        """Say the limits of all things."""
        update = model_update_pb2.ModelUpdateProto()
        rows = slice(self._first, None)
        for ends, values in (
            (
                update.linear_constraint_updates.lower_bounds,
                _or_open(self._rows.least[rows], NO_LEAST, -np.inf),
            ),
            (
                update.linear_constraint_updates.upper_bounds,
                _or_open(self._rows.most[rows], NO_MOST, np.inf),
            ),
        ):
            ends.ids.extend(range(self._first, self._rows.size))
            ends.values.extend(values.tolist())
        return update


def _or_open(limits: Numbers, none: int, infinity: float) -> Fractions:
    return np.where(limits == none, infinity, limits.astype(float))


def _proto(rows: Stacked, minimise: Numbers) -> model_pb2.ModelProto:
    made = model_pb2.ModelProto()
    made.variables.ids.extend(range(rows.count))
    made.variables.lower_bounds.extend(rows.low.astype(float))
    made.variables.upper_bounds.extend(rows.high.astype(float))
    made.variables.integers.extend([False] * rows.count)
    made.linear_constraints.ids.extend(range(rows.size))
    made.linear_constraints.lower_bounds.extend(_or_open(rows.least, NO_LEAST, -np.inf))
    made.linear_constraints.upper_bounds.extend(_or_open(rows.most, NO_MOST, np.inf))
    made.linear_constraint_matrix.row_ids.extend(rows.row_of.tolist())
    made.linear_constraint_matrix.column_ids.extend(rows.columns.tolist())
    made.linear_constraint_matrix.coefficients.extend(rows.coefficients.astype(float).tolist())
    place = np.flatnonzero(minimise)
    made.objective.linear_coefficients.ids.extend(place.tolist())
    made.objective.linear_coefficients.values.extend(minimise[place].astype(float).tolist())
    return made
