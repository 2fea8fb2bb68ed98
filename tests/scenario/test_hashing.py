"""What belongs to a scenario's fingerprint, and what does not."""

from typing import Any

from plsched.scenario.hashing import content_hash, scenario_hash
from plsched.scenario.models import Scenario
from tests.scenario.base import base

POSTING = {
    "fund": "local",
    "object": "materials",
    "stage": "spent",
    "obligation_date": "2027-09-01",
    "cents": 1,
}


def made(**more: Any) -> Scenario:
    return Scenario.model_validate(base() | more)


def test_records_leave_a_plan_with_its_scenario() -> None:
    booked = made(records={"postings": [POSTING]})
    assert scenario_hash(booked) == scenario_hash(made())
    assert content_hash(booked) != content_hash(made())


def test_without_records_the_content_is_the_scenario() -> None:
    assert content_hash(made()) == scenario_hash(made())


def test_whatever_else_is_changed_makes_another_scenario() -> None:
    assert scenario_hash(made(name="Other")) != scenario_hash(made())


def test_yardsticks_leave_a_plan_with_its_scenario() -> None:
    measured = made(yardsticks={"teachers_per_coach": 30})
    assert scenario_hash(measured) == scenario_hash(made())
    assert content_hash(measured) != content_hash(made())
    assert content_hash(made(yardsticks={"teachers_per_coach": 45})) == content_hash(made())
