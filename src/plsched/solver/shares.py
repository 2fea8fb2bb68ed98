"""What each part of a plan adds to a tier, lacks, or has in a relaxation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np

from plsched.solver.bounds import Fractions
from plsched.solver.branching import Guide
from plsched.solver.incumbent import Incumbent
from plsched.solver.matrix import Flags, Numbers
from plsched.solver.parts import Part
from plsched.solver.things import Thing

Amounts = TypeVar("Amounts", Numbers, Fractions)


class Shares:
    """Says so of the incumbent.

    Parameters
    ----------
    parts
        Parts by name.
    things
        All that is asked for.
    incumbent
        The best plan so far.
    high
        Most that each variable can be.
    """

    def __init__(
        self,
        parts: Mapping[str, Part],
        things: Sequence[Thing],
        incumbent: Incumbent,
        high: Numbers,
    ) -> None:
        self._incumbent = incumbent
        self._high = high
        self._names = list(parts)
        self._own = _Grouped([p.own for p in parts.values()])
        self._things = _Grouped([np.array(t.literals, dtype=np.int64) for t in things])
        place = {name: i for i, name in enumerate(parts) if parts[name].size}
        part_of = [place.get(t.id, place.get(t.item.id, -1)) for t in things]
        self._part_of: Numbers = np.array(part_of, dtype=np.int64)
        self._chosen: Flags = self._part_of >= 0
        """Things that belong to a part with any choice."""

    def missing(self) -> frozenset[str]:
        """Parts of which something asked for is left out."""
        held = self._things.total(self._incumbent.values)
        return frozenset(self._named(self._part_of[self._chosen & (held == 0)]))

    def lost(self, focus: int) -> dict[str, float]:
        """Say what each part of which something is left out would add to a tier at most."""
        worth = self._incumbent.weights[focus]
        gain = self._things.most(worth) - self._things.total(worth * self._incumbent.values)
        return self._by_part(np.maximum(gain, 0))

    def likely(self, guide: Guide) -> frozenset[str]:
        """Name the parts of which a relaxation has at least half, in its tier."""
        held = self._sums(guide.things)
        most = self._sums(self._things.most(self._incumbent.weights[guide.tier]))
        return frozenset(self._heavy(np.where(held >= most / 2, held, 0.0)))

    def most(self, free: Numbers, focus: int) -> int:
        """Give what a tier could be at most on free variables: all that is asked for stands."""
        inside = np.zeros(len(self._high), dtype=np.bool_)
        inside[free] = True
        weights = self._incumbent.weights[focus] * (inside & (self._high > 0))
        return int(self._things.most(weights).sum())

    def sizes(self, among: Flags) -> dict[str, int]:
        """Count the decisions of each part that are among some or hold now."""
        counted = self._own.total((among | (self._incumbent.values > 0)).astype(np.int64))
        return dict(zip(self._names, counted.tolist(), strict=True))

    def far(self, focus: int, relaxed: Fractions) -> dict[str, float]:
        """Say how far values of a relaxation are from the plan's in each part, in a tier."""
        return self._of_parts(focus, relaxed - self._incumbent.values)

    def apart(self, guide: Guide) -> dict[str, float]:
        """Say how far what a relaxation has of each part is from what the plan has, in its tier."""
        if guide.values is not None:
            return self.far(guide.tier, guide.values)
        worth = self._incumbent.weights[guide.tier]
        now = self._things.total(worth * self._incumbent.values)
        return self._heavy(np.abs(self._sums(guide.things - now)))

    def now(self, focus: int) -> dict[str, float]:
        """Say what each part adds to a tier."""
        return self._of_parts(focus, self._incumbent.values.astype(float))

    def _of_parts(self, focus: int, values: Fractions) -> dict[str, float]:
        added = np.abs(self._own.total(self._incumbent.weights[focus] * values))
        return dict(zip(self._names, added.tolist(), strict=True))

    def _by_part(self, of_things: Numbers) -> dict[str, float]:
        return self._heavy(self._sums(of_things.astype(float)))

    def _sums(self, of_things: Numbers | Fractions) -> Fractions:
        """Add up for each part what its things have."""
        sums: Fractions = np.zeros(len(self._names))
        np.add.at(sums, self._part_of[self._chosen], of_things[self._chosen])
        return sums

    def _heavy(self, of_parts: Fractions) -> dict[str, float]:
        heavy = np.flatnonzero(of_parts > 0)
        return dict(zip(self._named(heavy), of_parts[heavy].tolist(), strict=True))

    def _named(self, parts: Numbers) -> list[str]:
        return [self._names[i] for i in parts.tolist()]


class _Grouped:
    """Variables in groups."""

    def __init__(self, groups: Sequence[Numbers]) -> None:
        lengths: Numbers = np.array([len(g) for g in groups], dtype=np.int64)
        self._variables: Numbers = np.concatenate([np.zeros(0, dtype=np.int64), *groups])
        self._count = len(groups)
        self._filled: Numbers = np.flatnonzero(lengths)
        self._starts: Numbers = (np.cumsum(lengths) - lengths)[self._filled]

    def total(self, values: Amounts) -> Amounts:
        """Add up the values of each group; those without a variable have none."""
        return self._each(np.add, values)

    def most(self, values: Numbers) -> Numbers:
        """Give the largest value of each group; 0 for those without a variable."""
        return self._each(np.maximum, values)

    def _each(self, how: np.ufunc, values: Amounts) -> Amounts:
        found: Amounts = np.zeros(self._count, dtype=values.dtype)
        if len(self._filled):
            found[self._filled] = how.reduceat(values[self._variables], self._starts)
        return found
