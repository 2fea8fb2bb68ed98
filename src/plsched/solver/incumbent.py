"""The best solution so far, outside of any solver: values of all variables, and of the tiers."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

import numpy as np

from plsched.solver.matrix import Matrix, Numbers, Point
from plsched.solver.model import Objective
from plsched.solver.proto import Written
from plsched.solver.rows import NO_LEAST, NO_MOST, Kind


class Incumbent:
    """Holds the best values; several threads may offer better ones.

    A solution that breaks fewer rows is better: an empty plan breaks those of what must stand.

    Parameters
    ----------
    matrix
        The rows.
    tiers
        What makes a solution better, in order.
    """

    def __init__(self, matrix: Matrix, tiers: Sequence[Objective]) -> None:
        self._matrix = matrix
        self._tiers = list(tiers)
        self._lock = Lock()
        self.weights: list[Numbers] = [dense(t, matrix.count) for t in tiers]
        self.at: Point = matrix.point(matrix.low.copy())
        self._broken = len(matrix.broken(self.at))
        self._given = False
        self.reached = self._value_of(self.at.values)

    @property
    def values(self) -> Numbers:
        """Values of all variables."""
        return self.at.values

    @property
    def whole(self) -> bool:
        """Whether some solution was offered, and every row holds."""
        return self._given and self._broken == 0

    def offer(self, free: Numbers, values: Numbers) -> bool:
        """Take new values of some variables unless that is worse; tell whether it is better."""
        with self._lock:
            candidate = self._matrix.moved(self.at, free, values)
            broken = len(self._matrix.broken(candidate))
            reached = self._reached_with(free, values)
            now, then = (
                (broken, *self._signed(reached)),
                (self._broken, *self._signed(self.reached)),
            )
            if self._given and now > then:
                return False
            better = not self._given or now < then
            self.at, self.reached, self._broken = candidate, reached, broken
            self._given = True
            return better

    def aimed(self, free: Numbers, values: Numbers, tier: int, target: int) -> Written:
        """Row over free variables, numbered from 0: a tier is at least as good as a target."""
        weights = self.weights[tier]
        more = target - self._tiers[tier].constant - int(weights @ values)
        return self._changed(free, values, tier, more)

    def kept(self, free: Numbers, values: Numbers, before: int) -> list[Written]:
        """Rows over free variables, numbered from 0: the first tiers get no worse than they are."""
        rows = [self._changed(free, values, tier, 0) for tier in range(before)]
        return [row for row in rows if row[0]]

    def _changed(self, free: Numbers, values: Numbers, tier: int, more: int) -> Written:
        """Row over free variables, numbered from 0: a tier is so much more than it is, or better."""
        local = self.weights[tier][free]
        level = more + int(local @ values[free])
        place = np.flatnonzero(local)
        least, most = (level, NO_MOST) if self._tiers[tier].sense == "max" else (NO_LEAST, level)
        return place.tolist(), local[place].tolist(), least, most, int(Kind.LINEAR)

    def _reached_with(self, free: Numbers, values: Numbers) -> tuple[int, ...]:
        """Give the value of each tier where some variables have other values."""
        change = values - self.at.values[free]
        pairs = zip(self.reached, self.weights, strict=True)
        return tuple(now + int(w[free] @ change) for now, w in pairs)

    def _value_of(self, values: Numbers) -> tuple[int, ...]:
        return tuple(
            t.constant + int(w @ values) for t, w in zip(self._tiers, self.weights, strict=True)
        )

    def _signed(self, reached: Sequence[int]) -> list[int]:
        return [sign(t) * v for t, v in zip(self._tiers, reached, strict=True)]


def sign(tier: Objective) -> int:
    """1 for a tier to be made small, -1 for one to be made large."""
    return 1 if tier.sense == "min" else -1


def tighter(tier: Objective, one: int | None, other: int | None) -> int | None:
    """Give the tighter of two bounds of a tier, of which either may be missing."""
    known = [b for b in (one, other) if b is not None]
    if not known:
        return None
    return max(known) if tier.sense == "min" else min(known)


def gap_of(value: int, bound: int | None) -> float | None:
    """Give the distance of a value to its bound, as a share of the value; ``None`` without one."""
    return None if bound is None else abs(value - bound) / max(1, abs(value))


def good_enough(value: int, bound: int | None, gap: float) -> bool:
    """Whether a value is known to be within a gap of the best there can be."""
    known = gap_of(value, bound)
    return known is not None and known <= gap


def dense(tier: Objective, count: int) -> Numbers:
    """Give the weights of a tier, one for each variable."""
    weights = np.zeros(count, dtype=np.int64)
    for v, c in tier.terms:
        weights[v] += c
    return weights
