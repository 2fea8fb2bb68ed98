"""One solve in a process of its own, told as JSON; run by the benchmarks, not by people."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from plsched.plan.files import plan_json
from plsched.scenario.check import load
from plsched.solver import solve
from plsched.solver.progress import Progress


def main(
    folder: str, seed: str, time_limit_s: str, workers: str, begun: str, keep: str = ""
) -> None:
    """Solve a scenario; ``begun`` is the time (monotonic) at which this process was asked for.

    ``keep`` names a file for the plan.
    """
    first: list[float] = []
    lines: list[Progress] = []

    def seen(progress: Progress) -> None:
        lines.append(progress)
        if progress.value is not None and not first:
            first.append(time.monotonic() - float(begun))

    scenario = load(folder)
    plan = solve(
        scenario,
        seed=int(seed),
        time_limit_s=float(time_limit_s),
        workers=int(workers),
        on_progress=seen,
    )
    ended = time.monotonic() - float(begun)
    found = {
        "status": plan.status,
        "first_plan_s": round(first[0], 3) if first else None,
        "solve_s": plan.wall_time_s,
        "whole_s": round(ended, 3),
        "tiers": [tier.model_dump(mode="json") for tier in plan.tiers],
        "items": len(plan.items),
        "left_out": len(plan.left_out),
        "progress_lines": len(lines),
    }
    if keep and plan.tiers:
        Path(keep).write_text(plan_json(plan), encoding="utf-8")
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
