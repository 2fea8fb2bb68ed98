"""What-ifs: a base, and changes to it."""

from pathlib import Path
from typing import Any

import pytest

from plsched.scenario.check import check, from_mapping
from plsched.scenario.models import Scenario
from tests.scenario.base import base
from tests.scenario.folders import write_csv, write_scenario


def checked(folder: Path, *changes: object, **keys: object) -> tuple[Scenario, tuple[str, ...]]:
    """Read a what-if of the base that has no findings."""
    write_scenario(folder / "district", base())
    write_scenario(folder / "what-if", {"extends": "../district", "changes": list(changes)} | keys)
    found = check(folder / "what-if")
    assert found.findings == ()
    assert found.scenario is not None
    return found.scenario, found.changes


def expected(change: Any = None, **keys: object) -> Scenario:
    data = base() | keys
    if change is not None:
        change(data)
    scenario = from_mapping(data).scenario
    assert scenario is not None
    return scenario


def test_nothing_changed(tmp_path: Path) -> None:
    assert checked(tmp_path) == (expected(), ())


def test_name_and_description_replace_the_base_s(tmp_path: Path) -> None:
    scenario, _ = checked(tmp_path, name="Cut", description="Less money")
    assert scenario == expected(name="Cut", description="Less money")


def test_set(tmp_path: Path) -> None:
    scenario, told = checked(
        tmp_path,
        {"set": "policy.required", "to": "must_stand"},
        {"set": "calendar.terms[fall].last", "to": "2027-12-17"},
        {"set": "educators[ana].teaches", "to": ["1"]},
        {"set": "sites[oak].bells.pl", "to": "oak-day"},
        {"set": "calendar.days[#2].last", "to": "2027-08-16"},
    )
    assert scenario.policy.required == "must_stand"
    assert scenario.calendar.terms[0].last.isoformat() == "2027-12-17"
    assert scenario.educators[0].teaches == ("1",)
    assert scenario.sites[0].bells == {"student": "oak-day", "pl": "oak-day"}
    assert told == (
        "policy: required from leave_out to must_stand",
        "calendar terms fall: last from 2027-12-31 to 2027-12-17",
        "educators ana: teaches from 1, 2 to 1",
        "sites oak bells: pl from pl-day to oak-day",
        "calendar days #2: last from 2027-08-17 to 2027-08-16",
    )


@pytest.mark.parametrize(
    ("percent", "cents", "words"),
    [
        (80, 800_000, "8,000.00 dollars (-20 %)"),
        (150, 1_500_000, "15,000.00 dollars (+50 %)"),
        (0, 0, "0.00 dollars (-100 %)"),
    ],
)
def test_scale(tmp_path: Path, percent: int, cents: int, words: str) -> None:
    change = {"scale": "funds[local].amount_cents", "percent": percent}
    scenario, told = checked(tmp_path, change)
    assert scenario.funds[0].amount_cents == cents
    assert told == (f"funds local: amount_cents from 10,000.00 dollars to {words}",)


def test_scale_rounds_half_up_and_knows_defaults(tmp_path: Path) -> None:
    scenario, told = checked(
        tmp_path,
        {"scale": "facilities[library].capacity", "percent": 88},
        {"scale": "policy.comfort.soft_week_min", "percent": 50},
        {"scale": "salaries[scale].fringe_permille", "percent": 50},
    )
    assert scenario.facilities[0].capacity == 18
    assert scenario.policy.comfort.soft_week_min == 90
    assert scenario.salaries[0].fringe_permille == 189
    assert told[0] == "facilities library: capacity from 20 to 18 (-12 %)"
    assert told[1] == "policy comfort: soft_week_min from 180 to 90 (-50 %)"


def test_add(tmp_path: Path) -> None:
    fund = base()["funds"][0] | {"id": "grant"}
    limit = {"id": "two", "window": "month", "unit": "meetings", "at_most": 2}
    scenario, told = checked(
        tmp_path, {"add": "funds", "row": fund}, {"add": "limits", "row": limit}
    )
    assert scenario == expected(funds=[*base()["funds"], fund], limits=[limit])
    assert told == ("funds: added grant", "limits: added two")


def test_remove(tmp_path: Path) -> None:
    scenario, told = checked(
        tmp_path,
        {"remove": "funds", "id": "local"},
        {"set": "experts", "to": []},
        {"set": "courses[number-talks].experts", "to": []},
    )
    assert scenario.funds == ()
    assert told[0] == "funds: removed local"


def test_remove_everywhere(tmp_path: Path) -> None:
    data = base()
    data["groups"][0]["members"] = ["ana", "dora"]
    data["coaches"] = [{"educator": "dora", "sites": ["oak"]}]
    data["prior"] = [{"course": "number-talks", "educators": ["dora", "ben"]}]
    write_scenario(tmp_path / "district", data)
    change = {"remove": "educators", "id": "dora", "everywhere": True}
    write_scenario(tmp_path / "what-if", {"extends": "../district", "changes": [change]})
    found = check(tmp_path / "what-if")
    assert found.findings == ()
    assert found.changes == ("educators: removed dora, also where it was named (3 places)",)
    assert found.scenario is not None
    assert found.scenario.groups[0].members == ("ana",)
    assert found.scenario.coaches == ()
    assert found.scenario.prior[0].educators == ("ben",)


