"""Checking is quick enough to do while writing."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.pace import quiet_seconds
from tests.scenario.base import base
from tests.scenario.folders import write_csv, write_scenario, write_xlsx

CODE = "import sys; from plsched.scenario.check import load; load(sys.argv[1])"


def checked(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check in a process of its own, loading included."""
    command = [sys.executable, "-c", CODE, str(folder)]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)


@pytest.mark.alone
def test_a_district_of_250_in_a_second(tmp_path: Path) -> None:
    data = base()
    course = data["courses"][0]
    data["courses"] = [course | {"id": f"course-{n}"} for n in range(120)]
    write_scenario(tmp_path, data | {"educators": "educators.csv", "facilities": "rooms.xlsx"})
    columns = ["id", "name", "role", "site", "groups", "teaches", "salary"]
    rows = [[f"e{n}", f"E {n}", "teacher", "oak", "oak-all", "1;2", "scale"] for n in range(250)]
    write_csv(tmp_path / "educators.csv", [columns, *rows])
    room = ["library", "Library", "oak", 300]
    write_xlsx(tmp_path / "rooms.xlsx", {"Rooms": [["id", "name", "site", "capacity"], room]})
    assert checked(tmp_path).returncode == 0
    assert quiet_seconds(lambda: checked(tmp_path)) < 1


@pytest.mark.alone
def test_seven_thousand_educators_with_a_misspelt_name_each(tmp_path: Path) -> None:
    data = base() | {"educators": "educators.csv"}
    data["groups"][0]["members"] = [f"f{n}" for n in range(7000)]
    write_scenario(tmp_path, data)
    columns = ["id", "name", "role", "site", "teaches", "salary"]
    rows = [[f"e{n}", f"E {n}", "teacher", "oak", "1;2", "scale"] for n in range(7000)]
    write_csv(tmp_path / "educators.csv", [columns, *rows])
    assert "there is no educator 'f0'" in checked(tmp_path).stderr
    assert quiet_seconds(lambda: checked(tmp_path), times=1) < 5
