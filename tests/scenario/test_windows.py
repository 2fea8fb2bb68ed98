"""Windows that hold no possible start are told of, and no others."""

from pathlib import Path
from typing import Any

import pytest

from plsched.scenario.check import check, from_mapping
from plsched.scenario.findings import Finding
from tests.scenario.base import base
from tests.scenario.broken.values import COURSE, MEETING, SUBSTITUTES, both, put

SCENARIOS = Path(__file__).parents[2] / "scenarios"
DEMOS = ["clayton", "clayton-building-closed", "clayton-coach-lost", "clayton-title-ii-cut"]
DATES = {"first": "2027-09-07", "last": "2027-09-09"}
BLACKOUT = {"id": "tests", "first": "2027-09-07", "last": "2027-09-09", "blocks": ["sessions"]}
WALK: dict[str, Any] = {
    "id": "walk",
    "title": "Walk",
    "pathway": "math",
    "site": "oak",
    "observers": ["oak-all"],
    "hosts": ["oak-all"],
    "when": {"day_kinds": ["student"], "starts": ["08:00"], **DATES},
}
POOL = put("substitutes", SUBSTITUTES)


def meeting(start: str, minutes: int, dates: dict[str, str] | None = None, **keys: object) -> Any:
    when = {"day_kinds": ["student"], "starts": [start], **(DATES if dates is None else dates)}
    whole = {**MEETING, "cadence": "once", "stipend": False, "duration_min": minutes, "when": when}
    return put("engagements", [whole | keys])


def blacked_out(**keys: object) -> Any:
    return put("calendar.blackouts", [BLACKOUT | keys])


def told(change: Any) -> list[Finding]:
    data = base()
    change(data)
    return [f for f in from_mapping(data).findings if f.code == "empty-window"]


INSIDE = [
    ("to the end of the contract", meeting("15:00", 30)),
    ("after hours, for a stipend", meeting("15:00", 31, stipend=True)),
    ("to midnight", meeting("22:00", 120, stipend=True)),
    ("between classes", meeting("11:00", 90)),
    ("in class, with release", both(POOL, meeting("09:00", 60, release=True))),
    ("three days", meeting("15:00", 30, days=3)),
    ("a day not blacked out", both(blacked_out(last="2027-09-08"), meeting("15:00", 30))),
    ("blacked out for coaching", both(blacked_out(blocks=["coaching"]), meeting("15:00", 30))),
    (
        "everybody on one weekday",
        both(put("educators.0.off_weekdays", ["tue", "wed"]), meeting("15:00", 30)),
    ),
    (
        "a course for those who are in",
        put("educators.0.off_weekdays", ["mon", "tue", "wed", "thu", "fri"]),
    ),
    (
        "a course for nobody",
        both(put("groups.+", {"id": "x", "name": "X"}), put(f"{COURSE}.audience", ["x"])),
    ),
    ("observation on the last day", put("observations", [WALK])),
    (
        "observation on an open day",
        both(blacked_out(last="2027-09-08"), put("observations", [WALK])),
    ),
]

OUTSIDE = [
    (
        "after the contract",
        meeting("15:00", 31),
        "on 2027-09-07 at 15:00, 'ana' is outside contract hours, and the item has no stipend",
    ),
    ("past midnight", meeting("22:00", 121, stipend=True), "from 22:00 it goes past midnight"),
    (
        "in class",
        meeting("11:00", 91),
        "on 2027-09-07 at 11:00, 'ana' teaches, and the item has no release",
    ),
    (
        "in class, where nobody covers",
        meeting("11:00", 91, release=True),
        "on 2027-09-07 at 11:00, 'ana' teaches, and 'oak' has no pool of substitutes",
    ),
    (
        "in class, releases blacked out",
        both(POOL, blacked_out(blocks=["releases"]), meeting("11:00", 91, release=True)),
        "on 2027-09-07 at 11:00, 'ana' teaches, and releases are blacked out at 'oak'",
    ),
    (
        "blacked out",
        both(blacked_out(), meeting("15:00", 30)),
        "2027-09-07 is blacked out at 'oak', where 'ana' is",
    ),
    (
        "three days in two",
        meeting("15:00", 30, DATES | {"last": "2027-09-08"}, days=3),
        "the 3 days from 2027-09-07 on do not all lie in it",
    ),
    (
        "three days, the last of another kind",
        both(
            put("calendar.days.+", {"kind": "pl", "first": "2027-09-09"}),
            meeting("15:00", 30, days=3),
        ),
        "2027-09-09 is of another kind at 'oak', where 'ana' is",
    ),
    (
        "everybody in on no weekday",
        both(
            put("educators.0.off_weekdays", ["tue", "wed"]),
            put("educators.1.off_weekdays", ["thu"]),
            meeting("15:00", 30),
        ),
        "on 2027-09-07 at 15:00, 'ana' is outside contract hours, and the item has no stipend",
    ),
    (
        "a course after hours",
        put(f"{COURSE}.when.starts", ["13:31"]),
        "on 2027-08-16 at 13:31, 'ana' is outside contract hours, and the item has no stipend",
    ),
]


@pytest.mark.parametrize(("name", "change"), INSIDE)
def test_a_possible_start_is_enough(name: str, change: Any) -> None:
    assert told(change) == [], name


@pytest.mark.parametrize(("name", "change", "obstacle"), OUTSIDE)
def test_the_obstacle_is_named(name: str, change: Any, obstacle: str) -> None:
    [finding] = told(change)
    assert (finding.severity, finding.message.split(": ", 1)[1]) == ("warning", obstacle), name


def test_observations_on_blacked_out_dates() -> None:
    [finding] = told(both(blacked_out(), put("observations", [WALK])))
    assert finding.value == "2027-09-07 to 2027-09-09"
    assert finding.message == "each date of 'walk' is blacked out for sessions or releases"


@pytest.mark.parametrize("name", DEMOS)
def test_the_demo_district_has_a_start_for_everything(name: str) -> None:
    findings = check(SCENARIOS / name).findings
    assert [str(f) for f in findings if f.code == "empty-window"] == []
