"""Each rule at its boundary: a step inside nothing is told, a step outside its own code."""

from typing import Any

import pytest

from plsched.scenario.check import from_mapping
from plsched.scenario.rules.cycles import circles
from tests.scenario.base import base
from tests.scenario.broken.values import (
    BELL,
    COACHES,
    COACHING,
    COURSE,
    MEETING,
    SECOND_COURSE,
    SUBSTITUTES,
    both,
    drop,
    put,
)


def codes(change: Any) -> list[tuple[str, str]]:
    data = base()
    change(data)
    return sorted({(f.severity, f.code) for f in from_mapping(data).findings})


def engagement(**keys: object) -> Any:
    return put("engagements", [MEETING | keys])


def coaching(**keys: object) -> Any:
    return both(put("coaches", COACHES), put("coaching", [COACHING | keys]))


def substitutes(**roving: int) -> Any:
    return put("substitutes", SUBSTITUTES | {"roving": roving})


FUND = base()["funds"][0]
TWIN = SECOND_COURSE | {"prerequisites": [], "content": "talks"}
HERE = both(put(f"{COURSE}.content", "talks"), put("departments.+", {"id": "arts", "name": "Arts"}))
LICENCE = put("licences", [{"id": "video", "name": "Video", "seats": 3}])
OBSERVATION: dict[str, Any] = {
    "id": "walk",
    "title": "Walk",
    "pathway": "math",
    "site": "oak",
    "observers": ["oak-all"],
    "hosts": ["oak-all"],
    "when": {"day_kinds": ["student"], "starts": ["08:00"]},
}
POOL = put("substitutes", SUBSTITUTES)
BRIEFING = {"briefing_start": "08:00", "briefing_min": 15, "required": True}
ELM = {"id": "elm", "name": "Elm", "level": "elementary", "bells": {"student": "oak-day"}}
NOTICE = SUBSTITUTES | {
    "pools": [{"id": "p", "sites": ["oak"], "size": 5, "fill_on_short_notice": {"2": 50, "7": 70}}]
}
OVER = both(
    put("substitutes", SUBSTITUTES | {"pools": [{"id": "district", "sites": ["oak", "elm"], "size": 5}]}),
    put("sites.+", ELM),
    put("groups.+", {"id": "ana-alone", "name": "Ana", "members": ["ana"]}),
    put("educators.0.site", "elm"),
    put("observations", [OBSERVATION | {"from_other_sites": True, "observers": ["ana-alone"], "hosts": ["rest"]}]),
    put("groups.+", {"id": "rest", "name": "Rest", "members": ["ben"]}),
)  # fmt: skip

POSTING: dict[str, Any] = {"fund": "local", "object": "materials", "stage": "spent", "obligation_date": "2027-07-01", "cents": 1_000_000}  # fmt: skip


def posting(**keys: object) -> Any:
    return put("records", {"postings": [POSTING | keys]})


RATING: dict[str, Any] = {"element": "Rooms", "colour": "green", "rated": "2027-09-01", "owner": "A team", "evidence": "seen"}  # fmt: skip


def rating(as_of: str = "2027-09-01", **keys: object) -> Any:
    return put("records", {"as_of": as_of, "ratings": [RATING | keys]})


RESULT: dict[str, Any] = {"pathway": "math", "year": "2026-27", "measure": "Talks", "outcome_milli": 5, "low_milli": 5, "high_milli": 5}  # fmt: skip


def results(**keys: object) -> Any:
    return put("records", {"results": [RESULT, RESULT | {"option": "pilot"} | keys]})


def years(first: dict[str, Any], second: dict[str, Any]) -> Any:
    return put("records", {"results": [RESULT | first, RESULT | second]})


def part_time(**keys: object) -> Any:
    return put("educators.0", base()["educators"][0] | keys)


def coach(weekly_contract_min: int, **keys: object) -> Any:
    dora = put("educators.3", base()["educators"][3] | keys)
    row = {"educator": "dora", "sites": ["oak"], "weekly_contract_min": weekly_contract_min}
    return both(dora, put("coaches", [row]))


