"""Certified bounds: duals of a linear relaxation, checked in integers.

Whatever multipliers the rows are given, the Lagrangian that they make bounds the tier; those of an
optimal relaxation make it best. They are rounded to integers first, so that the bound is exact and
no tolerance of the linear solver matters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plsched.solver.matrix import Flags, Matrix, Numbers
from plsched.solver.model import Objective
from plsched.solver.rows import NO_LEAST, NO_MOST

Fractions = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Added:
    """A row beside those of a matrix: ``least <= coefficients x[columns] <= most``."""

    columns: Numbers
    coefficients: Numbers
    least: int = NO_LEAST
    most: int = NO_MOST


def kept_tiers(
    tiers: Sequence[Objective], weights: Sequence[Numbers], values: Sequence[int]
) -> list[Added]:
    """Say that the first tiers are no worse than some values."""
    found: list[Added] = []
    for tier, w, value in zip(tiers, weights, values, strict=False):
        place, level = np.flatnonzero(w), value - tier.constant
        least, most = (level, NO_MOST) if tier.sense == "max" else (NO_LEAST, level)
        found.append(Added(place, w[place], least, most))
    return found


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is minimised is at least ``base / scale``."""

    base: int
    scale: int

    @property
    def bound(self) -> int:
        """Least value of the tier, rounded up to whole units."""
        return -(-self.base // self.scale)


class Stacked:
    """Rows of a matrix, and added ones below; their limits may be moved."""

    def __init__(self, matrix: Matrix, added: Sequence[Added]) -> None:
        self.low, self.high = matrix.low, matrix.high
        self.least: Numbers = np.append(matrix.least, [a.least for a in added]).astype(np.int64)
        self.most: Numbers = np.append(matrix.most, [a.most for a in added]).astype(np.int64)
        lengths = [len(a.columns) for a in added]
        below = np.repeat(matrix.size + np.arange(len(added), dtype=np.int64), lengths)
        self.row_of: Numbers = np.concatenate([matrix.row_of, below])
        self.columns: Numbers = np.concatenate([matrix.columns, *(a.columns for a in added)])
        self.coefficients: Numbers = np.concatenate(
            [matrix.coefficients, *(a.coefficients for a in added)]
        )

    @property
    def count(self) -> int:
        """Number of variables."""
        return len(self.low)

    @property
    def size(self) -> int:
        """Number of rows."""
        return len(self.least)

    def broken(self, values: Fractions, among: Flags) -> Flags:
        """Rows among some that values break by more than a hair."""
        entries = np.flatnonzero(among[self.row_of])
        terms = self.coefficients[entries] * values[self.columns[entries]]
        sums = np.bincount(self.row_of[entries], terms, self.size)
        found: Flags = among & ((sums < self.least - _HAIR) | (sums > self.most + _HAIR))
        return found

    def certify(self, minimise: Numbers, multipliers: Fractions) -> Certificate:
        """Bound a sum by the Lagrangian of some multipliers, one for each row."""
        multipliers = np.where((multipliers > 0) & (self.least == NO_LEAST), 0.0, multipliers)
        multipliers = np.where((multipliers < 0) & (self.most == NO_MOST), 0.0, multipliers)
        scale = self._scale(minimise, multipliers)
        whole = np.rint(multipliers * scale).astype(np.int64)
        priced = np.zeros(self.count, dtype=np.int64)
        np.add.at(priced, self.columns, self.coefficients * whole[self.row_of])
        reduced: Numbers = scale * minimise - priced
        sides = np.where(whole > 0, self.least, np.where(whole < 0, self.most, 0))
        ends = np.minimum(reduced * self.low, reduced * self.high)
        return Certificate(int(whole @ sides) + int(ends.sum()), scale)

    def _scale(self, minimise: Numbers, multipliers: Fractions) -> int:
        """Power of two by which all sums stay far inside of 64 bits."""
        size = np.abs(multipliers)
        sides = np.where(multipliers > 0, self.least, np.where(multipliers < 0, self.most, 0))
        priced = np.bincount(
            self.columns,
            np.abs(self.coefficients) * size[self.row_of],
            self.count,
        )
        ends = np.maximum(1, np.maximum(np.abs(self.low), np.abs(self.high)))
        most = float((size * np.abs(sides)).sum()) + float(
            ((priced + np.abs(minimise)) * ends).sum()
        )
        return 1 << int(max(0, min(_FINE, np.floor(np.log2(2.0**61 / max(1.0, most))))))


_FINE = 30
_HAIR = 1e-6
"""What a sum may be beyond a limit and still keep it."""
