"""Amounts worked out by hand, line by line, to the cent."""

from datetime import date

import pytest

from plsched.plan.costs import account_code, cost_lines, salary_lines
from plsched.plan.models import CostLine, Plan
from plsched.scenario.directory import Directory
from plsched.scenario.models import Scenario
from tests.plan import district, handmade
from tests.plan.district import Raw, row
from tests.plan.handmade import find, hired, piece


def made(data: Raw | None = None) -> tuple[Scenario, Plan]:
    scenario = district.scenario(data)
    return scenario, handmade.settle(scenario, handmade.plan(scenario))


def lines_of(plan: Plan, item_id: str) -> tuple[CostLine, ...]:
    return next(item.cost_lines for item in plan.items if item.id == item_id)


def brief(lines: tuple[CostLine, ...]) -> list[tuple[str, str, int, int, str, str | None]]:
    return [
        (x.kind, x.element, x.cash_cents, x.economic_cents, str(x.obligation_date), x.term)
        for x in lines
    ]


def test_a_session_with_an_external_expert() -> None:
    """Three teachers for two hours, a consultant at $150 with half an hour's preparation each.

    69,180.00 x 1.378 / 2,080 is 45.83175 an hour: 91.66 for two, three times 274.98. The
    consultant is paid 300.00 and 150.00 for preparation, obligated when the contract was signed.
    The room is 30.00 an hour; materials 15.00 for each of three, with the first session only.
    """
    _, plan = made()
    assert brief(lines_of(plan, "num/s1/1")) == [
        ("expert_fee", "training_and_coaching", 45_000, 45_000, "2027-07-20", "fall"),
        ("facility", "materials_equipment_facilities", 6_000, 6_000, "2027-08-17", "fall"),
        ("materials", "materials_equipment_facilities", 4_500, 4_500, "2027-08-17", "fall"),
        ("salary", "teacher_time", 0, 27_498, "2027-08-17", "fall"),
    ]
    assert [x.kind for x in lines_of(plan, "num/s1/2")] == ["expert_fee", "facility", "salary"]


def test_every_attribute_of_a_line() -> None:
    _, plan = made()
    assert lines_of(plan, "num/s1/1")[0] == CostLine(
        kind="expert_fee",
        element="training_and_coaching",
        phase="delivery",
        quantity=120,
        unit="minutes",
        cash_cents=45_000,
        economic_cents=45_000,
        fund="title2",
        account_code="2213-320",
        obligation_date=date(2027, 7, 20),
        term="fall",
        pathway="math",
        department="cur",
        site="north",
    )


@pytest.mark.parametrize(
    ("since", "cents"), [("2027-09-09", 1_400), ("2027-09-10", 1_450), ("2027-01-01", 1_400)]
)
def test_mileage_is_paid_at_the_rate_of_the_day(since: str, cents: int) -> None:
    """20 miles at 72.5 cents, and at 70 cents from a date on."""
    data = district.raw()
    data["policy"]["mileage_cents_per_100_miles_from"] = {since: 7000, "2028-01-01": 9900}
    _, plan = made(data)
    assert [x.cash_cents for x in lines_of(plan, "lead/1") if x.kind == "travel"] == [cents]


def test_a_minute_is_contract_or_stipend_never_both() -> None:
    """15:00 to 16:00: the high school's contract ends at 15:45, the elementary school's at 16:00.

    45 and 60 contract minutes are worth 34.37 and 45.83; 15 minutes at 40.00 are 10.00. One
    drives 10 miles each way at 72.5 cents a mile.
    """
    _, plan = made()
    assert brief(lines_of(plan, "lead/1")) == [
        ("salary", "teacher_time", 0, 8_020, "2027-09-09", "fall"),
        ("stipend", "teacher_time", 1_000, 1_000, "2027-09-09", "fall"),
        ("travel", "travel_transportation", 1_450, 1_450, "2027-09-09", "fall"),
    ]


def test_a_series_over_two_terms_has_a_salary_line_for_each() -> None:
    data = district.raw()
    row(data["engagements"], "plc")["when"]["terms"] = ["fall", "spring"]
    scenario = district.scenario(data)
    decisions = handmade.plan(scenario)
    find(decisions, "plc")["occurrences"].append(piece("2028-01-05", "15:00", 45))
    plan = handmade.settle(scenario, decisions)
    # 45 minutes are 34.373...: 34.37 for each of four on 16 dates, then on one.
    assert [x for x in brief(lines_of(plan, "plc")) if x[0] == "salary"] == [
        ("salary", "teacher_time", 0, 3_437 * 4 * 16, "2027-08-25", "fall"),
        ("salary", "teacher_time", 0, 3_437 * 4, "2028-01-05", "spring"),
    ]


