"""The twelve traps of the field, each sprung on a scenario that is solved, judged and exported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from plsched.exports.calendars import Agenda
from plsched.exports.calendars.names import FeedKey
from plsched.plan.models import CostLine, Plan, PlanItem
from plsched.plan.verify import verify
from plsched.scenario.check import Checked, from_mapping, load
from plsched.scenario.models import Scenario
from plsched.solver import solve
from tests.scenarios.expectations import ROOT

TINY = ROOT / "tiny"
NOW = datetime(2026, 8, 1, 12, 0, tzinfo=UTC)


def checked(name: str, *changes: dict[str, Any]) -> Checked:
    """Check a tiny scenario after changes, as a what-if of it would be."""
    data = load(TINY / name).model_dump(mode="json", exclude_none=True)
    return from_mapping({**data, "changes": list(changes)})


def changed(name: str, *changes: dict[str, Any]) -> Scenario:
    """Give a tiny scenario after changes."""
    found = checked(name, *changes)
    assert found.scenario is not None, [str(f) for f in found.findings]
    return found.scenario


def solved(scenario: Scenario, baseline: Plan | None = None) -> Plan:
    """Solve to proof, and have the plan judged."""
    plan = solve(scenario, time_limit_s=30, workers=2, seed=1, baseline=baseline)
    assert plan.status == "OPTIMAL"
    assert verify(scenario, plan, baseline) == ()
    return plan


def tier(plan: Plan, name: str) -> int:
    """Give the value of a tier."""
    return next(t.value for t in plan.tiers if t.name == name)


def item(plan: Plan, ident: str) -> PlanItem:
    """Give a plan item."""
    return next(i for i in plan.items if i.id == ident)


def lines(plan: Plan) -> Iterator[CostLine]:
    """Give every cost line."""
    for one in plan.items:
        yield from one.cost_lines
    for sub in plan.substitutes:
        yield from sub.cost_lines
    for expert_day in plan.expert_days:
        yield from expert_day.cost_lines


def releases(plan: Plan) -> set[tuple[str, str]]:
    """Give who leaves which period."""
    return {(r.educator, p) for i in plan.items for r in i.releases for p in r.periods}


def events(scenario: Scenario, plan: Plan, agenda: Agenda | None = None) -> tuple[Agenda, str]:
    """Give the agenda of a plan, and the feed for all as text with unfolded lines."""
    made = Agenda(scenario, plan, changed_at=NOW, previous=None if agenda is None else agenda.state)
    text = made.feed(FeedKey("all", "")).content.decode()
    return made, text.replace("\r\n ", "")


def test_trap_01_a_weekly_nine_o_clock_stays_at_nine_across_both_changes_of_clock() -> None:
    data = load(TINY / "order-four-to-six").model_dump(mode="json", exclude_none=True)
    span = {"first": "2026-10-19", "last": "2027-03-26"}
    data["calendar"] |= {
        **span,
        "terms": [{"id": "year", "name": "Year", "season": "fall", **span}],
        "days": [{"kind": "student", **span}],
    }
    when = {"weekdays": ["wed"], "day_kinds": ["student"], "starts": ["09:00"]}
    series = {k: v for k, v in data["engagements"][0].items() if k not in {"cadence", "when"}}
    data["engagements"] = [{**series, "cadence": "weekly", "when": when}]
    scenario = from_mapping(data).scenario
    assert scenario is not None
    plan = solved(scenario)
    (weekly,) = plan.items
    assert len(weekly.occurrences) == 23
    assert {o.start.time() for o in weekly.occurrences} == {time(9, 0)}
    assert {o.start.astimezone(UTC).time() for o in weekly.occurrences} == {time(14), time(15)}
    text = events(scenario, plan)[1]
    assert "DTSTART;TZID=America/Chicago:20261021T090000" in text
    assert "RRULE:FREQ=WEEKLY" in text


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("a-day", {("t1", "p1"), ("t2", "p1")}),
        (
            "early",
            {("t1", "p1"), ("t2", "p1"), ("t1", "p2"), ("t2", "p2"), ("t3", "p2"), ("t4", "p2")},
        ),
    ],
)
def test_trap_02_cover_only_what_is_taught_on_that_kind_of_day(
    kind: str, expected: set[tuple[str, str]]
) -> None:
    plan = solved(
        changed("days-a-b-days", {"set": "courses[lab-safety].when.day_kinds", "to": [kind]})
    )
    assert releases(plan) == expected
    assert {(c.educator, c.period) for s in plan.substitutes for c in s.covers} == expected


@pytest.mark.parametrize(
    ("start", "cents", "shift"), [("08:00", 25787, "full"), ("10:00", 12894, "morning")]
)
def test_trap_03_the_third_period_doubles_the_cost(start: str, cents: int, shift: str) -> None:
    plan = solved(
        changed(
            "cover-third-period",
            {"remove": "educators", "id": "t2"},
            {"set": "courses[workshop].when.starts", "to": [start]},
        )
    )
    assert tier(plan, "cost") == cents
    assert [s.shift for s in plan.substitutes] == [shift]


@pytest.mark.parametrize(
    ("size", "allowed", "standing", "cents", "subs"),
    [
        (2, False, 2, 25788, 2),
        (1, False, 1, 12894, 1),
        (1, True, 2, 25787 + 12894, 1),
    ],
)
def test_trap_03_one_sub_at_two_sites_in_a_day(
    size: int, allowed: bool, standing: int, cents: int, subs: int
) -> None:
    elm = {"id": "elm", "name": "Elm", "level": "middle", "bells": {"student": "bell"}}
    scenario = changed(
        "cover-third-period",
        {"add": "sites", "row": elm},
        {"set": "educators[t1].teaches", "to": ["p4"]},
        {"set": "educators[t2].teaches", "to": ["p5"]},
        {"set": "educators[t2].site", "to": "elm"},
        {"remove": "courses", "id": "workshop"},
        {"add": "engagements", "row": _meeting("t1", "10:45")},
        {"add": "engagements", "row": _meeting("t2", "12:10")},
        {"set": "substitutes.allow_second_site", "to": allowed},
        {"set": "substitutes.pools[#1].sites", "to": ["oak", "elm"]},
        {"set": "substitutes.pools[#1].size", "to": size},
    )
    plan = solved(scenario)
    assert tier(plan, "required") == standing
    assert tier(plan, "cost") == cents
    assert len(plan.substitutes) == subs


def _meeting(educator: str, start: str) -> dict[str, Any]:
    return {
        "id": f"meeting-{educator}",
        "title": "Meeting",
        "pathway": "practice",
        "required": True,
        "release": True,
        "educators": [educator],
        "needs_room": False,
        "duration_min": 50,
        "when": {"day_kinds": ["student"], "starts": [start]},
    }


def test_trap_04_no_minute_is_in_both_ledgers_as_contract_and_stipend() -> None:
    scenario = changed(
        "pins-the-date-is-announced",
        {"remove": "pins", "id": "opening/1"},
        {"set": "engagements[opening].stipend", "to": True},
        {"set": "engagements[opening].when.starts", "to": ["15:00"]},
        {
            "add": "salaries",
            "row": {
                "id": "staff",
                "annual_cents": 6918000,
                "basis_hours": 2080,
                "fringe_permille": 378,
                "stipend_cents_per_hour": 3000,
            },
        },
        {"set": "educators[t1].salary", "to": "staff"},
        {"set": "educators[t2].salary", "to": "staff"},
    )
    plan = solved(scenario)
    # Contract until 16:00: of 15:00-16:30, an hour each is salary and half an hour is a stipend.
    found = {x.kind: (x.quantity, x.cash_cents, x.economic_cents) for x in lines(plan)}
    assert found == {"salary": (120, 0, 2 * 4583), "stipend": (60, 3000, 3000)}


def test_trap_04_who_teaches_and_coaches_does_one_at_a_time() -> None:
    plan = solved(
        changed("coaching-own-training-first", {"set": "educators[c1].teaches", "to": ["p3"]})
    )
    # The coachees are free in p3 only, and the coach now teaches then.
    assert [i.kind for i in plan.items] == ["session"]
    assert tier(plan, "required") == 1


@pytest.mark.parametrize(
    ("left_cents", "expert", "fund"),
    [(30000, "pays-by-service", "new-year"), (40000, "signed-in-june", "old-year")],
)
def test_trap_05_a_fee_is_charged_by_the_date_of_signing(
    left_cents: int, expert: str, fund: str
) -> None:
    change = {"set": "funds[old-year].amount_cents", "to": left_cents}
    plan = solved(changed("funds-signing-date", change))
    assert item(plan, "inquiry/s1/1").experts == (expert,)
    assert {x.fund for x in lines(plan) if x.kind == "expert_fee"} == {fund}
    assert {x.fund for x in lines(plan) if x.kind == "expert_travel"} == {"new-year"}


def test_trap_06_observers_teach_and_are_covered_hosts_are_there() -> None:
    plan = solved(load(TINY / "visits-teaching-or-planning"))
    (day,) = plan.items
    assert {(v.period, v.host, tuple(sorted(v.observers))) for v in day.visits} == {
        ("p1", "h1", ("o1", "o3")),
        ("p2", "h1", ("o2",)),
        ("p3", "h2", ("o4",)),
    }
    assert releases(plan) == {("o1", "p1"), ("o3", "p1"), ("o2", "p2"), ("o4", "p3")}


def test_trap_06_no_round_while_the_host_is_absent() -> None:
    change = {"set": "observations[learning-walk].when.weekdays", "to": ["mon"]}
    plan = solved(changed("visits-teaching-or-planning", change))
    assert plan.items == ()
    assert [x.source for x in plan.left_out] == ["learning-walk"]


def test_trap_06_the_debriefing_needs_a_room_for_everybody() -> None:
    found = checked("visits-teaching-or-planning", {"set": "facilities[library].capacity", "to": 3})
    assert found.scenario is None
    assert [f.code for f in found.findings if f.severity == "error"] == ["no-facility"]


def test_trap_07_monthly_is_nine_times() -> None:
    plan = solved(load(TINY / "order-monthly-is-nine"))
    assert [(i.start.year, i.start.month) for i in sorted(plan.items, key=lambda i: i.start)] == [
        *((2027, month) for month in range(9, 13)),
        *((2028, month) for month in range(1, 6)),
    ]


@pytest.mark.parametrize(
    ("last", "times"), [("2027-10-26", 4), ("2027-11-09", 5), ("2027-11-16", 6)]
)
def test_trap_07_four_to_six_times_is_as_often_as_fits(last: str, times: int) -> None:
    plan = solved(
        changed(
            "order-four-to-six",
            {"set": "calendar.last", "to": "2027-11-30"},
            {"set": "calendar.terms[fall].last", "to": "2027-11-30"},
            {"set": "calendar.days[#1].last", "to": "2027-11-30"},
            {"set": "engagements[rounds].when.last", "to": last},
        )
    )
    assert len([i for i in plan.items if i.source == "rounds"]) == times


@pytest.mark.parametrize(("quorum", "standing"), [(4, 1), (5, 0)])
def test_trap_08_an_unfilled_sub_drops_a_session_below_its_quorum(
    quorum: int, standing: int
) -> None:
    plan = solved(_quorum(quorum))
    assert tier(plan, "required") == standing


def _quorum(quorum: int) -> Scenario:
    return changed(
        "cover-monday-fill",
        {"set": "groups[team].where", "to": None},
        {"set": "groups[team].members", "to": ["t1", "t2", "t3", "t4"]},
        {"add": "groups", "row": {"id": "rest", "name": "Rest", "members": ["t5", "t6", "t7"]}},
        {"set": "courses[kick-off].audience", "to": ["team", "rest"]},
        {"set": "courses[kick-off].max_sections", "to": 1},
        {"set": "courses[kick-off].quorum", "to": quorum},
        # Tuesday: floor(6 x 0.8) = 4 subs for seven teachers who all teach then.
        {"set": "substitutes.pools[#1].size", "to": 6},
    )


def test_trap_08_a_snow_day_is_replanned_with_a_freeze_and_the_least_change() -> None:
    until = {"set": "engagements[rounds].when.last", "to": "2027-11-02"}
    baseline = solved(changed("order-four-to-six", until))
    days = [i.start.date() for i in sorted(baseline.items, key=lambda i: i.start)]
    assert days == [
        date(2027, 9, 7), date(2027, 9, 21), date(2027, 10, 5), date(2027, 10, 19),
        date(2027, 11, 2),
    ]  # fmt: skip
    snow = changed(
        "order-four-to-six",
        {"add": "calendar.day_kinds", "row": {"id": "snow", "name": "Snow day"}},
        {"add": "calendar.days", "row": {"kind": "snow", "first": "2027-10-05"}},
        {"set": "policy.freeze_before", "to": "2027-10-04"},
    )
    plan = solved(snow, baseline)
    # Five still fit, if the last three move by a week; each of them is 5 points of distance.
    assert [i.start.date() for i in sorted(plan.items, key=lambda i: i.start)] == [
        date(2027, 9, 7), date(2027, 9, 21), date(2027, 10, 12), date(2027, 10, 26),
        date(2027, 11, 9),
    ]  # fmt: skip
    assert (tier(plan, "reach"), tier(plan, "distance")) == (1200, 15)


def test_trap_09_what_is_called_off_stays_in_the_feed_as_cancelled() -> None:
    scenario = load(TINY / "pins-the-date-is-announced")
    before, text = events(scenario, solved(scenario))
    off = changed(
        "pins-the-date-is-announced",
        {"remove": "pins", "id": "opening/1"},
        {"add": "pins", "row": {"item": "opening", "present": False}},
    )
    _, later = events(off, solved(off), before)
    assert _said(text) == [("CONFIRMED", 0)]
    assert _said(later) == [("CANCELLED", 1)]
    assert _values(later, "UID") == _values(text, "UID")


def _values(text: str, name: str) -> list[str]:
    return [x.partition(":")[2] for x in text.splitlines() if x.startswith(f"{name}:")]


def _said(text: str) -> list[tuple[str, int]]:
    numbers = [int(x) for x in _values(text, "SEQUENCE")]
    return list(zip(_values(text, "STATUS"), numbers, strict=True))


@pytest.mark.parametrize(("people", "sections", "cents"), [(30, 1, 75000), (31, 2, 121000)])
def test_trap_10_thirty_one_people_at_thirty_are_two_sections(
    people: int, sections: int, cents: int
) -> None:
    away = [{"remove": "educators", "id": "t31"}] if people == 30 else []
    plan = solved(changed("sections-31-at-30", *away))
    assert len(plan.items) == sections
    assert sum(len(i.educators) for i in plan.items) == people
    assert tier(plan, "cost") == cents


@pytest.mark.parametrize(
    ("lunch", "comfort"),
    [({"start": "11:15", "end": "11:45"}, 14), ({"start": "13:30", "end": "14:00"}, 4)],
)
def test_trap_11_travel_eats_neither_lunch_nor_contract_minutes(
    lunch: dict[str, str], comfort: int
) -> None:
    salary = {"id": "s", "annual_cents": 6000000, "basis_hours": 1000}
    plan = solved(
        changed(
            "people-travel-and-lunch",
            {"set": "calendar.bell_schedules[bell].lunch", "to": lunch},
            {"add": "salaries", "row": salary},
            {"set": "educators[s1].salary", "to": "s"},
        )
    )
    assert tier(plan, "comfort") == comfort
    # Sessions are contract time, the way is not: 60 minutes each, at $60 an hour.
    found = [(x.kind, x.quantity, x.cash_cents, x.economic_cents) for x in lines(plan)]
    assert found == [("salary", 60, 0, 6000)] * 2


def test_trap_12_a_series_across_the_first_of_july_is_paid_by_two_years() -> None:
    plan = solved(load(TINY / "funds-two-fiscal-years"))
    found = sorted((x.obligation_date, x.fund, x.cash_cents) for x in lines(plan) if x.cash_cents)
    assert found == [(date(2027, 6, 29), "fy27", 8000), (date(2027, 7, 6), "fy28", 8000)]