def emails(*addresses: str) -> Any:
    rows = [e | {"email": a} for e, a in zip(base()["educators"], addresses, strict=False)]
    return put("educators", rows + base()["educators"][len(rows) :])


FAR = put("sites.+", ELM | {"bells": {"student": "oak-day", "pl": "pl-day"}})
ROOM = put("facilities.+", {"id": "gym", "name": "Gym", "site": "elm", "capacity": 20})
WAY = put("travel", [{"between": ["elm", "oak"], "minutes": 0}])
PARTNERS = [
    {"id": x, "name": name, "skills": ["math"], "rate": {"unit": "hour", "cents": cents}}
    for x, name, cents in (("x", "Pat", 1), ("y", "PAT", 2))
]
INSIDE: list[tuple[str, Any]] = [
    ("all of a fund booked", posting()),
    ("booked on its last day", posting(obligation_date="2028-06-30")),
    ("booked on a code", both(put("account_codes", [{"code": "2213-610"}]), posting(object="2213-610"))),
    ("green with evidence, on the day", rating()),
    ("red without evidence", rating(colour="red", evidence="")),
    ("two options of a year", results()),
    ("two measures in two ledgers", results(measure="Walks", ledger="cash", better="lower")),
    ("tried and not measured yet", results(decision="try", outcome_milli=None, low_milli=None, high_milli=None)),
    ("four fifths on four days", part_time(off_weekdays=["mon"], fte_percent=80)),
    ("a full week on five days", part_time(off_weekdays=["sat"])),
    ("all of a week coached", coach(2250)),
    ("two fifths coached", coach(900, fte_percent=40)),
    ("coached and taught", coach(750, teaches=["1", "2"])),
    ("addresses of two people", emails("a@x.example", "b@x.example")),
    ("a way of no minutes", both(both(FAR, ROOM), WAY)),
    ("a site where nothing is held", FAR),
    ("a room for others", both(both(FAR, ROOM), put(f"{COURSE}.sites", ["oak"]))),
    ("a partner with one rate", put("experts.+", PARTNERS[0] | {"name": "Partner", "rate": base()["experts"][0]["rate"]})),
    ("terms that touch", put("calendar.terms.1.first", "2028-01-01")),
    ("term that ends with the calendar", put("calendar.terms.1.last", "2028-06-30")),
    ("periods that touch", both(drop(f"{BELL}.lunch"), put(f"{BELL}.periods.0.end", "12:30"))),
    ("period to the end of the contract", put(f"{BELL}.periods.1.end", "15:30")),
    ("time to pass", substitutes(passing_min=90)),
    ("lunch for subs", substitutes(lunch_min=90)),
    ("fewer periods than the schedule", substitutes(lunch_min=500, max_periods_per_day=1)),
    ("room for all", both(put(f"{COURSE}.required", True), put("facilities.0.capacity", 3))),
    ("quorum of all", put(f"{COURSE}.quorum", 3)),
    ("seats for all", both(LICENCE, engagement(format="virtual", licence="video"))),
    ("floor in reach", coaching(floor_min=270)),
    ("set-aside of all", put("funds.0.set_asides", [{"id": "s", "cents": 1_000_000}])),
    ("cap of all", put("funds.0.caps", [{"id": "c", "max_cents": 1_000_000}])),
    ("fund to the first day", put("funds", [FUND | {"obligations": {"first": "2026-07-01", "last": "2027-07-01"}}])),
    ("observation at the site", both(POOL, put("observations", [OBSERVATION]))),
    ("observers who come over", both(OVER, put("travel", [{"between": ["oak", "elm"], "minutes": 5}]))),
    ("observation with briefing", both(POOL, put("observations", [OBSERVATION | BRIEFING]))),
    ("subs by the period", put("substitutes", SUBSTITUTES | {"period_cents": SUBSTITUTES["day_cents"], "minimum_periods": 1})),
    ("minimum of a day", put("substitutes", SUBSTITUTES | {"hour_cents": SUBSTITUTES["day_cents"], "minimum_min": 60})),
    ("release with a pool", both(POOL, engagement(release=True))),
    ("same content in one department", both(HERE, put("courses.+", TWIN | {"department": "learning"}))),
    ("prerequisite", put("courses.+", SECOND_COURSE)),
    ("follow-up", both(put(f"{COURSE}.follow_up", ["weekly"]), engagement(after=[{"item": "number-talks"}]))),
    ("pin of a planned item", put("pins", [{"item": "number-talks/s1/1", "facility": "library"}])),
    ("frozen to the day", put("policy", {"as_of": "2027-10-04", "freeze_before": "2027-10-04"})),
    ("fill that falls with notice", put("substitutes", NOTICE)),
    ("the plan's cost for the last result", years({"cost_cents": 500}, {"year": "2027-28"})),
    ("one date", put(f"{COURSE}.when.first", "2027-08-17")),
]  # fmt: skip

