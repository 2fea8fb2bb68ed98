"""Without a plan there is a minimal set of rules that clash, each by its right name."""

from __future__ import annotations

import pytest

from plsched.families import TITLES
from plsched.plan.models import Conflict
from plsched.scenario.models import Scenario
from plsched.solver.clock import Clock
from plsched.solver.effort import Effort
from plsched.solver.index.build import build_problem
from plsched.solver.model import build_model
from plsched.solver.rows import Tag
from plsched.solver.search import Search
from tests.solver import boundaries as rules
from tests.solver.boundaries import Row, district
from tests.solver.constructed import constructed
from tests.solver.generated import generated
from tests.solver.solving import HAS_PLAN, sample, solved

EFFORT = Effort(seed=0, time_limit_s=30.0, workers=1)

CLASHES: dict[str, tuple[Row, set[Tag]]] = {
    "one person twice": (
        rules.second_starts_at(659),
        {("presence", "a"), ("presence", "b"), ("people", "e1")},
    ),
    "one room": (
        rules.room_again_at(674),
        {("presence", "a"), ("presence", "b"), ("facilities", "room")},
    ),
    "a fund": (
        rules.amount(4999),
        {("presence", "a"), ("funds", "fund")},
    ),
    "a limit": (
        rules.meetings_a_week(1),
        {("presence", "a"), ("presence", "b"), ("limits", "rule")},
    ),
    "seats": (
        rules.seats(3),
        {("presence", "a"), ("presence", "b"), ("licences", "web")},
    ),
    "subs": (
        rules.pool_of(1),
        {("presence", "a"), ("presence", "b"), ("cover", "north"), ("cover", "pool")},
    ),
    "an expert's hours": (
        rules.presents_at_most(119),
        {("presence", "a"), ("presence", "b"), ("experts", "x")},
    ),
    "a coach's caseload": (
        rules.caseload(1),
        {("presence", "k/one/1"), ("presence", "k/two/1"), ("coaching", "e4")},
    ),
}


def tags(conflicts: tuple[Conflict, ...]) -> set[Tag]:
    return {(c.family, ident) for c in conflicts for ident in c.ids}


def has_plan_without(scenario: Scenario, without: frozenset[Tag]) -> bool:
    """Solve with some rules left out of the model."""
    model = build_model(build_problem(scenario, None), without)
    found = Search(model, EFFORT, lambda _: None, Clock()).run()
    return not found.infeasible


@pytest.mark.parametrize("name", CLASHES)
def test_the_rules_that_clash_are_named(name: str) -> None:
    tables, expected = CLASHES[name]
    plan = solved(district(must_stand=True, **tables))
    assert plan.status == "INFEASIBLE"
    assert tags(plan.conflicts) == expected
    assert all(c.text.startswith(TITLES[c.family]) for c in plan.conflicts)


def infeasible(seed: int) -> Scenario | None:
    """Give the district of a seed with everything required that cannot all stand, if so."""
    drawn = generated(seed)
    policy = drawn.policy.model_copy(update={"required": "must_stand"})
    asking = drawn.model_copy(update={"policy": policy})
    return asking if solved(asking).status == "INFEASIBLE" else None


def test_every_rule_of_a_conflict_is_needed() -> None:
    seen = 0
    for seed in sample(range(6000, 6400), 40):
        scenario = infeasible(seed)
        if scenario is None:
            continue
        seen += 1
        conflict = tags(solved(scenario).conflicts)
        everything = frozenset(build_model(build_problem(scenario, None)).rows.tags)
        assert conflict, seed
        assert conflict <= everything, seed
        assert not has_plan_without(scenario, everything - conflict), seed
        for tag in conflict:
            assert has_plan_without(scenario, everything - conflict | {tag}), (seed, tag)
    assert seen >= 5


def test_a_known_plan_with_one_pin_too_many() -> None:
    """What is pinned off its possible times is told by the pin's own name."""
    scenario, known = next(
        (s, p) for s, p in map(constructed, range(1000, 1100)) if any(x.start for x in s.pins)
    )
    assert solved(scenario).status in HAS_PLAN
    pin = next(x for x in scenario.pins if x.start)
    assert pin.start is not None
    moved = pin.model_copy(update={"start": pin.start.replace(minute=7)})
    broken = scenario.model_copy(
        update={"pins": tuple(moved if x == pin else x for x in scenario.pins)}
    )
    plan = solved(broken)
    assert plan.status == "INFEASIBLE"
    assert ("pins", pin.item) in tags(plan.conflicts)
    assert known.items
