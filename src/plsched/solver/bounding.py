"""Bounds a tier while others improve the plan: by its relaxation, then by branching on it."""

from __future__ import annotations

import time

from plsched.solver.branching import Branching, Guide, Leaf
from plsched.solver.effort import Effort
from plsched.solver.exact import Exact
from plsched.solver.incumbent import Incumbent, good_enough, sign, tighter
from plsched.solver.matrix import Matrix
from plsched.solver.model import Model
from plsched.solver.relaxation import Fixed
from plsched.solver.settings import bounding_solver


class Bounding:
    """One tier to be bounded, under the values that the tiers before it have now.

    ``bound`` is the best so far; ``guides`` are the relaxations that are open.

    Parameters
    ----------
    matrix, model, incumbent
        The rows, the model that they are of, and the best plan.
    index
        Place of the tier.
    certain
        Things that every plan as good in the tiers before it holds, or leaves out.
    gap
        Distance to the bound, as a share of the value, that is good enough.
    """

    def __init__(
        self,
        matrix: Matrix,
        model: Model,
        incumbent: Incumbent,
        index: int,
        certain: Fixed = (),
        gap: float = 0.0,
    ) -> None:
        self._gap = gap
        self._certain = certain
        self.leaves: tuple[Leaf, ...] = ()
        self._matrix = matrix
        self._model = model
        self._incumbent = incumbent
        self.index = index
        self._stopped = False
        self.ended = False
        """Whether the tier is bounded as far as is likely."""
        self._tree: Branching | None = None
        self._exact: Exact | None = None
        self.assumed = incumbent.reached[:index]
        self.bound = model.tiers[index].limit
        self.guides: tuple[Guide, ...] = ()

    @property
    def done(self) -> bool:
        """Whether the plan is as close to the bound as it need be."""
        return good_enough(self._incumbent.reached[self.index], self.bound, self._gap)

    def certain(self) -> Fixed:
        """Things that every plan as good as the best in this tier, too, holds, or leaves out."""
        tier = self._model.tiers[self.index]
        value = sign(tier) * (self._incumbent.reached[self.index] - tier.constant)
        alike = [set(fixed) for bound, fixed in self.leaves if bound <= value]
        return tuple(sorted(set.intersection(*alike))) if alike else self._certain

    def run(self, effort: Effort, limit_s: float) -> None:
        """Bound the tier until nothing is open, it is stopped, or the time is over."""
        until = time.monotonic() + limit_s
        self._branch(until)
        self.ended = len(self._matrix.coefficients) > _FEW_ENTRIES
        close = self.ended and good_enough(
            self._incumbent.reached[self.index], self.bound, max(_CLOSE, self._gap)
        )
        self._tree = None  # the bases of all nodes take hundreds of megabytes
        left = until - time.monotonic()
        if (
            self._stopped
            or self.done
            or close
            or left <= 0
            or len(self._matrix.coefficients) > _MOST_ENTRIES
        ):
            self.ended = True
            return
        solver = bounding_solver(effort, left)
        self._exact = Exact(self._matrix, self._model.tiers, self._incumbent, solver)
        self._take(self._exact.solve(self.index, self.assumed, self._take).bound)
        self.ended = True

    def stop(self) -> None:
        """End soon; the first relaxation alone cannot be interrupted."""
        self._stopped = True
        if self._tree is not None:
            self._tree.stop()
        if self._exact is not None:
            self._exact.stop()

    def _branch(self, until: float) -> None:
        """Branch on what stands; in a small district the exact model alone does it better."""
        tree = self._tree = Branching(
            self._matrix, self._model, self._incumbent.weights, self.assumed, self._certain
        )
        tier = self._model.tiers[self.index]
        small = len(self._matrix.coefficients) <= _FEW_ENTRIES
        while not self._stopped and tree.step(until - time.monotonic()):
            self.guides, self.leaves = tree.guides, tree.leaves
            going = self._take(tier.constant + sign(tier) * tree.bound)
            if small or not going or self.done:
                return

    def _take(self, bound: int | None) -> bool:
        """Keep a bound if it is tighter; tell whether to go on."""
        self.bound = tighter(self._model.tiers[self.index], bound, self.bound)
        return not self._stopped


_CLOSE = 0.002
"""Distance to the bound, as a share of the value, that the exact model seldom makes smaller."""
_FEW_ENTRIES, _MOST_ENTRIES = 100_000, 1_000_000
"""Entries of the rows up to which branching is left to the exact model, and up to which that is worth
its memory."""
