"""Rows on dated decisions allow exactly what the words allow."""

from __future__ import annotations

import random
from itertools import pairwise, product

import pytest
from ortools.sat.python import cp_model

from plsched.solver.families.pairs import Dated, Run, in_series, keep_apart, need_one
from plsched.solver.problem import DAY
from plsched.solver.proto import whole_model
from plsched.solver.rows import Rows

SEEDS = pytest.mark.parametrize("seed", range(40))
Choice = tuple[Dated | None, ...]


def drawn(rng: random.Random, rows: Rows, length: int = 60) -> Run:
    """Draw a decision with a few columns, of which at most one holds."""
    starts = sorted(
        rng.randrange(6) * DAY + rng.choice((480, 500, 600)) for _ in range(rng.randint(1, 5))
    )
    columns = [Dated(s, s + length, rows.literal()) for s in starts]
    whole = rows.literal()
    rows.exactly([d.literal for d in columns], whole)
    return Run(columns, whole)


def allowed(rows: Rows, runs: list[Run]) -> set[Choice]:
    """Give the choices of one column or none of each run that the rows allow."""
    found: set[Choice] = set()
    for choice in product(*([None, *run.columns] for run in runs)):
        model = whole_model(rows)
        for run, chosen in zip(runs, choice, strict=True):
            for d in run.columns:
                fixed = model.proto.constraints.add().linear
                fixed.vars.append(d.literal)
                fixed.coeffs.append(1)
                fixed.domain.extend([int(d is chosen)] * 2)
        if cp_model.CpSolver().solve(model) != cp_model.INFEASIBLE:
            found.add(choice)
    return found


def fits(earlier: Dated, later: Dated, least: int, most: int | None) -> bool:
    gap = later.day - earlier.day
    return earlier.end <= later.start and least <= gap and (most is None or gap <= most)


@SEEDS
def test_a_series_follows_in_its_windows(seed: int) -> None:
    rng = random.Random(seed)
    rows = Rows()
    runs = [drawn(rng, rows) for _ in range(rng.randint(2, 3))]
    least = rng.randint(0, 2)
    most = rng.choice((None, least, least + 1))
    must = rng.randint(1, len(runs))
    for k, (before, after) in enumerate(pairwise(runs)):
        rows.implies(after.whole, [before.whole])
        if k + 1 < must:
            rows.implies(before.whole, [after.whole])
    free = allowed(rows, runs)
    in_series(rows, runs, least, most, must)
    assert allowed(rows, runs) == {
        choice
        for choice in free
        if all(
            b is None or (a is not None and fits(a, b, least, most)) for a, b in pairwise(choice)
        )
    }


@SEEDS
def test_one_of_several_is_needed(seed: int) -> None:
    rng = random.Random(seed)
    rows = Rows()
    runs = [drawn(rng, rows) for _ in range(3)]
    least = rng.randint(0, 2)
    most = rng.choice((None, least, least + 2))
    *others, own = runs
    need_one(
        rows,
        [
            (d.literal, tuple(y.before(d, least, most) for y in others))
            for d in own.by_start().columns
        ],
        others,
    )
    assert allowed(rows, runs) == {
        (*held, last)
        for *held, last in product(*([None, *run.columns] for run in runs))
        if last is None or any(d is not None and fits(d, last, least, most) for d in held)
    }


@SEEDS
def test_what_is_kept_apart_leaves_the_days_between(seed: int) -> None:
    rng = random.Random(seed)
    rows = Rows()
    runs = [drawn(rng, rows), drawn(rng, rows, length=90)]
    least = rng.randint(0, 2)
    keep_apart(rows, runs[0], runs[1], least)
    assert allowed(rows, runs) == {
        (a, b)
        for a, b in product(*([None, *run.columns] for run in runs))
        if a is None or b is None or fits(a, b, least, None)
    }
