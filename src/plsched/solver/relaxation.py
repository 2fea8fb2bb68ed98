"""The linear relaxation of one tier, solved again and again with other things held.

What is alike is merged first, and rows that are seldom felt are looked at only once a solution
breaks them: most of the relaxation is never seen by a solver. The first solve is the longest; after
it each one starts from the basis of one before, as long as no row joins.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from ortools.math_opt import (
    callback_pb2,
    model_update_pb2,
    parameters_pb2,
    result_pb2,
    solution_pb2,
    sparse_containers_pb2,
)
from ortools.math_opt.core.python import solver as math_opt
from ortools.math_opt.model_parameters_pb2 import ModelSolveParametersProto
from ortools.util.python.solve_interrupter import SolveInterrupter

from plsched.solver.bounds import Added, Fractions, Stacked
from plsched.solver.first_order import rough
from plsched.solver.linear import as_it_is, or_open, solved, within, written
from plsched.solver.matrix import Flags, Matrix, Numbers
from plsched.solver.quotient import Quotient, quotient, unmerged
from plsched.solver.rows import NO_LEAST, NO_MOST

Fixed = tuple[tuple[int, int], ...]
"""Things that stand (1) or are left out (0), by number."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What is looked at: rows ``inside``, and those ``outside`` that may join; what is alike merged."""

    inside: Flags
    outside: Flags
    merged: Quotient


class Basis(NamedTuple):
    """Where another solve of the same view may start."""

    view: View
    found: solution_pb2.BasisProto


@dataclass(frozen=True, slots=True)
class Relaxed:
    """One solved relaxation: a bound that holds, and what it holds in part: a guide, not a proof.

    ``basis`` is where another solve may start: its own, or that of the last solve that gave one;
    there is none after a ``rough`` solve, which might come closer in more time.
    """

    bound: int
    values: Fractions
    basis: Basis | None
    rough: bool = False


