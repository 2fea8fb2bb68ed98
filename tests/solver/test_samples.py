"""A large district is planned on few of its columns, and bounded on all of them."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from plsched.generate import generate
from plsched.plan.models import Plan
from plsched.plan.verify import verify
from plsched.scenario.models import Scenario
from plsched.scenario.models.calendar import DayRow
from plsched.scenario.models.policy import Pin
from plsched.solver import bounding, relaxation
from plsched.solver import sample as sampling
from plsched.solver.again import as_then, carried_over
from plsched.solver.bounding import Bounding
from plsched.solver.bounds import Stacked, kept_tiers
from plsched.solver.clock import Clock
from plsched.solver.construct import construct
from plsched.solver.effort import Effort
from plsched.solver.elsewhere import Elsewhere
from plsched.solver.families.pins import is_at, times_of
from plsched.solver.first_order import rough
from plsched.solver.found import TierBound, take_over
from plsched.solver.ground import ground_of
from plsched.solver.incumbent import Incumbent, sign
from plsched.solver.index.build import build_problem
from plsched.solver.matrix import Matrix
from plsched.solver.model import Objective, build_model
from plsched.solver.neighbourhoods import Neighbourhoods
from plsched.solver.problem import Column, Problem
from plsched.solver.quotient import quotient
from plsched.solver.relaxation import Relaxation, Relaxed
from plsched.solver.sample import sample
from plsched.solver.search import Search
from plsched.solver.session import Session
from plsched.solver.settle import settle
from plsched.solver.step import Steps
from tests.solver.bounded import bounded

MOST = 6
SEEDS = [10_700, 10_701, 10_702, 10_703, 10_704, 10_705, 10_706, 10_709, 10_719, 10_774, 10_816]
"""Of drawn districts that have a plan."""


@cache
def district() -> Scenario:
    return generate(60, 0)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every district for a large one."""
    monkeypatch.setattr(sampling, "_LARGE", 0)
    monkeypatch.setattr(sampling, "_COLUMNS", 0)


def planned(scenario: Scenario, workers: int, baseline: Plan | None = None) -> Plan:
    effort = Effort(seed=0, time_limit_s=20.0, workers=workers, exact_columns=0)
    return Session(scenario, effort, baseline, lambda _: None).run()


@pytest.mark.usefixtures("large")
def test_a_sample_has_few_columns_of_everything_but_all_of_what_is_pinned() -> None:
    problem = build_problem(district())
    course = problem.bundles[0].item.id
    pins = (Pin(item=course),)
    pinned = build_problem(district().model_copy(update={"pins": pins}))
    drawn = sample(pinned, seed=0)
    for whole, few in zip(pinned.bundles, drawn.bundles, strict=True):
        for a, b in zip(whole.activities, few.activities, strict=True):
            if whole.item.id == course:
                assert len(b.columns) == len(a.columns)
            else:
                assert len(b.columns) <= 2 * MOST
            assert all(column in a.columns for column in b.columns)
            assert len(b.rooms) == len(b.columns) == len(b.attendance[0])
    assert drawn.columns() < pinned.columns() / 2
    assert [len(r.columns) for r in sample(pinned, 0).rounds] == [
        len(r.columns) for r in drawn.rounds
    ]


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("workers", [1, 2])
def test_a_plan_on_a_sample_passes_the_judge_and_has_a_bound(workers: int) -> None:
    plan = planned(district(), workers)
    assert verify(district(), plan, None) == ()
    required, reach = plan.tiers[:2]
    assert required.value == required.bound
    assert reach.bound is not None
    assert 0 < reach.value <= reach.bound


@pytest.mark.usefixtures("large")
def test_a_plan_on_a_sample_is_carried_over_to_all_columns() -> None:
    problem = build_problem(district())
    few = build_model(sample(problem, seed=0))
    effort = Effort(seed=0, time_limit_s=10.0, workers=1, exact_columns=0)
    values = np.array(Search(few, effort, lambda _: None, Clock()).run().values)
    everything = build_model(problem)
    matrix = Matrix(everything.rows)
    incumbent = Incumbent(matrix, everything.tiers)
    incumbent.offer(matrix.every, carried_over(few, values, everything))
    settle(everything, matrix, incumbent, seed=0)
    assert incumbent.whole
    there = dict(zip((t.name for t in everything.tiers), incumbent.reached, strict=True))
    here = {t.name: t.value(values.tolist()) for t in few.tiers}
    assert (there["required"], there["reach"]) == (here["required"], here["reach"])


