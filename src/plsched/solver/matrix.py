"""The rows of a built model as arrays: what neighbourhoods, bounds and checks work on.

All values are exact integers. A *slice* is the model that is left when some variables are free and
all others keep their values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plsched.solver.proto import Written
from plsched.solver.rows import NO_LEAST, NO_MOST, Kind, Rows

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Point:
    """Values of all variables, and what each row adds up to there."""

    values: Numbers
    sums: Numbers


@dataclass(frozen=True, slots=True)
class Slice:
    """Rows over the free variables, numbered from 0 in the order of ``free``.

    ``at`` is where the others are kept.
    """

    free: Numbers
    at: Point
    domains: list[tuple[int, int]]
    rows: list[Written]


class Matrix:
    """``least <= A x <= most`` and ``low <= x <= high``.

    Parameters
    ----------
    rows
        The rows; those added later are not seen.
    """

    def __init__(self, rows: Rows) -> None:
        self.low: Numbers = np.array(rows.low, dtype=np.int64)
        self.high: Numbers = np.array(rows.high, dtype=np.int64)
        self.least: Numbers = np.array(rows.least, dtype=np.int64)
        self.most: Numbers = np.array(rows.most, dtype=np.int64)
        self.kinds: Numbers = np.array(rows.kinds, dtype=np.int64)
        self.shared: Flags = _flags(rows.shared, rows.size())
        self.wishes: Flags = _flags(rows.wishes, rows.size())
        self.seldom: Flags = _flags(rows.seldom, rows.size())
        self.counting: Flags = _flags(rows.counting, rows.size())
        starts = np.array(rows.starts, dtype=np.int64)
        row_of = np.repeat(np.arange(rows.size(), dtype=np.int64), np.diff(starts))
        columns = np.array(rows.columns, dtype=np.int64)
        coefficients = np.array(rows.coefficients, dtype=np.int64)
        self._merge(row_of, columns, coefficients)

    def _merge(self, row_of: Numbers, columns: Numbers, coefficients: Numbers) -> None:
        """Add up what stands twice in a row, and index by row and by column."""
        key = row_of * self.count + columns
        order = np.argsort(key, kind="stable")
        key = key[order]
        first = np.flatnonzero(np.diff(key, prepend=-1))
        sums = np.add.reduceat(coefficients[order], first) if len(first) else coefficients[:0]
        twice = np.unique(row_of[order[np.flatnonzero(np.diff(key) == 0)]])
        self.kinds[twice] = Kind.LINEAR
        kept = first[sums != 0]
        self.coefficients: Numbers = sums[sums != 0]
        self.columns: Numbers = columns[order[kept]]
        self.row_of: Numbers = row_of[order[kept]]
        self.starts: Numbers = np.searchsorted(self.row_of, np.arange(self.size + 1))
        self._entries: Numbers = np.argsort(self.columns, kind="stable")
        self._column_starts: Numbers = np.searchsorted(
            self.columns[self._entries], np.arange(self.count + 1)
        )

    @property
    def count(self) -> int:
        """Number of variables."""
        return len(self.low)

    @property
    def every(self) -> Numbers:
        """All variables."""
        return np.arange(self.count)

    @property
    def size(self) -> int:
        """Number of rows."""
        return len(self.least)

    def point(self, values: Numbers) -> Point:
        """Add up all rows."""
        so_far = np.concatenate(([0], np.cumsum(self.coefficients * values[self.columns])))
        return Point(values, so_far[self.starts[1:]] - so_far[self.starts[:-1]])

    def moved(self, at: Point, free: Numbers, values: Numbers) -> Point:
        """Give some variables other values; add up only the rows that they stand in."""
        changed = free[values != at.values[free]]
        there = at.values.copy()
        there[free] = values
        entries = self.entries_of(changed)
        columns = self.columns[entries]
        sums = at.sums.copy()
        change = self.coefficients[entries] * (there[columns] - at.values[columns])
        np.add.at(sums, self.row_of[entries], change)
        return Point(there, sums)

    def broken(self, at: Point) -> Numbers:
        """Rows that do not hold."""
        return np.flatnonzero((at.sums < self.least) | (at.sums > self.most))

    def entries_of(self, variables: Numbers) -> Numbers:
        """Entries of the columns of some variables, in the order of the rows."""
        first, last = self._column_starts[variables], self._column_starts[variables + 1]
        return np.sort(self._entries[_ranges(first, last)])

    def rows_of(self, variables: Numbers) -> Numbers:
        """Rows that some variables stand in."""
        rows = self.row_of[self.entries_of(variables)]
        return rows[np.flatnonzero(np.diff(rows, prepend=-1))]

    def variables_of(self, rows: Numbers) -> Numbers:
        """Variables that stand in some rows."""
        seen: Flags = np.zeros(self.count, dtype=np.bool_)
        seen[self.columns[_ranges(self.starts[rows], self.starts[rows + 1])]] = True
        return np.flatnonzero(seen)

    def slice(self, free: Numbers, at: Point, *, wishes: bool = False) -> Slice:
        """Give the rows over free variables; those that no value can break are left out.

        Unless ``wishes``, those that do not hold there are left out too.
        """
        entries = self.entries_of(free)
        row_of, coefficients = self.row_of[entries], self.coefficients[entries]
        columns = self.columns[entries]
        begins = np.flatnonzero(np.diff(row_of, prepend=-1))
        rows = row_of[begins]
        sums = at.sums[rows]
        rest = sums - _per_row(coefficients * at.values[columns], begins)
        least = np.where(self.least[rows] == NO_LEAST, NO_LEAST, self.least[rows] - rest)
        most = np.where(self.most[rows] == NO_MOST, NO_MOST, self.most[rows] - rest)
        one, other = coefficients * self.low[columns], coefficients * self.high[columns]
        lowest = _per_row(np.minimum(one, other), begins)
        highest = _per_row(np.maximum(one, other), begins)
        negated = _per_row((coefficients < 0).astype(np.int64), begins)
        kinds = self._kinds_left(rows, least, most, negated)
        needed = (lowest < least) | (highest > most)
        if not wishes:
            unmet = (sums < self.least[rows]) | (sums > self.most[rows])
            needed &= ~(self.wishes[rows] & unmet)
        place = np.empty(self.count, dtype=np.int64)
        place[free] = np.arange(len(free))
        domains = list(zip(self.low[free].tolist(), self.high[free].tolist(), strict=True))
        ends = np.append(begins[1:], len(entries))
        local = (place[columns].tolist(), coefficients.tolist())
        bounds = (least.tolist(), most.tolist(), kinds.tolist(), begins.tolist(), ends.tolist())
        return Slice(free, at, domains, list(_written(np.flatnonzero(needed), local, bounds)))

    def _kinds_left(
        self, rows: Numbers, least: Numbers, most: Numbers, negated: Numbers
    ) -> Numbers:
        """Kinds of rows after some variables were fixed: most keep theirs."""
        kinds = self.kinds[rows]
        same = np.where(kinds == Kind.AT_MOST_ONE, most == 1 - negated, True)
        same &= np.where(kinds == Kind.CLAUSE, least == 1 - negated, True)
        one = (least == 1 - negated) & (most == 1 - negated)
        same &= np.where(kinds == Kind.EXACTLY_ONE, one, True)
        result: Numbers = np.where(same, kinds, int(Kind.LINEAR))
        return result


def _written(
    needed: Numbers,
    local: tuple[list[int], list[int]],
    bounds: tuple[list[int], list[int], list[int], list[int], list[int]],
) -> Iterator[Written]:
    columns, coefficients = local
    least, most, kinds, begins, ends = bounds
    for r in needed.tolist():
        inside = slice(begins[r], ends[r])
        yield columns[inside], coefficients[inside], least[r], most[r], kinds[r]


def _flags(numbers: Sequence[int], size: int) -> Flags:
    flags = np.zeros(size, dtype=np.bool_)
    flags[np.array(numbers, dtype=np.int64)] = True
    return flags


def _ranges(first: Numbers, last: Numbers) -> Numbers:
    """Join the ranges ``[first, last)``."""
    lengths = last - first
    total = int(lengths.sum())
    if not total:
        return np.empty(0, dtype=np.int64)
    offsets = np.repeat(first - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    result: Numbers = offsets + np.arange(total)
    return result


def _per_row(numbers: Numbers, begins: Numbers) -> Numbers:
    return np.add.reduceat(numbers, begins) if len(begins) else numbers[:0]
