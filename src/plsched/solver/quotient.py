"""What is alike in a linear relaxation is one variable, what is asked alike is one row.

Two start times at which a session costs the same, asks for the same people and takes the same fund
are alike to a relaxation, as are two teachers whom the same coach could see. Colours that are
refined until they change no more (the coarsest equitable partition) tell what is: any solution may
then be spread evenly over what is alike, and is as good. So the small relaxation has the same
optimum, its solution is one of the large one, and so are its duals (Grohe, Kersting, Mladenov and
Selman, "Dimension Reduction via Colour Refinement", 2014).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from plsched.solver.bounds import Fractions
from plsched.solver.matrix import Flags, Numbers

Colours = NDArray[np.uint64]


class Linear(Protocol):
    """``least <= A x <= most``, ``low <= x <= high``."""

    low: Numbers
    high: Numbers
    least: Numbers
    most: Numbers
    row_of: Numbers
    columns: Numbers
    coefficients: Numbers


@dataclass(frozen=True, slots=True)
class Quotient:
    """A relaxation over what is alike; ``x`` of a class is that of each of its variables.

    ``class_of`` and ``row_class`` give the class of each variable and row, -1 for a row that is left
    out; ``rows_in`` counts the rows of each class.
    """

    low: Numbers
    high: Numbers
    least: Numbers
    most: Numbers
    row_of: Numbers
    columns: Numbers
    coefficients: Numbers
    minimise: Numbers
    class_of: Numbers
    row_class: Numbers
    rows_in: Numbers

    @property
    def count(self) -> int:
        """Number of classes of variables."""
        return len(self.low)

    @property
    def size(self) -> int:
        """Number of classes of rows."""
        return len(self.least)

    def spread(self, values: Fractions) -> Fractions:
        """Give each variable the value of its class."""
        result: Fractions = values[self.class_of]
        return result

    def share(self, duals: Fractions) -> Fractions:
        """Share the dual of each class out over its rows; rows that are left out have none."""
        found = np.zeros(len(self.row_class))
        inside = np.flatnonzero(self.row_class >= 0)
        kinds = self.row_class[inside]
        found[inside] = duals[kinds] / self.rows_in[kinds]
        return found


def quotient(linear: Linear, minimise: Numbers, inside: Flags, apart: Numbers) -> Quotient:
    """Merge what is alike over some rows.

    Parameters
    ----------
    linear
        The relaxation.
    minimise
        Weights of all variables.
    inside
        Rows to be looked at.
    apart
        Rows that are like no other, so that their limits may be moved afterwards.
    """
    entries = np.flatnonzero(inside[linear.row_of])
    row_of, columns = linear.row_of[entries], linear.columns[entries]
    coefficients = linear.coefficients[entries]
    least, most = linear.least.copy(), linear.most.copy()
    least[apart], most[apart] = np.arange(len(apart)), _APART
    row_colours = _first(least, most)
    colours = _first(minimise, linear.low, linear.high)
    weights = _mix(coefficients.view(np.uint64))
    kinds = (0, 0)
    while True:
        row_colours = _refined(row_colours, row_of, weights + _mix(colours)[columns])
        colours = _refined(colours, columns, weights + _mix(row_colours)[row_of])
        now = len(np.unique(colours)), len(np.unique(row_colours[inside]))
        if now == kinds:
            break
        kinds = now
    rows = np.flatnonzero(inside)
    _, first_row, class_of_row, rows_in = np.unique(
        row_colours[rows], return_index=True, return_inverse=True, return_counts=True
    )
    _, first, class_of, members = np.unique(
        colours, return_index=True, return_inverse=True, return_counts=True
    )
    row_class = np.full(len(linear.least), -1, dtype=np.int64)
    row_class[rows] = class_of_row
    stands_for = np.zeros(len(linear.least), dtype=np.bool_)
    stands_for[rows[first_row]] = True
    mine = stands_for[row_of]
    key = row_class[row_of[mine]] * len(first) + class_of[columns[mine]]
    place, which = np.unique(key, return_inverse=True)
    sums = np.zeros(len(place), dtype=np.int64)
    np.add.at(sums, which, coefficients[mine])
    return Quotient(
        low=linear.low[first],
        high=linear.high[first],
        least=linear.least[rows[first_row]],
        most=linear.most[rows[first_row]],
        row_of=place // len(first),
        columns=place % len(first),
        coefficients=sums,
        minimise=minimise[first] * members,
        class_of=class_of,
        row_class=row_class,
        rows_in=rows_in,
    )


def unmerged(linear: Linear, minimise: Numbers, inside: Flags, _: Numbers) -> Quotient:
    """Leave rows out, and merge nothing."""
    rows = np.flatnonzero(inside)
    row_class = np.full(len(linear.least), -1, dtype=np.int64)
    row_class[rows] = np.arange(len(rows))
    entries = np.flatnonzero(inside[linear.row_of])
    return Quotient(
        low=linear.low,
        high=linear.high,
        least=linear.least[rows],
        most=linear.most[rows],
        row_of=row_class[linear.row_of[entries]],
        columns=linear.columns[entries],
        coefficients=linear.coefficients[entries],
        minimise=minimise,
        class_of=np.arange(len(linear.low)),
        row_class=row_class,
        rows_in=np.ones(len(rows), dtype=np.int64),
    )


def _first(*parts: Numbers) -> Colours:
    """Colour by some numbers."""
    colours = np.zeros(len(parts[0]), dtype=np.uint64)
    for part in parts:
        colours = _mix(colours * _ODD + _mix(part.view(np.uint64) + _STEP))
    return colours


def _refined(colours: Colours, place: Numbers, seen: Colours) -> Colours:
    """Colour by the colour so far and by all that is seen from there, in any order."""
    sums = np.zeros(len(colours), dtype=np.uint64)
    np.add.at(sums, place, _mix(seen))
    return _mix(colours + _mix(sums))


def _mix(numbers: Colours) -> Colours:
    """Scatter numbers over 64 bits (splitmix64), so that sums of different sets differ."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    result: Colours = numbers ^ (numbers >> np.uint64(31))
    return result


_APART = -(2**61)
"""No limit of any row."""
_ODD, _STEP = np.uint64(31), np.uint64(0x9E3779B97F4A7C15)
