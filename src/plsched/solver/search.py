"""Solves the tiers in their order, each under the values reached before."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from plsched.solver.incumbent import Incumbent, hint_of
from plsched.solver.model import Model, Objective
from plsched.solver.progress import Progress

_FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)


@dataclass(frozen=True, slots=True)
class Effort:
    """How long and how hard to search."""

    seed: int
    time_limit_s: float
    workers: int


@dataclass(slots=True)
class TierBound:
    """What the search proved of a tier."""

    objective: Objective
    value: int
    bound: int | None


@dataclass(slots=True)
class Found:
    """The best solution, and what is proven of it; no values when there is none."""

    values: list[int] = field(default_factory=list)
    tiers: list[TierBound] = field(default_factory=list)
    infeasible: bool = False
    cancelled: bool = False


class Search:
    """One lexicographic search over a model."""

    def __init__(
        self,
        model: Model,
        effort: Effort,
        report: Callable[[Progress], None],
        started: float,
    ) -> None:
        self._model = model
        self._effort = effort
        self._report = report
        self._started = started
        self._solver: cp_model.CpSolver | None = None
        self.cancelled = False

    def cancel(self) -> None:
        """Stop as soon as possible; what was found stays."""
        self.cancelled = True
        if self._solver is not None:
            self._solver.stop_search()

    def run(self, start: Incumbent | None = None) -> Found:
        """Search all tiers, from a solution if there is one."""
        found = Found()
        if start is not None and start.values:
            found.values = self._complete(start)
        tiers = self._model.tiers
        for index, objective in enumerate(tiers):
            last = index == len(tiers) - 1
            share = self._left() * (1.0 if last else _SHARE[objective.name])
            if found.values and self._left() < _LEAST_S:
                self._unsearched(found, tiers[index:])
                break
            if self._at_best(found, objective):
                self._keep(objective, found.tiers[-1])
                continue
            status = self._tier(found, objective, share)
            if status == cp_model.INFEASIBLE and not found.values:
                found.infeasible = True
                return found
            if not found.values:
                break
            if self.cancelled and len(found.tiers) <= index:
                self._unsearched(found, tiers[index:])
                break
            self._keep(objective, found.tiers[-1])
            if self.cancelled or self._left() < _LEAST_S:
                self._unsearched(found, tiers[index + 1 :])
                break
        found.cancelled = self.cancelled
        return found

    def _complete(self, start: Incumbent) -> list[int]:
        """Fill in whatever an incumbent does not say; empty if the model does not take it."""
        rows = self._model.rows
        whole = rows.snapshot()
        for variable, value in hint_of(self._model, start):
            rows.linear([(variable, 1)], value, value)
        first = self._model.tiers[0]
        sign = 1 if first.sense == "min" else -1
        rows.minimise([(v, sign * c) for v, c in first.terms])
        solver = cp_model.CpSolver()
        configure(solver, self._effort, _COMPLETE_S, rows.size())
        status = solver.solve(rows.model)
        rows.restore(whole)
        return list(solver.response_proto.solution) if status in _FOUND else []

    def _at_best(self, found: Found, objective: Objective) -> bool:
        """Whether the tier stands at a bound that needs no search."""
        if not found.values or objective.limit is None:
            return False
        value = objective.value(found.values)
        if value != objective.limit:
            return False
        found.tiers.append(TierBound(objective, value, value))
        return True

    def _left(self) -> float:
        return self._effort.time_limit_s - (time.monotonic() - self._started)

    def _tier(self, found: Found, objective: Objective, limit_s: float) -> cp_model.CpSolverStatus:
        sign = 1 if objective.sense == "min" else -1
        rows = self._model.rows
        rows.minimise([(v, sign * c) for v, c in objective.terms])
        if found.values:
            rows.hint(found.values)
        solver = self._solver = cp_model.CpSolver()
        configure(solver, self._effort, max(limit_s, _LEAST_S), rows.size())
        watch = _Watch(self, objective, solver)
        if self.cancelled:
            return cp_model.UNKNOWN
        status = solver.solve(rows.model, watch)
        if status in _FOUND:
            values = list(solver.response_proto.solution)
            reached = sign * objective.value(values)
            if not found.values or reached <= sign * objective.value(found.values):
                found.values = values
        if found.values:
            bound = objective.limit
            if status in _FOUND:
                proven = sign * round_up(solver.best_objective_bound)
                bound = proven + objective.constant
                if objective.limit is not None:
                    bound = min(bound, objective.limit)
            value = objective.value(found.values)
            if bound is not None:
                bound = min(bound, value) if sign > 0 else max(bound, value)
            found.tiers.append(TierBound(objective, value, bound))
            self.tell(objective, value, bound, "tier done")
        return status

    def _keep(self, objective: Objective, reached: TierBound) -> None:
        value = reached.value - objective.constant
        low, high = (value, None) if objective.sense == "max" else (None, value)
        self._model.rows.linear(objective.terms, low, high)

    def _unsearched(self, found: Found, rest: list[Objective]) -> None:
        for objective in rest:
            found.tiers.append(TierBound(objective, objective.value(found.values), objective.limit))

    def tell(
        self, objective: Objective, value: int | None, bound: int | None, message: str
    ) -> None:
        """Report progress in a tier."""
        gap = None
        if value is not None and bound is not None:
            gap = abs(value - bound) / max(1, abs(value))
        self._report(
            Progress(
                elapsed_s=time.monotonic() - self._started,
                stage="search",
                tier=objective.name,
                value=value,
                bound=bound,
                gap=gap,
                message=message,
            )
        )


class _Watch(cp_model.CpSolverSolutionCallback):
    """Reports each better solution."""

    def __init__(self, search: Search, objective: Objective, solver: cp_model.CpSolver) -> None:
        super().__init__()
        self._search = search
        self._objective = objective
        self._solver = solver

    def on_solution_callback(self) -> None:
        """Tell the value and bound of a new incumbent."""
        sign = 1 if self._objective.sense == "min" else -1
        constant = self._objective.constant
        value = sign * int(self.objective_value) + constant
        bound = sign * round_up(self.best_objective_bound) + constant
        self._search.tell(self._objective, value, bound, "better plan")
        if self._search.cancelled:
            self.stop_search()


def round_up(bound: float) -> int:
    """Round a lower bound up to the next integer, a hair of numerical noise aside."""
    return math.ceil(bound - 1e-6)


def configure(solver: cp_model.CpSolver, effort: Effort, limit_s: float, rows: int) -> None:
    """Set what measured well on this problem (docs/decisions/solver-settings.md).

    Few workers leave implications of two literals out of the linear relaxation; up to some size it
    pays to put them in.
    """
    if rows <= _WHOLE_RELAXATION_ROWS and effort.workers > 1:
        solver.parameters.subsolvers.append("max_lp")
    solver.parameters.max_time_in_seconds = limit_s
    solver.parameters.num_workers = effort.workers
    solver.parameters.random_seed = effort.seed
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    solver.parameters.linearization_level = 2


_SHARE = {"required": 0.3, "reach": 0.4, "distance": 0.5, "cost": 0.5, "comfort": 1.0}
_LEAST_S = 0.5
_COMPLETE_S = 120.0
"""An incumbent is never given up for want of time: filling it in is mostly presolve."""
_WHOLE_RELAXATION_ROWS = 50_000