@dataclass(frozen=True, slots=True)
class Empty:
    """No plan holds what is fixed: multipliers of the rows prove it."""


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
    whole
        Nothing is merged, and every row is looked at.

    Attributes
    ----------
    basis
        Where the last solve that gave a basis ended, once there was one.
    """

    def __init__(
        self,
        matrix: Matrix,
        added: Sequence[Added],
        minimise: Numbers,
        things: Sequence[Numbers],
        *,
        whole: bool = False,
    ) -> None:
        self._minimise = minimise
        one = [Added(t, np.ones(len(t), dtype=np.int64), 0, len(t)) for t in things]
        self._most: Numbers = np.array([len(t) for t in things], dtype=np.int64)
        self._rows = Stacked(matrix, [*added, *one])
        self._things: Numbers = np.arange(matrix.size + len(added), self._rows.size)
        felt: Flags = np.ones(self._rows.size, dtype=np.bool_)
        felt[: matrix.size] = ~matrix.counting | self._counted(matrix)
        outside: Flags = np.zeros(self._rows.size, dtype=np.bool_)
        if not whole:
            outside[: matrix.size] = felt[: matrix.size] & matrix.seldom
        self._merge = unmerged if whole else quotient
        self._view = self._seen(felt & ~outside, outside)
        self.basis: Basis | None = None
        self._again: math_opt.Solver | None = None
        self._interrupter = SolveInterrupter()

    def _counted(self, matrix: Matrix) -> bool:
        """Whether anybody weighs what rows only count."""
        counting = matrix.counting[matrix.row_of]
        weighed = self._minimise != 0
        weighed[self._rows.columns[self._rows.row_of >= matrix.size]] = True
        weighed[matrix.columns[~counting]] = False
        return bool(weighed[matrix.columns[counting]].any())

    @property
    def looked_at(self) -> Flags:
        """Rows that the last solve kept to, those added and those of things included."""
        return self._view.inside

    @property
    def merged(self) -> Quotient | None:
        """What is looked at, over what is alike; nothing where that is too large for the simplex method."""
        merged = self._view.merged
        return merged if len(merged.coefficients) <= _ROUGH_ENTRIES else None

    def stop(self) -> None:
        """End a solve soon; one without a basis alone cannot be interrupted."""
        self._interrupter.interrupt()

    def solve(self, fixed: Fixed, start: Basis | None, limit_s: float) -> Relaxed | Empty | None:
        """Bound the tier where some things stand and others are left out.

        Without a basis rows join for as long as they help.

        Returns
        -------
        Relaxed | Empty | None
            Nothing if the time is too short for it, or if there is nothing to be bounded.
        """
        until = time.monotonic() + limit_s
        self._hold(fixed)
        if len(self._view.merged.coefficients) > _ROUGH_ENTRIES:
            return self._roughly(limit_s)
        if start is not None and start.view is not self._view:
            start = self.basis
        found = self._solved(start, limit_s)
        if found is None and fixed and self._refuses(fixed, until - time.monotonic()):
            return Empty()
        while start is None and isinstance(found, Relaxed):
            left = until - time.monotonic()
            broken = self._view.outside & self._rows.broken(found.values, self._view.outside)
            if left <= 0 or not broken.any():
                break
            before, view = found, self._view
            self._view = self._seen(view.inside | broken, view.outside & ~broken)
            if len(self._view.merged.coefficients) > _MOST_ENTRIES:
                self._view = view
                break
            found = self._solved(None, left)
            if found is None or _gain(before, found) <= _GAIN:
                self._view, self.basis = view, before.basis
                return before
        return found

    def _seen(self, inside: Flags, outside: Flags) -> View:
        merged = self._merge(self._rows, self._minimise, inside, self._things)
        self._again = None
        return View(inside, outside, merged)

    def _solved(self, start: Basis | None, limit_s: float) -> Relaxed | Empty | None:
        if limit_s <= 0:
            return None
        limits = within(limit_s)
        if start is not None:
            answer = self._go_on(start.found, limits)
        else:
            answer = _solve(self._view.merged, limits)
        found = answer.solutions[0] if answer.solutions else solution_pb2.SolutionProto()
        dual, primal = found.dual_solution, found.primal_solution
        if dual.feasibility_status != solution_pb2.SOLUTION_STATUS_FEASIBLE:
            return None
        multipliers = self._multipliers(dual.dual_values)
        values = np.zeros(self._view.merged.count)
        values[primal.variable_values.ids] = primal.variable_values.values
        bound = self._rows.certify(self._minimise, multipliers).bound
        if found.HasField("basis"):
            self.basis = Basis(self._view, found.basis)
        return Relaxed(bound, self._view.merged.spread(values), self.basis)

    def _roughly(self, limit_s: float) -> Relaxed | None:
        """Solve without a basis, in a time that the simplex method would not do in."""
        merged = self._view.merged
        found = rough(merged, limit_s) if limit_s > 0 else None
        if found is None:
            return None
        multipliers, values = found
        bound = self._rows.certify(self._minimise, merged.share(multipliers)).bound
        return Relaxed(bound, merged.spread(values), None, rough=True)

    def _multipliers(self, duals: sparse_containers_pb2.SparseDoubleVectorProto) -> Fractions:
        """Multipliers of all rows."""
        of_class = np.zeros(self._view.merged.size)
        of_class[duals.ids] = duals.values
        return self._view.merged.share(of_class)

    def _refuses(self, fixed: Fixed, limit_s: float) -> bool:
        """Whether what was fixed last cannot be so: as little, or as much, as can be is too much."""
        if limit_s <= 0:
            return False
        self._hold(fixed[:-1])
        thing, value = fixed[-1]
        merged, row = self._view.merged, self._things[thing]
        weight = -_WEIGHT if value else _WEIGHT
        mine = merged.row_of == merged.row_class[row]
        aim = np.zeros(merged.count, dtype=np.int64)
        aim[merged.columns[mine]] = weight * merged.coefficients[mine]
        limits = within(limit_s)
        answer = _solve(replace(merged, minimise=aim), limits)
        if not answer.solutions:
            return False
        whole = np.zeros(self._rows.count, dtype=np.int64)
        whole[self._rows.columns[self._rows.row_of == row]] = weight
        multipliers = self._multipliers(answer.solutions[0].dual_solution.dual_values)
        return self._rows.certify(whole, multipliers).bound > -value * _WEIGHT

    def _hold(self, fixed: Fixed) -> None:
        self._rows.least[self._things] = 0
        self._rows.most[self._things] = self._most
        for thing, value in fixed:
            if value:
                self._rows.least[self._things[thing]] = 1
            else:
                self._rows.most[self._things[thing]] = 0
        merged = self._view.merged
        places = merged.row_class[self._things]
        merged.least[places] = self._rows.least[self._things]
        merged.most[places] = self._rows.most[self._things]

    def _go_on(
        self, start: solution_pb2.BasisProto, limits: parameters_pb2.SolveParametersProto
    ) -> result_pb2.SolveResultProto:
        """Solve by the dual simplex method: limits of rows that move leave a basis dual feasible."""
        if self._again is None:
            self._again = math_opt.new(
                parameters_pb2.SOLVER_TYPE_GLOP,
                written(self._view.merged, as_it_is(self._view.merged)),
                parameters_pb2.SolverInitializerProto(),
            )
        elif not self._again.update(self._moved(self._view.merged)):
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

    def _moved(self, merged: Quotient) -> model_update_pb2.ModelUpdateProto:
        """Say the limits of all things."""
        update = model_update_pb2.ModelUpdateProto()
        places = np.sort(merged.row_class[self._things])
        updates = update.linear_constraint_updates
        for ends, values in (
            (updates.lower_bounds, or_open(merged.least[places], NO_LEAST, -np.inf)),
            (updates.upper_bounds, or_open(merged.most[places], NO_MOST, np.inf)),
        ):
            ends.ids.extend(places.tolist())
            ends.values.extend(values.tolist())
        return update


def _gain(before: Relaxed, found: Relaxed | Empty) -> float:
    """Share of its bound that a relaxation gained."""
    if isinstance(found, Empty):
        return 1.0
    return (found.bound - before.bound) / max(1, abs(found.bound))


def _solve(
    merged: Quotient, limits: parameters_pb2.SolveParametersProto
) -> result_pb2.SolveResultProto:
    return solved(written(merged, as_it_is(merged)), parameters_pb2.SOLVER_TYPE_HIGHS, limits)


_GAIN = 1e-4
"""Share of its bound that a relaxation has to gain by rows that join it."""
_ROUGH_ENTRIES = 700_000
"""Entries of what is merged beyond which the simplex method takes minutes."""
_MOST_ENTRIES = 250_000
"""Entries of what is merged up to which rows may join: more would take minutes."""
_WEIGHT = 100_000
"""Weight of a thing that is looked at alone, far above the tolerance of the linear solver."""
