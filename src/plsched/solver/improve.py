"""Construct a plan block by block, then improve it by freeing neighbourhoods.

Every step solves a small exact model: what is free may change, the rest stands as it is. So every
incumbent keeps all rules.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from ortools.sat.python import cp_model

from plsched.solver.incumbent import Incumbent, hint_of, read_incumbent
from plsched.solver.model import Model, Objective, build_model
from plsched.solver.neighbourhoods import Neighbourhoods
from plsched.solver.problem import Problem
from plsched.solver.progress import Progress
from plsched.solver.restrict import restrict
from plsched.solver.search import Effort
from plsched.solver.staffed import hold, own_staffing, staff_cheaply


class Improver:
    """Large-neighbourhood search on one problem."""

    def __init__(
        self,
        problem: Problem,
        effort: Effort,
        report: Callable[[Progress], None],
        started: float,
    ) -> None:
        self._problem = problem
        self._effort = effort
        self._report = report
        self._started = started
        self._near = Neighbourhoods(problem, effort.seed)
        self._columns = _COLUMNS
        self._missing: dict[str, None] = {}
        self._missing_rounds: frozenset[str] = frozenset()
        """Observations of which a round could not be placed with its cheapest staffing."""
        self._own_staffing: frozenset[str] = frozenset()
        """Observations that are staffed otherwise than they would be alone."""
        self._tiers: list[Objective] = []
        self.incumbent = Incumbent()
        self.cancelled = False

    def construct(self, until: float) -> bool:
        """Place block after block, required ones first; tell whether that led to a plan.

        What leans on something that was not placed yet gets another turn, until a turn places
        nothing more.
        """
        pinned = self._pinned()
        if pinned and not self._step(pinned, 0, _BLOCK_S):
            return False
        for required in (True, False):
            waiting = {
                n
                for n, p in self._near.parts.items()
                if p.size and p.item.required == required and n not in pinned
            }
            while waiting:
                before = self.incumbent.values
                for block in self._near.blocks(waiting):
                    if self._over(until):
                        return bool(self.incumbent.values)
                    self._step(block, 0 if required else self._after_required(), _BLOCK_S)
                if self.incumbent.values == before:
                    break
                waiting &= set(self._missing)
        return bool(self.incumbent.values)

    def improve(self, until: float) -> None:
        """Free neighbourhoods until the time is up."""
        turn = 0
        while not self._over(until):
            turn += 1
            must = [n for n in self._missing if self._near.parts[n].item.required]
            later = self._after_required()
            if must and turn % 2:
                self._step(self._near.missing(must, self._columns), 0, _STEP_S)
            elif self._missing and turn % 4:
                self._step(self._near.missing(self._missing, self._columns), later, _STEP_S)
            elif turn % 8:
                self._step(self._near.anywhere(self._columns, self.incumbent), later + 1, _STEP_S)
            else:
                self._step(self._near.week(self._columns), later + 1, _STEP_S)

    def _after_required(self) -> int:
        """Place of the tier after the required one; the first tier where that one stands last."""
        tiers = [t for t in self._problem.directory.scenario.policy.tiers if t != "distance"]
        place = tiers.index("required") + 1 if "required" in tiers else 0
        return place if place < len(tiers) else 0

    def _over(self, until: float) -> bool:
        return self.cancelled or time.monotonic() - self._started >= until

    def _pinned(self) -> frozenset[str]:
        scenario = self._problem.directory.scenario
        if not scenario.pins:
            return frozenset()
        named = {p.item for p in scenario.pins} | {p.item.split("/")[0] for p in scenario.pins}
        pinned = {n for n in self._near.parts if n in named}
        pinned |= {n for n in self._near.parts if n.split("/")[0] in named}
        return frozenset(pinned)

    def _step(self, free: frozenset[str], focus: int, limit_s: float) -> bool:
        """Solve one neighbourhood; tell whether a solution was found."""
        model = build_model(restrict(self._problem, self.incumbent, free), keep_required=False)
        enough = self._aim(model, focus)
        hold(model, free)
        staff_cheaply(model, self._own_staffing | (self._missing_rounds & free))
        for variable, value in hint_of(model, self.incumbent):
            model.rows.propose(variable, value)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = self._effort.workers
        solver.parameters.random_seed = self._effort.seed
        solver.parameters.max_time_in_seconds = limit_s
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.symmetry_level = 0
        status = solver.solve(model.rows.model, _Enough(enough))
        if status == cp_model.UNKNOWN:
            self._columns = max(_LEAST_COLUMNS, self._columns * 9 // 10)
        elif solver.wall_time < limit_s / 3:
            self._columns = min(_MOST_COLUMNS, self._columns * 11 // 10)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return False
        self._take(model, list(solver.response_proto.solution))
        return True

    def _aim(self, model: Model, focus: int) -> int | None:
        """Optimise a tier and the next one, and keep those before; give what is enough, if known.

        Enough is that everything required stands: while a plan is under construction, the next
        tier can wait.
        """
        focus = min(focus, len(model.tiers) - 1)
        for tier, value in zip(model.tiers[:focus], self.incumbent.values, strict=False):
            reached = value - tier.constant
            low, high = (reached, None) if tier.sense == "max" else (None, reached)
            model.rows.linear(tier.terms, low, high)
        first = model.tiers[focus]
        terms = [(v, _sign(first) * c) for v, c in first.terms]
        weight = 1
        if focus + 1 < len(model.tiers):
            second = model.tiers[focus + 1]
            weight = 1 + model.rows.span(second.terms)
            if weight * max(1, model.rows.span(first.terms)) < _EXACT:
                terms = [(v, c * weight) for v, c in terms]
                terms += [(v, _sign(second) * c) for v, c in second.terms]
        model.rows.minimise(terms)
        if first.name != "required":
            return None
        possible = sum(1 for t in model.things if t.required and model.rows.possible(t.literals))
        return -possible * weight

    def _take(self, model: Model, values: list[int]) -> None:
        found = read_incumbent(model, values)
        if self.incumbent.values and not _better(model.tiers, found.values, self.incumbent.values):
            return
        self.incumbent = found
        self._own_staffing = own_staffing(model, values)
        self._missing = {}
        for thing in model.things:
            if not thing.extra and not any(values[v] for v in thing.literals):
                name = thing.id if thing.id in self._near.parts else thing.item.id
                if name in self._near.parts and self._near.parts[name].size:
                    self._missing[name] = None
        observations = {r.item.id for r in self._problem.rounds}
        self._missing_rounds = frozenset(observations & set(self._missing))
        first = model.tiers[0]
        self._report(
            Progress(
                time.monotonic() - self._started,
                "improve",
                first.name,
                found.values[0],
                None,
                None,
                ", ".join(
                    f"{t.name} {v:,}" for t, v in zip(model.tiers, found.values, strict=True)
                ),
            )
        )


class _Enough(cp_model.CpSolverSolutionCallback):
    """Stops a step whose first tier cannot be better."""

    def __init__(self, enough: int | None) -> None:
        super().__init__()
        self._enough = enough

    def on_solution_callback(self) -> None:
        """Stop when the objective is good enough."""
        if self._enough is not None and self.objective_value <= self._enough:
            self.stop_search()


def _sign(tier: Objective) -> int:
    return 1 if tier.sense == "min" else -1


def _better(tiers: list[Objective], new: tuple[int, ...], old: tuple[int, ...]) -> bool:
    """Whether new tier values are at least as good, in their order."""
    signed = [_sign(t) for t in tiers]
    return [s * v for s, v in zip(signed, new, strict=True)] <= [
        s * v for s, v in zip(signed, old, strict=True)
    ]


_COLUMNS, _LEAST_COLUMNS, _MOST_COLUMNS = 400, 60, 3000
_BLOCK_S, _STEP_S = 3.0, 2.5
_EXACT = 2**44
