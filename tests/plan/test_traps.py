"""The traps of the field, where the judge decides."""

from datetime import UTC

import pytest

from plsched.plan.facts import Facts
from plsched.plan.models import Plan
from plsched.plan.verify import Violation, verify
from plsched.scenario.directory import Directory
from plsched.scenario.models import Scenario
from tests.plan import district, handmade
from tests.plan.breaks.breaking import drop, lift_funds, lift_limits
from tests.plan.district import Raw, row
from tests.plan.handmade import find, hired, move, piece


def judge(scenario: Scenario, data: Raw) -> tuple[Violation, ...]:
    return verify(scenario, handmade.settle(scenario, data))


def words(violations: tuple[Violation, ...]) -> list[str]:
    return [str(v) for v in violations]


def test_a_weekly_time_stays_across_the_change_of_clocks() -> None:
    """15:00 in October is 20:00 UTC, in November 21:00: the series kept in UTC is an hour off."""
    scenario = district.scenario()
    plan = handmade.settle(scenario, handmade.plan(scenario))
    plc = next(item for item in plan.items if item.id == "plc")
    clocks = [o.start.astimezone(UTC).hour for o in plc.occurrences]
    assert (clocks[10], clocks[11]) == (20, 21)
    data = handmade.plan(scenario)
    find(data, "plc")["occurrences"][11] = piece("2027-11-10", "14:00", 45)
    assert {v.family for v in judge(scenario, data)} >= {"days", "order"}


def test_a_plan_read_back_from_json_is_judged_the_same() -> None:
    scenario = district.scenario()
    plan = handmade.settle(scenario, handmade.plan(scenario))
    assert verify(scenario, Plan.model_validate_json(plan.model_dump_json())) == ()


def test_no_cover_for_periods_that_are_not_taught() -> None:
    """13:10 to 15:10 overlaps P6 and P7; who teaches P6 only leaves one class."""
    scenario = district.scenario()
    plan = handmade.settle(scenario, handmade.plan(scenario))
    facts = Facts(Directory(scenario), plan)
    assert [(r.educator, r.period) for r in facts.releases if r.item == "num/s1/2"] == [
        ("n1", "P6"),
        ("n2", "P6"),
        ("n3", "P6"),
        ("n3", "P7"),
    ]


def test_on_another_kind_of_day_other_periods_count() -> None:
    data = district.raw()
    row(data["educators"], "n3")["teaches_on"] = {"student": ["P7"]}
    violations = judge(district.scenario(data), handmade.plan(district.scenario()))
    assert "cover: sub-3 covers n3 in P6 on 2027-09-14 for num/s1/2, which is no release" in words(
        violations
    )


def test_the_third_period_is_a_full_day() -> None:
    """From three periods on a high school pays the day: two in a half-day stand, three do not."""
    data = handmade.plan(district.scenario())
    cover = {"item": "walk/r1", "educator": "n3", "site": "north", "period": "P3"}
    hired(data, "sub-4")["covers"].append(cover)
    assert "cover: sub-4 on 2027-10-19: 3 periods are a full day at north: from 3 on" in words(
        judge(district.scenario(), data)
    )
    hired(data, "sub-4")["shift"] = "full"
    raw = district.raw()
    lift_funds(raw)
    assert [v.family for v in judge(district.scenario(raw), data)] == ["cover"]


