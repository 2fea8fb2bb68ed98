import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from plsched.scenario.models import Scenario
from plsched.scenario.schema import scenario_json_schema

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SCHEMA = SCENARIOS / "scenario.schema.json"
MODELINE = re.compile(r"^# yaml-language-server: \$schema=(\S+)$", re.MULTILINE)


def test_the_schema_beside_the_demos_is_the_one_that_is_printed() -> None:
    """Mended with ``plsched schema > scenarios/scenario.schema.json``."""
    printed = subprocess.run(
        [sys.executable, "-m", "plsched", "schema"], check=True, capture_output=True, timeout=60
    )
    assert SCHEMA.read_bytes() == printed.stdout


def test_demos_that_name_a_schema_name_that_one() -> None:
    named = {
        path: name
        for path in SCENARIOS.rglob("scenario.yaml")
        for name in MODELINE.findall(path.read_text(encoding="utf-8"))
    }
    assert {(path.parent / name).resolve() for path, name in named.items()} == {SCHEMA}


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
