"""Differences between solver and brute force that were found once, each as small as can be."""

from __future__ import annotations

from typing import Any

import pytest

from plsched.scenario.models import Scenario
from plsched.scenario.models.calendar import Term
from tests.solver.boundaries import (
    coached,
    district,
    educator,
    hired,
    item,
    observed,
    room,
    task,
    when,
)
from tests.solver.brute_force import best
from tests.solver.solving import solved, values

X = {"id": "x", "name": "X", "skills": ["math"]}
WEEK = when(day=6, last=10)


def two_terms(**tables: Any) -> Scenario:
    """Let a term end on September 7, and the next begin."""
    made = district(**tables)
    (whole,) = made.calendar.terms
    early = whole.model_copy(update={"last": whole.first.replace(day=7)})
    late = Term(id="u", name="U", season="fall", first=whole.first.replace(day=8), last=whole.last)
    calendar = made.calendar.model_copy(update={"terms": (early, late)})
    return made.model_copy(update={"calendar": calendar})


CASES: dict[str, Scenario] = {
    "a partner who is a participant too is taken once": district(
        engagements=[item("n", when(), groups=["both"], partners=["x"])],
        experts=[X | {"educator": "e1"}],
    ),
    "the second of two days lies in the window": district(
        tasks=[task("a", when(day=8, last=8), days=2), task("b", when("13:30", 8, 9), days=2)]
    ),
    "two days off the preferred weekday are one point": district(
        tasks=[task("a", when(day=8, last=9) | {"preferred_weekdays": ["mon"]}, days=2)]
    ),
    "a pattern is pinned under its item's id": district(
        engagements=[item("n", WEEK, groups=["both"], cadence="weekly")],
        pins=[{"item": "n", "start": "2027-09-08T10:00:00-05:00"}],
    ),
    "a cycle may hold its visits alone": district(
        **coached(
            coachees=["one"],
            meetings=[
                {"kind": "conference", "duration_min": 30},
                {"kind": "visit", "duration_min": 30, "during": "teaching"},
            ],
            patterns=[["mon", "wed"]],
            min_meetings_percent=50,
        ),
        educators=[
            *(educator(k, teaches=["p1", "p2", "p3"]) for k in range(1, 4)),
            educator(4, teaches=[]),
        ],
    ),
    "rounds in two terms do not add up": two_terms(
        **observed(rounds=2, when=when(day=7, last=8), min_gap_days=1, host_max_per_term=1)
    ),
    "a month whose room is closed has a possible start all the same": district(
        engagements=[item("n", WEEK, groups=["both"], cadence="monthly", needs_room=True)],
        facilities=[room(availability=[{"first": "2027-10-01", "last": "2027-10-31"}])],
    ),
    "a room pinned where none is needed": district(
        tasks=[task("a", when())],
        facilities=[room()],
        pins=[{"item": "a/1", "facility": "room"}],
    ),
    "an expert pinned who is not asked for": district(
        tasks=[task("a", when())],
        experts=[X],
        pins=[{"item": "a/1", "experts": ["x"]}],
    ),
    "two half hours of a week are one hour begun": district(
        tasks=[
            task("a", when(), duration_min=30),
            task("b", when("11:00"), duration_min=30),
        ],
        policy={"comfort": {"soft_week_min": 0}},
    ),
    "three pieces above a low limit are no more than together": district(
        tasks=[task(f"t{day}", when(day=day), duration_min=40) for day in (7, 8, 9)],
        policy={"comfort": {"soft_week_min": 30}},
    ),
    "a round where there are no subs": district(
        **{k: v for k, v in observed().items() if k != "substitutes"}
    ),
}


def one_period_and_two() -> Scenario:
    """One sub of three periods a day: one in the morning here, two in the afternoon there."""
    pool = {"id": "pool", "sites": ["north", "south"], "size": 1, "fill_percent": 100}
    return district(
        tasks=[
            task("a", when("08:00"), "one", release=True),
            task("b", when("12:30"), "south", release=True, duration_min=120),
        ],
        educators=[*(educator(k) for k in (1, 2)), educator(3, site="south", teaches=["p3", "p4"])],
        groups=[
            {"id": "one", "name": "One", "members": ["e1"]},
            {"id": "south", "name": "South", "members": ["e3"]},
        ],
        substitutes=hired(pool, 3) | {"allow_second_site": True},
    )


def test_a_day_at_two_sites_is_shared_out_as_needed() -> None:
    found = best(one_period_and_two())
    assert found is not None
    assert values(solved(one_period_and_two())) == found.values


@pytest.mark.parametrize("name", CASES)
def test_solver_equals_brute_force(name: str) -> None:
    found = best(CASES[name])
    plan = solved(CASES[name])
    assert values(plan) == (None if found is None else found.values)


@pytest.mark.parametrize("named", ["room1", "room2"])
def test_a_room_that_an_item_names_is_like_no_other(named: str) -> None:
    rooms = [room("room1"), room("room2")]
    wishes = [
        task("a", when(), "one", needs_room=True, facilities=[named]),
        task("b", when(), "two", needs_room=True, facilities=[named]),
        task("c", when(), "others", needs_room=True),
    ]
    plan = solved(district(facilities=rooms, tasks=wishes))
    held = {item.source: item.facility for item in plan.items}
    assert plan.status == "OPTIMAL"
    assert held["c"] != named
    assert [f for source, f in held.items() if source != "c"] == [named]
