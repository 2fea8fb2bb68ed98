"""Results of a run: JSON for machines, Markdown for people, both named by the date."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.machine import Machine
from benchmarks.reading import Asked, Part, Table
from benchmarks.registry import REGISTRY

FOLDER = Path(__file__).parent / "results"
MARKS = {True: "yes", False: "**no**", None: ""}


def write(
    label: str, machine: Machine, asked: Asked, parts: Mapping[str, Part]
) -> tuple[Path, str]:
    """Write both files; gives the path of the Markdown, and its text."""
    today = datetime.now(UTC).date().isoformat()
    data = {
        "date": today,
        "machine": asdict(machine),
        "asked": asdict(asked),
        "parts": {name: asdict(part) for name, part in parts.items()},
    }
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{today}-{label}"
    text = json.dumps(data, indent=2, ensure_ascii=False)
    path.with_suffix(".json").write_text(f"{text}\n", encoding="utf-8")
    told = _markdown(today, machine, asked, parts)
    path.with_suffix(".md").write_text(told, encoding="utf-8")
    return path.with_suffix(".md"), told


def _markdown(today: str, machine: Machine, asked: Asked, parts: Mapping[str, Part]) -> str:
    lines = [
        f"# Benchmarks, {today}",
        "",
        f"{machine}.",
        "",
        f"Seed {asked.seed}, time limit {asked.time_limit_s:g} s, {asked.workers} workers.",
    ]
    for name, part in parts.items():
        lines += [
            "",
            f"## {REGISTRY[name].title}",
            "",
            f"`python -m benchmarks {name}`",
            "",
            "| measured | value | target | met |",
            "| --- | --- | --- | --- |",
            *(f"| {r.of} | {r.value} | {r.target} | {MARKS[r.met]} |" for r in part.readings),
            *(line for table in part.tables if table.rows for line in _table(table)),
            *(line for name in part.pictures for line in ("", f"![values and bounds]({name})")),
        ]
    return "\n".join(lines) + "\n"


def _table(table: Table) -> list[str]:
    return [
        *("", f"### {table.title}", ""),
        f"| {' | '.join(table.head)} |",
        f"| {' | '.join('---' for _ in table.head)} |",
        *(f"| {' | '.join(row)} |" for row in table.rows),
    ]
