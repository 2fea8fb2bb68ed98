"""Plans that replace a plan: nothing changes without need, and nothing before the freeze."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from plsched.plan.models import Plan, PlanItem
from plsched.scenario.models import Scenario
from tests.solver.boundaries import course, district, hired, item, observed, room, task, when
from tests.solver.generated import generated
from tests.solver.solving import HAS_PLAN, sample, solved, values


def week(**tables: Any) -> Scenario:
    """Give a week with a course, a meeting, an observation day and a task in a room."""
    monday = when(day=6, last=10)
    asked = observed(when=when(day=7, last=10))
    rows: dict[str, Any] = {
        "courses": [course("c", monday, "others", sessions=2, min_gap_days=1)],
        "engagements": [item("n", monday, groups=["both"], cadence="once")],
        "tasks": [task("a", when("13:30", day=6, last=10), needs_room=True)],
        "facilities": [room("room1"), room("room2")],
        "substitutes": hired({"id": "pool", "sites": ["north"], "size": 9, "fill_percent": 100}),
        "observations": asked["observations"],
    }
    return district(**(rows | tables))


def without(scenario: Scenario, closed: date) -> Scenario:
    """Give the scenario with a snow day: the date is in no row of days."""
    rows = []
    for row in scenario.calendar.days:
        early = row.model_copy(update={"last": closed.replace(day=closed.day - 1)})
        late = row.model_copy(update={"first": closed.replace(day=closed.day + 1)})
        rows += [early, late] if row.first < closed < row.last_date else [row]
    calendar = scenario.calendar.model_copy(update={"days": tuple(rows)})
    return scenario.model_copy(update={"calendar": calendar})


def frozen(scenario: Scenario, before: date) -> Scenario:
    policy = scenario.policy.model_copy(update={"freeze_before": before})
    return scenario.model_copy(update={"policy": policy})


def decided(plan: Plan) -> dict[str, tuple[object, ...]]:
    """Give what was decided of each item."""

    def of(x: PlanItem) -> tuple[object, ...]:
        return (x.occurrences, x.site, x.facility, x.groups, x.experts, x.coach, x.visits)

    return {x.id: of(x) for x in plan.items}


@pytest.mark.parametrize("seed", sample(range(7000, 7200), 25))
def test_nothing_changes_without_need(seed: int) -> None:
    scenario = generated(seed)
    first = solved(scenario)
    if first.status not in HAS_PLAN:
        return
    again = solved(scenario, first, seed=seed)
    assert again.status == "OPTIMAL"
    assert values(again) == (values(first) or {}) | {"distance": 0}


@pytest.mark.parametrize("seed", sample(range(7200, 7400), 25))
def test_what_starts_before_the_freeze_stays(seed: int) -> None:
    scenario = generated(seed)
    first = solved(scenario)
    if first.status not in HAS_PLAN:
        return
    cut = date(2027, 9, 8)
    early = {i: x for i, x in decided(first).items() if _begins(first, i) < cut}
    poorer = scenario.model_copy(
        update={"prior": (), "limits": (), "pins": (), "experts": scenario.experts}
    )
    again = solved(frozen(poorer, cut), first, seed=seed)
    assert again.status == "OPTIMAL"
    kept = {i: x for i, x in decided(again).items() if _begins(again, i) < cut}
    assert {i: x[:6] for i, x in kept.items()} == {i: x[:6] for i, x in early.items()}


def _begins(plan: Plan, ident: str) -> date:
    return next(x.start.date() for x in plan.items if x.id == ident)


def test_a_frozen_plan_stays_to_the_visit() -> None:
    scenario = week()
    first = solved(scenario)
    again = solved(frozen(scenario, date(2027, 9, 18)), first, seed=5)
    assert decided(again) == decided(first)
    assert (values(again) or {})["distance"] == 0


def test_a_snow_day_moves_what_stood_on_it_and_nothing_else() -> None:
    scenario = week()
    first = solved(scenario)
    days = sorted({o.start.date() for x in first.items for o in x.occurrences})
    for snow in [d for d in days if d > date(2027, 9, 6)]:
        hit = {x.id for x in first.items if any(o.start.date() == snow for o in x.occurrences)}
        again = solved(without(scenario, snow), first)
        assert again.status == "OPTIMAL"
        before, after = decided(first), decided(again)
        moved = {i for i in before if i in after and before[i][0] != after[i][0]}
        gone = before.keys() - after.keys()
        assert hit <= moved | gone
        sections = {"c/s1/1", "c/s1/2"}
        assert moved | gone <= hit | (sections if hit & sections else set())
        tiers = values(again) or {}
        assert tiers["required"] == (values(first) or {})["required"]
        assert tiers["distance"] == 5 * len(moved) + 10 * len(gone) + len(after.keys() - before)


def test_on_short_notice_it_moves_to_where_subs_can_still_be_had() -> None:
    """Thursday is preferred, but a day's notice brings nobody; two days bring somebody."""
    pool = {"id": "pool", "sites": ["north"], "size": 9, "fill_percent": 100}
    late = hired(pool | {"fill_on_short_notice": {2: 0}})
    meeting = task(
        "a", when("08:00", day=8, last=10) | {"preferred_weekdays": ["thu"]}, release=True
    )
    before = solved(district(tasks=[meeting], substitutes=late, pins=[PINNED]))
    assert _begins(before, "a/1") == date(2027, 9, 8)
    for as_of, begins in ((date(2027, 9, 7), 9), (date(2027, 9, 8), 10)):
        scenario = without(district(tasks=[meeting], substitutes=late), date(2027, 9, 8))
        policy = scenario.policy.model_copy(update={"as_of": as_of, "freeze_before": as_of})
        after = solved(scenario.model_copy(update={"policy": policy}), before)
        assert _begins(after, "a/1") == date(2027, 9, begins)


PINNED = {"item": "a/1", "start": "2027-09-08T08:00"}


def test_nothing_new_starts_before_the_freeze() -> None:
    # At a time of its own: nothing of the first plan stands in its way, whichever optimum that is.
    meeting = item("n", when("13:30", day=6, last=10), groups=["others"], cadence="once")
    scenario = week(engagements=[meeting])
    first = solved(week(engagements=[]))
    again = solved(frozen(scenario, date(2027, 9, 10)), first)
    added = {x.id: x.start.date() for x in again.items if x.source == "n"}
    assert added == {"n/1": date(2027, 9, 10)}
