"""One solve in a process of its own, told as JSON; run by the benchmarks, not by people."""

from __future__ import annotations

import json
import sys
import time

from plsched.scenario.check import load
from plsched.solver import solve
from plsched.solver.progress import Progress


def main(folder: str, seed: str, time_limit_s: str, workers: str, begun: str) -> None:
    """Solve a scenario; ``begun`` is the time (monotonic) at which this process was asked for."""
    first: list[float] = []

    def seen(progress: Progress) -> None:
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
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