@pytest.mark.usefixtures("large")
def test_replanning_keeps_what_still_fits() -> None:
    before = planned(district(), 1)
    gone = before.items[len(before.items) // 2].source
    pins = (Pin(item=gone, present=False),)
    changed = district().model_copy(update={"pins": pins})
    after = planned(changed, 1, before)
    assert verify(changed, after, before) == ()
    then = {i.id: (i.start, i.end) for i in before.items if i.source != gone}
    now = {i.id: (i.start, i.end) for i in after.items}
    kept = sum(now.get(ident) == times for ident, times in then.items())
    assert kept >= 0.9 * len(then)


@cache
def found_before() -> Plan:
    return planned(district(), 1)


def columns_of(problem: Problem) -> dict[str, list[Column]]:
    """List the columns of each session, round and cycle."""
    sessions = {a.id: a.columns for b in problem.bundles for a in b.activities}
    rounds = {r.id: r.columns for r in problem.rounds}
    return sessions | rounds | {c.id: [k.column for k in c.columns] for c in problem.cycles}


@pytest.mark.usefixtures("large")
def test_what_can_be_as_it_was_has_its_own_time_alone_and_what_cannot_has_many() -> None:
    """A snow day: nothing can be on it any more."""
    before = found_before()
    day = Counter(i.start.date() for i in before.items).most_common(1)[0][0]
    calendar = district().calendar
    closed = next(k.id for k in calendar.day_kinds if k.contract == "none")
    snow = calendar.model_copy(update={"days": (*calendar.days, DayRow(kind=closed, first=day))})
    problem = build_problem(district().model_copy(update={"calendar": snow}), before)
    everything, few = columns_of(problem), columns_of(sample(problem, 0))
    then = {i.id: times_of(problem, i) for i in before.items if i.id in everything}
    lost = {i.id for i in before.items if any(o.start.date() == day for o in i.occurrences)}
    assert lost & then.keys()
    for ident in then.keys() - lost:
        assert few[ident], ident
        assert all(is_at(c, then[ident]) for c in few[ident]), ident
    for ident in lost & then.keys():
        assert len(few[ident]) >= min(MOST, len(everything[ident])), ident


@pytest.mark.usefixtures("large")
def test_a_plan_made_again_from_itself_is_itself_and_hires_nobody_else() -> None:
    """Subs hired for nobody by one block would be missing in the next."""
    before = found_before()
    problem = sample(build_problem(district(), before), 0)
    model = build_model(problem)
    incumbent = Incumbent(Matrix(model.rows), model.tiers)
    steps = Steps(model, Matrix(model.rows), incumbent, lambda _: None, Clock())
    stages: list[str] = []

    def over(stage: str) -> bool:
        stages.append(stage)
        return stage == "requested"

    construct(steps, Neighbourhoods(steps.parts, 0), Effort(0, 60.0, 1), over)
    reached = dict(zip((t.name for t in model.tiers), incumbent.reached, strict=True))
    paid = {t.name: t.value for t in before.tiers}
    assert {"again", "requested"} <= set(stages)
    assert (reached["required"], reached["reach"]) == (paid["required"], paid["reach"])
    assert (reached["distance"], reached["cost"]) == (0, paid["cost"])


@pytest.mark.usefixtures("large")
def test_nothing_goes_on_counting_once_there_is_a_plan() -> None:
    """Not even where no time was left for the tier that was looked ahead to."""
    before = set(threading.enumerate())
    effort = Effort(seed=0, time_limit_s=1.0, workers=1, exact_columns=0)
    Session(district(), effort, None, lambda _: None).run()
    for thread in set(threading.enumerate()) - before:
        thread.join(20.0)
        assert not thread.is_alive()


def test_a_sample_is_planned_in_parts_however_small_it_is() -> None:
    model = build_model(build_problem(district(), None))
    effort = Effort(seed=0, time_limit_s=20.0, workers=1, exact_columns=10**6)
    assert Search(model, effort, lambda _: None, Clock())._steps is None
    ground = ground_of(model)
    sampled = Search(model, effort, lambda _: None, Clock(), whole=lambda: ground)
    assert sampled._steps is not None


def test_the_decisions_of_a_baseline_are_found_again() -> None:
    before = planned(district(), 1)
    model = build_model(build_problem(district(), before))
    flags = as_then(model)
    ids = {i.id for i in before.items}
    for a in model.variables.activities():
        assert flags[a.present] >= (a.activity.id in ids)
        assert sum(flags[a.x]) >= (a.activity.id in ids)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_bounds_without_the_rules_seldom_felt_bounds_the_model(seed: int) -> None:
    drawn = bounded(seed)
    assert drawn is not None
    ground = ground_of(build_model(drawn.model.problem, only_bounding=True))
    assert ground.matrix.size <= drawn.matrix.size
    reached: list[int] = []
    for tier, weights in zip(ground.model.tiers, ground.weights, strict=True):
        kept = kept_tiers(ground.model.tiers, ground.weights, reached)
        found = Relaxation(ground.matrix, kept, sign(tier) * weights, []).solve((), None, 10.0)
        assert isinstance(found, Relaxed)
        assert found.bound <= sign(tier) * (drawn.best[tier.name] - tier.constant)
        reached.append(drawn.best[tier.name])


@pytest.mark.parametrize("seed", SEEDS[:6])
def test_a_rough_solve_certifies_a_bound_that_is_near_that_of_an_exact_one(seed: int) -> None:
    drawn = bounded(seed)
    assert drawn is not None
    aim = -drawn.weights[1]
    rows = Stacked(
        drawn.matrix, kept_tiers(drawn.model.tiers, drawn.weights, [drawn.best["required"]])
    )
    merged = quotient(rows, aim, np.ones(rows.size, dtype=np.bool_), np.arange(0))
    found = rough(merged, 5.0)
    assert found is not None
    multipliers, _ = found
    bound = rows.certify(aim, merged.share(multipliers)).bound
    exact = Relaxation(
        drawn.matrix,
        kept_tiers(drawn.model.tiers, drawn.weights, [drawn.best["required"]]),
        aim,
        [],
        whole=True,
    ).solve((), None, 10.0)
    assert isinstance(exact, Relaxed)
    assert bound <= -drawn.best["reach"]
    assert bound >= exact.bound - 0.05 * abs(exact.bound) - 1


@pytest.mark.parametrize("seed", SEEDS[:3])
def test_a_rough_relaxation_gives_a_bound_long_before_its_time_is_over(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever waits stops waiting when the time is over, and would have nothing."""
    monkeypatch.setattr(relaxation, "_ROUGH_ENTRIES", 0)
    monkeypatch.setattr(bounding, "_FIRST_S", 0.2)
    drawn = bounded(seed)
    assert drawn is not None
    model, ground = drawn.model, ground_of(drawn.model)
    tiers = [replace(t, limit=None) for t in model.tiers]
    plan = Incumbent(drawn.matrix, tiers)
    told: list[int] = []

    class Told(Bounding):
        def _take(self, bound: int | None) -> bool:
            going = super()._take(bound)
            told.append(self.bound or 0)
            return going

    Told(lambda: ground, tiers, plan, 1, (drawn.best["required"],)).look(20.0)
    assert told
    assert told == sorted(told, reverse=True)
    assert told[-1] >= drawn.best["reach"]


def test_a_tier_is_bounded_in_another_process_as_it_is_here() -> None:
    problem = build_problem(district())
    model = build_model(problem)
    incumbent = Incumbent(Matrix(model.rows), model.tiers)
    ground = ground_of(build_model(problem, only_bounding=True))
    limit = model.tiers[0].limit
    assert limit is not None
    kept = kept_tiers(ground.model.tiers, ground.weights, [limit])
    here = Relaxation(ground.matrix, kept, -ground.weights[1], []).solve((), None, 20.0)
    elsewhere = Elsewhere(district(), None)
    try:
        tier = elsewhere.bounding(model.tiers, incumbent, 1, (limit,), (), 0.0)
        tier.look(60.0)
        assert isinstance(here, Relaxed)
        assert tier.bound is not None
        assert tier.bound == pytest.approx(-here.bound, rel=1e-3)
        assert len(tier.guides[0].things) == len(model.things)
        comfort = elsewhere.bounding(model.tiers, incumbent, 3, incumbent.reached[:3], (), 0.0)
        comfort.run(Effort(0, 5.0, 1), 30.0)
        assert (comfort.ended, comfort.bound) == (True, None)
        elsewhere._process.kill()
        dead = elsewhere.bounding(model.tiers, incumbent, 1, (limit,), (), 0.0)
        started = time.monotonic()
        dead.run(Effort(0, 5.0, 1), 30.0)
        assert dead.ended
        assert time.monotonic() - started < 10
    finally:
        elsewhere.close()


def test_a_bound_goes_with_the_tiers_that_it_was_proven_under() -> None:
    reach = Objective("reach", "max", "minutes", [], limit=100)
    distance = Objective("distance", "min", "points", [])
    cost = Objective("cost", "min", "cents", [], limit=1)
    tiers = [TierBound(reach, 50, 60), TierBound(distance, 5, 4), TierBound(cost, 70, 65)]
    take_over(tiers, (55, 5, 80))
    assert [(t.value, t.bound) for t in tiers] == [(55, 60), (5, 4), (80, 65)]
    take_over(tiers, (55, 6, 80))
    assert [(t.value, t.bound) for t in tiers] == [(55, 60), (6, 4), (80, 1)]


def test_a_search_that_looks_ahead_can_be_cancelled() -> None:
    model = build_model(build_problem(district()))
    effort = Effort(seed=0, time_limit_s=20.0, workers=2, exact_columns=0)
    search = Search(model, effort, lambda _: None, Clock())
    ahead = search._ahead = search._look_ahead(1)
    search.cancel()
    ahead.look(20.0)
    assert ahead.guides == ()


@pytest.mark.usefixtures("large")
def test_no_limit_of_a_sample_is_told_as_a_bound() -> None:
    """A sample may hold no time for something that all columns have one for."""
    whole = build_model(build_problem(district()))
    session = Session(district(), Effort(0, 1.0, 1, exact_columns=0), None, lambda _: None)
    few, _ = session._large(build_problem(district()), Clock())
    limits = {t.name: t.limit for t in few.tiers}
    assert limits["required"] == sum(t.required for t in few.things)
    assert limits["required"] >= (whole.tiers[0].limit or 0)
    assert limits["reach"] is None
