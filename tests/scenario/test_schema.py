import re
from typing import Any

from plsched.scenario.models import Scenario
from plsched.scenario.schema import scenario_json_schema


def test_a_table_may_be_a_file() -> None:
    schema = scenario_json_schema()
    tables = [
        schema["else"]["properties"]["educators"],
        schema["$defs"]["Calendar"]["properties"]["days"],
        schema["$defs"]["Course"]["properties"]["experts"],
    ]
    for table in tables:
        rows, file = table["anyOf"]
        assert rows["type"] == "array"
        matches = [bool(re.search(file["pattern"], name)) for name in NAMES]
        assert matches == [True, True, True, False, False]


NAMES = ["rooms.csv", "rooms.xlsx", "rooms.xlsx#Our rooms", "rooms", "rooms.csv#Sheet"]


def test_lists_of_names_are_no_files() -> None:
    groups = scenario_json_schema()["$defs"]["Educator"]["properties"]["groups"]
    assert groups["type"] == "array"


def test_whole_scenarios_and_what_ifs() -> None:
    schema = scenario_json_schema()
    assert set(schema["else"]["properties"]) == {*Scenario.model_fields, "changes"}
    assert set(schema["then"]["properties"]) == {
        "format",
        "name",
        "description",
        "extends",
        "changes",
    }
    assert schema["if"]["required"] == schema["then"]["required"] == ["extends"]


def test_every_reference_leads_somewhere() -> None:
    schema = scenario_json_schema()
    names = set(re.findall(r"#/\$defs/(\w+)", str(schema)))
    assert names <= set(schema["$defs"])


def test_times_are_written_without_seconds_and_zone() -> None:
    start: dict[str, Any] = scenario_json_schema()["$defs"]["Period"]["properties"]["start"]
    assert "format" not in start
    assert [bool(re.search(start["pattern"], text)) for text in ("8:30", "15:45", "25:00")] == [
        True,
        True,
        False,
    ]
