"""`plsched verify` and `plsched compare`: plans judged, plans side by side."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from plsched.plan.files import write_plan
from tests import tiny
from tests.cli.conftest import COMMAND, Run

District = Callable[..., Path]


@pytest.fixture(scope="module")
def plan_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Solve the tiny district once, for all tests of this file."""
    folder = tmp_path_factory.mktemp("solved")
    (folder / "scenario.yaml").write_text(json.dumps(tiny.mapping()), encoding="utf-8")
    done = subprocess.run([*COMMAND, "solve", str(folder), "--out", "out"], cwd=folder, check=False)
    assert done.returncode == 0
    return folder / "out"


@pytest.fixture
def solved(plan_folder: Path, district: District, tmp_path: Path) -> Path:
    shutil.copytree(plan_folder, tmp_path / "out")
    return district()


def test_a_good_plan_passes(run: Run, solved: Path) -> None:
    for plan in ("out", "out/plan.json"):
        done = run("verify", solved, plan)
        assert (done.returncode, done.stdout) == (
            0,
            "Two teachers, one course: no violation (OPTIMAL, 1 items)\n",
        )


def test_a_broken_plan_is_told_by_family_and_ids(run: Run, solved: Path, tmp_path: Path) -> None:
    broken = tiny.plan(
        items=tuple(i.model_copy(update={"required": False}) for i in tiny.plan().items)
    )
    write_plan(broken, tmp_path / "broken.json")
    done = run("verify", solved, "broken.json")
    assert done.returncode == 5
    assert "presence: " in done.stdout
    told = json.loads(run("verify", solved, "broken.json", "--json").stdout)["violations"]
    assert {"presence"} <= {violation["family"] for violation in told}
    assert all(violation["message"] for violation in told)
    assert ["welcome/s1/1"] in [violation["ids"][:1] for violation in told]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "there is no such file"),
        ("{", "is no plan"),
        ('{"format": 1}', "is no plan"),
        ("\x00", "is no plan"),
    ],
)
def test_a_file_that_is_no_plan(
    run: Run, district: District, tmp_path: Path, content: str | None, why: str
) -> None:
    if content is not None:
        (tmp_path / "plan.json").write_text(content, encoding="utf-8")
    done = run("verify", district(), "plan.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert why in done.stderr


def test_a_plan_and_a_scenario_side_by_side(run: Run, solved: Path, district: District) -> None:
    dear = tiny.mapping()
    dear["facilities"][0]["cents_per_hour"] = 4000
    done = run("compare", "out", district("dear", dear), "--json")
    assert done.returncode == 0, done.stderr
    columns = json.loads(done.stdout)["columns"]
    assert [(c["name"], c["status"], c["cash_cents"]) for c in columns] == [
        ("out", "OPTIMAL", 5000),
        ("dear", "OPTIMAL", 8000),
    ]
    shown = run("compare", "out", "out/plan.json", solved)
    assert shown.returncode == 0, shown.stderr
    for said in (
        "Plans",
        "tier: cost",
        "$50.00 of $1,000.00",
        "1 of 1",
        "0 moved, 0 added, 0 gone",
    ):
        assert said in shown.stdout


def test_a_scenario_without_a_plan_cannot_be_compared(run: Run, district: District) -> None:
    done = run("compare", district("broke", tiny.broke(must_stand=True)))
    assert (done.returncode, done.stdout) == (3, "")
    assert "INFEASIBLE; there is nothing to compare" in done.stderr


def test_a_plan_is_compared_with_its_own_scenario_only(
    run: Run, solved: Path, tmp_path: Path
) -> None:
    assert solved.is_dir()
    beside = tmp_path / "out/scenario.json"
    other = tiny.scenario(name="Another")
    for content, why in (
        (other.model_dump_json(), "is not the scenario of"),
        ("{}", "holds no scenario"),
        (None, "there is no such file"),
    ):
        if content is None:
            beside.unlink()
        else:
            beside.write_text(content, encoding="utf-8")
        done = run("compare", "out")
        assert (done.returncode, done.stdout) == (2, "")
        assert why in done.stderr