def test_fees_in_two_terms_under_one_signature_stay_two_lines() -> None:
    """Obligated on one date, but of the terms in which the service falls."""
    data = district.raw()
    row(data["engagements"], "plc")["when"]["terms"] = ["fall", "spring"]
    row(data["experts"], "X3")["contract_signed"] = "2027-08-01"
    scenario = district.scenario(data)
    decisions = handmade.plan(scenario)
    find(decisions, "plc")["occurrences"].append(piece("2028-01-05", "15:00", 45))
    plan = handmade.settle(scenario, decisions)
    assert [x for x in brief(lines_of(plan, "plc")) if x[0] == "expert_fee"] == [
        ("expert_fee", "training_and_coaching", 96_000, 96_000, "2027-08-01", "fall"),
        ("expert_fee", "training_and_coaching", 6_000, 6_000, "2027-08-01", "spring"),
    ]


def test_a_minimum_hire_counts_for_each_occurrence() -> None:
    """45 minutes are paid as 60."""
    _, plan = made()
    fees = [x.cash_cents for x in lines_of(plan, "plc") if x.kind == "expert_fee"]
    assert fees == [6_000] * 16


def test_planning_is_administration_and_its_contract_is_paid_once() -> None:
    _, plan = made()
    assert brief(lines_of(plan, "write/1")) == [
        ("contract", "administration", 50_000, 50_000, "2027-06-15", "summer"),
        ("salary", "administration", 0, 18_333, "2027-06-15", "summer"),
    ]


def test_an_educator_who_presents_is_training_and_coaching() -> None:
    """The coach learns four hours, the lead teaches four: 183.327 each."""
    _, plan = made()
    assert brief(lines_of(plan, "own/s1/1")) == [
        ("salary", "teacher_time", 0, 18_333, "2027-06-29", "summer"),
        ("salary", "training_and_coaching", 0, 18_333, "2027-06-29", "summer"),
        ("travel", "travel_transportation", 1_450, 1_450, "2027-06-29", "summer"),
    ]


def test_one_series_in_two_fiscal_years() -> None:
    """The institute crosses 1 July: each session is obligated on its own date."""
    _, plan = made()
    funds = {
        item: [x.fund for x in lines_of(plan, item) if x.cash_cents]
        for item in ("own/s1/1", "own/s1/2")
    }
    assert funds == {"own/s1/1": ["fy26"], "own/s1/2": ["fy27"]}


def test_an_observation_day_counts_visits_briefing_and_debriefing_and_no_host() -> None:
    """30, 15 and 30 minutes: 22.92 + 11.46 + 22.92, for three observers."""
    _, plan = made()
    assert brief(lines_of(plan, "walk/r1")) == [
        ("salary", "teacher_time", 0, 3 * (2_292 + 1_146 + 2_292), "2027-10-19", "fall")
    ]


def test_in_a_cycle_coachees_give_conferences_and_the_coach_all_meetings() -> None:
    """45 minutes are 34.37: two coachees at three conferences; the coach at seven meetings."""
    _, plan = made()
    assert brief(lines_of(plan, "cc/duo/1")) == [
        ("salary", "teacher_time", 0, 6 * 3_437, "2027-08-30", "fall"),
        ("salary", "training_and_coaching", 0, 7 * 3_437, "2027-08-30", "fall"),
    ]


def test_berkeley_pays_a_day_and_half_of_it_rounded_up() -> None:
    """$257.87 a day; half is $128.94."""
    _, plan = made()
    assert {x.cash_cents for s in plan.substitutes for x in s.cost_lines} == {12_894}
    data = handmade.plan(district.scenario())
    hired(data, "sub-2")["shift"] = "full"
    full = handmade.settle(district.scenario(), data)
    assert [s.cost_lines[0].cash_cents for s in full.substitutes[:3]] == [12_894, 25_787, 12_894]


