"""A large district is planned again and again, on other columns around what was found."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from ortools.sat.python import cp_model

from plsched.generate import generate
from plsched.solver.around import around
from plsched.solver.clock import Clock
from plsched.solver.construct import construct
from plsched.solver.effort import Effort
from plsched.solver.found import Found, TierBound
from plsched.solver.helpers import decisions
from plsched.solver.incumbent import Incumbent
from plsched.solver.index.build import build_problem
from plsched.solver.matrix import Matrix, Numbers
from plsched.solver.model import Model, build_model
from plsched.solver.neighbourhoods import Neighbourhoods
from plsched.solver.problem import Problem
from plsched.solver.rounds import Rounds
from plsched.solver.sample import sample
from plsched.solver.search import Search, Share
from plsched.solver.settings import step_solver, wide_solver
from plsched.solver.step import Steps


@cache
def problem() -> Problem:
    return build_problem(generate(60, 0))


@cache
def model() -> Model:
    return build_model(sample(problem(), 0))


@cache
def plan() -> tuple[int, ...]:
    """Find a plan in which something is left out: tight districts have no other."""
    effort = Effort(seed=0, time_limit_s=4.0, workers=1, exact_columns=0)
    return tuple(Search(model(), effort, lambda _: None, Clock()).run().values)


def values() -> Numbers:
    return np.array(plan(), dtype=np.int64)


def steps() -> Steps:
    search = Search(model(), Effort(0, 4.0, 1, exact_columns=0), lambda _: None, Clock())
    assert search._steps is not None
    search._incumbent.offer(search._matrix.every, values())
    return search._steps


# ---- columns around a plan ----


@pytest.mark.parametrize("most", [None, 3])
def test_what_stands_keeps_its_column_and_what_is_left_out_has_many(most: int | None) -> None:
    beside = 2
    other = around(problem(), model(), values(), most, beside)
    missing = {t.id for t in model().things if not values()[list(t.literals)].any()}
    assert missing
    pairs = zip(problem().cycles, other.cycles, model().variables.cycles, strict=True)
    for whole, few, made in pairs:
        held = [k for k, v in zip(made.cycle.columns, made.x, strict=True) if values()[v]]
        assert all(k in few.columns for k in held)
        if held:
            assert len(few.columns) <= 1 + beside
        elif whole.id in missing:
            assert len(few.columns) == min(len(whole.columns), most or len(whole.columns))


# ---- rounds ----


class Stub:
    """Says that each search found one more than the last, as long as there is more."""

    def __init__(self, most: int, bounds: list[int | None]) -> None:
        self.most = most
        self.bounds = bounds
        self.lasts: list[str | None] = []

    def build(self, few: Problem) -> Model:
        return build_model(few)

    def search(
        self, made: Model, until: float, start: Numbers | None, share: Callable[[], Share]
    ) -> Found:
        end, last = share()
        assert end <= until + 1.0
        self.lasts.append(last)
        reach = min(self.most, len(self.lasts))
        tiers = [
            TierBound(made.tiers[0], 1, 1),
            TierBound(made.tiers[1], reach, self.bounds[len(self.lasts) - 1]),
        ]
        found = values() if start is None else start
        return Found(found.tolist(), tiers)


def rounds(stub: Stub, limit_s: float) -> tuple[Model, Found]:
    effort = Effort(seed=0, time_limit_s=limit_s, workers=1)
    return Rounds(problem(), effort, Clock(), stub.build, stub.search).run()


def test_rounds_end_with_all_tiers_once_one_brings_nothing() -> None:
    stub = Stub(2, [9, 9, 9, 9])
    _, found = rounds(stub, 10_000.0)
    assert stub.lasts == ["reach", "reach", "reach", None]
    assert found.tiers[1].value == 2


def test_a_short_solve_has_one_round() -> None:
    stub = Stub(1, [9])
    rounds(stub, 0.1)
    assert stub.lasts == [None]


def test_a_bound_of_an_earlier_round_is_kept() -> None:
    stub = Stub(1, [7, None, 8])
    _, found = rounds(stub, 10_000.0)
    assert found.tiers[1].bound == 7


class Lost(Stub):
    """Finds nothing in any other model than the first."""

    first: Model | None = None

    def search(
        self, made: Model, until: float, start: Numbers | None, share: Callable[[], Share]
    ) -> Found:
        if start is not None and made is not self.first:
            return Found()
        self.first = made
        return super().search(made, until, start, share)


def test_a_plan_that_cannot_be_carried_over_is_improved_where_it_was_found() -> None:
    stub = Lost(5, [9, 8])
    made, found = rounds(stub, 10_000.0)
    assert made is stub.first
    assert stub.lasts == ["reach", None]
    assert (found.tiers[1].value, found.tiers[1].bound) == (2, 8)


def test_a_start_that_breaks_a_row_is_given_up_at_once() -> None:
    broken = np.zeros_like(values())
    course = next(b for b in model().variables.bundles if not b.bundle.fixed)
    broken[course.chosen[0]] = 1
    effort = Effort(0, 60.0, 1, exact_columns=0)
    found = Search(model(), effort, lambda _: None, Clock(), start=broken).run()
    assert (found.values, found.cancelled) == ([], False)


# ---- wide neighbourhoods ----


def test_parts_that_share_a_resource_are_freed_with_what_is_left_out() -> None:
    made = steps()
    lost = made.shares.lost(made.place("reach"))
    assert lost
    standing = {n: p.standing(made.incumbent.values) for n, p in made.parts.items()}
    for columns in (50, 200, 800):
        near = Neighbourhoods(made.parts, columns)
        freed = near.sharing(lost, columns, standing)
        assert freed == Neighbourhoods(made.parts, columns).sharing(lost, columns, standing)
        for name in freed - lost.keys():
            mine = made.parts[name]
            assert any(
                mine.resources & made.parts[n].resources and standing[name] & made.parts[n].days
                for n in freed & lost.keys()
            )


@pytest.mark.parametrize("solver", [step_solver(0, 1, 0.3), wide_solver(0, 0.3)])
def test_a_step_makes_nothing_worse(solver: cp_model.CpSolver) -> None:
    made = steps()
    reach = made.place("reach")
    before = made.incumbent.reached
    names = frozenset(made.shares.missing())
    piece, rows = made.free(names, reach, names)
    made.solve(piece, rows, reach, solver)
    assert made.incumbent.whole
    assert made.incumbent.reached[: reach + 1] >= before[: reach + 1]


def test_a_plan_is_constructed_of_what_it_holds_alone() -> None:
    """With two threads CP-SAT aborted where next to nothing was left to be decided."""
    matrix = Matrix(model().rows)
    for own in decisions(model()):
        places = np.arange(own.start, own.stop)
        closed = places[values()[places] == 0]
        matrix.high[closed] = matrix.low[closed]
    incumbent = Incumbent(matrix, model().tiers)
    alone = Steps(model(), matrix, incumbent, lambda _: None, Clock())
    effort = Effort(seed=0, time_limit_s=60.0, workers=2)
    construct(alone, Neighbourhoods(alone.parts, 0), effort, lambda _: False)
    there = steps().incumbent.reached
    assert incumbent.reached[: alone.place("reach") + 1] == there[: alone.place("reach") + 1]


# ---- shares ----


def test_shares_are_what_each_part_adds_lacks_and_could_have() -> None:
    made = steps()
    reach = made.place("reach")
    held, worth = made.incumbent.values, made.incumbent.weights[reach]
    part_of = {t.id: t.id if t.id in made.parts else t.item.id for t in model().things}
    missing, lost = set(), dict[str, float]()
    for thing in model().things:
        name, v = part_of[thing.id], np.array(thing.literals, dtype=np.int64)
        if name not in made.parts or not made.parts[name].size:
            continue
        if not held[v].any():
            missing.add(name)
        gain = float(worth[v].max() - worth[v] @ held[v])
        if gain > 0:
            lost[name] = lost.get(name, 0.0) + gain
    assert made.shares.missing() == missing
    assert made.shares.lost(reach) == lost
    cost = made.place("cost")
    weights = made.incumbent.weights[cost]
    now = {n: float(abs(weights[p.own] @ held[p.own])) for n, p in made.parts.items()}
    assert made.shares.now(cost) == now
    everything = Matrix(model().rows).every
    most = sum(int(worth[list(t.literals)].max()) for t in model().things)
    assert made.shares.most(everything, reach) == most
