import json
from pathlib import Path

import pytest

from plsched.errors import PlanFileError
from plsched.plan.files import parse_plan, plan_json, plan_json_schema, read_plan, write_plan
from plsched.plan.models import Plan
from tests.plan import district, handmade


@pytest.fixture(scope="module")
def plan() -> Plan:
    scenario = district.scenario()
    return handmade.settle(scenario, handmade.plan(scenario))


def test_a_plan_is_read_as_it_was_written(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    write_plan(plan, path)
    assert read_plan(path) == plan
    assert [p.name for p in tmp_path.iterdir()] == ["plan.json"]


def test_equal_plans_give_equal_bytes(plan: Plan) -> None:
    assert plan_json(parse_plan(plan_json(plan), "again")) == plan_json(plan)


def test_times_are_written_with_the_offset_of_their_day(plan: Plan) -> None:
    items = {item["id"]: item for item in json.loads(plan_json(plan))["items"]}
    starts = [o["start"] for o in items["plc"]["occurrences"]]
    assert (starts[10], starts[11]) == ("2027-11-03T15:00:00-05:00", "2027-11-10T15:00:00-06:00")


def test_a_byte_order_mark_is_passed_over(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("\ufeff" + plan_json(plan), encoding="utf-8")
    assert read_plan(path) == plan


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is no plan: the file: Invalid JSON: EOF"),
        (b"{", "is no plan: the file: Invalid JSON"),
        (b"[]", r"is no plan: the file: Input should be an object \(value: \[\]\)"),
        (b"\xff\xfe{}", "byte 0 is not UTF-8; save it as UTF-8"),
        (b'{"format": 2}', r"format: Input should be 1 \(value: 2\).*and \d more"),
        (b'{"formats": 1}', "plsched schema --plan"),
    ],
)
def test_a_file_that_is_no_plan(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(content)
    with pytest.raises(PlanFileError, match=message):
        read_plan(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(PlanFileError, match="there is no such file"):
        read_plan(tmp_path / "plan.json")
    with pytest.raises(PlanFileError, match="cannot be read"):
        read_plan(tmp_path)


def test_the_schema_names_what_a_plan_holds() -> None:
    schema = plan_json_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert {"scenario_hash", "seed", "version", "status", "tiers", "wall_time_s"} <= set(
        schema["properties"]
    )
