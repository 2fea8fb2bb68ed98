"""Whole numbers of what is alike bound every plan."""

from __future__ import annotations

import time
from functools import cache
from random import Random
from threading import Thread

import numpy as np
import pytest

from plsched.generate import generate
from plsched.solver.bounding import Bounding
from plsched.solver.bounds import Stacked, kept_tiers
from plsched.solver.clock import Clock
from plsched.solver.counting import Counting, summed
from plsched.solver.effort import Effort
from plsched.solver.ground import Ground, ground_of
from plsched.solver.incumbent import Incumbent, sign
from plsched.solver.index.build import build_problem
from plsched.solver.matrix import Matrix, Numbers
from plsched.solver.model import build_model
from plsched.solver.quotient import quotient
from plsched.solver.relaxation import Relaxation, Relaxed
from plsched.solver.rows import NO_LEAST, NO_MOST, Rows
from tests.solver.bounded import bounded
from tests.solver.solving import sample
from tests.solver.test_matrix import SEEDS, drawn, everything

COPIES = 3
NONE = np.array([], dtype=np.int64)


def copies(one: Rows) -> Rows:
    """Repeat rows over variables of their own."""
    rows = Rows()
    for _ in range(COPIES):
        first = [rows.integer(low, high) for low, high in zip(one.low, one.high, strict=True)]
        for k in range(one.size()):
            entries = slice(one.starts[k], one.starts[k + 1])
            pairs = zip(one.columns[entries], one.coefficients[entries], strict=True)
            terms = [(first[v], c) for v, c in pairs]
            least, most = one.least[k], one.most[k]
            rows.linear(
                terms, None if least == NO_LEAST else least, None if most == NO_MOST else most
            )
    return rows


def ended(counting: Counting) -> Counting:
    counting.wait(60.0)
    assert counting.ended
    return counting


@pytest.mark.parametrize("seed", SEEDS)
def test_the_sums_of_every_solution_keep_the_sums_of_the_rows(seed: int) -> None:
    rng = Random(seed)
    one = drawn(rng)
    small, matrix = Matrix(one), Matrix(copies(one))
    solutions = [p for p in everything(small) if not len(small.broken(small.point(p)))]
    if not solutions:
        return
    weights = np.array([rng.randint(-9, 9) for _ in range(small.count)])
    minimise = np.tile(weights, COPIES)
    merged = quotient(Stacked(matrix, []), minimise, np.ones(matrix.size, dtype=np.bool_), NONE)
    assert merged.count <= small.count
    members = np.bincount(merged.class_of, minlength=merged.count)
    coefficients = summed(merged, members)
    for _ in range(20):
        plan = np.concatenate([rng.choice(solutions) for _ in range(COPIES)])
        sums = np.bincount(merged.class_of, plan, merged.count).astype(np.int64)
        rows = np.zeros(merged.size, dtype=np.int64)
        np.add.at(rows, merged.row_of, coefficients * sums[merged.columns])
        assert np.all((merged.least == NO_LEAST) | (rows >= merged.least * merged.rows_in))
        assert np.all((merged.most == NO_MOST) | (rows <= merged.most * merged.rows_in))
        assert int((merged.minimise // members) @ sums) == int(minimise @ plan)
    best = COPIES * min(int(weights @ p) for p in solutions)
    bound = ended(Counting(merged)).bound
    assert bound is not None
    assert bound <= best


@pytest.mark.parametrize("seed", sample(range(12_300, 12_500), 20))
def test_whole_numbers_bound_the_best_plan_no_worse_than_parts(seed: int) -> None:
    drawn_district = bounded(seed)
    if drawn_district is None:
        return
    model, weights, best = drawn_district.model, drawn_district.weights, drawn_district.best
    things = [np.array(t.literals, dtype=np.int64) for t in model.things]
    for index, tier in enumerate(model.tiers):
        if tier.name not in ("reach", "cost"):
            continue
        kept = kept_tiers(model.tiers, weights, [best[t.name] for t in model.tiers[:index]])
        relaxation = Relaxation(drawn_district.matrix, kept, sign(tier) * weights[index], things)
        parts = relaxation.solve((), None, 10.0)
        assert isinstance(parts, Relaxed)
        assert relaxation.merged is not None
        whole = ended(Counting(relaxation.merged)).bound
        value = sign(tier) * (best[tier.name] - tier.constant)
        assert whole is not None
        assert whole <= value
        assert whole >= parts.bound - 2 - 2e-6 * abs(parts.bound)


@cache
def tight() -> Ground:
    """Give a district in which experts and subs are taken piecemeal by what holds parts."""
    return ground_of(build_model(build_problem(generate(120, 0), None)))


def reach_of(ground: Ground, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Bounding:
    monkeypatch.setattr("plsched.solver.bounding._FEW_ENTRIES", 0)
    tiers = ground.model.tiers
    limit = tiers[0].limit
    assert limit is not None
    empty = Incumbent(ground.matrix, tiers)
    return Bounding(lambda: ground, tiers, empty, 1, (limit,), clock=clock)


def test_a_tier_far_from_its_bound_is_bounded_by_whole_numbers(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    first = reach_of(tight(), Clock(), monkeypatch)
    first.look(30.0)
    tier = reach_of(tight(), Clock(), monkeypatch)
    running = Thread(target=tier.run, args=(Effort(0, 200.0, 1), 120.0))
    running.start()
    assert first.bound is not None
    while running.is_alive() and (tier.bound is None or tier.bound >= 0.995 * first.bound):
        time.sleep(0.2)
    tier.stop()
    running.join(20.0)
    assert tier.ended
    assert tier.bound is not None
    assert tier.bound < 0.995 * first.bound
    assert all(g.values is None or g.merged for g in tier.guides)
    assert capfd.readouterr().out == ""


def test_it_ends_soon_once_it_is_stopped() -> None:
    ground = tight()
    tiers = ground.model.tiers
    kept = kept_tiers(tiers, ground.weights, [tiers[0].limit or 0])
    relaxation = Relaxation(ground.matrix, kept, -ground.weights[1], [])
    assert isinstance(relaxation.solve((), None, 20.0), Relaxed)
    assert relaxation.merged is not None
    counting = Counting(relaxation.merged)
    time.sleep(1.0)
    counting.stop()
    assert counting.ended
    counting._thread.join(10.0)
    assert not counting._thread.is_alive()


def test_nothing_that_the_wall_ends_is_asked_where_steps_are_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tier = reach_of(tight(), Clock(steps=True), monkeypatch)
    tier.run(Effort(0, 1.0, 1, steps=True), 0.5)
    assert tier._counting is None


def test_sums_are_over_how_many_hold() -> None:
    """Three teachers alike, of whom one may go: one of three, not a third of each."""
    rows = Rows()
    teachers = [rows.literal() for _ in range(3)]
    rows.linear([(t, 2) for t in teachers], None, 3)
    matrix = Matrix(rows)
    minimise: Numbers = np.array([-1, -1, -1])
    merged = quotient(Stacked(matrix, []), minimise, np.ones(1, dtype=np.bool_), NONE)
    assert (merged.count, merged.size) == (1, 1)
    counting = ended(Counting(merged))
    assert counting.values is not None
    assert counting.values.tolist() == pytest.approx([1 / 3] * 3)
    assert counting.bound == -2  # one goes, widened by one; by parts one and a half would
