"""The plan against the books: each sum agrees to the cent, and what is wrong is told."""

from typing import Any

import pytest

from plsched.plan.facts import Facts
from plsched.plan.least_prices import least_prices
from plsched.plan.models import Plan
from plsched.plan.reconciliation import Amounts, Reconciliation, reconcile
from plsched.plan.summary import summarize
from plsched.scenario.directory import Directory
from plsched.scenario.models import Scenario
from tests.exports.plans import plan, scenario

CASH = 835_432


def posting(cents: int, stage: str = "spent", **more: Any) -> dict[str, Any]:
    return {
        "fund": "title-ii",
        "object": "2213-320",
        "stage": stage,
        "obligation_date": "2026-09-01",
        "cents": cents,
    } | more


def reconciled(*postings: dict[str, Any], made: Plan | None = None) -> Reconciliation:
    data = scenario().model_dump(mode="json") | {"records": {"postings": postings}}
    district = Scenario.model_validate(data)
    return reconcile(Facts(Directory(district), made or plan()))


def test_without_postings_all_that_is_approved_remains() -> None:
    found = reconciled()
    assert found.total == Amounts(requested_cents=CASH, approved_cents=CASH, remaining_cents=CASH)
    assert found.told == ()


BOOKS = (
    posting(100_000, "encumbered", department="math"),
    posting(-60_000, "encumbered", department="math"),
    posting(60_001, department="math", reference="Voucher 1"),
    posting(777, fund="general", object="substitute"),
)


def test_every_path_adds_up_to_the_same_total() -> None:
    found = reconciled(*BOOKS)
    assert found.total == Amounts(
        requested_cents=CASH,
        approved_cents=CASH,
        encumbered_cents=40_000,
        spent_cents=60_778,
        remaining_cents=CASH - 40_000 - 60_778,
    )
    for rows in (found.objects, found.funds, found.departments):
        assert sum((row.amounts for row in rows), Amounts()) == found.total


def test_approved_is_what_each_fund_pays() -> None:
    found = reconciled(*BOOKS)
    paid = summarize(plan()).by["fund"]
    for row in found.funds:
        cash = paid[row.fund].cash_cents if row.fund in paid else 0
        assert row.amounts.approved_cents == cash, row.fund


def test_objects_of_a_fund_add_up_to_the_fund() -> None:
    found = reconciled(*BOOKS)
    for fund in found.funds:
        parts = [row.amounts for row in found.objects if row.fund == fund.fund]
        assert sum(parts, Amounts()) == fund.amounts


def test_available_is_the_amount_less_encumbered_and_spent() -> None:
    funds = {row.fund: row.available_cents for row in reconciled(*BOOKS).funds}
    assert funds == {
        "title-ii": 1_500_000 - 100_001,
        "general": 2_000_000 - 777,
        "old-grant": 10_000,
    }


@pytest.mark.parametrize(
    ("postings", "told"),
    [
        ([posting(1_500_000, object="2213-610")], {"over-approved"}),
        ([posting(1_500_001, object="2213-610")], {"over-approved", "fund-overdrawn"}),
        ([posting(-1)], {"released-too-much"}),
        ([posting(0, obligation_date="2026-07-01")], set()),
        ([posting(1, obligation_date="2026-06-30")], {"outside-window"}),
        ([posting(1, obligation_date="2027-09-30")], set()),
        ([posting(1, obligation_date="2027-10-01")], {"outside-window"}),
    ],
)
def test_what_is_wrong_in_the_books_is_told(postings: list[dict[str, Any]], told: set[str]) -> None:
    assert {t.code for t in reconciled(*postings).told} == told


def test_an_object_at_what_the_plan_approves_is_not_over_it() -> None:
    approved = next(
        row.amounts.approved_cents
        for row in reconciled().objects
        if (row.fund, row.object) == ("title-ii", "2213-320")
    )
    assert approved > 0
    assert reconciled(posting(approved)).told == ()
    (told,) = reconciled(posting(approved + 1)).told
    assert (told.code, told.fund, told.cents) == ("over-approved", "title-ii", 1)
    assert told.message == "2213-320: $0.01 more are encumbered and spent than the plan approves"


def empty() -> Plan:
    return plan().model_copy(update={"items": (), "substitutes": (), "expert_days": ()})


def test_what_is_left_out_is_requested_at_its_least_price() -> None:
    """By hand: of the whole district, nothing stands.

    Numeracy: 3 people at $25.00, and two days of the partner at $1,500.00
    and $200.00 for the way. Leaders' circle: three
    times 90 minutes at $120.00 an hour. Conference: 2 people at $450.00 and $600.00. Writing: a
    contract of $800.00. Nobody draws, and staff lead the rest.
    """
    lines = list(least_prices(Facts(Directory(scenario()), empty())))
    found = {(line.kind, line.pathway, line.department): line.cash_cents for line in lines}
    assert len(found) == len(lines)
    assert found == {
        ("materials", "num", "math"): 7_500,
        ("expert_fee", "num", "math"): 300_000,
        ("expert_travel", "num", "math"): 40_000,
        ("expert_fee", "lead", None): 54_000,
        ("conference_fee", "num", "lit"): 90_000,
        ("travel", "num", "lit"): 120_000,
        ("contract", "num", "math"): 80_000,
    }


def test_what_no_fund_pays_stands_in_a_row_of_its_own() -> None:
    found = reconciled(made=empty())
    (row,) = [row for row in found.funds if row.fund is None]
    assert row.amounts == Amounts(requested_cents=691_500)
    assert row.available_cents is None
    assert found.total == row.amounts
    assert {r.object: r.amounts.requested_cents for r in found.objects} == {
        "2213-320": 300_000 + 54_000 + 80_000,
        "2213-580": 120_000 + 40_000,
        "2213-610": 7_500,
        "conference_fee": 90_000,
    }
