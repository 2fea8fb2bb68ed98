"""Bounds a tier while others improve the plan: by its relaxation, then by branching on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from plsched.solver.bounds import Fractions
from plsched.solver.branching import Branching, Guide, Leaf
from plsched.solver.clock import Clock
from plsched.solver.counting import Counting
from plsched.solver.effort import Effort
from plsched.solver.exact import Exact
from plsched.solver.ground import Ground
from plsched.solver.incumbent import Incumbent, good_enough, sign, tighter
from plsched.solver.model import Objective
from plsched.solver.relaxation import Fixed
from plsched.solver.settings import bounding_solver


class Reached(Protocol):
    """Knows what the tiers of the best plan reach."""

    @property
    def reached(self) -> tuple[int, ...]:
        """Value of each tier."""


class Bounding:
    """One tier to be bounded, under some values of the tiers before it.

    ``bound`` is the best so far; ``guides`` are the relaxations that are open.

    Parameters
    ----------
    ground
        Gives the rows; asked when they are needed. There are none if nothing can be bounded.
    tiers, plan
        Tiers of the plan, and what they reach in the best one.
    index
        Place of the tier.
    assumed
        Values of the tiers before it.
    certain
        Things that every plan as good in the tiers before it holds, or leaves out.
    gap
        Distance to the bound, as a share of the value, that is good enough.
    clock
        Of the solve; one of the wall without it.
    """

    def __init__(
        self,
        ground: Callable[[], Ground | None],
        tiers: Sequence[Objective],
        plan: Reached,
        index: int,
        assumed: tuple[int, ...],
        certain: Fixed = (),
        gap: float = 0.0,
        clock: Clock | None = None,
    ) -> None:
        self._clock = Clock() if clock is None else clock
        self._gap = gap
        self._certain = certain
        self.leaves: tuple[Leaf, ...] = ()
        self._ground = ground
        self._tiers = tiers
        self._plan = plan
        self.index = index
        self._stopped = False
        self.ended = False
        """Whether the tier is bounded as far as is likely."""
        self._tree: Branching | None = None
        self._counting: Counting | None = None
        self._learnt: tuple[int | None, Fractions | None] = (None, None)
        self._exact: Exact | None = None
        self.assumed = assumed
        self.bound = tiers[index].limit
        self.guides: tuple[Guide, ...] = ()

    @property
    def done(self) -> bool:
        """Whether the plan is as close to the bound as it need be."""
        return good_enough(self._plan.reached[self.index], self.bound, self._gap)

    def certain(self) -> Fixed:
        """Things that every plan as good as the best in this tier, too, holds, or leaves out."""
        tier = self._tiers[self.index]
        value = sign(tier) * (self._plan.reached[self.index] - tier.constant)
        alike = [set(fixed) for bound, fixed in self.leaves if bound <= value]
        return tuple(sorted(set.intersection(*alike))) if alike else self._certain

    def look(self, limit_s: float) -> None:
        """Bound the tier by its first relaxation alone; ``run`` goes on from there.

        A rough one is soon solved for a first bound, then again for twice as long, and so on.
        """
        ground, until = self._ground(), self._clock.now() + limit_s
        if ground is None or self.index >= len(ground.model.tiers):
            return
        tree = self._rooted(ground)
        step_s = _FIRST_S if tree.rough else limit_s
        while self._step(tree, min(step_s, until - self._clock.now())) and tree.rough:
            step_s *= 2

    def count_ahead(self) -> None:
        """Begin to look for whole numbers, in a thread of their own, once the tier was looked at."""
        if self._tree is not None and self.guides:
            self._begin_to_count(self._tree)

    def run(self, effort: Effort, limit_s: float) -> None:
        """Bound the tier until nothing is open, it is stopped, or the time is over."""
        until = self._clock.now() + limit_s
        ground = self._ground()
        if ground is not None and self.index < len(ground.model.tiers):
            self._branch(ground, until)
            if not ground.others:
                self._prove(ground, effort, until)
        self._tree = None  # the bases of all nodes take hundreds of megabytes
        self.ended = True

    def _prove(self, ground: Ground, effort: Effort, until: float) -> None:
        """Bound the tier by the exact model, where that is likely to tell more."""
        entries = len(ground.matrix.coefficients)
        self.ended = entries > _FEW_ENTRIES
        close = self.ended and good_enough(
            self._plan.reached[self.index], self.bound, max(_CLOSE, self._gap)
        )
        self._tree = None
        left = until - self._clock.now()
        if self._stopped or self.done or close or left <= 0 or entries > _MOST_ENTRIES:
            return
        if not isinstance(self._plan, Incumbent):
            return
        solver = bounding_solver(effort, left)
        self._exact = Exact(ground.matrix, ground.model.tiers, self._plan, solver)
        self._take(self._exact.solve(self.index, self.assumed, self._take).bound)
        self._clock.count(solver.response_proto.deterministic_time)

    def stop(self) -> None:
        """End soon; the first relaxation alone cannot be interrupted."""
        self._stopped = True
        if self._tree is not None:
            self._tree.stop()
        if self._counting is not None:
            self._counting.stop()
        if self._exact is not None:
            self._exact.stop()

    def _rooted(self, ground: Ground) -> Branching:
        """Give the tree, as far as it has grown."""
        if self._tree is None:
            self._tree = Branching(
                ground.matrix,
                ground.model,
                ground.weights,
                self.assumed,
                self._certain,
                others=ground.others,
            )
        return self._tree

    def _branch(self, ground: Ground, until: float) -> None:
        """Branch on what stands; in a small district the exact model alone does it better."""
        if self._counting is not None and self._counting.ended:
            return
        small = len(ground.matrix.coefficients) <= _FEW_ENTRIES
        tree = self._rooted(ground)
        if small and self.guides:
            return
        if not small and self._counted(tree, until):
            return
        step = len(ground.matrix.coefficients) * _STEP_OF_ENTRY
        while self._step(tree, until - self._clock.now()):
            self._clock.count(step)
            if small or self.done:
                return

    def _counted(self, tree: Branching, until: float) -> bool:
        """Bound the tier by whole numbers where the plan is far from the first relaxation.

        Tell whether that was so.
        """
        if not self.guides and not self._step(tree, until - self._clock.now()):
            return False
        near = good_enough(self._plan.reached[self.index], self.bound, _FAR)
        if near and self._counting is None:
            return False
        counting = self._begin_to_count(tree)
        if counting is None:
            return False
        while not (self._stopped or self.done or counting.ended):
            left = until - self._clock.now()
            if left <= 0:
                break
            counting.wait(min(left, _LOOK_S))
            self._learn(tree, counting)
        counting.stop()
        return True

    def _begin_to_count(self, tree: Branching) -> Counting | None:
        """Look for whole numbers from now on; nothing if that is not worth it."""
        merged = tree.merged
        worth = self._tiers[self.index].name in _COUNTED and not self._clock.steps
        if self._counting is None and merged is not None and worth:
            self._counting = Counting(merged)
        return self._counting

    def _learn(self, tree: Branching, counting: Counting) -> None:
        """Take what is known of whole numbers by now, unless it is known already."""
        bound, values = counting.bound, counting.values
        if bound is None or (bound == self._learnt[0] and values is self._learnt[1]):
            return
        self._learnt = (bound, values)
        if values is not None:
            self.guides = (tree.guide(bound, values, merged=True), *tree.guides)
        tier = self._tiers[self.index]
        self._take(tier.constant + sign(tier) * bound)

    def _step(self, tree: Branching, limit_s: float) -> bool:
        """Grow the tree by a step; tell whether to go on."""
        if self._stopped or limit_s <= 0 or not tree.step(self._clock.limit_s(limit_s)):
            return False
        tier = self._tiers[self.index]
        self.guides, self.leaves = tree.guides, tree.leaves
        return self._take(tier.constant + sign(tier) * tree.bound)

    def _take(self, bound: int | None) -> bool:
        """Keep a bound if it is tighter; tell whether to go on."""
        self.bound = tighter(self._tiers[self.index], bound, self.bound)
        return not self._stopped


_FIRST_S = 15.0
"""Seconds for a first rough relaxation; beside construction that is enough at 7,000 educators."""
_STEP_OF_ENTRY = 2e-7
"""What it counts to split a node, for each entry of the rows."""
_FAR = 0.05
"""Distance to the first relaxation, as a share of the value, from which whole numbers tell more than
branching on what stands."""
_COUNTED = ("reach", "distance", "cost")
"""Tiers that are sums of what stands; comfort is more of penalties, which whole numbers share out."""
_LOOK_S = 0.2
"""Seconds from one look at the whole numbers to the next."""
_CLOSE = 0.002
"""Distance to the bound, as a share of the value, that the exact model seldom makes smaller."""
_FEW_ENTRIES, _MOST_ENTRIES = 100_000, 1_000_000
"""Entries of the rows up to which branching is left to the exact model, and up to which that is worth
its memory."""
