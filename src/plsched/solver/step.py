"""One step: some parts of the plan are free, all others stay, and the small model is solved.

So every incumbent keeps all rules.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from ortools.sat.python import cp_model

from plsched.scenario.models.policy import Tier
from plsched.solver.clock import Clock
from plsched.solver.helpers import Helpers
from plsched.solver.incumbent import Incumbent, sign
from plsched.solver.matrix import Flags, Matrix, Numbers, Slice
from plsched.solver.model import Model
from plsched.solver.parts import make_parts
from plsched.solver.progress import Progress
from plsched.solver.proto import Written, write_model
from plsched.solver.rows import Term
from plsched.solver.settings import step_solver
from plsched.solver.settle import settle
from plsched.solver.shares import Shares
from plsched.solver.staffed import Staffed


class Steps:
    """Frees parts of an incumbent and takes what is better.

    Parameters
    ----------
    model, matrix
        A built model and its rows; ``matrix`` may be replaced by a tighter one.
    incumbent
        The best plan so far.
    report
        Told of every better plan.
    clock
        Of the solve.
    """

    def __init__(
        self,
        model: Model,
        matrix: Matrix,
        incumbent: Incumbent,
        report: Callable[[Progress], None],
        clock: Clock,
    ) -> None:
        self.model = model
        self.matrix = matrix
        self.incumbent = incumbent
        self.parts = make_parts(model)
        self._report = report
        self._clock = clock
        self._helpers = Helpers(model, matrix)
        self._staffed = Staffed(model)
        self._running: set[cp_model.CpSolver] = set()
        self.shares = Shares(self.parts, model.things, incumbent, matrix.high)

    # ---- what can be freed ----

    def own(self, names: frozenset[str]) -> Numbers:
        """Decisions of some parts."""
        return np.unique(np.concatenate([self.parts[n].own for n in sorted(names)]))

    def undecided(self, names: frozenset[str]) -> int:
        """Count the decisions of some parts that are not fixed by their domains."""
        own = self.own(names)
        return int(np.count_nonzero(self.matrix.high[own] > self.matrix.low[own]))

    def free(
        self, names: frozenset[str], focus: int, spare: frozenset[str], among: Flags | None = None
    ) -> tuple[Slice, list[Written]]:
        """Free some parts; rounds are staffed as they would be alone, the spare ones aside.

        Of their decisions only those ``among`` some are free, if given, and those that hold now.
        """
        at = self.incumbent.at
        piece = self.matrix.slice(self._helpers.with_helpers(self._some(names, among)), at)
        cheap = names - spare - self._staffed.otherwise(at.values)
        rows = self.incumbent.kept(piece.free, at.values, focus)
        return piece, [*piece.rows, *rows, *self._staffed.rows(sorted(cheap), piece.free)]

    def _some(self, names: frozenset[str], among: Flags | None) -> Numbers:
        own = self.own(names)
        return own if among is None else own[among[own] | (self.incumbent.values[own] > 0)]

    def helping(self, names: frozenset[str], focus: int) -> tuple[Slice, list[Written]]:
        """Free only what helps some parts: their hires, flows and penalties."""
        at = self.incumbent.at
        own = self.own(names)
        piece = self.matrix.slice(np.setdiff1d(self._helpers.with_helpers(own), own), at)
        return piece, [*piece.rows, *self.incumbent.kept(piece.free, at.values, focus)]

    def place(self, name: Tier) -> int:
        """Place of a tier in their order; the first if the policy does not name it."""
        names = [t.name for t in self.model.tiers]
        return names.index(name) if name in names else 0

    # ---- solve ----

    def stop(self) -> None:
        """End the solves that run; what they found is taken."""
        for solver in list(self._running):
            solver.stop_search()

    def attain(
        self, among: Flags, focus: int, target: int, solver: cp_model.CpSolver
    ) -> cp_model.CpSolverStatus:
        """Look for any plan of some decisions in which a tier is at least as good as a target.

        Nothing makes it hire or spend no more than it needs: that is put right afterwards.
        """
        at = self.incumbent.at
        own = self._some(frozenset(self.parts), among)
        piece = self.matrix.slice(np.union1d(own, self._helpers.everything), at)
        wanted = self.incumbent.aimed(piece.free, at.values, focus, target)
        rows = [*piece.rows, *self.incumbent.kept(piece.free, at.values, focus), wanted]
        status = self._run(
            write_model(piece.domains, rows, [], _hints(piece)), piece, focus, solver
        )
        if status in _FOUND:
            settle(self.model, self.matrix, self.incumbent, solver.parameters.random_seed)
        return status

    def solve(
        self,
        piece: Slice,
        rows: list[Written],
        focus: int,
        solver: cp_model.CpSolver,
        enough: int | None = None,
    ) -> cp_model.CpSolverStatus:
        """Optimise a tier over what is free, until it is worth enough, and offer what is found."""
        aim = self._aim(piece.free, focus)
        model = write_model(piece.domains, rows, aim, _hints(piece))
        return self._run(model, piece, focus, solver, enough)

    def _run(
        self,
        model: cp_model.CpModel,
        piece: Slice,
        focus: int,
        solver: cp_model.CpSolver,
        enough: int | None = None,
    ) -> cp_model.CpSolverStatus:
        weights = self.incumbent.weights[focus][piece.free]
        self._running.add(solver)
        status = solver.solve(model, _Enough(weights, enough))
        self._running.discard(solver)
        self._clock.count(_WRITE + solver.response_proto.deterministic_time)
        if status in _FOUND:
            found: Numbers = np.array(list(solver.response_proto.solution), dtype=np.int64)
            if self._take(piece, found, focus, solver.parameters.random_seed):
                self._tell(focus)
        return status

    def _take(self, piece: Slice, found: Numbers, focus: int, seed: int) -> bool:
        """Offer what was found; tell whether that is better.

        Another thread may have changed the rest since: then with that, or else with the rest as it
        was, whichever is the better.
        """
        alone = piece.at is self.incumbent.at
        if self.incumbent.offer(piece.free, found):
            return True
        if alone:
            return False
        joined = self._join(piece, found, focus, seed)
        values = piece.at.values.copy()
        values[piece.free] = found
        return self.incumbent.offer(self.matrix.every, values) or joined

    def _join(self, piece: Slice, found: Numbers, focus: int, seed: int) -> bool:
        """Take of what was found as much as there is room for beside what another thread changed.

        Each decision is as it was found or as it is now; what they cost and whom they hire is
        worked out anew.
        """
        at = self.incumbent.at
        decided = ~self._helpers.among(piece.free)
        held = decided & ((found > 0) | (at.values[piece.free] > 0))
        joint = self.matrix.slice(self._helpers.with_helpers(piece.free[held]), at)
        wished = at.values.copy()
        wished[piece.free[decided]] = found[decided]
        rows = [*joint.rows, *self.incumbent.kept(joint.free, at.values, focus)]
        aim, hints = self._aim(joint.free, focus), list(enumerate(wished[joint.free].tolist()))
        solver = step_solver(seed, 1, _JOIN)
        status = solver.solve(write_model(joint.domains, rows, aim, hints))
        self._clock.count(_WRITE + solver.response_proto.deterministic_time)
        if status not in _FOUND:
            return False
        values: Numbers = np.array(list(solver.response_proto.solution), dtype=np.int64)
        return self.incumbent.offer(joint.free, values)

    def _aim(self, free: Numbers, focus: int) -> list[Term]:
        """Optimise a tier, then the next that can change."""
        tiers = self.model.tiers
        wanted = [
            local
            for t in range(focus, len(tiers))
            if np.any(local := sign(tiers[t]) * self.incumbent.weights[t][free])
        ][:2]
        if not wanted:
            return []
        total = wanted[0]
        if len(wanted) == 2:
            weight = 1 + self._span(free, wanted[1])
            if weight * max(1, self._span(free, total)) < _EXACT:
                total = total * weight + wanted[1]
        place = np.flatnonzero(total)
        return list(zip(place.tolist(), total[place].tolist(), strict=True))

    def _span(self, free: Numbers, weights: Numbers) -> int:
        return int(np.abs(weights) @ (self.matrix.high[free] - self.matrix.low[free]))

    def _tell(self, focus: int) -> None:
        tier, reached = self.model.tiers[focus], self.incumbent.reached
        all_of_them = zip(self.model.tiers, reached, strict=True)
        told = ", ".join(f"{t.name} {v:,}" for t, v in all_of_them)
        elapsed = self._clock.now()
        progress = Progress(elapsed, "improve", tier.name, reached[focus], None, None, told)
        self._report(progress)


def _hints(piece: Slice) -> list[Term]:
    return list(enumerate(piece.at.values[piece.free].tolist()))


class _Enough(cp_model.CpSolverSolutionCallback):
    """Stops a step that cannot place more."""

    def __init__(self, weights: Numbers, enough: int | None) -> None:
        super().__init__()
        self._weights = weights
        self._enough = enough

    def on_solution_callback(self) -> None:
        """Stop when the solution is good enough."""
        if self._enough is not None:
            found: Numbers = np.array(list(self.response_proto.solution), dtype=np.int64)
            if int(self._weights @ found) >= self._enough:
                self.stop_search()


_WRITE = 0.02
"""What it counts to write a step."""
_JOIN = 0.1
"""Deterministic seconds to join what two threads found."""
_FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)
_EXACT = 2**44
"""Objectives stay exact in the floating point numbers of the linear relaxation."""
