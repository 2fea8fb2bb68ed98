"""The exact model of a tier: all that the rows leave open, under the tiers before it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from plsched.solver.bounds import Added, kept_tiers
from plsched.solver.incumbent import Incumbent, sign
from plsched.solver.matrix import Matrix
from plsched.solver.model import Objective
from plsched.solver.proto import Written, write_model
from plsched.solver.rows import Kind

_FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)

Told = Callable[[int | None], bool]
"""Called with the bound so far, whenever it or the plan is better; tells whether to go on."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What an exact solve proved: a bound, or that there is no plan."""

    bound: int | None = None
    infeasible: bool = False


class Exact:
    """Solves one tier with CP-SAT, from the incumbent and for it.

    Parameters
    ----------
    matrix
        The rows.
    tiers
        What makes a plan better, in order.
    incumbent
        Gives the hint, and takes what is found.
    solver
        With its settings.
    """

    def __init__(
        self,
        matrix: Matrix,
        tiers: list[Objective],
        incumbent: Incumbent,
        solver: cp_model.CpSolver,
    ) -> None:
        self._matrix = matrix
        self._tiers = tiers
        self._incumbent = incumbent
        self._solver = solver

    def stop(self) -> None:
        """End the solve; what was found and proven stays."""
        self._solver.stop_search()

    def solve(self, index: int, assumed: Sequence[int], told: Told) -> Proof:
        """Optimise a tier under values of those before it."""
        whole, at = self._incumbent.whole, self._incumbent.at
        free = np.arange(self._matrix.count)
        piece = self._matrix.slice(free, at, wishes=True)
        weights = self._incumbent.weights
        kept = kept_tiers(self._tiers, weights, assumed)
        rows = [*piece.rows, *(_written(k) for k in kept)]
        hints = list(enumerate(at.values.tolist())) if whole else []
        tier = self._tiers[index]
        aim = sign(tier) * weights[index]
        place = np.flatnonzero(aim)
        terms = list(zip(place.tolist(), aim[place].tolist(), strict=True))

        proven: list[int] = []

        def bound(of_solver: float) -> int:
            # A solver that is stopped may answer with a weaker bound than it told before.
            proven.append(tier.constant + sign(tier) * round_up(of_solver))
            proven[:] = [max(proven) if tier.sense == "min" else min(proven)]
            return proven[0]

        def found(solution: list[int], of_solver: float) -> bool:
            self._incumbent.offer(free, np.array(solution, dtype=np.int64))
            return told(bound(of_solver))

        def better_bound(of_solver: float) -> None:
            if not told(bound(of_solver)):
                self._solver.stop_search()

        self._solver.best_bound_callback = better_bound
        model = write_model(piece.domains, rows, terms, hints)
        if not told(None):
            return Proof()
        status = self._solver.solve(model, _Watch(found))
        if status in _FOUND:
            solution = np.array(list(self._solver.response_proto.solution), dtype=np.int64)
            self._incumbent.offer(free, solution)
            return Proof(bound(self._solver.best_objective_bound))
        # Stopped before it found one of its own; what it proved until then holds.
        known = proven[0] if proven else None
        return Proof(known, infeasible=status == cp_model.INFEASIBLE and not whole)


def _written(row: Added) -> Written:
    places, coefficients = row.columns.tolist(), row.coefficients.tolist()
    return places, coefficients, row.least, row.most, int(Kind.LINEAR)


class _Watch(cp_model.CpSolverSolutionCallback):
    """Hands on each better solution, with the bound so far."""

    def __init__(self, take: Callable[[list[int], float], bool]) -> None:
        super().__init__()
        self._take = take

    def on_solution_callback(self) -> None:
        """Stop when told to."""
        if not self._take(list(self.response_proto.solution), self.best_objective_bound):
            self.stop_search()


def round_up(bound: float) -> int:
    """Round a lower bound up to the next integer, a hair of numerical noise aside."""
    return math.ceil(bound - 1e-6)
