"""Readiness is as good as its worst element."""

from datetime import date
from typing import Any

import pytest

from plsched.plan.readiness import readiness
from plsched.scenario.models import Scenario
from tests.exports.plans import scenario


def rating(colour: str, element: str = "Rooms", **more: Any) -> dict[str, Any]:
    return {
        "element": element,
        "pathway": "num",
        "phase": "delivery",
        "colour": colour,
        "rated": "2026-09-01",
        "owner": "Delivery team",
        "evidence": "seen",
    } | more


def rated(*ratings: dict[str, Any], as_of: str | None = None) -> Scenario:
    data = scenario().model_dump(mode="json")
    return Scenario.model_validate(data | {"records": {"as_of": as_of, "ratings": ratings}})


def test_without_ratings_nothing_is_ready_or_not() -> None:
    assert readiness(scenario()) is None
    assert readiness(rated()) is None
    assert readiness(rated(rating("red"), as_of="2026-08-31")) is None


@pytest.mark.parametrize(
    ("colours", "worst"),
    [
        (["green", "green", "green"], "green"),
        (["green", "yellow", "green"], "yellow"),
        (["green", "green", "green", "green", "red"], "red"),
        (["yellow", "red", "green"], "red"),
    ],
)
def test_the_worst_counts_and_not_the_mean(colours: list[str], worst: str) -> None:
    found = readiness(rated(*(rating(c, f"element {n}") for n, c in enumerate(colours))))
    assert found is not None
    assert found.worst == worst
    num, lead = found.rollups
    assert (num.pathway, num.worst, lead.pathway, lead.worst) == ("num", worst, "lead", None)
    assert num.phases == {
        "planning": None,
        "delivery": worst,
        "coaching": None,
        "evaluation": None,
    }
    assert found.elements[0].now.colour == worst


def test_elements_of_no_phase_or_pathway_count_where_they_belong() -> None:
    found = readiness(
        rated(rating("green"), rating("red", phase=None), rating("yellow", pathway=None))
    )
    assert found is not None
    num, _, whole = found.rollups
    assert (num.worst, num.phases["delivery"]) == ("red", "green")
    assert (whole.pathway, whole.worst, whole.phases["delivery"]) == (None, "yellow", "yellow")


def test_the_newest_rating_counts_up_to_the_date() -> None:
    rows = (
        rating("red", rated="2026-09-01"),
        rating("green", rated="2026-11-01"),
        rating("yellow", rated="2026-10-01"),
    )
    told = {}
    for as_of in ("2026-09-30", "2026-10-01", "2026-10-31", None):
        found = readiness(rated(*rows, as_of=as_of))
        assert found is not None
        (element,) = found.elements
        told[as_of] = (element.now.colour, element.before)
    assert told == {
        "2026-09-30": ("red", None),
        "2026-10-01": ("yellow", "red"),
        "2026-10-31": ("yellow", "red"),
        None: ("green", "yellow"),
    }


def test_of_two_ratings_of_a_day_the_worse_counts() -> None:
    for rows in ((rating("red"), rating("green")), (rating("green"), rating("red"))):
        found = readiness(rated(*rows))
        assert found is not None
        assert found.worst == "red"


@pytest.mark.parametrize(
    ("colour", "due", "overdue"),
    [
        ("red", "2026-09-30", True),
        ("yellow", "2026-09-30", True),
        ("green", "2026-09-30", False),
        ("red", "2026-10-01", False),
        ("red", None, False),
    ],
)
def test_overdue_is_what_is_not_green_the_day_after(
    colour: str, due: str | None, overdue: bool
) -> None:
    found = readiness(rated(rating(colour, due=due), as_of="2026-10-01"))
    assert found is not None
    assert found.as_of == date(2026, 10, 1)
    assert found.elements[0].overdue == overdue