def test_removed_goal_takes_its_steps_along(tmp_path: Path) -> None:
    scenario, told = checked(tmp_path, {"remove": "goals", "id": "g1", "everywhere": True})
    assert (scenario.goals, scenario.courses[0].serves) == ((), ())
    assert told == ("goals: removed g1, also where it was named (1 place)",)


def test_what_names_a_removed_row_is_a_finding(tmp_path: Path) -> None:
    write_scenario(tmp_path / "district", base())
    change = {"remove": "pathways", "id": "math"}
    other = {"add": "pathways", "row": {"id": "reading", "name": "Reading"}}
    write_scenario(tmp_path / "what-if", {"extends": "../district", "changes": [change, other]})
    (finding,) = check(tmp_path / "what-if").findings
    assert (finding.code, finding.file, finding.value) == (
        "unknown-id",
        "../district/scenario.yaml",
        "math",
    )


def test_finding_of_a_changed_value_names_the_change(tmp_path: Path) -> None:
    write_scenario(tmp_path / "district", base())
    (tmp_path / "what-if").mkdir()
    text = "extends: ../district\nchanges:\n- set: educators[ana].site\n  to: aok\n"
    (tmp_path / "what-if" / "scenario.yaml").write_text(text, encoding="utf-8")
    (finding,) = check(tmp_path / "what-if").findings
    assert (finding.file, finding.where) == ("scenario.yaml", "line 4, educators[ana].site")


def test_what_if_of_a_what_if(tmp_path: Path) -> None:
    write_scenario(tmp_path / "district", base())
    cut = {"scale": "funds[local].amount_cents", "percent": 50}
    write_scenario(tmp_path / "cut", {"extends": "../district", "name": "Cut", "changes": [cut]})
    write_scenario(tmp_path / "cut" / "deep", {"extends": "..", "changes": [cut]})
    found = check(tmp_path / "cut" / "deep")
    assert found.scenario is not None
    assert (found.scenario.name, found.scenario.funds[0].amount_cents) == ("Cut", 250_000)
    assert found.changes == (
        "funds local: amount_cents from 10,000.00 dollars to 5,000.00 dollars (-50 %)",
        "funds local: amount_cents from 5,000.00 dollars to 2,500.00 dollars (-50 %)",
    )


def test_five_bases_are_allowed(tmp_path: Path) -> None:
    write_scenario(tmp_path / "0", base())
    for n in range(1, 6):
        write_scenario(tmp_path / str(n), {"extends": f"../{n - 1}"})
    assert check(tmp_path / "5").scenario == expected()


def test_base_by_its_file_and_tables_of_both(tmp_path: Path) -> None:
    write_scenario(tmp_path, base() | {"facilities": "rooms.csv"})
    write_csv(
        tmp_path / "rooms.csv", [["id", "name", "site", "capacity"], ["hall", "Hall", "oak", 9]]
    )
    write_csv(
        tmp_path / "more.csv", [["id", "name", "site", "capacity"], ["gym", "Gym", "oak", 90]]
    )
    (tmp_path / "what-if.yaml").write_text(
        "extends: scenario.yaml\nchanges:\n- {set: facilities, to: more.csv}\n", encoding="utf-8"
    )
    found = check(tmp_path / "what-if.yaml")
    assert found.findings == ()
    assert found.changes == ("facilities: from hall to more.csv",)
    assert found.scenario is not None
    assert [room.id for room in found.scenario.facilities] == ["gym"]


def test_every_change_that_cannot_be_applied_is_told(tmp_path: Path) -> None:
    write_scenario(tmp_path / "district", base())
    changes = [
        {"set": "funds[locla].amount_cents", "to": 1},
        {"set": "funds[local].amount_cents"},
        {"scale": "funds[local].amount_cents", "percent": -5},
        {"remove": "funds", "id": "local", "everywher": True},
        {"add": "policy", "row": {}},
        {"set": "name.first", "to": "x"},
        "cut",
    ]
    write_scenario(tmp_path / "what-if", {"extends": "../district", "changes": changes})
    found = check(tmp_path / "what-if").findings
    assert [(f.code, f.where.partition(", ")[2], f.value) for f in found] == [
        ("unknown-id", "changes[#1]", "locla"),
        ("change", "changes[#2]", "funds[local].amount_cents"),
        ("change", "changes[#3]", "-5"),
        ("unknown-key", "changes[#4]", "everywher"),
        ("path", "changes[#5]", "policy"),
        ("path", "changes[#6]", "name"),
        ("change", "changes[#7]", "cut"),
    ]
    assert found[0].remedy == "Maybe 'local' is meant."


def test_changes_of_an_inline_scenario() -> None:
    change = {"scale": "funds[local].amount_cents", "percent": 80}
    found = from_mapping(base() | {"changes": [change]})
    assert found.scenario is not None
    assert found.scenario.funds[0].amount_cents == 800_000
    assert found.changes == (
        "funds local: amount_cents from 10,000.00 dollars to 8,000.00 dollars (-20 %)",
    )
