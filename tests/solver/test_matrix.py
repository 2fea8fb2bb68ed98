"""Slices of the rows: the same solutions as the whole, with the rest fixed."""

from __future__ import annotations

from itertools import product
from random import Random

import numpy as np
import pytest

from plsched.solver.matrix import Matrix, Numbers, Slice
from plsched.solver.rows import Kind, Rows

SEEDS = range(60)


def drawn(rng: Random) -> Rows:
    """Draw a few rows of every kind over a few small variables."""
    rows = Rows()
    literals = [rows.literal() for _ in range(5)]
    rows.integer(0, 3)
    rows.integer(-2, 2)
    for _ in range(6):
        some = rng.sample(literals, 3)
        match rng.randrange(5):
            case 0:
                rows.at_most_one(some)
            case 1:
                rows.exactly(some[:2], some[2])
            case 2:
                rows.clause([some[0], ~some[1], some[2]])
            case 3:
                terms = [(rng.randrange(7), rng.randint(-3, 3)) for _ in range(4)]
                rows.linear(terms, rng.choice((None, -3)), rng.choice((None, 4)))
            case _:
                with rows.rule("presence", "p", wish=True):
                    rows.linear([(some[0], 1)], 1, 1)
    return rows


def everything(matrix: Matrix) -> list[Numbers]:
    """List all points of the domains."""
    ends = zip(matrix.low.tolist(), matrix.high.tolist(), strict=True)
    return [np.array(p) for p in product(*(range(low, high + 1) for low, high in ends))]


def keeps(piece: Slice, point: Numbers) -> bool:
    """Whether a point of a slice keeps its rows, told as CP-SAT reads them."""
    values = point.tolist()
    for variables, coefficients, least, most, kind in piece.rows:
        terms = list(zip(variables, coefficients, strict=True))
        literals = sum(values[v] if c > 0 else 1 - values[v] for v, c in terms)
        total = sum(c * values[v] for v, c in terms)
        fits = {
            Kind.LINEAR: least <= total <= most,
            Kind.AT_MOST_ONE: literals <= 1,
            Kind.EXACTLY_ONE: literals == 1,
            Kind.CLAUSE: literals >= 1,
        }
        if not fits[Kind(kind)]:
            return False
    return True


@pytest.mark.parametrize("seed", SEEDS)
def test_a_slice_has_the_solutions_of_the_rows_with_the_rest_fixed(seed: int) -> None:
    rng = Random(seed)
    matrix = Matrix(drawn(rng))
    solutions = [p for p in everything(matrix) if not len(matrix.broken(matrix.point(p)))]
    if not solutions:
        return
    values = rng.choice(solutions)
    free = np.array(sorted(rng.sample(range(matrix.count), rng.randint(1, 5))))
    piece = matrix.slice(free, matrix.point(values))
    for point in everything(matrix):
        fixed = np.delete(point, free)
        if np.array_equal(fixed, np.delete(values, free)):
            assert keeps(piece, point[free]) == (not len(matrix.broken(matrix.point(point))))


@pytest.mark.parametrize("seed", SEEDS)
def test_wishes_that_are_not_kept_are_left_out_of_a_slice(seed: int) -> None:
    rng = Random(seed)
    matrix = Matrix(drawn(rng))
    nothing = np.where(matrix.low < 0, 0, matrix.low)
    broken = set(matrix.broken(matrix.point(nothing)).tolist())
    if broken - set(np.flatnonzero(matrix.wishes).tolist()):
        return
    free = np.arange(matrix.count)
    for point in everything(matrix):
        allowed = set(matrix.broken(matrix.point(point)).tolist()) <= broken
        assert keeps(matrix.slice(free, matrix.point(nothing)), point) == allowed
        whole = matrix.slice(free, matrix.point(nothing), wishes=True)
        assert keeps(whole, point) == (not len(matrix.broken(matrix.point(point))))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_point_that_moved_adds_up_as_one_that_is_new(seed: int) -> None:
    rng = Random(seed)
    matrix = Matrix(drawn(rng))
    points = list(everything(matrix))
    at = matrix.point(rng.choice(points))
    for _ in range(5):
        free = np.array(sorted(rng.sample(range(matrix.count), rng.randint(1, matrix.count))))
        there = at.values.copy()
        there[free] = rng.choice(points)[free]
        at = matrix.moved(at, free, there[free])
        assert np.array_equal(at.values, there)
        assert np.array_equal(at.sums, matrix.point(there).sums)


def test_a_variable_that_stands_twice_in_a_row_counts_twice() -> None:
    rows = Rows()
    x, y = rows.literal(), rows.literal()
    rows.exactly([x, x], y)
    matrix = Matrix(rows)
    kept = [p.tolist() for p in everything(matrix) if not len(matrix.broken(matrix.point(p)))]
    assert kept == [[0, 0]]