def test_a_sub_at_two_sites_in_a_day() -> None:
    """Morning here, afternoon there: allowed only where the district says so, in each half."""
    raw = district.raw()
    lift_funds(raw)
    lift_limits(raw, "out")
    row(raw["engagements"], "lead").update(release=True)
    row(raw["educators"], "s1")["teaches"] = ["S1", "S3", "S5"]
    data = handmade.plan(district.scenario())
    assert {v.family for v in judge(district.scenario(raw), data)} == {"cover"}
    # s1 drives from 14:40 and leaves S5; all nine meetings need cover at the other site.
    for k, day in enumerate(handmade.LEAD_DATES, 1):
        item = find(data, f"lead/{k}")
        item["releases"] = [{"educator": "s1", "date": day, "periods": ["S5"]}]
        item["subs"] = [f"lead-{k}"]
        data["substitutes"].append(
            {
                "id": f"lead-{k}",
                "pool": "pool",
                "date": day,
                "site": "north" if k == 1 else "south",
                "second_site": "south" if k == 1 else None,
                "shift": "full" if k == 1 else "afternoon",
                "account": "math|",
                "covers": [
                    {"item": f"lead/{k}", "educator": "s1", "site": "south", "period": "S5"}
                ],
            }
        )
    assert words(judge(district.scenario(raw), data)) == [
        "cover: lead-1 on 2027-09-09: subs are not hired for a second site here"
    ]
    raw["substitutes"]["allow_second_site"] = True
    assert words(judge(district.scenario(raw), data)) == []
    plan = handmade.settle(district.scenario(raw), data)
    assert [s.cost_lines[0].cash_cents for s in plan.substitutes[5:7]] == [38_681, 12_894]


def test_a_fund_is_charged_by_the_date_of_signing() -> None:
    """The workshop is in August; signed in June, it is last year's money, which has run out."""
    raw = district.raw()
    row(raw["experts"], "X1")["contract_signed"] = "2027-06-20"
    violations = judge(district.scenario(raw), handmade.plan(district.scenario()))
    assert words(violations) == ["funds: fy26 pays $2,314.50 of $600.00"]


def test_thirty_one_people_are_two_sections_at_thirty() -> None:
    raw = district.raw()
    extra = [f"m{k}" for k in range(25)]
    raw["educators"] += [
        {"id": e, "name": e, "role": "teacher", "site": "north", "salary": "teacher"} for e in extra
    ]
    row(raw["groups"], "north-team")["members"] += extra
    row(raw["courses"], "num")["section_size"] = 30
    scenario = district.scenario(raw)
    plan = handmade.settle(scenario, handmade.plan(scenario))
    facts = Facts(Directory(scenario), plan)
    units = facts.ground.audience.units(scenario.courses[0])
    assert {unit: len(people) for unit, people in units.items()} == {
        "north-team#1": 16,
        "north-team#2": 15,
    }
    row(raw["courses"], "num")["section_size"] = 31
    scenario = district.scenario(raw)
    facts = Facts(Directory(scenario), plan)
    assert list(facts.ground.audience.units(scenario.courses[0])) == ["north-team"]


@pytest.mark.parametrize(
    ("lunch", "expected"),
    [
        (None, set[str]()),
        ({"start": "13:10", "end": "13:20"}, {"people"}),
    ],
)
def test_travel_does_not_eat_lunch(lunch: Raw | None, expected: set[str]) -> None:
    """Twenty minutes between 13:00 at the one site and 13:20 at the other; lunch takes ten."""
    raw = district.raw()
    lift_funds(raw)
    row(raw["calendar"]["bell_schedules"], "work-day")["lunch"] = lunch
    raw["tasks"].append(
        {
            "id": "meet",
            "title": "Meeting",
            "pathway": "math",
            "kind": "planning",
            "educators": ["c1"],
            "sites": ["north"],
            "duration_min": 30,
            "when": {"day_kinds": ["summer"], "starts": ["13:20"]},
        }
    )
    data = handmade.plan(district.scenario())
    data["items"].append(
        {
            "id": "meet/1",
            "source": "meet",
            "educators": ["c1"],
            "site": "north",
            "occurrences": [piece("2027-06-29", "13:20", 30)],
        }
    )
    assert {v.family for v in judge(district.scenario(raw), data)} == expected