def test_a_sub_at_two_sites_costs_a_full_day_and_a_half() -> None:
    data = handmade.plan(district.scenario())
    hired(data, "sub-4").update(shift="full", second_site="south")
    plan = handmade.settle(district.scenario(), data)
    assert plan.substitutes[3].cost_lines[0].cash_cents == 25_787 + 12_894
    raw = district.raw()
    raw["substitutes"]["second_site_surcharge_cents"] = 5_000
    plan = handmade.settle(district.scenario(raw), data)
    assert plan.substitutes[3].cost_lines[0].cash_cents == 30_787


def test_a_sub_is_charged_to_the_account_or_to_the_position() -> None:
    _, plan = made()
    line = plan.substitutes[0].cost_lines[0]
    assert (line.pathway, line.department, line.site, line.account) == (
        "math",
        "cur",
        "north",
        None,
    )
    data = handmade.plan(district.scenario())
    hired(data, "sub-1")["account"] = "position:fy27"
    hired(data, "sub-2")["account"] = "position:"
    named, empty, *_ = handmade.settle(district.scenario(), data).substitutes
    assert [(x.pathway, x.department, x.account) for x in named.cost_lines] == [
        (None, None, "fy27")
    ]
    assert [(x.pathway, x.department, x.account) for x in empty.cost_lines] == [(None, None, None)]


def test_an_expert_day_is_paid_once_however_many_sessions() -> None:
    """Two sections on one day and account: one day's travel, and none where nobody travels."""
    data = handmade.plan(district.scenario())
    handmade.move(data, "num/s1/1", "2027-08-18", "13:10")
    plan = handmade.settle(district.scenario(), data)
    ledger = cost_lines(Directory(district.scenario()), plan)
    assert {key: [x.cash_cents for x in lines] for key, lines in ledger.expert_days.items()} == {
        ("X1", date(2027, 8, 18), "math|cur"): [8_000],
        ("X1", date(2027, 9, 14), "math|cur"): [8_000],
        ("X1", date(2027, 10, 8), "math|cur"): [8_000],
        ("X2", date(2027, 8, 19), "care||safety"): [90_000],
    }


def test_prices_for_each_person_are_paid_once_for_a_series() -> None:
    data = district.raw()
    row(data["engagements"], "lead").update(
        fee_cents_per_person=10_000, travel_cents_per_person=2_500, cost_cents=70_000
    )
    _, plan = made(data)
    assert brief(lines_of(plan, "lead/1"))[:2] == [
        ("conference_fee", "tuition_conference_fees", 20_000, 20_000, "2027-09-09", "fall"),
        ("contract", "training_and_coaching", 70_000, 70_000, "2027-09-09", "fall"),
    ]
    # Mileage and the price of travelling fall on one date: one line.
    assert brief(lines_of(plan, "lead/1"))[-1][2] == 1_450 + 5_000
    assert [x.kind for x in lines_of(plan, "lead/2")] == ["salary", "stipend", "travel"]


def test_every_session_in_a_licence_costs() -> None:
    _, plan = made()
    paid = [x.cash_cents for k in range(1, 6) for x in lines_of(plan, f"net/{k}") if x.cash_cents]
    assert paid == [250] * 5


def test_salary_lines_alone_are_those_of_the_ledger() -> None:
    scenario, plan = made()
    directory = Directory(scenario)
    for item in plan.items:
        expected = tuple(x for x in item.cost_lines if x.kind == "salary")
        assert salary_lines(directory, item) == expected


def test_the_first_account_code_that_matches_counts() -> None:
    scenario, plan = made()
    fee, room, *_ = lines_of(plan, "num/s1/1")
    assert account_code(scenario, fee, "num") == "2213-320"
    assert account_code(scenario, lines_of(plan, "plc")[0], "plc") == "2213-330"
    assert account_code(scenario, room, "num") is None
    data = district.raw()
    data["account_codes"].insert(0, {"items": ["num"], "code": "first"})
    assert account_code(district.scenario(data), fee, "num") == "first"
    assert account_code(district.scenario(data), fee, None) == "2213-320"


def test_teacher_and_coach_in_one_person_count_no_minute_twice() -> None:
    """0.6 teacher, 0.4 coach: whoever teaches a period cannot coach in it, and is paid once."""
    data = district.raw()
    row(data["educators"], "c1")["teaches"] = ["P4", "P5", "P6"]
    row(data["educators"], "c1")["fte_percent"] = 40
    _, plan = made(data)
    minutes = sum(x.quantity for x in lines_of(plan, "cc/duo/1") if x.kind == "salary")
    assert minutes == 7 * 45 + 2 * 3 * 45
