import json
from pathlib import Path
from typing import Any

import pytest

from plsched.errors import ScenarioError
from plsched.scenario.check import Checked, check, from_mapping, load
from plsched.scenario.findings import Finding
from plsched.scenario.hashing import scenario_hash
from plsched.scenario.models import Scenario
from tests.scenario.base import base
from tests.scenario.folders import write_scenario

YAML = """\
format: 1
name: Plain words
timezone: America/Chicago
calendar:
  first: 2027-07-01
  last: 2028-06-30
  terms:
    - {id: fall, name: Fall, season: fall, first: 2027-08-16, last: 2027-12-31}
  day_kinds:
    - {id: pl, name: PL day, contract: all}
  days:
    - {kind: pl, first: 2027-08-16}
  bell_schedules:
    - id: usual
      contract: {start: 8:00, end: 15:30}
sites:
  - {id: oak, name: Oak, level: middle, bells: {pl: usual}}
roles:
  - {id: teacher, name: Teacher}
educators:
  - {id: 007, name: Ana, role: teacher, site: oak, grade: 07, groups: [all]}
groups:
  - {id: all, name: 'Everybody'}
pathways:
  - {id: math, name: Mathematics}
"""


def test_base_has_no_findings() -> None:
    checked = from_mapping(base())
    assert checked.findings == ()
    assert isinstance(checked.scenario, Scenario)
    assert checked.changes == ()


def test_same_scenario_from_file_and_mapping(tmp_path: Path) -> None:
    from_file = load(write_scenario(tmp_path, base()))
    inline = from_mapping(base()).scenario
    assert inline is not None
    assert from_file == inline
    assert scenario_hash(from_file) == scenario_hash(inline)
    assert load(tmp_path / "scenario.yaml") == inline


def test_result_is_plain_json_again() -> None:
    scenario = from_mapping(base()).scenario
    assert scenario is not None
    again = from_mapping(json.loads(scenario.model_dump_json()))
    assert (again.scenario, again.findings) == (scenario, ())


def test_field_decides_what_unquoted_text_means(tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text(YAML, encoding="utf-8")
    educator = load(tmp_path).educators[0]
    assert (educator.id, educator.grade, educator.email) == ("007", "07", None)


def test_byte_order_mark_of_utf8_is_fine(tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text(YAML, encoding="utf-8-sig")
    assert load(tmp_path).name == "Plain words"


def test_load_raises_with_all_findings(tmp_path: Path) -> None:
    text = YAML.replace("site: oak", "site: aok").replace("level: middle", "level: midle")
    (tmp_path / "scenario.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"1 finding\(s\).*Maybe 'middle' is meant") as caught:
        load(tmp_path)
    assert caught.value.findings == check(tmp_path).findings


def test_findings_name_line_path_value_and_remedy(tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text(YAML.replace("site: oak", "site: aok"), "utf-8")
    assert check(tmp_path) == Checked(
        None,
        (
            Finding(
                "error",
                "unknown-id",
                "scenario.yaml",
                "line 21, educators[007].site",
                "aok",
                "there is no site 'aok'",
                "Maybe 'oak' is meant.",
            ),
        ),
    )


def test_all_findings_of_a_stage_at_once() -> None:
    data = base()
    data["educators"][0]["rol"] = data["educators"][0].pop("role")
    data["funds"][0]["amount_cents"] = 257.87
    data["calendar"]["terms"][0]["first"] = "2027-02-30"
    data["courses"][0]["duration_min"] = 2
    data["timezone"] = "America/Chicgo"
    told = [(f.code, f.where) for f in from_mapping(data).findings]
    assert told == [
        ("not-a-date", "calendar.terms[fall].first"),
        ("unknown-key", "educators[ana].rol"),
        ("not-a-whole-number", "funds[local].amount_cents"),
        ("contradiction", "timezone"),
        ("missing", "educators[ana].role"),
        ("too-small", "courses[number-talks].duration_min"),
    ]


def test_five_hundred_findings_then_how_many_more() -> None:
    data = base()
    data["educators"] = [
        {"id": f"e{n}", "name": "E", "role": "teacher", "site": "nowhere"} for n in range(700)
    ]
    findings = from_mapping(data).findings
    assert len(findings) == 501
    assert (findings[-1].code, findings[-1].value) == ("more-findings", "200")


def test_errors_come_before_warnings_where_not_all_fit() -> None:
    data = base()
    data["groups"] += [{"id": f"g{n}", "name": "Nobody"} for n in range(600)]
    data["courses"][0]["quorum"] = 9
    findings = from_mapping(data).findings
    assert [f.code for f in findings if f.severity == "error"] == ["quorum", "more-findings"]


def test_warnings_leave_the_scenario() -> None:
    data = base()
    data["groups"].append({"id": "nobody", "name": "Nobody"})
    checked = from_mapping(data)
    assert [(f.severity, f.code, f.where) for f in checked.findings] == [
        ("warning", "empty-group", "groups[nobody]")
    ]
    assert checked.scenario is not None


def test_inline_scenario_names_no_file() -> None:
    data: dict[str, Any] = base() | {"educators": "educators.csv"}
    assert [(f.code, f.where, f.value) for f in from_mapping(data).findings] == [
        ("no-file", "educators", "educators.csv")
    ]


def test_inline_scenario_has_no_base() -> None:
    data = base() | {"extends": "../clayton"}
    assert [(f.code, f.value) for f in from_mapping(data).findings] == [("extends", "../clayton")]


@pytest.mark.parametrize("value", [510, 8.5, True, None])
def test_a_number_is_no_time_of_day(value: object) -> None:
    data = base()
    data["courses"][0]["when"]["starts"] = [value]
    codes = [f.code for f in from_mapping(data).findings]
    assert codes == ["empty-value" if value is None else "not-a-time"]
