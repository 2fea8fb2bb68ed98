"""Branches on the things asked for, on certified relaxations, best bound first.

What a relaxation holds in part and no plan can, such as a conference or a section, is looked at
twice: left out, and standing. The weakest bound of all that is still open bounds the tier.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from plsched.solver.bounds import Fractions, kept_tiers
from plsched.solver.incumbent import sign
from plsched.solver.matrix import Matrix, Numbers
from plsched.solver.model import Model
from plsched.solver.quotient import Quotient
from plsched.solver.relaxation import Empty, Fixed, Relaxation, Relaxed

Leaf = tuple[int, Fixed]
"""The least value of a tier where some things are fixed."""


@dataclass(frozen=True, slots=True)
class Guide:
    """A solution of a relaxation: where to look for plans, and what none there can pass in a tier.

    ``things`` is what each thing adds to the tier; ``values`` are those of the plan's variables,
    where they are known. Where what is alike was ``merged`` they choose no time.
    """

    tier: int
    bound: int
    things: Fractions
    values: Fractions | None
    merged: bool


@dataclass(order=True, slots=True)
class _Node:
    bound: int
    depth: int
    fixed: Fixed
    relaxed: Relaxed = field(compare=False)
    whole: bool = field(compare=False)


class Branching:
    """A tree of relaxations of one tier, made small.

    First of relaxations in which what is alike is merged: many a second. Where those hold nothing in
    part any more, or after so many splits, the weakest nodes are looked at as a whole: with every
    row, and with solutions that choose among what is alike, so that they guide better. In a large
    district that would take too long.

    Parameters
    ----------
    matrix, model
        Rows, and the model that they are of.
    weights
        Weights of each tier.
    assumed
        Values of the tiers before the one that is bounded.
    certain
        Things that every plan with those values holds, or leaves out.
    others
        The variables are not those of the plan: nothing is looked at as a whole.
    """

    def __init__(
        self,
        matrix: Matrix,
        model: Model,
        weights: Sequence[Numbers],
        assumed: Sequence[int],
        certain: Fixed = (),
        *,
        others: bool = False,
    ) -> None:
        self._certain = certain
        index = len(assumed)
        self._tier = model.tiers[index]
        self._index = index
        self._literals = [np.array(t.literals, dtype=np.int64) for t in model.things]
        aims = [sign(t) * w for t, w in zip(model.tiers, weights, strict=True)]
        valued = aims[: index + 1]
        self._worth = [max(int(np.abs(w[v]).max()) for w in valued) for v in self._literals]
        self._open: list[_Node] = []
        self._splits = 0
        self._root_s = 0.0
        self._relaxed = partial(
            Relaxation,
            matrix,
            kept_tiers(model.tiers, weights, assumed),
            aims[index],
            self._literals,
        )
        self._relaxation = self._relaxed()
        self._whole = False
        self._others = others
        self._small = not others and len(matrix.coefficients) <= _MOST_ENTRIES
        self._aim: Fractions = weights[index].astype(float)

    @property
    def bound(self) -> int:
        """Least value of the tier, once the first step is done."""
        return self._open[0].bound

    @property
    def guides(self) -> tuple[Guide, ...]:
        """Relaxations that are open, the weakest first."""
        weakest = heapq.nsmallest(_GUIDES, self._open)
        return tuple(self.guide(n.bound, n.relaxed.values, merged=not n.whole) for n in weakest)

    def guide(self, bound: int, values: Fractions, *, merged: bool) -> Guide:
        """Make a guide of a solution of some relaxation, and of the least value of the tier there."""
        return Guide(
            self._index,
            self._tier.constant + sign(self._tier) * bound,
            self._added(values),
            None if self._others else values,
            merged,
        )

    @property
    def rough(self) -> bool:
        """Whether the first relaxation is too large for the simplex method."""
        return self._relaxation.merged is None

    @property
    def merged(self) -> Quotient | None:
        """The first relaxation over what is alike, unless it is very large or none is merged any more."""
        return None if self._whole else self._relaxation.merged

    def _added(self, values: Fractions) -> Fractions:
        """Say what each thing adds to the tier."""
        return np.array([float(self._aim[v] @ values[v]) for v in self._literals])

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """Relaxations that are open, by what they fix: every plan is in one of them."""
        return tuple((n.bound, n.fixed) for n in self._open)

    def step(self, limit_s: float) -> bool:
        """Solve the first relaxation, or split the weakest node; tell whether anything was learnt."""
        if not self._open:
            return self._root(limit_s)
        if self._open[0].relaxed.rough:
            return limit_s > _LONGER * self._root_s and self._root(limit_s)
        if self._whole and not self._open[0].whole:
            node = heapq.heappop(self._open)
            return self._add(node.fixed, node, limit_s)
        thing = self._split()
        if not self._whole and self._small and (thing is None or self._splits >= _SPLITS):
            self._relaxation, self._whole = self._relaxed(whole=True), True
            return True
        if thing is None:
            return False
        self._splits += 1
        node = heapq.heappop(self._open)
        added = [self._add((*node.fixed, (thing, value)), node, limit_s / 2) for value in (0, 1)]
        return all(added) and bool(self._open)

    def _root(self, limit_s: float) -> bool:
        """Solve the first relaxation; a rough one again, with more time."""
        self._root_s, before = limit_s, self._open
        self._open = []
        found = self._add(self._certain, before[0] if before else None, limit_s)
        self._open = self._open or before
        return found

    def stop(self) -> None:
        """End soon."""
        self._relaxation.stop()

    def _split(self) -> int | None:
        """Choose what the weakest node holds most of in part.

        A relaxation that ran out of time has a bound that holds, and values that need not keep to
        what is fixed.
        """
        node = self._open[0]
        fixed = {thing for thing, _ in node.fixed}
        parts = [float(node.relaxed.values[v].sum()) for v in self._literals]
        scores = [
            0.0 if thing in fixed else worth * min(part, 1 - part)
            for thing, (worth, part) in enumerate(zip(self._worth, parts, strict=True))
        ]
        best = int(np.argmax(scores)) if scores else 0
        return best if scores and scores[best] > _HAIR * max(1, self._worth[best]) else None

    def _add(self, fixed: Fixed, parent: _Node | None, limit_s: float) -> bool:
        """Bound a node; one that is not bounded keeps the bound of its parent."""
        start = None if parent is None else parent.relaxed.basis
        found = self._relaxation.solve(fixed, start, limit_s)
        if isinstance(found, Empty):
            return True
        if found is not None:
            bound = found.bound if parent is None else max(parent.bound, found.bound)
            heapq.heappush(self._open, _Node(bound, -len(fixed), fixed, found, self._whole))
            return True
        if parent is not None:
            node = _Node(parent.bound, -len(fixed), fixed, parent.relaxed, parent.whole)
            heapq.heappush(self._open, node)
        return False


_HAIR = 0.01
"""Part of a thing that does not count."""
_SPLITS = 40
"""Splits of merged relaxations before the weakest are looked at as a whole."""
_MOST_ENTRIES = 1_000_000
"""Entries of the rows up to which a relaxation is looked at as a whole."""
_GUIDES = 8
_LONGER = 1.5
"""How much more time a rough relaxation is solved again for."""
