"""One run of one contender on one instance: its processes, their time and memory, what came of it."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.large.events import Event, read_events
from benchmarks.large.measures import Run
from benchmarks.peers.fet import program as fet
from benchmarks.peers.timefold import java
from benchmarks.peers.timefold.answers import read_scores
from benchmarks.watched import Watched, watched
from plsched.plan.files import read_plan

MARKS_S = (10, 60, 600)
"""Seconds at which gaps are told; peers write their choices then."""
GRACE_S = 60.0
"""What follows a search may take so long, and half its limit: naming and judging."""
ENDED = {"memory": "OUT_OF_MEMORY", "time": "OVERDUE"}


@dataclass(frozen=True, slots=True)
class Asked:
    """An instance, and what a contender may take for it."""

    size: str
    seed: int
    district: Path
    limit_s: float
    memory_mib: float
    workers: int

    def run(self, contender: str, status: str) -> Run:
        """Give a run of which nothing but its status is known."""
        return Run(self.size, self.seed, contender, self.limit_s, status)


def run_own(name: str, asked: Asked, folder: Path) -> Run:
    """Run a contender of ours; everything from the start of its process counts."""
    seen = _python(
        "benchmarks.large.own",
        [name, asked.district, folder, asked.seed, asked.limit_s],
        asked,
        most_s=1.5 * asked.limit_s + GRACE_S,
    )
    plan = folder / "plan.json"
    status = _status(seen) or seen.stdout.strip()
    return Run(
        asked.size,
        asked.seed,
        name,
        asked.limit_s,
        status,
        tuple(read_events(folder / "events.jsonl")),
        {t.name: t.value for t in read_plan(plan).tiers} if plan.exists() else {},
        0,
        round(seen.peak_mib, 1),
        round(seen.wall_s, 2),
    )


def run_timefold(warm: bool, asked: Asked, folder: Path) -> Run:
    """Run Timefold on the instance file, then complete and judge what it chose.

    Only its own process counts for time and memory; a warm start's construction counts, too.
    """
    name = "timefold-warm" if warm else "timefold"
    why = java.missing()
    if why is not None:
        return asked.run(name, f"NOT_RUN: {why}")
    ready = java.compiled(folder / "compiled")
    made = _python(
        "benchmarks.large.peers", ["instance", int(warm), asked.district, folder, 0], asked
    )
    if made.returncode:
        return asked.run(name, f"FAILED: no instance: {_last(made.stderr)}")
    spent_s = float(made.stdout)
    marks = [m for m in MARKS_S if spent_s < m < asked.limit_s]
    seen = watched(
        ready.arguments(
            "Main",
            *(folder / "instance.txt", folder, asked.limit_s - spent_s, asked.seed),
            *(f"{m - spent_s:.1f}" for m in marks),
            heap_mib=int(asked.memory_mib * _HEAP),
        ),
        program=ready.program,
        most_mib=asked.memory_mib,
        most_s=asked.limit_s + GRACE_S,
    )
    return _completed(name, asked, folder, seen, spent_s)


def run_fet(asked: Asked, folder: Path) -> Run:
    """Run FET on a window of dates, then complete and judge what it placed."""
    why = fet.missing()
    if why is not None:
        return asked.run("fet", f"NOT_RUN: {why}")
    made = _python("benchmarks.large.peers", ["window", 0, asked.district, folder, 0], asked)
    if made.returncode:
        return asked.run("fet", f"FAILED: no instance: {_last(made.stderr)}")
    seen = watched(
        fet.arguments(folder, asked.limit_s, asked.seed),
        program=fet.PROGRAM,
        most_mib=asked.memory_mib,
        most_s=asked.limit_s + GRACE_S,
    )
    # Told to end, it ends with a code of its own; what it wrote counts.
    return _completed("fet", asked, folder, replace(seen, returncode=0), 0.0)


def _completed(name: str, asked: Asked, folder: Path, seen: Watched, spent_s: float) -> Run:
    """Judge what a peer chose, at each mark and at the end; that takes time of ours, not its."""
    done = _python(
        "benchmarks.large.peers", ["judge", name, asked.district, folder, asked.seed], asked
    )
    found = json.loads(done.stdout) if not done.returncode else {}
    status = _status(seen) or ("FEASIBLE" if found.get("tiers") else "NO_PLAN_IN_TIME")
    if done.returncode:
        status = f"FAILED: not judged: {_last(done.stderr)}"
    events = [
        Event(spent_s + e["at_s"] if e["at_s"] >= 0 else spent_s + seen.wall_s, e["values"])
        for e in found.get("events", ())
    ]
    raw: dict[str, object] = {"made_before_s": spent_s, **found.get("raw", {})}
    scores = folder / "scores.txt"
    if scores.exists():
        raw["own_scores"] = [
            [s.at_s, s.broken, s.required, s.reach, s.cost] for s in read_scores(scores)
        ]
    return Run(
        asked.size,
        asked.seed,
        name,
        asked.limit_s,
        status,
        tuple(events),
        found.get("tiers", {}),
        found.get("violations", 0),
        round(seen.peak_mib, 1),
        round(spent_s + seen.wall_s, 2),
        raw,
    )


def _python(
    module: str, arguments: Sequence[object], asked: Asked, most_s: float | None = None
) -> Watched:
    """Run a module of ours; its last argument says how many workers, and when it was asked for."""
    values = [str(a) for a in (*arguments, f"{asked.workers},{time.monotonic()}")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    return watched(["-m", module, *values], environment, most_mib=asked.memory_mib, most_s=most_s)


def _status(seen: Watched) -> str | None:
    """Say how a process failed, if it did."""
    if seen.ended is not None:
        return ENDED[seen.ended]
    return f"FAILED: {_last(seen.stderr)}" if seen.returncode else None


def _last(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1][:300] if lines else "it said nothing"


_HEAP = 0.8
"""Share of the memory that Java may use for its heap; the rest is its own."""
