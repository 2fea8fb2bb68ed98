from tests.plan.breaks.breaking import (
    Break,
    drop,
    drop_expert_day,
    edit,
    edit_item,
    leave_out,
    lift_limits,
)
from tests.plan.district import Raw, row
from tests.plan.handmade import NORTH_1, SOUTH, find, piece


def _session_missing(_s: Raw, p: Raw) -> None:
    drop(p, "num/s2/2")
    drop_expert_day(p, "2027-10-08")


def _unit_in_two_sections(s: Raw, p: Raw) -> None:
    lift_limits(s, "hours")
    for item_id in ("num/s2/1", "num/s2/2"):
        find(p, item_id).update(groups=["north-team#1"], educators=NORTH_1)
    leave_out(p, "num/north-team#2", "num", "north-team#2")


def _units_differ(s: Raw, p: Raw) -> None:
    lift_limits(s, "hours")
    find(p, "num/s2/2").update(groups=["north-team#1"], educators=NORTH_1)


def _cycle_two_without_one(s: Raw, p: Raw) -> None:
    row(s["coaching"], "cc")["cycles_per_group"] = 2
    find(p, "cc/duo/1")["id"] = "cc/duo/2"
    leave_out(p, "cc/duo/1", "cc", "duo")


def _round_two_without_one(_s: Raw, p: Raw) -> None:
    find(p, "walk/r1")["id"] = "walk/r2"
    for sub in p["substitutes"]:
        for cover in sub["covers"]:
            cover["item"] = cover["item"].replace("walk/r1", "walk/r2")
    p["left_out"][0]["id"] = "walk/r1"


def _required_left_out(s: Raw, p: Raw) -> None:
    s["policy"]["required"] = "must_stand"
    drop(p, "safety/s1/1")
    drop_expert_day(p, "2027-08-19")
    leave_out(p, "safety/south-team", "safety", "south-team", required=True)


def _no_briefing(_s: Raw, p: Raw) -> None:
    del find(p, "walk/r1")["occurrences"][0]


def _floor_must_stand(s: Raw, p: Raw) -> None:
    s["policy"]["required"] = "must_stand"
    row(s["coaching"], "cc")["floor_min"] = 316
    leave_out(p, "cc/duo", "cc", "duo", required=True)


def _second_day_missing(s: Raw, _p: Raw) -> None:
    row(s["tasks"], "survey")["days"] = 2


BREAKS = (
    Break("a title that is not the scenario's", edit_item("num/s1/1", title="Other")),
    Break("required although only requested", edit_item("plc", required=True)),
    Break("another phase", edit_item("survey/1", phase="delivery")),
    Break("another format", edit_item("net/2", format="in_person")),
    Break("a section without its last session", _session_missing),
    Break("a unit in two sections", _unit_in_two_sections),
    Break("units differ between sessions", _units_differ),
    Break("more sections than allowed", edit("courses", "num", max_sections=1)),
    Break("a participant is missing", edit_item("plc", educators=SOUTH[:3])),
    Break("somebody takes part who is not asked", edit_item("plc", educators=[*SOUTH, "n1"])),
    Break("groups are not the scenario's", edit_item("plc", groups=["duo"])),
    Break("shorter than asked", edit_item("net/1", occurrences=[piece("2027-09-17", "10:00", 45)])),
    Break("the second of two days is missing", _second_day_missing),
    Break("an id that is none", edit_item("survey/1", id="survey/01")),
    Break("cycle two without cycle one", _cycle_two_without_one),
    Break("round two without round one", _round_two_without_one),
    Break("no briefing", _no_briefing),
    Break("a required course must stand", _required_left_out),
    Break("a dosage floor is not met and must be", _floor_must_stand),
)
