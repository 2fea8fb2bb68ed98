"""A solve as the command line does it: its progress shown, stopped by Ctrl-C."""

from __future__ import annotations

from plsched.cli.interrupt import interruptible
from plsched.cli.progress import shown_progress
from plsched.plan.models import Plan
from plsched.scenario.models import Scenario
from plsched.solver import solve


def solve_shown(
    scenario: Scenario,
    *,
    seed: int,
    time_limit_s: float,
    workers: int,
    baseline: Plan | None = None,
    gap: float = 0.0,
    steps: bool = False,
) -> Plan:
    """Solve a scenario, telling how far it is."""
    with interruptible() as stop, shown_progress(time_limit_s) as show:
        return solve(
            scenario,
            seed=seed,
            time_limit_s=time_limit_s,
            workers=workers,
            baseline=baseline,
            on_progress=show,
            cancelled=stop.is_set,
            gap=gap,
            steps=steps,
        )
