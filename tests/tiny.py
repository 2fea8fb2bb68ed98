"""The smallest district that makes a plan, which is the example of the API's document."""

from copy import deepcopy
from typing import Any

from plsched.api import examples
from plsched.plan.models import Plan
from plsched.scenario.models import Scenario

NOW = examples.NOW


def mapping(**changes: Any) -> dict[str, Any]:
    """Give the district as a scenario file holds it, with some of its keys replaced."""
    return deepcopy(examples.SCENARIO) | changes


def broke(amount_cents: int = 0, *, must_stand: bool = False) -> dict[str, Any]:
    """Give the district with a fund too small for the hall."""
    poor = mapping()["funds"][0] | {"amount_cents": amount_cents}
    policy = {"required": "must_stand"} if must_stand else {}
    return mapping(funds=[poor], policy=policy)


def scenario(**changes: Any) -> Scenario:
    """Give the district as a checked scenario."""
    return Scenario.model_validate(mapping(**changes))


def plan(**changes: Any) -> Plan:
    """Give the best plan of the district, worked out by hand."""
    return examples.plan().model_copy(update=changes)
