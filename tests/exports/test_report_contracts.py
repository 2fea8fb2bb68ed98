"""Contracts in the report: what is paid against their maximum, for those who may see pay."""

from __future__ import annotations

from typing import Any

from plsched.exports.report.contracts import ContractUse, contracts
from plsched.exports.report.coverage import coverage
from plsched.exports.report.gaps import gaps
from plsched.plan.facts import Facts
from plsched.scenario.directory import Directory
from plsched.scenario.models import Scenario
from tests.exports.plans import plan, scenario


def facts(**most: int) -> Facts:
    """Give the district with these contract maxima."""
    data: dict[str, Any] = scenario().model_dump(mode="json", exclude_unset=True)
    for expert in data["experts"]:
        if expert["name"] in most:
            expert["contract_max_cents"] = most[expert["name"]]
    return Facts(Directory(Scenario.model_validate(data)), plan())


def test_the_fullest_contract_is_first_and_told_when_it_is_nearly_used_up() -> None:
    """Two days at $1,500.00 and $200.00 of travel each are $3,400.00."""
    read = facts(**{"Partner by the day": 350_000, "Partner by the hour": 1_000_000})
    first, second = contracts(read)
    assert first == ContractUse("Partner by the day", 340_000, 350_000)
    assert (first.left_cents, second.name) == (10_000, "Partner by the hour")
    told = gaps(read, coverage(read).goals).finding
    assert "Partner by the day is booked to 95% of hours or contract or more" in told


def test_contracts_without_a_maximum_and_readers_without_pay_see_none() -> None:
    assert contracts(facts()) == ()
    read = facts(**{"Partner by the day": 350_000})
    found = gaps(read, coverage(read).goals, with_costs=False)
    assert found.contracts == ()
    assert "no expert is booked to the cap" in found.finding
