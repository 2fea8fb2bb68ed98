"""Runs that are kept, so that hours of them can be measured in parts."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.large.events import Event
from benchmarks.large.measures import Run


def name_of(size: str, seed: int, contender: str, limit_s: float) -> str:
    """Name a run."""
    return f"{size}-{seed}-{contender}-{limit_s:g}"


def to_data(run: Run) -> dict[str, Any]:
    """Give a run as JSON holds it."""
    return asdict(run)


def from_data(data: dict[str, Any]) -> Run:
    """Read a run."""
    return Run(**{**data, "events": tuple(Event(**e) for e in data["events"])})


def keep(folder: Path, run: Run, commit: str, plan: Path) -> None:
    """Keep a run, with the commit that it measured, and its plan."""
    folder.mkdir(parents=True, exist_ok=True)
    name = name_of(run.size, run.seed, run.contender, run.limit_s)
    if plan.exists():
        (folder / f"{name}-plan.json").write_bytes(plan.read_bytes())
    text = json.dumps({"commit": commit, "run": to_data(run)})
    (folder / f"{name}.json").write_text(text, encoding="utf-8")


def kept(folder: Path, name: str) -> tuple[Run, str] | None:
    """Give a run that was kept, and the commit that it measured."""
    file = folder / f"{name}.json"
    if not file.exists():
        return None
    data = json.loads(file.read_text(encoding="utf-8"))
    return from_data(data["run"]), data["commit"]


def kept_plan(folder: Path, name: str) -> Path | None:
    """Give the file of a kept plan."""
    file = folder / f"{name}-plan.json"
    return file if file.exists() else None