OUTSIDE: list[tuple[str, Any, list[tuple[str, str]]]] = [
    ("more booked than a fund has", posting(cents=1_000_001), [("warning", "fund-overdrawn")]),
    ("booked a day late", posting(obligation_date="2028-07-01"), [("warning", "posting-outside-window")]),
    ("booked on nothing known", posting(object="2213-610"), [("error", "unknown-object")]),
    ("booked on contract time", posting(object="salary"), [("error", "unknown-object")]),
    ("booked against no fund", posting(fund="loca"), [("error", "unknown-id")]),
    ("green without evidence", rating(evidence=""), [("warning", "no-evidence")]),
    ("rated a day late", rating(as_of="2027-08-31"), [("warning", "rating-to-come")]),
    ("rated for no pathway", rating(pathway="mat"), [("error", "unknown-id")]),
    ("a result twice", results(option=""), [("error", "duplicate-result")]),
    ("results in two ledgers", results(ledger="cash"), [("error", "results-disagree")]),
    ("results that are better two ways", results(better="lower"), [("error", "results-disagree")]),
    ("scaled and not measured", results(decision="scale", outcome_milli=None, low_milli=None, high_milli=None), [("warning", "decided-unmeasured")]),
    ("a year below a later one", years({"cost_cents": 500}, {"cost_cents": 500, "year": "2025-26"}), [("warning", "results-out-of-order")]),
    ("the plan's cost for an earlier result", years({}, {"year": "2027-28"}), [("warning", "plans-cost-taken")]),
    ("a range without an outcome", results(outcome_milli=None), [("error", "contradiction")]),
    ("a range with one end", results(low_milli=None), [("error", "contradiction")]),
    ("an outcome out of its range", results(outcome_milli=6), [("error", "contradiction")]),
    ("more than four days hold", part_time(off_weekdays=["mon"], fte_percent=81), [("warning", "fte-and-days")]),
    ("more coached than a week has", coach(2251), [("warning", "coach-over-full-time")]),
    ("more coached than two fifths", coach(901, fte_percent=40), [("warning", "coach-over-full-time")]),
    ("coached on top of what is taught", coach(751, teaches=["1", "2"]), [("warning", "coach-over-full-time")]),
    ("a person in two rows", emails("a@x.example", "A@x.example"), [("warning", "same-person")]),
    ("a way that is not known", both(FAR, ROOM), [("warning", "no-way")]),
    ("a partner with two rates", put("experts", [base()["experts"][0], *PARTNERS]), [("warning", "other-rate")]),
    ("period after the contract", put(f"{BELL}.periods.1.end", "15:31"), [("warning", "period-outside-contract")]),
    ("period in lunch", put(f"{BELL}.lunch.end", "12:31"), [("warning", "period-in-lunch")]),
    ("no time to pass", substitutes(passing_min=91), [("error", "no-passing-time")]),
    ("no lunch", substitutes(lunch_min=91), [("error", "no-substitute-lunch")]),
    ("two pools at a site", put("substitutes", SUBSTITUTES | {"pools": [{"id": p, "sites": ["oak"], "size": 1} for p in "ab"]}), [("error", "duplicate-id")]),
    ("past that may change", put("policy", {"as_of": "2027-10-04", "freeze_before": "2027-10-03"}), [("warning", "past-not-frozen")]),
    ("past that is not frozen", put("policy", {"as_of": "2027-10-04"}), [("warning", "past-not-frozen")]),
    ("fill that grows with short notice", both(put("substitutes", NOTICE), put("substitutes.pools", [NOTICE["pools"][0] | {"fill_on_short_notice": {"2": 70, "7": 50}}])), [("error", "contradiction")]),
    ("no bells on student days", put("sites.0.bells", {"pl": "pl-day"}), [("warning", "no-bells")]),
    ("blackout of another year", put("calendar.blackouts", [{"id": "b", "first": "2020-01-01", "last": "2020-01-02"}]), [("warning", "outside-calendar")]),
    ("day of another year", put("calendar.days.+", {"kind": "pl", "first": "2020-01-01"}), [("warning", "outside-calendar")]),
    ("ways in both directions", both(put("sites.+", ELM), put("travel", [{"between": pair, "minutes": 5} for pair in (["oak", "elm"], ["elm", "oak"])])), [("error", "duplicate-id")]),
    ("group of nobody", put("groups.+", {"id": "x", "name": "X"}), [("warning", "empty-group")]),
    ("goal that nothing serves", put(f"{COURSE}.serves", []), [("warning", "goal-without-items")]),
    ("nobody takes part", engagement(groups=[], educators=[]), [("error", "no-participants")]),
    ("observers of another site", both(POOL, put("sites.+", ELM), put("observations", [OBSERVATION | {"site": "elm"}])), [("warning", "not-at-site")]),
    ("observers without a way", OVER, [("warning", "no-way")]),
    ("observers in no room", both(POOL, put("facilities.0.capacity", 2), put("observations", [OBSERVATION | BRIEFING])), [("error", "no-facility"), ("warning", "no-facility")]),
    ("minimum periods over a day", put("substitutes", SUBSTITUTES | {"period_cents": SUBSTITUTES["day_cents"], "minimum_periods": 2}), [("warning", "minimum-over-a-day")]),
    ("minimum hours over a day", put("substitutes", SUBSTITUTES | {"hour_cents": SUBSTITUTES["day_cents"], "minimum_min": 61}), [("warning", "minimum-over-a-day")]),
    ("release without a pool", engagement(release=True), [("warning", "no-substitutes")]),
    ("requested course in no room", put("facilities.0.capacity", 2), [("warning", "no-facility")]),
    ("feature of no room", put(f"{COURSE}.features", ["piano"]), [("warning", "no-facility"), ("warning", "unknown-feature")]),
    ("too few seats", both(LICENCE, put("licences.0.seats", 2), engagement(format="virtual", licence="video", required=True)), [("error", "too-few-seats")]),
    ("window without a date", put(f"{COURSE}.when.first", "2027-08-18"), [("warning", "empty-window")]),
    ("window on Saturdays", put(f"{COURSE}.when.weekdays", ["sat"]), [("warning", "empty-window")]),
    ("content asked twice", both(HERE, put("courses.+", TWIN | {"department": "arts"})), [("warning", "asked-twice")]),
    ("content at two prices", both(HERE, put("courses.+", TWIN | {"department": "learning", "fee_cents_per_person": 1})), [("warning", "other-price")]),
    ("skill of nobody", put(f"{COURSE}.experts", [{"skill": "music"}]), [("warning", "unknown-skill")]),
    ("educator for a group", put(f"{COURSE}.audience", ["ana"]), [("error", "unknown-id")]),
    ("fund before the year", put("funds.0.obligations", {"first": "2026-07-01", "last": "2027-06-30"}), [("warning", "fund-expired")]),
    ("fund after the year", put("funds.0.obligations", {"first": "2028-07-01", "last": "2029-06-30"}), [("warning", "fund-not-open")]),
    ("set-asides together", put("funds.0.set_asides", [{"id": s, "cents": 600_000} for s in "ab"]), [("warning", "set-aside")]),
    ("cap over the amount", put("funds.0.caps", [{"id": "c", "max_cents": 1_000_001}]), [("warning", "cap")]),
    ("fees that no fund pays", put("funds.0.kinds", ["substitute"]), [("warning", "nobody-pays")]),
    ("coachees of two sites", both(put("sites.+", ELM), WAY, put("educators.0.site", "elm"), coaching()), [("error", "coachees-of-many-sites")]),
    ("no coachees", both(put("groups.+", {"id": "x", "name": "X"}), coaching(coachees=["x"])), [("error", "empty-coachees"), ("warning", "empty-group")]),
    ("coach of another site", both(put("sites.+", ELM), coaching(), put("coaches", [{"educator": "dora", "sites": ["elm"]}])), [("warning", "no-coach")]),
    ("meetings that disagree", coaching(meetings=[{"kind": "visit", "during": d} for d in ("teaching", "planning")], patterns=[["tue", "wed"]]), [("error", "meetings-disagree")]),
    ("floor of minutes", coaching(floor_min=271), [("error", "floor")]),
    ("floor of terms", coaching(floor_min=1, floor_terms=2), [("error", "floor")]),
    ("first week of another year", coaching(first_weeks=["2027-09-06", "2026-09-07"]), [("warning", "outside-calendar")]),
    ("follow-up in a circle", both(coaching(follows="number-talks"), put("engagements", [MEETING | {"after": [{"item": "weekly"}]}])), [("error", "order-cycle")]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change"), INSIDE)
def test_inside(name: str, change: Any) -> None:
    assert codes(change) == [], name


@pytest.mark.parametrize(("name", "change", "expected"), OUTSIDE)
def test_outside(name: str, change: Any, expected: list[tuple[str, str]]) -> None:
    assert codes(change) == expected, name


def test_circles_are_told_once() -> None:
    waits = {"a": ("b", "c"), "b": ("c",), "c": ("d",), "d": ("b",), "e": ("e",), "f": ("a",)}
    assert list(circles(waits)) == [("b", "c", "d", "b"), ("e", "e")]


def test_long_chains_of_prerequisites() -> None:
    waits = {str(n): (str(n + 1),) for n in range(5000)}
    assert list(circles(waits | {"5000": ()})) == []
    assert len(list(circles(waits | {"5000": ("0",)}))) == 1


def told(code: str, change: Any) -> list[str]:
    data = base()
    change(data)
    return [str(f) for f in from_mapping(data).findings if f.code == code]


def test_all_missing_ways_are_told_at_once_with_the_way_out() -> None:
    sites = [ELM | {"id": f"site-{n}", "bells": {}} for n in range(4)]
    rooms = [
        {"id": f"room-{n}", "name": "Room", "site": f"site-{n}", "capacity": 20} for n in range(4)
    ]
    every = both(
        put("sites", [*base()["sites"], *sites]), put("facilities", [*base()["facilities"], *rooms])
    )
    (text,) = told("no-way", every)
    assert text == (
        "scenario: travel: people may go between 10 pair(s) of sites that have no row in "
        "'travel': [oak, site-0], [oak, site-1], [oak, site-2], [oak, site-3], [site-0, site-1], "
        "[site-0, site-2] and 4 more; each way is taken to last 0 minutes (value: 10 pair(s)). Add "
        "a row for each; 'minutes: 0' says that two sites are next to each other."
    )


def test_days_off_are_told_at_once() -> None:
    everybody = [e | {"off_weekdays": ["mon", "fri"]} for e in base()["educators"]]
    (text,) = told("fte-and-days", put("educators", everybody))
    assert text == (
        "scenario: educators[ana].fte_percent: 4 educator(s) hold more of a position than the "
        "weekdays leave on which they work: 'ana' (100 %, at most 60), 'ben' (100 %, at most 60), "
        "'cleo' (100 %, at most 60), 'dora' (100 %, at most 60) (value: 100). Write their "
        "fte_percent, or take days out of off_weekdays."
    )


def test_two_rows_of_one_person_say_what_they_hold_together() -> None:
    (text,) = told("same-person", emails("a@x.example", "a@x.example"))
    assert "'ana', 'ben' have the same e-mail address and hold 200 % of a position" in text
    assert "is a row in 'educators' and one in 'coaches'" in text
