"""The schedule tells when, where and with whom, and nothing from which pay follows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from plsched.exports.report import render_report
from plsched.money import dollars
from plsched.plan.models import Plan, PlanItem, Substitute
from plsched.plan.schedule import Schedule, schedule_of
from plsched.plan.summary import placed_lines, summarize
from plsched.scenario.models import Scenario
from tests.plan import district, handmade

DISTINCTIVE = 731_057
STEP = 1_000_003


def priced(data: Any, numbers: Iterator[int]) -> Any:
    """Give every amount of a scenario a number that nothing else has."""
    if isinstance(data, list):
        return [priced(part, numbers) for part in data]
    if isinstance(data, dict):
        return {
            key: next(numbers)
            if isinstance(value, int) and "cents" in key
            else priced(value, numbers)
            for key, value in data.items()
        }
    return data


def amounts(data: Any, key: str = "") -> Iterator[int]:
    if isinstance(data, list):
        for part in data:
            yield from amounts(part)
    elif isinstance(data, dict):
        for name, value in data.items():
            yield from amounts(value, name)
    elif isinstance(data, int) and "cents" in key:
        yield data


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return Scenario.model_validate(priced(district.raw(), count(DISTINCTIVE, STEP)))


@pytest.fixture(scope="module")
def plan(scenario: Scenario) -> Plan:
    return handmade.settle(scenario, handmade.plan(scenario))


@pytest.fixture(scope="module")
def secrets(scenario: Scenario, plan: Plan) -> set[str]:
    """Give every amount that is in the scenario or follows from it, as it may be written."""
    summary = summarize(plan)
    cents = set(amounts(scenario.model_dump(mode="json")))
    for placed in placed_lines(plan):
        cents |= {placed.line.cash_cents, placed.line.economic_cents}
    for sums in (summary.total, *(s for rows in summary.by.values() for s in rows.values())):
        cents |= {sums.cash_cents, sums.economic_cents}
    cents |= {tier.value for tier in plan.tiers if tier.name == "cost"}
    kept = {amount for amount in cents if amount > 100_000}
    assert len(kept) > 40
    forms = {form for n in kept for form in (str(n), f"{n:,}", dollars(n), f"{n // 100:,}")}
    return forms | {str(n // 100) for n in kept}


def test_no_amount_is_in_the_schedule(plan: Plan, secrets: set[str]) -> None:
    whole = plan.model_dump_json()
    assert {s for s in secrets if s in whole}
    text = schedule_of(plan).model_dump_json()
    assert {s for s in secrets if s in text} == set()
    words = json.dumps(sorted(names(json.loads(text))))
    for word in ("cent", "cost", "fund", "account", "quantity", "hash"):
        assert word not in words


def test_no_amount_is_in_the_report_of_readers(
    scenario: Scenario, plan: Plan, secrets: set[str]
) -> None:
    whole = render_report(scenario, plan)
    assert {s for s in secrets if s in whole}
    page = render_report(scenario, plan, ("salaries[s].annual_cents 1 → 2",), with_costs=False)
    assert {s for s in secrets if s in page} == set()
    assert "annual_cents" not in page
    assert 'id="year"' in page
    assert 'id="costs"' not in page
    assert "$" not in page


def test_everything_else_is_as_in_the_plan(plan: Plan) -> None:
    whole = plan.model_dump(mode="json")
    told = schedule_of(plan).model_dump(mode="json")
    assert set(whole) - set(told) == {"scenario_hash", "expert_days"}
    assert [tier for tier in whole["tiers"] if tier["name"] != "cost"] == told["tiers"]
    for part, gone in (("items", {"cost_lines"}), ("substitutes", {"cost_lines", "account"})):
        assert told[part] == [
            {key: value for key, value in row.items() if key not in gone} for row in whole[part]
        ]
    for part in set(told) - {"items", "substitutes", "tiers"}:
        assert told[part] == whole[part], part
    assert Schedule.model_validate(told) == schedule_of(plan)


def test_what_a_plan_gains_is_shown_only_on_purpose() -> None:
    """A new field of a plan is in no schedule until somebody puts it there."""
    assert set(Plan.model_fields) - set(Schedule.model_fields) == {"scenario_hash", "expert_days"}
    own = {name for form in (PlanItem, Substitute) for name in form.__annotations__}
    assert own == {"account", "cost_lines"}


def names(data: Any) -> set[str]:
    if isinstance(data, list):
        return {name for part in data for name in names(part)}
    if isinstance(data, dict):
        return set(data) | {name for value in data.values() for name in names(value)}
    return set()
