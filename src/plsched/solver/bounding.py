"""Bounds a tier while others improve the plan: by its relaxation, then by branching on it."""

from __future__ import annotations

import time

from plsched.solver.bounds import Fractions, KeptTier, relaxation_bound
from plsched.solver.effort import Effort
from plsched.solver.exact import Exact
from plsched.solver.incumbent import Incumbent, sign
from plsched.solver.matrix import Matrix
from plsched.solver.model import Objective
from plsched.solver.rows import NO_LEAST, NO_MOST
from plsched.solver.settings import bounding_solver


class Bounding:
    """One tier to be bounded, under the values that the tiers before it have now.

    ``bound`` is the best so far; ``relaxed`` a solution of the relaxation, once there is one.

    Parameters
    ----------
    matrix, tiers, incumbent
        The rows, what makes a plan better, and the best plan.
    index
        Place of the tier.
    """

    def __init__(
        self, matrix: Matrix, tiers: list[Objective], incumbent: Incumbent, index: int
    ) -> None:
        self._matrix = matrix
        self._tiers = tiers
        self._incumbent = incumbent
        self._index = index
        self._stopped = False
        self._exact: Exact | None = None
        self.assumed = incumbent.reached[:index]
        self.bound: int | None = None
        self.relaxed: Fractions | None = None

    def run(self, effort: Effort, limit_s: float) -> None:
        """Bound the tier until nothing is open, it is stopped, or the time is over."""
        began = time.monotonic()
        self._relax(limit_s)
        left = limit_s - (time.monotonic() - began)
        if self._stopped or left <= 0 or len(self._matrix.coefficients) > _MOST_ENTRIES:
            return
        exact = Exact(self._matrix, self._tiers, self._incumbent, bounding_solver(effort, left))
        self._exact = exact
        self._take(exact.solve(self._index, self._take).bound)

    def stop(self) -> None:
        """End soon; the relaxation alone cannot be interrupted."""
        self._stopped = True
        if self._exact is not None:
            self._exact.stop()

    def _take(self, bound: int | None) -> bool:
        """Keep a bound if it is tighter; tell whether to go on."""
        known = [b for b in (bound, self.bound) if b is not None]
        if known:
            self.bound = max(known) if self._tiers[self._index].sense == "min" else min(known)
        return not self._stopped

    def _relax(self, limit_s: float) -> None:
        tier, weights = self._tiers[self._index], self._incumbent.weights
        kept = [
            KeptTier(w, value - t.constant, NO_MOST)
            if t.sense == "max"
            else KeptTier(w, NO_LEAST, value - t.constant)
            for t, w, value in zip(self._tiers, weights, self.assumed, strict=False)
        ]
        found = relaxation_bound(self._matrix, sign(tier) * weights[self._index], kept, limit_s)
        if found is not None:
            self._take(tier.constant + sign(tier) * found.bound)
            self.relaxed = found.relaxed


_MOST_ENTRIES = 1_000_000
"""Entries of the rows up to which branching is worth its memory."""
