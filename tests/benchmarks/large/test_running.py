"""Contenders run as processes of their own; whatever becomes of them is told."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.large.running import Asked, run_fet, run_own, run_timefold
from benchmarks.peers.fet import program
from benchmarks.peers.timefold import java
from plsched.generate import generate, write_district


@pytest.fixture
def asked(tmp_path: Path) -> Asked:
    district = tmp_path / "district"
    write_district(generate(30, 1), district)
    return Asked("30", 0, district, 8.0, 3_000, 1)


@pytest.mark.parametrize("name", ["construction", "monolith-hinted"])
def test_a_contender_of_ours(asked: Asked, tmp_path: Path, name: str) -> None:
    run = run_own(name, asked, tmp_path)
    assert run.status == "FEASIBLE"
    assert dict(run.values_at(60)) == dict(run.tiers)
    assert (tmp_path / "plan.json").exists()
    assert run.first_s is not None
    assert run.first_s <= (run.wall_s or 0)
    assert run.peak_mib is not None
    assert any(e.bound is not None for e in run.events) == (name != "construction")


def test_a_contender_that_takes_too_much_memory(asked: Asked, tmp_path: Path) -> None:
    run = run_own("construction", replace(asked, memory_mib=20), tmp_path)
    assert (run.status, run.tiers) == ("OUT_OF_MEMORY", {})


def test_a_contender_that_breaks(asked: Asked, tmp_path: Path) -> None:
    run = run_own("construction", replace(asked, district=tmp_path / "nowhere"), tmp_path)
    assert run.status.startswith("FAILED: ")


def test_peers_that_are_not_there(
    asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv(java.WHEEL_FILE, str(tmp_path / "no.whl"))
    assert run_fet(asked, tmp_path).status.startswith("NOT_RUN: no fet-cl")
    assert run_timefold(False, asked, tmp_path).status.startswith("NOT_RUN: no java")


@pytest.mark.skipif(program.missing() is not None, reason="fet-cl is not installed")
def test_fet_is_judged(asked: Asked, tmp_path: Path) -> None:
    run = run_fet(asked, tmp_path)
    assert run.status == "FEASIBLE"
    assert run.violations == 0
    assert run.tiers["reach"] > 0


@pytest.mark.skipif(java.missing() is not None, reason="no JDK, or no jars of Timefold")
@pytest.mark.parametrize("warm", [False, True])
def test_timefold_is_judged(asked: Asked, tmp_path: Path, warm: bool) -> None:
    run = run_timefold(warm, asked, tmp_path)
    assert run.status == "FEASIBLE"
    assert run.violations == 0
    assert run.tiers["required"] > 0
    assert run.raw["own_scores"]
