"""Observers of other sites: a plan made by hand, and what the judge says when it is broken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plsched.plan.models import Plan
from plsched.plan.verify import verify
from plsched.scenario.check import from_mapping, load
from plsched.scenario.models import Scenario
from tests.plan import handmade
from tests.plan.district import Raw
from tests.plan.handmade import piece, visit

FOLDER = Path(__file__).parents[2] / "scenarios/tiny/visits-from-another-school"
MONDAY = "2027-09-13"
Change = Callable[[Raw, Raw], object]


def raw() -> Raw:
    """Give the scenario as a mapping, with the funds that the plan made by hand knows."""
    data: Raw = load(FOLDER).model_dump(mode="json")
    (fund,) = data["funds"]
    data["funds"] = [fund | {"id": name} for name in ("fy27", "title2")]
    return data


def decisions(scenario: Scenario) -> Raw:
    """Visit host 2 on Monday in p2: away 08:55 to 09:55, so out of s1, which ends at 09:00."""
    cover = {"item": "learning-walk/r1", "educator": "o1", "site": "elm", "period": "s1"}
    return {
        "scenario": scenario.name,
        "timezone": "America/Chicago",
        "seed": 0,
        "version": "0",
        "status": "FEASIBLE",
        "wall_time_s": 0.0,
        "items": [
            {
                "id": "learning-walk/r1",
                "source": "learning-walk",
                "session": 1,
                "occurrences": [piece(MONDAY, "08:00", 175, "visits")],
                "site": "oak",
                "groups": ["observers", "hosts"],
                "educators": ["o1", "h1", "h2"],
                "visits": [visit("p2", MONDAY, "09:10", "h2", "o1")],
                "releases": [{"educator": "o1", "date": MONDAY, "periods": ["s1"]}],
                "subs": ["sub-1"],
            }
        ],
        "substitutes": [
            {
                "id": "sub-1",
                "pool": "district",
                "date": MONDAY,
                "site": "elm",
                "shift": "morning",
                "account": "rounds|",
                "covers": [cover],
            }
        ],
    }


def settled(change: Change = lambda _s, _p: None) -> tuple[Scenario, Plan]:
    """Break scenario or decisions, and fill in what follows."""
    data = raw()
    plan = decisions(load(FOLDER))
    change(data, plan)
    scenario = from_mapping(data).scenario
    assert scenario is not None
    return scenario, handmade.settle(scenario, plan)


def test_the_plan_made_by_hand_breaks_nothing() -> None:
    scenario, plan = settled()
    assert [str(v) for v in verify(scenario, plan)] == []


def test_the_way_is_paid_once_for_a_trip() -> None:
    """8 miles at 72.5 cents."""
    _, plan = settled()
    lines = [x for x in plan.items[0].cost_lines if x.kind == "travel"]
    assert [(x.cash_cents, x.quantity, x.unit) for x in lines] == [(580, 1, "people")]


def _observation(**values: object) -> Change:
    return lambda s, _p: s["observations"][0].update(values)


def _way(minutes: int) -> Change:
    return lambda s, _p: s["travel"][0].update(minutes=minutes)


def _limit(at_most: int) -> Change:
    limit = {"id": "hour", "window": "day", "unit": "minutes", "at_most": at_most}
    return lambda s, _p: s["limits"].append(limit)


def _blackout(what: str) -> Change:
    row = {"id": "b", "first": MONDAY, "last": MONDAY, "sites": ["elm"], "blocks": [what]}
    return lambda s, _p: s["calendar"]["blackouts"].append(row)


def _uncovered(_s: Raw, p: Raw) -> None:
    p["items"][0].update(releases=[], subs=[])
    p["substitutes"] = []


def _covered_at_oak(_s: Raw, p: Raw) -> None:
    p["substitutes"][0].update(site="oak")


def _hours_from_half_past_nine(s: Raw, _p: Raw) -> None:
    s["calendar"]["bell_schedules"][1]["contract"]["start"] = "09:30"


def _pl_day_at_elm(s: Raw, _p: Raw) -> None:
    s["calendar"]["day_kinds"].append({"id": "pl", "name": "PL day", "contract": "all"})
    s["calendar"]["days"].append({"kind": "pl", "first": MONDAY, "sites": ["elm"]})
    s["sites"][1]["bells"]["pl"] = "elm-day"


@pytest.mark.parametrize("change", [_way(11), _way(30), _limit(60)])
def test_at_the_boundary_it_passes(change: Change) -> None:
    scenario, plan = settled(change)
    assert [str(v) for v in verify(scenario, plan)] == []


@pytest.mark.parametrize(
    ("change", "families"),
    [
        (_uncovered, {"cover"}),
        (_covered_at_oak, {"cover"}),
        (_way(10), {"cover"}),
        (_way(31), {"cover"}),
        (_limit(59), {"limits"}),
        (_blackout("sessions"), {"days"}),
        (_blackout("releases"), {"days"}),
        (_observation(use_planning_periods=False), {"visits"}),
        (_hours_from_half_past_nine, {"visits"}),
        (_observation(from_other_sites=False), {"presence", "visits", "cover"}),
        (_pl_day_at_elm, {"presence", "visits", "cover"}),
    ],
)
def test_broken_it_is_named(change: Change, families: set[str]) -> None:
    scenario, plan = settled(change)
    found = {v.family for v in verify(scenario, plan)}
    assert found
    assert found <= families
