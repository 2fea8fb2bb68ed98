"""Faults in one row do not hide those in another."""

from typing import Any

from plsched.scenario.check import from_mapping
from tests.scenario.base import base, course


def told(data: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(f.code, f.where, f.value) for f in from_mapping(data).findings]


def two_courses() -> dict[str, Any]:
    data = base()
    data["courses"].append(course() | {"id": "later"})
    return data


def test_an_unknown_key_beside_a_dangling_id() -> None:
    data = two_courses()
    data["courses"][0]["relaese"] = True
    data["courses"][1]["audience"] = ["oak-al"]
    assert told(data) == [
        ("unknown-key", "courses[number-talks].relaese", "relaese"),
        ("unknown-id", "courses[later].audience[#1]", "oak-al"),
    ]


def test_a_wrong_value_beside_a_dangling_id_and_a_duplicate() -> None:
    data = two_courses()
    data["courses"][0]["duration_min"] = "long"
    data["courses"][1]["audience"] = ["oak-al"]
    data["courses"].append(course() | {"id": "later"})
    assert told(data) == [
        ("not-a-number", "courses[number-talks].duration_min", "long"),
        ("duplicate-id", "courses[later].id", "later"),
        ("unknown-id", "courses[later].audience[#1]", "oak-al"),
    ]


def test_names_of_rows_at_fault_are_not_missed() -> None:
    """Only the fault is told, not that others name its row, its skills or its features."""
    data = two_courses()
    data["courses"][1] |= {"prerequisites": ["number-talks"], "features": ["projector"]}
    data["courses"][1]["required"] = True
    data["courses"][0]["duration_min"] = 2
    data["facilities"][0]["capacity"] = -1
    data["experts"][0]["hours_cap_min"] = "many"
    data["groups"][0]["nmae"] = data["groups"][0].pop("name")
    assert told(data) == [
        ("unknown-key", "groups[oak-all].nmae", "nmae"),
        ("not-a-number", "experts[pat].hours_cap_min", "many"),
        ("too-small", "facilities[library].capacity", "-1"),
        ("missing", "groups[oak-all].name", "(empty)"),
        ("too-small", "courses[number-talks].duration_min", "2"),
    ]


def test_a_fault_outside_of_rows_is_told_alone() -> None:
    data = two_courses()
    data["calendar"]["first"] = "2027-02-30"
    data["courses"][1]["audience"] = ["oak-al"]
    assert told(data) == [("not-a-date", "calendar.first", "2027-02-30")]