def test_monthly_is_nine_in_a_school_year_and_not_twelve() -> None:
    raw = district.raw()
    data = handmade.plan(district.scenario())
    assert judge(district.scenario(raw), data) == ()
    drop(data, "lead/9")
    assert words(judge(district.scenario(raw), data)) == [
        "order: lead: 0 occurrences in 2028-05 instead of 1"
    ]
    row(raw["engagements"], "lead")["when"].update(first="2027-08-16", last="2028-04-30")
    # The window is named: August and its student days count now.
    assert words(judge(district.scenario(raw), data)) == [
        "order: lead: 0 occurrences in 2027-08 instead of 1"
    ]


@pytest.mark.parametrize(
    ("cadence", "expected"),
    [
        ("4-6 times per year", set[str]()),
        ("5 times per year", set[str]()),
        ("6 times per year", {"order"}),
        ("2-4 times per year", {"order"}),
    ],
)
def test_four_to_six_times_is_a_range(cadence: str, expected: set[str]) -> None:
    raw = district.raw()
    row(raw["engagements"], "net")["cadence"] = cadence
    violations = judge(district.scenario(raw), handmade.plan(district.scenario()))
    assert {v.family for v in violations} == expected


def test_a_workshop_is_fundable_once_coaching_follows() -> None:
    """Title II-A pays the one-day workshop because a cycle stands for its audience."""
    scenario = district.scenario()
    plan = handmade.settle(scenario, handmade.plan(scenario))
    (day,) = [d for d in plan.expert_days if d.expert == "X2"]
    assert [(x.fund, x.cash_cents) for x in day.cost_lines] == [("title2", 90_000)]
    raw = district.raw()
    row(raw["courses"], "safety")["follow_up"] = ["survey"]
    violations = judge(district.scenario(raw), handmade.plan(district.scenario()))
    (violation,) = words(violations)
    assert violation == (
        "funds: expert_fee $900.00 of X2 on 2027-08-19 (2027-08-19): title2 pays no workshop "
        "without follow-up"
    )


def test_a_line_may_be_split_over_funds_and_its_parts_add_up() -> None:
    scenario = district.scenario()
    plan = handmade.settle(scenario, handmade.plan(scenario))
    item = plan.items[0]
    fee, *rest = item.cost_lines
    parts = [
        fee.model_copy(update={"fund": fund, "cash_cents": cents, "economic_cents": cents})
        for fund, cents in (("title2", 44_999), ("fy27", 1))
    ]
    split = item.model_copy(update={"cost_lines": (*parts, *rest)})
    assert verify(scenario, plan.model_copy(update={"items": (split, *plan.items[1:])})) == ()
    short = item.model_copy(update={"cost_lines": (parts[0], *rest)})
    violations = verify(scenario, plan.model_copy(update={"items": (short, *plan.items[1:])}))
    assert [v.family for v in violations] == ["costs"]


def test_a_snow_day_is_replanned_with_a_freeze_and_the_least_change() -> None:
    raw = district.raw()
    raw["policy"]["freeze_before"] = "2028-01-01"
    scenario = district.scenario(raw)
    baseline = handmade.settle(scenario, handmade.plan(scenario))
    data = handmade.plan(scenario)
    move(data, "net/4", "2028-01-21", "10:00")
    plan = handmade.settle(scenario, data, baseline)
    assert verify(scenario, plan, baseline) == ()
    assert {t.name: t.value for t in plan.tiers}["distance"] == 5


def test_a_plan_without_items_and_without_success_leaves_nothing_to_judge() -> None:
    scenario = district.scenario()
    plan = Plan(
        scenario=scenario.name,
        scenario_hash="",
        timezone=scenario.timezone,
        seed=0,
        version="0",
        status="INFEASIBLE",
        wall_time_s=0.0,
    )
    assert verify(scenario, plan) == ()
    found = verify(scenario, plan.model_copy(update={"status": "FEASIBLE"}))
    assert {v.family for v in found} == {"record", "tiers", "left_out", "pins"}
