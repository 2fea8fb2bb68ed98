"""A solve that takes no time: the plan of the document's example, by hand."""

from __future__ import annotations

import time
from collections.abc import Callable

from plsched.api import examples
from plsched.errors import SolverCrashed
from plsched.plan.models import Plan, Status
from plsched.runs import ProgressSeen
from plsched.scenario.hashing import scenario_hash
from plsched.scenario.models import Scenario
from tests.api.told import Told

CRASHES, IMPOSSIBLE, LATE, WAITS = 13, 14, 15, 16
"""Seeds with which the solver dies, finds that there is no plan, finds none in time, or goes on
until it is cancelled."""


def at_once(
    scenario: Scenario,
    *,
    seed: int,
    time_limit_s: float,
    workers: int,
    baseline: Plan | None,
    on_progress: Callable[[ProgressSeen], None] | None,
    cancelled: Callable[[], bool] | None,
) -> Plan:
    """Give the plan of the example; one that holds nothing for every other scenario."""
    del time_limit_s, workers, baseline
    assert on_progress is not None
    assert cancelled is not None
    on_progress(Told())
    if seed == CRASHES:
        raise SolverCrashed("the solver's process was ended by signal SIGKILL")
    while seed == WAITS and not cancelled():
        time.sleep(0.01)
    without: dict[int, Status] = {
        IMPOSSIBLE: "INFEASIBLE",
        LATE: "NO_PLAN_IN_TIME",
        WAITS: "CANCELLED",
    }
    what = {
        "scenario": scenario.name,
        "scenario_hash": scenario_hash(scenario),
        "timezone": scenario.timezone,
        "seed": seed,
    }
    if seed in without:
        what |= {"status": without[seed], "items": (), "tiers": ()}
    elif scenario.courses != examples.scenario().courses:
        what |= {"items": ()}
    return examples.plan().model_copy(update=what)
