"""`plsched solve`: all files or none, and an exit code for each outcome."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from plsched.plan.files import read_plan
from tests import tiny
from tests.cli.conftest import COMMAND, Run, environment

District = Callable[..., Path]
ROOT = Path(__file__).parents[2]
FILES = {
    "calendars/all.ics",
    "calendars/educator-t1.ics",
    "calendars/educator-t2.ics",
    "calendars/facility-hall.ics",
    "calendars/site-north.ics",
    "calendars/state.json",
    "costs.csv",
    "costs.xlsx",
    "plan.json",
    "report.html",
    "scenario.json",
}


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_plan_is_written_whole(run: Run, district: District, tmp_path: Path) -> None:
    done = run("solve", district(), "--out", "out")
    assert done.returncode == 0, done.stderr
    assert files(tmp_path / "out") == FILES
    for said in (
        "Two teachers, one course: optimal plan",
        "Local",
        "$50.00",
        "$950.00",
        "plan.json",
    ):
        assert said in done.stdout
    plan = read_plan(tmp_path / "out/plan.json")
    assert plan.status == "OPTIMAL"
    assert plan.items == tiny.plan().items
    assert {path.name for path in tmp_path.iterdir()} == {"tiny", "out"}


def test_machines_get_json_and_progress_apart_from_it(
    run: Run, district: District, tmp_path: Path
) -> None:
    done = run("solve", district(), "--out", "out", "--json", "--seed", 3)
    assert done.stderr.startswith("    0.0 s  index: ")
    told = json.loads(done.stdout)
    plan = read_plan(tmp_path / "out/plan.json")
    assert told == {
        "status": "OPTIMAL",
        "scenario": "Two teachers, one course",
        "scenario_hash": tiny.plan().scenario_hash,
        "wall_time_s": plan.wall_time_s,
        "tiers": [tier.model_dump(mode="json") for tier in plan.tiers],
        "left_out": 0,
        "conflicts": [],
        "notes": [],
        "paths": {
            name: str(tmp_path / "out" / name)
            for name in (
                "plan.json",
                "costs.csv",
                "costs.xlsx",
                "calendars",
                "report.html",
                "scenario.json",
            )
        },
    }
    assert plan.seed == 3


def test_other_files_in_the_folder_are_left_alone(
    run: Run, district: District, tmp_path: Path
) -> None:
    (tmp_path / "out/calendars").mkdir(parents=True)
    for name in ("notes.txt", "calendars/mine.ics", "plan.json"):
        (tmp_path / "out" / name).write_text("mine", encoding="utf-8")
    assert run("solve", district(), "--out", "out").returncode == 0
    assert files(tmp_path / "out") == FILES | {"notes.txt", "calendars/mine.ics"}
    assert (tmp_path / "out/calendars/mine.ics").read_text(encoding="utf-8") == "mine"
    assert read_plan(tmp_path / "out/plan.json").status == "OPTIMAL"


def test_no_plan_can_be_proven_and_nothing_is_written(
    run: Run, district: District, tmp_path: Path
) -> None:
    done = run("solve", district("broke", tiny.broke(must_stand=True)), "--out", "out")
    assert done.returncode == 3, done.stderr
    assert "no plan can keep all the rules" in done.stdout
    assert "funds" in done.stdout
    assert not (tmp_path / "out").exists()


def test_no_plan_in_time(run: Run, tmp_path: Path) -> None:
    """A second is too short even to index the whole demo district."""
    done = run("solve", ROOT / "scenarios/clayton", "--out", "out", "--time-limit", 1, "--json")
    assert done.returncode == 4, done.stderr
    told = json.loads(done.stdout)
    assert (told["status"], told["paths"]) == ("NO_PLAN_IN_TIME", {})
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_told_first(
    run: Run, district: District, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    scenario = district()
    for out, why in (("file", "is a file; name a folder"), ("file/out", "cannot be written")):
        done = run("solve", scenario, "--out", out)
        assert (done.returncode, done.stdout) == (2, "")
        assert why in done.stderr
        assert "index" not in done.stderr


def test_numbers_out_of_bounds_are_refused(run: Run, district: District) -> None:
    done = run("solve", district(), "--out", "out", "--workers", 0)
    assert done.returncode == 2
    assert "--workers" in done.stderr


def test_a_new_plan_stays_close_to_the_old_one(
    run: Run, district: District, tmp_path: Path
) -> None:
    scenario = district()
    assert run("solve", scenario, "--out", "first").returncode == 0
    done = run("solve", scenario, "--out", "second", "--baseline", "first", "--json")
    tiers = {tier["name"]: tier["value"] for tier in json.loads(done.stdout)["tiers"]}
    assert tiers["distance"] == 0
    first, second = (read_plan(tmp_path / name / "plan.json") for name in ("first", "second"))
    assert first.items == second.items
    assert run("verify", scenario, "second", "--baseline", "first").returncode == 0


def test_ctrl_c_keeps_the_best_plan_so_far(tmp_path: Path) -> None:
    command = [*COMMAND, "solve", str(ROOT / "scenarios/delivery-cycle"), "--out", "out"]
    with subprocess.Popen(
        [*command, "--time-limit", "300", "--json"],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as solving:
        assert solving.stderr is not None
        for line in solving.stderr:
            if "search: reach" in line:
                # As a terminal does: to the whole group, the solver's process included.
                os.killpg(solving.pid, signal.SIGINT)
                break
        begun = time.monotonic()
        told, _ = solving.communicate(timeout=120)
    assert solving.returncode == 0
    assert time.monotonic() - begun < 60
    assert json.loads(told)["status"] in {"CANCELLED", "FEASIBLE", "OPTIMAL"}
    assert read_plan(tmp_path / "out/plan.json").tiers
