"""`plsched reconcile` and `plsched report`: a plan, read again with what was recorded since."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import tiny
from tests.cli.conftest import COMMAND, Run

District = Callable[..., Path]
POSTING = {
    "fund": "local",
    "object": "facility",
    "stage": "spent",
    "obligation_date": "2027-08-16",
    "cents": 5001,
}


@pytest.fixture(scope="module")
def plan_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Solve the tiny district once, for all tests of this file."""
    folder = tmp_path_factory.mktemp("solved")
    (folder / "scenario.yaml").write_text(json.dumps(tiny.mapping()), encoding="utf-8")
    done = subprocess.run([*COMMAND, "solve", str(folder), "--out", "out"], cwd=folder, check=False)
    assert done.returncode == 0
    return folder / "out"


@pytest.fixture
def solved(plan_folder: Path, tmp_path: Path) -> Path:
    shutil.copytree(plan_folder, tmp_path / "out")
    return tmp_path / "out"


def booked(*postings: dict[str, Any]) -> dict[str, Any]:
    return tiny.mapping() | {"records": {"as_of": "2027-09-01", "postings": postings}}


def test_what_is_booked_later_stands_against_the_plan(
    run: Run, solved: Path, district: District
) -> None:
    later = district("later", booked(POSTING))
    done = run("reconcile", later, solved, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["total"] == {
        "requested_cents": 5000,
        "approved_cents": 5000,
        "encumbered_cents": 0,
        "spent_cents": 5001,
        "remaining_cents": -1,
    }
    assert [(t["code"], t["cents"]) for t in told["told"]] == [("over-approved", 1)]
    assert run("verify", later, solved).returncode == 0


def test_people_read_tables_and_what_to_look_at(run: Run, solved: Path, district: District) -> None:
    done = run("reconcile", district("later", booked(POSTING)), solved)
    assert done.returncode == 0
    assert "By fund and object, as of 2027-09-01" in done.stdout
    assert (
        "to look at: local: facility: $0.01 more are encumbered and spent than the plan approves"
        in done.stdout
    )
    # Eighty columns hold every amount whole.
    assert "…" not in done.stdout
    assert "local $50.00 $50.00 $0.00 $50.01 -$0.01" in " ".join(done.stdout.split())


def test_a_plan_of_another_scenario_is_refused(run: Run, solved: Path, district: District) -> None:
    other = district("other", booked(POSTING) | {"name": "Other"})
    for command in (("reconcile",), ("report", "--out", "again")):
        done = run(command[0], other, solved, *command[1:])
        assert done.returncode == 2
        assert "is not a plan of this scenario as it is now" in done.stderr


def test_report_writes_all_but_the_plan_and_its_calendars(
    run: Run, solved: Path, district: District
) -> None:
    done = run("report", district("later", booked(POSTING)), solved, "--out", "again")
    assert done.returncode == 0
    folder = solved.parent / "again"
    assert sorted(path.name for path in folder.iterdir()) == [
        "costs.csv",
        "costs.xlsx",
        "report.html",
        "scenario.json",
    ]
    assert (folder / "costs.csv").read_bytes() == (solved / "costs.csv").read_bytes()
    page = (folder / "report.html").read_text("utf-8")
    assert "Reconciliation with the books" in page
    assert "Reconciliation with the books" not in (solved / "report.html").read_text("utf-8")


def test_report_into_the_folder_of_the_plan_keeps_it_readable(
    run: Run, solved: Path, district: District
) -> None:
    assert run("report", district("later", booked()), solved, "--out", solved).returncode == 0
    assert run("compare", solved, solved).returncode == 0
