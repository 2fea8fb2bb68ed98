"""Subs that can be counted on, with what notice; by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from plsched.plan.fill import expected_on_notice
from plsched.plan.models import Plan
from plsched.plan.verify import verify
from plsched.scenario.models.people import SubPool
from tests.plan import district, handmade
from tests.plan.district import Raw

TUESDAY = date(2027, 9, 14)
POOL = SubPool(id="pool", sites=("north",), size=10, fill_on_short_notice={2: 40, 7: 65})


def made(**changes: object) -> tuple[Raw, Plan]:
    """Give the district and the plan made by hand: three subs are booked for the Tuesday."""
    data = district.raw()
    data["substitutes"]["pools"][0].update(changes)
    scenario = district.scenario(data)
    return data, handmade.settle(scenario, handmade.plan(scenario))


@pytest.mark.parametrize(
    ("notice", "expected"),
    [
        (30, 8),
        (7, 8),
        # Three are booked; of the other seven 65 % come, that is 4.
        (6, 7),
        (2, 7),
        # Of the other seven 40 % come, that is 2.
        (1, 5),
        (0, 5),
        (-1, 3),
    ],
)
def test_fill_falls_with_short_notice(notice: int, expected: int) -> None:
    _, before = made()
    assert expected_on_notice(POOL, TUESDAY, TUESDAY - timedelta(notice), before) == expected


def test_without_a_baseline_or_a_day_nobody_is_late() -> None:
    _, before = made()
    assert expected_on_notice(POOL, TUESDAY, TUESDAY, None) == 8
    assert expected_on_notice(POOL, TUESDAY, None, before) == 8


def test_short_notice_never_brings_more_than_the_weekday() -> None:
    _, before = made()
    pool = POOL.model_copy(update={"fill_on": {"tue": 50}})
    # Three are booked, and half of the other seven come; five in all can be counted on.
    assert expected_on_notice(pool, TUESDAY, TUESDAY - timedelta(6), before) == 5


@pytest.mark.parametrize(("day", "broken"), [("2027-09-12", False), ("2027-09-13", True)])
def test_the_judge_counts_those_who_are_not_booked(day: str, broken: bool) -> None:
    """Two of three are booked; a third comes with two days' notice, not with one."""
    data, plan = made(fill_on_short_notice={2: 0})
    data["policy"] |= {"as_of": day}
    scenario = district.scenario(data)
    before = plan.model_copy(
        update={"substitutes": tuple(s for s in plan.substitutes if s.id != "sub-3")}
    )
    found = {v.message for v in verify(scenario, plan, before) if v.family == "cover"}
    told = "3 subs of pool pool are hired for 2027-09-14; 2 can be counted on"
    assert found == ({told} if broken else set())
