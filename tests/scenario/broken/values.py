"""Broken values in an otherwise good scenario: the change, the code, and the value told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

Data = dict[str, Any]


class Case(NamedTuple):
    """A change to the base, and the finding that it must cause."""

    name: str
    change: Callable[[Data], object]
    code: str
    value: str
    where: str


def put(path: str, value: object) -> Callable[[Data], object]:
    """Set a value; numbers in the path are places in lists, ``+`` adds to a list."""

    def change(data: Data) -> None:
        node: Any = data
        *steps, last = path.split(".")
        for step in steps:
            node = node[int(step)] if isinstance(node, list) else node[step]
        if last == "+":
            node.append(value)
        elif isinstance(node, list):
            node[int(last)] = value
        else:
            node[last] = value

    return change


def drop(path: str) -> Callable[[Data], object]:
    """Remove a key."""

    def change(data: Data) -> None:
        node: Any = data
        *steps, last = path.split(".")
        for step in steps:
            node = node[int(step)] if isinstance(node, list) else node[step]
        del node[last]

    return change


def both(*changes: Callable[[Data], object]) -> Callable[[Data], object]:
    """Make several changes."""

    def change(data: Data) -> None:
        for one in changes:
            one(data)

    return change


COURSE = "courses.0"
SECOND_COURSE: Data = {
    "id": "fractions",
    "title": "Fractions",
    "pathway": "math",
    "duration_min": 60,
    "when": {"day_kinds": ["pl"], "starts": ["09:00"]},
    "audience": ["oak-all"],
    "prerequisites": ["number-talks"],
}
MEETING: Data = {
    "id": "weekly",
    "title": "Weekly meeting",
    "pathway": "math",
    "cadence": "weekly",
    "duration_min": 60,
    "when": {"day_kinds": ["student"], "starts": ["15:30"]},
    "groups": ["oak-all"],
    "needs_room": False,
    "stipend": True,
}
SUBSTITUTES: Data = {
    "day_cents": 20_000,
    "roving": {"passing_min": 5},
    "pools": [{"id": "district", "sites": ["oak"], "size": 5}],
}
COACHING: Data = {
    "id": "cycles",
    "title": "Coaching cycles",
    "pathway": "math",
    "coaches": ["dora"],
    "coachees": ["oak-all"],
    "day_kinds": ["student"],
    "meetings": [{"kind": "conference"}],
    "patterns": [["tue"]],
    "first_weeks": ["2027-09-06"],
}
COACHES = [{"educator": "dora", "sites": ["oak"]}]
TERM: Data = {
    "id": "winter",
    "name": "Winter",
    "season": "fall",
    "first": "2027-12-01",
    "last": "2028-01-31",
}
BELL = "calendar.bell_schedules.0"

CASES = [
    # Wrong types
    Case("list for a text", put("name", ["x"]), "not-a-text", "a list of 1", "name"),
    Case(
        "text for a list", put("educators.0.groups", "oak-all"), "not-a-list", "oak-all", "groups"
    ),
    Case("text for a table", put("educators", "all"), "not-a-table", "all", "educators"),
    Case("text for a map", put("calendar", "2027"), "not-a-map", "2027", "calendar"),
    Case("list for a map", put("calendar", []), "not-a-map", "a list of 0", "calendar"),
    Case(
        "text for a number", put(f"{COURSE}.duration_min", "an hour"), "not-a-number", "an hour", ""
    ),
    Case(
        "quoted number", put(f"{COURSE}.duration_min", "60"), "not-a-number", "60", "duration_min"
    ),
    Case("truth for a number", put(f"{COURSE}.duration_min", True), "not-a-number", "True", ""),
    Case("half a minute", put(f"{COURSE}.duration_min", 60.5), "not-a-whole-number", "60.5", ""),
    Case("number for yes or no", put(f"{COURSE}.required", 1), "not-yes-or-no", "1", "required"),
    Case("unknown word", put("sites.0.level", "primary"), "unknown-word", "primary", "level"),
    Case("capital weekday", put(f"{COURSE}.when.weekdays", ["Mon"]), "unknown-word", "Mon", "#1"),
    Case(
        "unknown cadence",
        put("engagements", [MEETING | {"cadence": "often"}]),
        "contradiction",
        "often",
        "cadence",
    ),
    Case("format 2", put("format", 2), "wrong-value", "2", "format"),
    # Missing and unknown keys
    Case("no name", drop("name"), "missing", "(empty)", "name"),
    Case("no educators", drop("educators"), "missing", "(empty)", "educators"),
    Case("table of no rows", put("educators", []), "too-few", "(empty)", "educators"),
    Case("no id", drop("educators.0.id"), "missing", "(empty)", "educators[#1].id"),
    Case("unknown key", put("educators.0.rolle", "x"), "unknown-key", "rolle", "educators[ana]"),
    Case("unknown table", put("teachers", []), "unknown-key", "teachers", "teachers"),
    Case("empty id", put("educators.0.id", ""), "empty-value", "(empty)", "id"),
    Case("id with a slash", put("sites.0.id", "oak/east"), "id", "oak/east", "id"),
    Case("id with a line break", put("sites.0.id", "oak\neast"), "id", r"oak\x0aeast", "id"),
    Case(
        "id of a thousand letters",
        put("sites.0.id", "x" * 1000),
        "text-length",
        "x" * 77 + "...",
        "",
    ),
    Case("name with a line break", put("name", "A\nB"), "control-character", r"A\x0aB", "name"),
    # Money
    Case("negative money", put("funds.0.amount_cents", -1), "too-small", "-1", "amount_cents"),
    Case(
        "dollars for cents", put("funds.0.amount_cents", 257.87), "not-a-whole-number", "257.87", ""
    ),
    Case("dollar sign", put("funds.0.amount_cents", "$1,200"), "not-a-number", "$1,200", ""),
    Case(
        "10^15 cents", put("funds.0.amount_cents", 10**15), "too-large", str(10**15), "amount_cents"
    ),
    Case(
        "10^400 cents",
        put("funds.0.amount_cents", 10**400),
        "too-large",
        "1" + "0" * 76 + "...",
        "",
    ),
    Case("percent 140", put("educators.0.fte_percent", 140), "too-large", "140", "fte_percent"),
    Case(
        "cap without a limit",
        put("funds.0.caps", [{"id": "c"}]),
        "contradiction",
        "id: c",
        "caps[c]",
    ),
    Case(
        "set-aside over the amount",
        put("funds.0.set_asides", [{"id": "s", "cents": 2_000_000}]),
        "set-aside",
        "2000000",
        "set_asides[s]",
    ),
    # Dates and times
    Case(
        "30 February",
        put("calendar.terms.0.last", "2027-02-30"),
        "not-a-date",
        "2027-02-30",
        "terms[fall]",
    ),
    Case(
        "American date",
        put("calendar.first", "7/1/2027"),
        "not-a-date",
        "7/1/2027",
        "calendar.first",
    ),
    Case(
        "seconds for a date", put("calendar.first", 1_800_000_000), "not-a-date", "1800000000", ""
    ),
    Case("25 o'clock", put(f"{COURSE}.when.starts", ["25:00"]), "not-a-time", "25:00", "starts"),
    Case(
        "half past eight a.m.",
        put(f"{COURSE}.when.starts", ["8:30 AM"]),
        "not-a-time",
        "8:30 AM",
        "",
    ),
    Case(
        "year backwards",
        put("calendar.last", "2026-06-30"),
        "contradiction",
        "last: 2026-06-30, first: 2027-07-01",
        "calendar.last",
    ),
    Case(
        "year of a century",
        put("calendar.last", "2127-06-30"),
        "contradiction",
        "first: 2027-07-01, last: 2127-06-30",
        "calendar",
    ),
    Case(
        "unknown time zone",
        put("timezone", "Mars/Olympus"),
        "contradiction",
        "Mars/Olympus",
        "timezone",
    ),
    Case(
        "overlapping terms",
        put("calendar.terms.+", TERM),
        "terms-overlap",
        "winter",
        "terms[winter]",
    ),
    Case(
        "term of another year",
        put("calendar.terms.0.first", "2026-08-01"),
        "outside-calendar",
        "2026-08-01 to 2027-12-31",
        "terms[fall]",
    ),
    Case(
        "period that ends first",
        put(f"{BELL}.periods.0.end", "08:00"),
        "contradiction",
        "end: 08:00:00, start: 08:30:00",
        "periods[1].end",
    ),
    Case(
        "overlapping periods",
        put(f"{BELL}.periods.0.end", "13:00"),
        "periods-overlap",
        "2",
        "periods[2]",
    ),
    # Names that lead nowhere
    Case(
        "unknown site", put("educators.0.site", "aok"), "unknown-id", "aok", "educators[ana].site"
    ),
    Case("unknown role", put("educators.0.role", "techer"), "unknown-id", "techer", "role"),
    Case("unknown group", put(f"{COURSE}.audience", ["oak"]), "unknown-id", "oak", "audience"),
    Case(
        "unknown day kind",
        put("calendar.days.0.kind", "school"),
        "unknown-id",
        "school",
        "days[#1]",
    ),
    Case("unknown bell schedule", put("sites.0.bells.pl", "pl"), "unknown-id", "pl", "bells.pl"),
    Case("unknown period", put("educators.0.teaches", ["9"]), "unknown-id", "9", "teaches"),
    Case("unknown goal", put(f"{COURSE}.serves", ["g9"]), "unknown-id", "g9", "serves"),
    Case(
        "unknown position fund", put("educators.0.position_fund", "loca"), "unknown-id", "loca", ""
    ),
    Case(
        "unknown pinned item",
        put("pins", [{"item": "talks/s1/1"}]),
        "unknown-id",
        "talks/s1/1",
        "pins",
    ),
    Case("coach who is none", put("coaching", [COACHING]), "not-a-coach", "dora", "coaches"),
    Case(
        "skill of nobody",
        both(put(f"{COURSE}.required", True), put(f"{COURSE}.experts", [{"skill": "maths"}])),
        "unknown-skill",
        "maths",
        "skill",
    ),
    Case("id given twice", put("educators.3.id", "ana"), "duplicate-id", "ana", "educators[ana]"),
    Case(
        "item id in two tables",
        put("engagements", [MEETING | {"id": "number-talks"}]),
        "duplicate-id",
        "number-talks",
        "engagements",
    ),
    # Circles
    Case(
        "course before itself",
        put(f"{COURSE}.prerequisites", ["number-talks"]),
        "prerequisite-cycle",
        "number-talks -> number-talks",
        "prerequisites",
    ),
    Case(
        "circle of prerequisites",
        both(put("courses.+", SECOND_COURSE), put(f"{COURSE}.prerequisites", ["fractions"])),
        "prerequisite-cycle",
        "number-talks -> fractions -> number-talks",
        "",
    ),
    Case(
        "circle of relations",
        put(
            "engagements",
            [
                MEETING | {"after": [{"item": "monthly"}]},
                MEETING | {"id": "monthly", "cadence": "monthly", "after": [{"item": "weekly"}]},
            ],
        ),
        "order-cycle",
        "weekly -> monthly -> weekly",
        "",
    ),
    # What can never be
    Case(
        "room too small",
        both(put(f"{COURSE}.required", True), put("facilities.0.capacity", 2)),
        "no-facility",
        "3",
        "courses[number-talks]",
    ),
    Case("quorum over the audience", put(f"{COURSE}.quorum", 4), "quorum", "4", "quorum"),
    Case(
        "quorum over the section",
        put(f"{COURSE}.quorum", 40),
        "contradiction",
        "quorum: 40",
        "courses[number-talks].quorum",
    ),
    Case(
        "meeting of nobody",
        put("engagements", [MEETING | {"groups": []}]),
        "no-participants",
        "weekly",
        "engagements[weekly]",
    ),
    Case(
        "no time to pass",
        both(put("substitutes", SUBSTITUTES), put(f"{BELL}.periods.0.end", "12:28")),
        "no-passing-time",
        "2",
        "periods[2]",
    ),
    Case(
        "no lunch for subs",
        both(
            put("substitutes", SUBSTITUTES),
            drop(f"{BELL}.lunch"),
            put(f"{BELL}.periods.0.end", "12:20"),
        ),
        "no-substitute-lunch",
        "oak-day",
        "oak-day",
    ),
    Case(
        "floor out of reach",
        both(put("coaches", COACHES), put("coaching", [COACHING | {"floor_min": 271}])),
        "floor",
        "271",
        "floor_min",
    ),
    Case(
        "first week on Tuesday",
        both(
            put("coaches", COACHES), put("coaching", [COACHING | {"first_weeks": ["2027-09-07"]}])
        ),
        "contradiction",
        "id: cycles, title: Coaching cycles",
        "coaching[cycles]",
    ),
    Case(
        "virtual without a licence",
        put(f"{COURSE}.format", "virtual"),
        "contradiction",
        "id: number-talks, title: Number talks",
        "courses[number-talks]",
    ),
]
