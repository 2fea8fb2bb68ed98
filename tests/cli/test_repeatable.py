"""With a step limit and one worker the same scenario and seed give the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def plan(scenario: str, out: Path, hash_seed: int, *options: str) -> bytes:
    command = [sys.executable, "-m", "plsched", "solve", str(SCENARIOS / scenario)]
    command += ["--out", str(out), "--workers", "1", *options]
    environment = {**os.environ, "PYTHONHASHSEED": str(hash_seed)}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return (out / "plan.json").read_bytes()


@pytest.mark.parametrize(
    ("scenario", "limit"), [("delivery-cycle", "5"), ("clayton", "1.5")], ids=["exact", "in parts"]
)
def test_the_same_seed_and_step_limit_give_the_same_bytes(
    tmp_path: Path, scenario: str, limit: str
) -> None:
    once = plan(scenario, tmp_path / "once", 1, "--step-limit", limit)
    again = plan(scenario, tmp_path / "again", 2, "--step-limit", limit)
    assert once == again


def test_several_workers_never_do_the_same_twice(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "plsched", "solve", str(SCENARIOS / "delivery-cycle")]
    command += ["--out", str(tmp_path / "out"), "--step-limit", "5"]
    told = subprocess.run(command, check=False, capture_output=True, text=True)
    assert told.returncode == 2
    assert "--workers 1" in told.stderr
    assert not (tmp_path / "out").exists()
