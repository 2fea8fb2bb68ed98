"""Rules of every family at their boundary: a small district for each, made from one number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from plsched.families import Family
from plsched.scenario.check import from_mapping
from plsched.scenario.models import Scenario

Row = dict[str, Any]
PERIODS = (
    ("p1", "08:00", "09:00"),
    ("p2", "09:00", "10:00"),
    ("p3", "12:30", "13:30"),
    ("p4", "13:30", "14:30"),
)
BIG = 1000


@dataclass(frozen=True)
class Case:
    """A rule: what it allows at the boundary, and no longer one step past.

    ``unused`` is a number with which the rule says nothing. ``lost`` is how many of the required
    things no longer stand one step past; ``None``: nothing does, there is no plan. ``refused``:
    one step past there is no possible time at all, so that a conflict tells of presence alone.
    """

    family: Family
    rule: str
    make: Callable[[int], Row]
    boundary: int
    past: int
    unused: int
    lost: int | None = 1
    refused: bool = False


def district(*, must_stand: bool = False, **tables: Any) -> Scenario:
    """Give a checked district of two schools, Monday to Friday, classes all week."""
    bells = {"s": "bell"}
    data: Row = {
        "format": 1,
        "name": "Boundaries",
        "timezone": "America/Chicago",
        "calendar": {
            "first": "2027-09-06",
            "last": "2027-09-17",
            "terms": [
                {
                    "id": "t",
                    "name": "T",
                    "season": "fall",
                    "first": "2027-09-06",
                    "last": "2027-09-17",
                }
            ],
            "day_kinds": [{"id": "s", "name": "School", "students": True, "contract": "all"}],
            "days": [{"kind": "s", "first": "2027-09-06", "last": "2027-09-17"}],
            "bell_schedules": [
                {
                    "id": "bell",
                    "contract": {"start": "08:00", "end": "15:00"},
                    "lunch": {"start": "11:30", "end": "12:00"},
                    "periods": [{"id": p, "start": a, "end": b} for p, a, b in PERIODS],
                }
            ],
        },
        "sites": [
            {"id": "north", "name": "North", "level": "high", "bells": bells},
            {"id": "south", "name": "South", "level": "high", "bells": bells},
        ],
        "roles": [{"id": "teacher", "name": "Teacher"}],
        "educators": [educator(k) for k in range(1, 5)],
        "groups": [
            {"id": "one", "name": "One", "members": ["e1"]},
            {"id": "two", "name": "Two", "members": ["e2"]},
            {"id": "both", "name": "Both", "members": ["e1", "e2"]},
            {"id": "others", "name": "Others", "members": ["e3", "e4"]},
        ],
        "pathways": [{"id": "way", "name": "Way"}],
        "funds": [fund(amount_cents=1_000_000)],
        "policy": {"required": "must_stand" if must_stand else "leave_out"},
    } | tables
    checked = from_mapping(data)
    assert checked.scenario is not None, [str(f) for f in checked.findings]
    return checked.scenario


def educator(k: int, **changes: Any) -> Row:
    row = {"id": f"e{k}", "name": f"E{k}", "role": "teacher", "site": "north"}
    return row | {"teaches": ["p1", "p2"]} | changes


def fund(**changes: Any) -> Row:
    year = {"first": "2027-07-01", "last": "2028-06-30"}
    return {"id": "fund", "name": "Fund", "obligations": year} | changes


def when(start: str = "10:00", day: int = 8, last: int | None = None) -> Row:
    """Give one clock time, on dates of September."""
    dates = {"first": f"2027-09-{day:02d}", "last": f"2027-09-{last or day:02d}"}
    return {"day_kinds": ["s"], "starts": [start]} | dates


def item(ident: str, at: Row, **changes: Any) -> Row:
    """Give a required item of an hour."""
    row = {"id": ident, "title": ident, "pathway": "way", "required": True, "needs_room": False}
    return row | {"duration_min": 60, "when": at} | changes


def task(ident: str, at: Row, who: str = "both", **changes: Any) -> Row:
    return item(ident, at, kind="planning", groups=[who]) | changes


def course(ident: str, at: Row, *who: str, **changes: Any) -> Row:
    return item(ident, at, audience=list(who or ("both",))) | changes


def clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def room(ident: str = "room", **changes: Any) -> Row:
    return {"id": ident, "name": ident, "site": "north", "capacity": 30} | changes


# ---- one number, one district ----


def sections_at_most(count: int) -> Row:
    at = when(last=9)
    return {
        "courses": [course("c", at, "one", "two", section_size=1, max_sections=min(count, 200))]
    }


def rounds_in_days(days: int) -> Row:
    """Two rounds a week apart at least; the window has so many days."""
    at = when(day=6, last=min(5 + days, 17))
    return observed(rounds=2, when=at, min_gap_days=7)


def ends_at(minute: int) -> Row:
    return {"tasks": [task("a", when(clock(minute - 60)))]}


def second_starts_at(minute: int) -> Row:
    return {"tasks": [task("a", when("10:00")), task("b", when(clock(minute)))]}


def way_of(minutes: int) -> Row:
    """An hour between two sites, ended by lunch: thirty minutes of it can be used."""
    return {
        "tasks": [
            task("a", when("10:00"), sites=["north"]),
            task("b", when("12:00", day=8), sites=["south"], duration_min=30),
        ],
        "travel": [{"between": ["north", "south"], "minutes": minutes}],
        "educators": [educator(k, teaches=[]) for k in range(1, 5)],
    }


def room_again_at(minute: int) -> Row:
    both = [
        task("a", when("10:00"), "one", needs_room=True),
        task("b", when(clock(minute)), "two", needs_room=True),
    ]
    return {"tasks": both, "facilities": [room(setup_min=5, clear_min=10)]}


def room_open_until(minute: int) -> Row:
    hours = {"first": "2027-09-01", "last": "2027-09-30", "end": clock(minute)}
    row = room(clear_min=10, availability=[hours])
    return {"tasks": [task("a", when("10:00"), needs_room=True)], "facilities": [row]}


def seats(count: int) -> Row:
    both = [
        task(ident, when("10:00"), who, format="virtual", licence="web")
        for ident, who in (("a", "both"), ("b", "others"))
    ]
    return {"tasks": both, "licences": [{"id": "web", "name": "Web", "seats": count}]}


def expert(**changes: Any) -> Row:
    return {
        "tasks": [
            task("a", when("10:00"), experts=[{"skill": "math"}]),
            task("b", when("11:00"), experts=[{"skill": "math"}]),
        ],
        "experts": [{"id": "x", "name": "X", "skills": ["math"]} | changes],
    }


def presents_at_most(minutes: int) -> Row:
    return expert(hours_cap_min=minutes)


def contract_of(cents: int) -> Row:
    return expert(rate={"unit": "hour", "cents": 10_000}, contract_max_cents=cents)


def expert_until(minute: int) -> Row:
    hours = {"first": "2027-09-01", "last": "2027-09-30", "end": clock(minute)}
    return expert(availability=[hours])


def days_after(days: int) -> Row:
    relation = {"item": "a", "max_days": min(days, 800)}
    return {"tasks": [task("a", when()), task("b", when(day=10), after=[relation])]}


def days_between_sessions(days: int) -> Row:
    rows = [
        course("c", when(day=6), sessions=1),
        course("d", when(day=8, last=8), prerequisites=["c"]),
        item("n", when(day=6, last=8), groups=["others"], cadence="2 times per year"),
    ]
    rows[2] |= {"min_gap_days": days}
    return {"courses": rows[:2], "engagements": rows[2:]}


def prerequisite_ends_at(minute: int) -> Row:
    first = course("c", when(clock(minute - 60)), duration_min=60)
    return {"courses": [first, course("d", when("13:30", day=8), prerequisites=["c"])]} | {
        "educators": [educator(k, teaches=[]) for k in range(1, 5)]
    }


def section_of(size: int) -> Row:
    row = course("c", when(), "one", "two", section_size=size, max_sections=1)
    return {"courses": [row]}


def quorum_of(size: int) -> Row:
    """Two units that cannot meet together: sections of one."""
    row = course("c", when(), "one", "others", section_size=2, quorum=size)
    return {"courses": [row]}


def subs(*, release: bool = True, **pool: Any) -> Row:
    row = {"id": "pool", "sites": ["north"], "size": 10, "fill_percent": 100} | pool
    return {
        "tasks": [
            task("a", when("08:00"), "one", release=release),
            task("b", when("08:00"), "two", release=release),
        ],
        "substitutes": hired(row),
    }


def hired(pool: Row, most: int = 6) -> Row:
    roving = {"max_periods_per_day": most, "passing_min": 0}
    return {"day_cents": 10_000, "pools": [pool], "roving": roving}


def pool_of(size: int) -> Row:
    return subs(size=size)


def pool_fills(percent: int) -> Row:
    return subs(size=3, fill_percent=min(percent, 100))


def periods_a_day(count: int) -> Row:
    """One sub, two periods of one educator."""
    made = subs(size=1)
    made["tasks"] = [task("a", when("08:00"), "one", release=True, duration_min=120)]
    made["substitutes"] = hired(made["substitutes"]["pools"][0], min(count, 20))
    return made


def observed(**changes: Any) -> Row:
    """One observer, who teaches first, and one host."""
    row = {
        "id": "o",
        "title": "o",
        "pathway": "way",
        "required": True,
        "site": "north",
        "observers": ["one"],
        "hosts": ["two"],
        "when": when(),
        "visits_per_observer": 1,
    }
    return {
        "observations": [row | changes],
        "substitutes": hired({"id": "pool", "sites": ["north"], "size": 9, "fill_percent": 100}),
    }


def host_a_day(count: int) -> Row:
    return observed(visits_per_observer=2, host_max_per_day=min(count, 10))


def host_a_term(count: int) -> Row:
    at = when(day=8, last=9)
    return observed(rounds=2, when=at, min_gap_days=1, host_max_per_term=min(count, 60))


def visitors(count: int) -> Row:
    """Two observers, one host with one period."""
    made = observed(observers=["others"], max_visitors=min(count, 30))
    made["educators"] = [educator(k) for k in range(1, 5)]
    made["educators"][1]["teaches"] = ["p1"]
    return made


def coached(coach: Row | None = None, **changes: Any) -> Row:
    """Two groups of one, a cycle of one conference each, by one coach."""
    row = {
        "id": "k",
        "title": "k",
        "pathway": "way",
        "required": True,
        "coaches": ["e4"],
        "coachees": ["one", "two"],
        "weeks": 1,
        "day_kinds": ["s"],
        "meetings": [
            {
                "kind": "conference",
                "duration_min": 30,
                "during": "clock",
                "starts": ["10:00", "11:00"],
            }
        ],
        "patterns": [["mon"]],
        "first_weeks": ["2027-09-13"],
    }
    who = {"educator": "e4", "sites": ["north"], "skills": ["math"]}
    return {"coaching": [row | changes], "coaches": [who | (coach or {})]}


def caseload(count: int) -> Row:
    return coached({"caseload": min(count, 100)})


def week_of(minutes: int) -> Row:
    return coached({"weekly_contract_min": minutes, "share_percent": 100})


def follow_up_within(days: int) -> Row:
    """The course ends on Wednesday; Monday is the third school day after."""
    made = coached(coachees=["one"], follows="c", follow_up_school_days=min(days, 200))
    return made | {"courses": [course("c", when(), "one")]}


def limited(**changes: Any) -> Row:
    """Two tasks for the same two people, on two days of a week."""
    row = {"id": "rule", "window": "week", "per": "person"} | changes
    return {"tasks": [task("a", when()), task("b", when(day=9))], "limits": [row]}


def minutes_a_week(count: int) -> Row:
    return limited(unit="minutes", at_most=count)


def meetings_a_week(count: int) -> Row:
    return limited(unit="meetings", at_most=count)


def minutes_together(count: int) -> Row:
    return limited(unit="minutes", per="together", at_most=count)


def days_out(count: int) -> Row:
    made = subs()
    made["tasks"][1] |= {"when": when("08:00", day=9), "groups": ["one"]}
    return made | {
        "limits": [{"id": "rule", "window": "week", "unit": "days_out", "at_most": count}]
    }


def groups_out(count: int) -> Row:
    row = {"id": "rule", "window": "day", "per": "together", "unit": "groups_out"}
    return subs() | {"limits": [row | {"groups": ["one", "two"], "at_most": count}]}


def paid(**changes: Any) -> Row:
    """A contract of 50 dollars on September 8, and nothing else."""
    row = fund(**({"amount_cents": 100_000} | changes))
    return {"tasks": [task("a", when(), cost_cents=5000)], "funds": [row]}


def amount(cents: int) -> Row:
    return paid(amount_cents=cents)


def cap(cents: int) -> Row:
    return paid(caps=[{"id": "cap", "kinds": ["contract"], "max_cents": cents}])


def cap_percent(percent: int) -> Row:
    return paid(caps=[{"id": "cap", "max_percent": min(percent, 100)}])


def set_aside(cents: int) -> Row:
    return paid(set_asides=[{"id": "kept", "kinds": ["substitute"], "cents": cents}])


def window_from(day: int) -> Row:
    return paid(obligations={"first": f"2027-09-{day:02d}", "last": "2028-06-30"})


def pinned_at(minute: int) -> Row:
    """The pin is the rule; what the item asks for allows 10:00."""
    pin = {"item": "a/1", "start": f"2027-09-08T{clock(minute)}:00-05:00"}
    return {"tasks": [task("a", when())], "pins": [pin]}


CASES = (
    Case("presence", "max_sections", sections_at_most, 2, 1, BIG),
    Case("order", "min_gap_days of rounds", rounds_in_days, 8, 7, 12),
    Case("days", "contract hours", ends_at, 900, 901, 720, refused=True),
    Case("people", "no overlap", second_starts_at, 660, 659, 720),
    Case("people", "ways, lunch aside", way_of, 30, 31, 0),
    Case("facilities", "set-up and clear-up", room_again_at, 675, 674, 750),
    Case("facilities", "availability", room_open_until, 670, 669, 1200, refused=True),
    Case("licences", "seats", seats, 4, 3, BIG),
    Case("experts", "hours_cap_min", presents_at_most, 120, 119, BIG),
    Case("experts", "contract_max_cents", contract_of, 20_000, 19_999, 10**9),
    Case("experts", "availability", expert_until, 720, 719, 1200, refused=True),
    Case("order", "max_days", days_after, 2, 1, BIG),
    Case("order", "min_gap_days", days_between_sessions, 2, 3, 0),
    Case("order", "prerequisites", prerequisite_ends_at, 810, 811, 660),
    Case("sections", "section_size", section_of, 2, 1, BIG),
    Case("sections", "quorum", quorum_of, 1, 2, 1),
    Case("cover", "pool size", pool_of, 2, 1, BIG),
    Case("cover", "fill", pool_fills, 67, 66, 100),
    Case("cover", "max_periods_per_day", periods_a_day, 2, 1, BIG),
    Case("visits", "host_max_per_day", host_a_day, 2, 1, BIG),
    Case("visits", "host_max_per_term", host_a_term, 2, 1, BIG),
    Case("visits", "max_visitors", visitors, 2, 1, BIG),
    Case("coaching", "caseload", caseload, 2, 1, BIG),
    Case("coaching", "weekly capacity", week_of, 60, 59, 2250),
    Case("coaching", "follow_up_school_days", follow_up_within, 3, 2, BIG),
    Case("limits", "minutes", minutes_a_week, 120, 119, 100_000),
    Case("limits", "meetings", meetings_a_week, 2, 1, BIG),
    Case("limits", "together", minutes_together, 240, 239, 100_000),
    Case("limits", "days_out", days_out, 2, 1, BIG),
    Case("limits", "groups_out", groups_out, 2, 1, BIG),
    Case("funds", "amount", amount, 5000, 4999, 10**9),
    Case("funds", "cap", cap, 5000, 4999, 10**9),
    Case("funds", "cap in percent", cap_percent, 5, 4, 100),
    Case("funds", "set-aside", set_aside, 95_000, 95_001, 0),
    Case("funds", "obligations", window_from, 8, 9, 1),
    Case("pins", "start", pinned_at, 600, 601, 600, lost=None),
)
