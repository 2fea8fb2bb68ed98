"""A scenario that passed the check can be kept as JSON and read again: the store does no more."""

from collections.abc import Callable
from pathlib import Path

import pytest

from plsched.scenario.check import load
from plsched.scenario.models import Scenario
from tests.exports import district as awkward
from tests.plan import district as small

DEMOS = sorted((Path(__file__).parents[2] / "scenarios").glob("*/scenario.yaml"))


@pytest.mark.parametrize("path", DEMOS, ids=lambda path: path.parent.name)
def test_demo_scenarios_come_back(path: Path) -> None:
    scenario = load(path.parent)
    assert Scenario.model_validate_json(scenario.model_dump_json()) == scenario


@pytest.mark.parametrize("make", [awkward.scenario, small.scenario], ids=["awkward", "small"])
def test_what_was_left_empty_comes_back_empty(make: Callable[[], Scenario]) -> None:
    scenario = make()
    assert Scenario.model_validate_json(scenario.model_dump_json()) == scenario
