"""Single steps, each timed in a process of its own; run by the benchmark, not by people."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from plsched.exports.calendars import write_calendars
from plsched.plan.files import read_plan
from plsched.plan.verify import verify
from plsched.scenario.check import load
from plsched.solver import solve
from plsched.solver.index.build import build_problem
from plsched.solver.progress import Progress
from plsched.solver.proto import whole_model
from plsched.solver.rows import Rows

LITERALS, IN_ROW = 350_000, 50
CHANGED_AT = datetime(2026, 8, 1, tzinfo=UTC)


def loading(district: str, plan: str, rest: str) -> dict[str, object]:
    """Load, check and index a scenario."""
    del plan, rest
    begun = time.monotonic()
    scenario = load(district)
    loaded = time.monotonic()
    problem = build_problem(scenario)
    ended = time.monotonic()
    return {
        "load_s": loaded - begun,
        "index_s": ended - loaded,
        "all_s": ended - begun,
        "columns": problem.columns(),
    }


def judging(district: str, plan: str, rest: str) -> dict[str, object]:
    """Judge a plan; reading it and the scenario is told beside."""
    del rest
    scenario, made = load(district), read_plan(Path(plan))
    begun = time.monotonic()
    violations = verify(scenario, made)
    return {"all_s": time.monotonic() - begun, "violations": len(violations)}


def calendars(district: str, plan: str, rest: str) -> dict[str, object]:
    """Write every calendar of a plan."""
    del rest
    scenario, made = load(district), read_plan(Path(plan))
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        write_calendars(Path(folder), scenario, made, changed_at=CHANGED_AT)
        ended = time.monotonic()
        files = sum(1 for _ in Path(folder).rglob("*.ics"))
    return {"all_s": ended - begun, "files": files}


def replanning(district: str, plan: str, rest: str) -> dict[str, object]:
    """Solve a changed district from a baseline; everything from reading its files on counts."""
    limit_s, seed, workers = rest.split(",")
    begun, first = time.monotonic(), list[float]()

    def seen(progress: Progress) -> None:
        if progress.value is not None and not first:
            first.append(time.monotonic() - begun)

    made = solve(
        load(district),
        seed=int(seed),
        time_limit_s=float(limit_s),
        workers=int(workers),
        baseline=read_plan(Path(plan)),
        on_progress=seen,
    )
    return {
        "all_s": time.monotonic() - begun,
        "first_plan_s": first[0] if first else None,
        "status": made.status,
        "tiers": {t.name: t.value for t in made.tiers},
    }


def literals(district: str, plan: str, rest: str) -> dict[str, object]:
    """Add literals in rows of which one holds, and write them out for CP-SAT."""
    del district, plan, rest
    begun = time.monotonic()
    rows = Rows()
    for _ in range(LITERALS // IN_ROW):
        rows.at_most_one([rows.literal() for _ in range(IN_ROW)])
    whole_model(rows)
    return {"all_s": time.monotonic() - begun, "literals": rows.count}


JOBS: Mapping[str, Callable[[str, str, str], dict[str, object]]] = {
    "loading": loading,
    "judging": judging,
    "calendars": calendars,
    "replanning": replanning,
    "literals": literals,
}

if __name__ == "__main__":
    print(json.dumps(JOBS[sys.argv[1]](*sys.argv[2:])))
