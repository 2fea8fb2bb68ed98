"""Solves the tiers in their order, each under the values reached before.

A small district is one exact model for each tier. In a large one neighbourhoods improve the plan
while a relaxation bounds the tier; what the bound rules out is dropped, and the exact model of the
rest is tried last.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from ortools.sat.python import cp_model

from plsched.solver.bounds import Certificate, KeptTier, relaxation_bound
from plsched.solver.construct import construct
from plsched.solver.effort import Effort
from plsched.solver.improve import Improver
from plsched.solver.incumbent import Incumbent, sign
from plsched.solver.matrix import Matrix, Numbers
from plsched.solver.model import Model, Objective
from plsched.solver.neighbourhoods import Neighbourhoods
from plsched.solver.progress import Progress
from plsched.solver.proto import write_model
from plsched.solver.rows import NO_LEAST, NO_MOST
from plsched.solver.settings import whole_solver
from plsched.solver.settle import settle
from plsched.solver.step import Steps

_FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)


@dataclass(slots=True)
class TierBound:
    """What the search proved of a tier."""

    objective: Objective
    value: int
    bound: int | None

    @property
    def gap(self) -> float | None:
        """Distance to the bound, as a share of the value."""
        if self.bound is None:
            return None
        return abs(self.value - self.bound) / max(1, abs(self.value))


@dataclass(slots=True)
class Found:
    """The best solution, and what is proven of it; no values when there is none."""

    values: list[int] = field(default_factory=list)
    tiers: list[TierBound] = field(default_factory=list)
    infeasible: bool = False
    cancelled: bool = False


class Search:
    """One lexicographic search over a model.

    Parameters
    ----------
    model
        A built model.
    effort
        Seed, time and threads; ``until`` is the second, from ``started``, at which to stop.
    report
        Told of every better plan and bound.
    """

    def __init__(
        self,
        model: Model,
        effort: Effort,
        report: Callable[[Progress], None],
        started: float,
        until: float | None = None,
    ) -> None:
        self._model = model
        self._effort = effort
        self._report = report
        self._started = started
        self._until = effort.time_limit_s if until is None else until
        self._solver: cp_model.CpSolver | None = None
        self._matrix = Matrix(model.rows)
        self._incumbent = Incumbent(self._matrix, model.tiers)
        self._steps: Steps | None = None
        if model.problem.columns() > effort.exact_columns:
            self._steps = Steps(model, self._matrix, self._incumbent, report, started)
            self._near = Neighbourhoods(self._steps.parts, effort.seed)
            self._improver = Improver(self._steps, self._near, effort)
        self._all_choices = self._matrix
        self._ruled_out_by: dict[int, int] = {}
        """Value of each tier by which choices were ruled out."""
        self._under: list[list[tuple[int, ...]]] = [[] for _ in model.tiers]
        """For each tier, values of the earlier ones under which it was bounded."""
        self._infeasible = False
        self._ahead: Future[Certificate | None] | None = None
        self.cancelled = False

    def cancel(self) -> None:
        """Stop as soon as possible; what was found stays."""
        self.cancelled = True
        if self._steps is not None:
            self._improver.stop()
        if self._solver is not None:
            self._solver.stop_search()

    def run(self) -> Found:
        """Search all tiers."""
        with ThreadPoolExecutor(1) as pool:
            if self._steps is not None:
                construct(self._steps, self._near, self._effort, partial(self._constructed, pool))
            return self._tiers(pool)

    def _constructed(self, pool: ThreadPoolExecutor, required: bool) -> bool:
        """Tell whether to stop; the relaxation begins as soon as what is required stands."""
        if not required and self._ahead is None:
            self._ahead = pool.submit(self._relax, *self._first_relaxed())
        share = _CONSTRUCT_REQUIRED if required else _CONSTRUCT
        return self._over(self._until * share)

    def _tiers(self, pool: ThreadPoolExecutor) -> Found:
        tiers = self._model.tiers
        bounds: list[int | None] = []
        for index in range(len(tiers)):
            if self.cancelled or (self._incumbent.whole and self._left() < _LEAST_S):
                break
            bounds.append(self._tier(index, pool))
            if not self._incumbent.whole:
                return Found(infeasible=self._infeasible, cancelled=self.cancelled)
            self._tell(index, bounds[-1], "tier done")
        if not self._incumbent.whole:
            return Found(cancelled=self.cancelled)
        bounds += [t.limit for t in tiers[len(bounds) :]]
        if list(self._incumbent.reached) != bounds:
            settle(self._model, self._matrix, self._incumbent, self._effort)
        reached = [
            TierBound(tier, value, bound if self._holds(index) else tier.limit)
            for index, (tier, value, bound) in enumerate(
                zip(tiers, self._incumbent.reached, bounds, strict=True)
            )
        ]
        return Found(self._incumbent.values.tolist(), reached, cancelled=self.cancelled)

    # ---- one tier ----

    def _tier(self, index: int, pool: ThreadPoolExecutor) -> int | None:
        """Make a tier as good as its share of the time allows; give its bound."""
        tier = self._model.tiers[index]
        until = self._elapsed() + self._left() * _SHARE[tier.name]
        bound = tier.limit
        certificate = None
        if self._steps is not None and not self._at(index, bound):
            certificate = self._improve(index, until, pool)
        if certificate is not None:
            bound = _tighter(tier, bound, _value(tier, certificate))
            self._tighten(index, certificate)
        if not self._at(index, bound) and self._exactly_solvable():
            bound = _tighter(
                tier, bound, self._exact(index, max(_LEAST_S, until - self._elapsed()))
            )
        if certificate is not None:
            self._tighten(index, certificate)
        return bound

    def _at(self, index: int, bound: int | None) -> bool:
        return self._incumbent.whole and self._incumbent.reached[index] == bound

    def _exactly_solvable(self) -> bool:
        whole = self._steps is not None and self._incumbent.whole
        return not whole or len(self._matrix.undecided) <= _EXACT_VARIABLES

    def _improve(self, index: int, until: float, pool: ThreadPoolExecutor) -> Certificate | None:
        """Free neighbourhoods while the relaxation is solved."""
        tier = self._model.tiers[index]
        relaxed = self._ahead_of(index)
        if relaxed is None:
            relaxed = pool.submit(self._relax, index, self._assume(index))
        if self._exactly_solvable():
            until -= _EXACT_SHARE * (until - self._elapsed())

        def over() -> bool:
            known = relaxed.result() if relaxed.done() else None
            if known is not None:
                self._improver.relaxed = known.relaxed
            bound = tier.limit if known is None else _value(tier, known)
            return self._over(until) or self._at(index, bound)

        while not over():
            before = self._incumbent.reached[index]
            if tier.name == "reach":
                limit_s = _REQUESTS_SHARE * (until - self._elapsed())
                self._improver.choose_requests(index, limit_s)
            self._improver.improve(index, over)
            self._improver.fill(lambda: self._over(until + _FILL_S))
            if self._incumbent.reached[index] == before:
                break
        return relaxed.result()

    # ---- under what a bound holds ----

    def _worse(self, index: int, value: int) -> bool:
        """Whether a tier is worse than a value now: an earlier one got better since."""
        tier = self._model.tiers[index]
        return sign(tier) * self._incumbent.reached[index] > sign(tier) * value

    def _holds(self, index: int) -> bool:
        """Whether the bound of a tier holds: no earlier tier is worse than it assumes."""
        return not any(
            self._worse(t, value) for values in self._under[index] for t, value in enumerate(values)
        )

    def _assume(self, index: int) -> tuple[int, ...]:
        """Give the values of earlier tiers that a bound is to assume.

        Choices ruled out for a value that is no longer reached come back.
        """
        if any(self._worse(t, value) for t, value in self._ruled_out_by.items()):
            self._ruled_out_by.clear()
            self._matrix = self._all_choices
            if self._steps is not None:
                self._steps.matrix = self._matrix
        assumed = self._incumbent.reached[:index]
        self._under[index].append(assumed)
        return assumed

    def _over(self, until: float) -> bool:
        return self.cancelled or self._elapsed() >= until

    def _tighten(self, index: int, certificate: Certificate) -> None:
        """Drop what no plan as good as the incumbent can hold."""
        if self._steps is None or not self._incumbent.whole:
            return
        tier = self._model.tiers[index]
        value = sign(tier) * (self._incumbent.reached[index] - tier.constant)
        self._ruled_out_by[index] = self._incumbent.reached[index]
        self._matrix = self._steps.matrix = certificate.tighten(self._matrix, value)
        told = f"{len(self._matrix.undecided):,} choices left"
        self._tell(index, _value(tier, certificate), told)

    # ---- relaxations ----

    def _first_relaxed(self) -> tuple[int, tuple[int, ...]]:
        """First tier whose best value is not known without a search, and those of the others."""
        limits: list[int] = []
        for tier in self._model.tiers[:-1]:
            if tier.name != "required" or tier.limit is None:
                break
            limits.append(tier.limit)
        return len(limits), tuple(limits)

    def _ahead_of(self, index: int) -> Future[Certificate | None] | None:
        """Give the relaxation that was begun before the plan was there, if it fits the plan."""
        first, limits = self._first_relaxed()
        if first != index or self._incumbent.reached[:index] != limits:
            return None
        self._under[index].append(limits)
        return self._ahead

    def _relax(self, index: int, reached: tuple[int, ...]) -> Certificate | None:
        """Bound a tier under values of those before it."""
        weights = self._incumbent.weights
        kept = [
            KeptTier(w, value - t.constant, NO_MOST)
            if t.sense == "max"
            else KeptTier(w, NO_LEAST, value - t.constant)
            for t, w, value in zip(self._model.tiers, weights, reached, strict=False)
        ]
        tier = self._model.tiers[index]
        return relaxation_bound(self._matrix, sign(tier) * weights[index], kept, self._left())

    # ---- the exact model ----

    def _exact(self, index: int, limit_s: float) -> int | None:
        """Solve the model of whatever is not decided; give its bound."""
        self._assume(index)
        tier, values = self._model.tiers[index], self._incumbent.values
        free = self._matrix.undecided if self._incumbent.whole else np.arange(self._matrix.count)
        piece = self._matrix.slice(free, values, wishes=True)
        weights = self._incumbent.weights[index]
        local = sign(tier) * weights[free]
        place = np.flatnonzero(local)
        terms = list(zip(place.tolist(), local[place].tolist(), strict=True))
        before = index if self._incumbent.whole else 0
        rows = [*piece.rows, *self._incumbent.kept(free, values, before)]
        hints = list(enumerate(values[free].tolist())) if self._incumbent.whole else []
        decided = tier.constant + int(weights @ values) - int(weights[free] @ values[free])
        solver = self._solver = whole_solver(self._effort, limit_s, len(rows))
        watch = _Watch(lambda found, bound: self._better(free, found, index, decided, bound))
        if self.cancelled:
            return None
        status = solver.solve(write_model(piece.domains, rows, terms, hints), watch)
        if status in _FOUND:
            self._offer(free, list(solver.response_proto.solution))
        elif status == cp_model.INFEASIBLE and not self._incumbent.whole:
            self._infeasible = True
        if status not in _FOUND:
            return None
        return decided + sign(tier) * round_up(solver.best_objective_bound)

    def _offer(self, free: Numbers, found: list[int]) -> None:
        self._incumbent.offer(free, np.array(found, dtype=np.int64))

    def _better(
        self, free: Numbers, found: list[int], index: int, decided: int, bound: float
    ) -> bool:
        """Take a better plan; tell whether to go on."""
        self._offer(free, found)
        tier = self._model.tiers[index]
        proven = decided + sign(tier) * round_up(bound)
        self._tell(index, _tighter(tier, tier.limit, proven), "better plan")
        return not self.cancelled

    # ---- time, and what is told ----

    def _elapsed(self) -> float:
        return time.monotonic() - self._started

    def _left(self) -> float:
        return self._until - self._elapsed()

    def _tell(self, index: int, bound: int | None, message: str) -> None:
        tier = self._model.tiers[index]
        told = TierBound(tier, self._incumbent.reached[index], bound)
        self._report(
            Progress(
                elapsed_s=self._elapsed(),
                stage="search",
                tier=tier.name,
                value=told.value,
                bound=bound,
                gap=told.gap,
                message=message,
            )
        )


class _Watch(cp_model.CpSolverSolutionCallback):
    """Hands on each better solution."""

    def __init__(self, take: Callable[[list[int], float], bool]) -> None:
        super().__init__()
        self._take = take

    def on_solution_callback(self) -> None:
        """Hand a solution on with the bound so far; stop when told to."""
        if not self._take(list(self.response_proto.solution), self.best_objective_bound):
            self.stop_search()


def _value(tier: Objective, certificate: Certificate) -> int:
    """Bound of a tier by a certificate."""
    return tier.constant + sign(tier) * certificate.bound


def _tighter(tier: Objective, one: int | None, other: int | None) -> int | None:
    known = [b for b in (one, other) if b is not None]
    if not known:
        return None
    return max(known) if tier.sense == "min" else min(known)


def round_up(bound: float) -> int:
    """Round a lower bound up to the next integer, a hair of numerical noise aside."""
    return math.ceil(bound - 1e-6)


_CONSTRUCT_REQUIRED, _CONSTRUCT = 0.8, 0.4
_SHARE = {"required": 0.3, "reach": 0.4, "distance": 0.5, "cost": 0.5, "comfort": 1.0}
_EXACT_SHARE = 0.4
"""Of a tier's time, for the exact model of what is left."""
_LEAST_S = 0.5
_EXACT_VARIABLES = 12_000
"""Most open choices for which the exact model of a large district is worth its presolve."""
_REQUESTS_SHARE = 0.5
_FILL_S = 1.0
