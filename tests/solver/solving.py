"""How tests solve: in this process, one thread, one seed; and how much of a long test CI runs."""

from __future__ import annotations

import os
from collections.abc import Sequence

from plsched.plan.models import Plan
from plsched.scenario.models import Scenario
from plsched.solver.effort import Effort
from plsched.solver.session import Session

EXHAUSTIVE = os.environ.get("PLSCHED_EXHAUSTIVE") == "1"
"""Run every seed of the long tests; the benchmark does."""
HAS_PLAN = ("OPTIMAL", "FEASIBLE")


def solved(
    scenario: Scenario, baseline: Plan | None = None, *, seed: int = 0, time_limit_s: float = 30.0
) -> Plan:
    """Solve; the judge has passed the plan."""
    effort = Effort(seed=seed, time_limit_s=time_limit_s, workers=1)
    return Session(scenario, effort, baseline, lambda _: None).run()


def values(plan: Plan) -> dict[str, int] | None:
    """Give the value of each tier; ``None`` for no plan."""
    return {t.name: t.value for t in plan.tiers} if plan.status in HAS_PLAN else None


def sample(everything: Sequence[int], count: int) -> Sequence[int]:
    """Give all seeds, or about ``count`` of them, evenly spread, where time is short."""
    return everything if EXHAUSTIVE else everything[:: max(1, len(everything) // count)]
