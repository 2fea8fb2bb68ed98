"""Many writers at once on SQLite: each waits for its turn, and none is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from plsched.access import LOCAL_TENANT
from plsched.store import RunStore, ScenarioStore, open_database
from tests.cli.conftest import environment

PROCESSES = 5
THREADS = 10
"""Each process has so many writers: 50 in all."""


def test_fifty_writers_for_three_seconds(tmp_path: Path) -> None:
    write(tmp_path, seconds=3.0)


@pytest.mark.soak
def test_fifty_writers_for_a_minute(tmp_path: Path) -> None:
    write(tmp_path, seconds=60.0)


def write(folder: Path, *, seconds: float) -> None:
    url = f"sqlite:///{folder}/store.db"
    open_database(url).close()
    command = [sys.executable, "-m", "tests.crash.writers", url, str(THREADS), str(seconds)]
    writers = [
        subprocess.Popen(
            [*command, str(number)],
            cwd=Path(__file__).parents[2],
            env=environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(PROCESSES)
    ]
    told = [json.loads(writer.communicate(timeout=seconds + 120)[0]) for writer in writers]
    written = sum(t["written"] for t in told)
    slowest = max(t["slowest_s"] for t in told)
    print(f"\n50 writers, {seconds:g} s: {written} writes, the slowest took {slowest:.2f} s")
    assert [t["failed"] for t in told] == [[]] * PROCESSES
    assert all(fewest > 0 for t in told for fewest in [t["fewest"]])
    with open_database(url) as database:
        runs = RunStore(database, LOCAL_TENANT).page(limit=1)[1]
        scenarios = ScenarioStore(database, LOCAL_TENANT).page(limit=1)[1]
    assert runs + scenarios == written
