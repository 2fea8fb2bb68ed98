"""Tier values worked out by hand, and what moves them."""

from datetime import date

import pytest

from plsched.plan.comfort import minutes_on_top
from plsched.plan.facts import Facts
from plsched.plan.models import Plan
from plsched.scenario.directory import Directory
from tests.plan import district, handmade
from tests.plan.breaks.breaking import drop
from tests.plan.district import Raw, row
from tests.plan.handmade import find, move


def values(raw: Raw | None = None, data: Raw | None = None, baseline: Plan | None = None) -> Raw:
    scenario = district.scenario(raw)
    plan = handmade.settle(scenario, data or handmade.plan(scenario), baseline)
    return {tier.name: tier.value for tier in plan.tiers}


def test_required_counts_what_stands_and_the_dosage_floor() -> None:
    """The workshop's unit, the network, the planning task, and the pair's floor."""
    assert values()["required"] == 4
    raw = district.raw()
    row(raw["coaching"], "cc")["floor_min"] = 316
    assert values(raw)["required"] == 3


def test_reach_is_weight_times_educators_times_minutes() -> None:
    numeracy = 2 * 3 * 6 * 2 * 120
    institute = 3 * 1 * 2 * 240
    team_time = 1 * 4 * 16 * 45
    leadership = 3 * 2 * 9 * 60
    survey = 3 * 6 * 30
    walk = 3 * 3 * (30 + 15 + 30)
    coaching = 1 * 2 * 7 * 45
    network_beyond_four = 3 * 2 * 1 * 60
    total = numeracy + institute + team_time + leadership + survey + walk + coaching
    assert values()["reach"] == total + network_beyond_four == 18_405


def test_cost_is_cash() -> None:
    assert values()["cost"] == 571_920


def test_comfort_adds_unliked_times_ways_late_follow_up_and_heavy_weeks() -> None:
    """Two sessions in the afternoon, a way of 20 minutes 11 times, 11 days to the follow-up.

    Of the meetings that take a way, the institute's two are the coach's, nine are leadership's.
    In four weeks s1 has 145 minutes, and n1 to n3 have 120 in one.
    """
    raw = district.raw()
    raw["policy"]["comfort"] = {"soft_week_min": 110}
    assert values(raw)["comfort"] == 2 * 10 + 11 * 2 * 1 + 2 * 2 + (4 + 3) * 5 == 81


def test_days_set_aside_for_learning_make_no_week_heavy() -> None:
    """The institute stands in summer, the first sections on PL days: nothing is on top of teaching.

    A Saturday is off contract: what stands there is.
    """
    scenario = district.scenario()
    data = handmade.plan(scenario)
    move(data, "survey/1", "2028-01-15", "09:00")
    found = minutes_on_top(Facts(Directory(scenario), handmade.settle(scenario, data)))
    assert ("c1", date(2027, 6, 28)) not in found
    assert ("n4", date(2027, 8, 16)) not in found
    assert found["n1", date(2027, 9, 13)] == 120
    assert found["n1", date(2028, 1, 10)] == 30


@pytest.mark.parametrize(
    ("days", "weeks"), [("2027-08-30", 2), ("2027-08-23", 1)], ids=["eleven days", "four days"]
)
def test_follow_up_counts_weeks_begun(days: str, weeks: int) -> None:
    raw = district.raw()
    raw["policy"]["comfort"] = {
        "off_preferred": 0,
        "travel_per_10_min": 0,
        "follow_up_per_week": 1,
        "heavy_week_per_hour": 0,
    }
    data = handmade.plan(district.scenario())
    first = find(data, "cc/duo/1")["occurrences"][0]
    first.update(handmade.piece(days, "09:35", 45, "conference"))
    assert values(raw, data)["comfort"] == weeks


def test_distance_counts_what_changed_against_the_baseline() -> None:
    scenario = district.scenario()
    baseline = handmade.settle(scenario, handmade.plan(scenario))
    assert values(baseline=baseline)["distance"] == 0
    data = handmade.plan(scenario)
    drop(data, "survey/1")  # 10
    move(data, "net/3", "2027-11-19", "10:00")  # 5
    find(data, "walk/r1")["facility"] = "R1"  # 1
    find(data, "own/s1/1")["experts"] = []  # 2
    find(data, "plc")["educators"] = ["s1"]  # 2
    find(data, "net/5")["id"] = "net/6"  # 10 for the one that is gone, 1 for the new one
    assert values(data=data, baseline=baseline)["distance"] == 31


def test_tiers_are_in_the_order_of_the_policy() -> None:
    raw = district.raw()
    raw["policy"]["tiers"] = ["cost", "required", "reach", "comfort"]
    assert list(values(raw)) == ["cost", "required", "reach", "comfort"]


def test_required_engagements_reach_beyond_their_low_count_in_each_term() -> None:
    raw = district.raw()
    row(raw["engagements"], "net").update(cadence="1-3 times per term")
    data = handmade.plan(district.scenario())
    for k, name in enumerate(("fall-1", "fall-2", "fall-3", "spring-1", "spring-2"), 1):
        find(data, f"net/{k}")["id"] = f"net/{name}"
    # Five occurrences, of which one in each of two terms is required.
    assert values(raw, data)["reach"] == 18_405 + 2 * 3 * 2 * 60
