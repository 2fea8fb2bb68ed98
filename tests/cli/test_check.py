"""`plsched check`: every finding at once, and nothing but findings."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import tiny
from tests.cli.conftest import Run
from tests.pace import quiet_seconds

District = Callable[..., Path]
ROOT = Path(__file__).parents[2]


def test_a_scenario_in_order(run: Run, district: District) -> None:
    done = run("check", district())
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "Two teachers, one course: in order. 1 site, 2 educators, 1 course, 0 engagements, "
        "0 observations, 0 coaching programmes, 0 tasks, 1 fund.\n"
    )


def test_every_finding_is_told_with_its_place(run: Run, district: District) -> None:
    wrong = tiny.mapping(nonsense=1)
    wrong["courses"][0]["duration_min"] = "long"
    folder = district("wrong", wrong)
    done = run("check", folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "courses[welcome].duration_min" in done.stderr
    assert "the key 'nonsense' is not known" in done.stderr
    assert done.stderr.endswith("2 error(s): nothing was solved and nothing was written.\n")
    findings = json.loads(run("check", folder, "--json").stdout)["findings"]
    assert {(f["severity"], f["file"], f["value"]) for f in findings} == {
        ("error", "scenario.yaml", "long"),
        ("error", "scenario.yaml", "nonsense"),
    }


def test_json_of_a_scenario_in_order(run: Run, district: District) -> None:
    done = run("check", district(), "--json")
    assert (done.returncode, json.loads(done.stdout)) == (0, {"findings": []})


def test_a_folder_that_is_not_there(run: Run) -> None:
    done = run("check", "nowhere")
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no such folder" in done.stderr


@pytest.mark.parametrize("command", ["solve", "verify", "compare"])
def test_other_commands_tell_the_findings_too(
    run: Run, district: District, command: str, tmp_path: Path
) -> None:
    folder = district("wrong", tiny.mapping(nonsense=1))
    rest = {"solve": ["--out", "out"], "verify": ["plan.json"], "compare": []}[command]
    done = run(command, folder, *rest, "--json")
    assert done.returncode == 2
    assert [f["value"] for f in json.loads(done.stdout)["findings"]] == ["nonsense"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["wrong"]


@pytest.mark.alone
def test_clayton_is_checked_within_a_second(run: Run) -> None:
    assert run("check", ROOT / "scenarios/clayton").returncode == 0
    assert quiet_seconds(lambda: run("check", ROOT / "scenarios/clayton"), times=5) < 1
