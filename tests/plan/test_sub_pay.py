"""What a sub is paid by the period and by the hour, worked out by hand."""

from __future__ import annotations

import pytest

from plsched.plan.models import Plan
from plsched.plan.verify import verify
from tests.plan import district, handmade
from tests.plan.breaks.breaking import lift_funds


def paid(shift: str, sub_id: str, **prices: object) -> tuple[int, int, str]:
    """Hire a sub of the plan made by hand otherwise; give cents, quantity and unit."""
    data = district.raw()
    data["substitutes"].update(prices)
    lift_funds(data)
    scenario = district.scenario(data)
    decisions = handmade.plan(scenario)
    handmade.hired(decisions, sub_id)["shift"] = shift
    plan = handmade.settle(scenario, decisions)
    assert [str(v) for v in verify(scenario, plan)] == []
    return _lines(plan, sub_id)


def _lines(plan: Plan, sub_id: str) -> tuple[int, int, str]:
    (sub,) = (s for s in plan.substitutes if s.id == sub_id)
    return (
        sum(line.cash_cents for line in sub.cost_lines),
        sub.cost_lines[0].quantity,
        sub.cost_lines[0].unit,
    )


@pytest.mark.parametrize(
    ("sub_id", "minimum", "cents", "periods"),
    [
        ("sub-1", 1, 9_002, 2),
        ("sub-2", 1, 4_501, 1),
        ("sub-2", 2, 9_002, 2),
        ("sub-1", 2, 9_002, 2),
        ("sub-1", 3, 13_503, 3),
    ],
)
def test_by_the_period(sub_id: str, minimum: int, cents: int, periods: int) -> None:
    found = paid("periods", sub_id, period_cents=4_501, minimum_periods=minimum)
    assert found == (cents, periods, "periods")


@pytest.mark.parametrize(
    ("sub_id", "minimum", "cents", "minutes"),
    [
        # 13:10 to 14:55; 105 x 30.01 / 60 = 52.5175.
        ("sub-1", 0, 5_252, 105),
        # 13:10 to 14:00; 50 x 30.01 / 60 = 25.008.
        ("sub-2", 0, 2_501, 50),
        ("sub-2", 120, 6_002, 120),
        ("sub-1", 105, 5_252, 105),
        # 8:00 to 11:35, two periods with two between.
        ("sub-4", 0, 10_754, 215),
    ],
)
def test_by_the_hour(sub_id: str, minimum: int, cents: int, minutes: int) -> None:
    found = paid("hours", sub_id, hour_cents=3_001, minimum_min=minimum)
    assert found == (cents, minutes, "minutes")


def test_lunch_is_not_paid() -> None:
    """P4 and P5 are 10:45 to 13:05 with lunch from 11:40 to 12:10: 110 minutes."""
    data = district.raw()
    data["substitutes"].update(hour_cents=6_000)
    scenario = district.scenario(data)
    decisions = handmade.plan(scenario)
    sub = handmade.hired(decisions, "sub-4")
    sub["shift"] = "hours"
    sub["covers"][0]["period"] = "P5"
    plan = handmade.settle(scenario, decisions)
    assert _lines(plan, "sub-4") == (11_000, 110, "minutes")
