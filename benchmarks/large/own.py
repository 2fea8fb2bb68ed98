"""One run of a contender of ours in a process of its own; run by the benchmark, not by people.

Its folder gets `events.jsonl` while it runs, and `plan.json` at the end if there is a plan.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.large.events import Log
from benchmarks.peers.judged import judged
from plsched.plan.files import plan_json
from plsched.plan.models import Plan
from plsched.scenario.check import load
from plsched.scenario.models import Scenario
from plsched.solver import solve
from plsched.solver.clock import Clock
from plsched.solver.construct import construct
from plsched.solver.effort import Effort
from plsched.solver.exact import Exact
from plsched.solver.incumbent import Incumbent, good_enough, tighter
from plsched.solver.index.build import build_problem
from plsched.solver.matrix import Matrix
from plsched.solver.model import Model, build_model
from plsched.solver.neighbourhoods import Neighbourhoods
from plsched.solver.settings import whole_solver
from plsched.solver.settle import settle
from plsched.solver.step import Steps

SHARES: Mapping[str, float] = {"required": 0.3, "reach": 0.55, "cost": 0.6}
"""Of the time left, for each tier of the monolithic model; the last one gets all."""


@dataclass(slots=True)
class Task:
    """What a contender is given."""

    scenario: Scenario
    effort: Effort
    begun: float
    log: Log

    def left(self) -> float:
        """Seconds left, of the limit from the start of the process."""
        return self.effort.time_limit_s - (time.monotonic() - self.begun)


@dataclass(slots=True)
class Built:
    """A model with an empty incumbent."""

    model: Model
    matrix: Matrix
    incumbent: Incumbent

    def tell(self, log: Log, tier: int, bound: int | None) -> None:
        """Tell of the incumbent, and of a bound of a tier."""
        names = [t.name for t in self.model.tiers]
        values: dict[str, int] = {}
        if self.incumbent.whole:
            values.update(zip(names, self.incumbent.reached, strict=True))
        log.tell(values, names[tier], bound)


def build(scenario: Scenario) -> Built:
    """Index a scenario and build the model of everything."""
    model = build_model(build_problem(scenario))
    matrix = Matrix(model.rows)
    return Built(model, matrix, Incumbent(matrix, model.tiers))


def full(task: Task) -> Plan:
    """Solve as people do."""
    return solve(
        task.scenario,
        seed=task.effort.seed,
        time_limit_s=task.left(),
        workers=task.effort.workers,
        on_progress=task.log.hear,
    )


def construction(task: Task) -> Plan | None:
    """Construct a plan, and nothing more."""
    built = build(task.scenario)
    place(built, task)
    return plan_of(built, task)


def monolith(task: Task) -> Plan | None:
    """Solve one CP-SAT model of everything for each tier, from nothing."""
    built = build(task.scenario)
    tier_by_tier(built, task)
    return plan_of(built, task)


def hinted(task: Task) -> Plan | None:
    """Solve the same with the plan of our construction as a complete hint."""
    built = build(task.scenario)
    place(built, task)
    tier_by_tier(built, task)
    return plan_of(built, task)


def place(built: Built, task: Task) -> None:
    """Construct a plan block by block."""
    steps = Steps(
        built.model, built.matrix, built.incumbent, task.log.hear, Clock(since=task.begun)
    )
    near = Neighbourhoods(steps.parts, task.effort.seed)
    construct(steps, near, task.effort, lambda _: task.left() < 0)
    settle(built.model, built.matrix, built.incumbent, task.effort.seed)
    built.tell(task.log, 0, None)


def tier_by_tier(built: Built, task: Task) -> None:
    """Optimise each tier in its share of the time, under the values of those before it."""
    tiers = built.model.tiers
    for index, tier in enumerate(tiers):
        last = index == len(tiers) - 1
        seconds = task.left() * (1.0 if last else SHARES.get(tier.name, 0.5))
        if seconds <= 0:
            return
        optimise(built, task, index, seconds)
        if not built.incumbent.whole:
            return


def optimise(built: Built, task: Task, index: int, seconds: float) -> None:
    """Optimise one tier; its plans and bounds are told as they come.

    It stops after its share of the time, but not before there is a plan.
    """
    tier, incumbent = built.model.tiers[index], built.incumbent
    until = time.monotonic() + seconds

    def told(bound: int | None) -> bool:
        known = tighter(tier, tier.limit, bound)
        built.tell(task.log, index, known)
        late = time.monotonic() > until
        best = incumbent.whole and good_enough(incumbent.reached[index], known, 0.0)
        return not best and not (late and incumbent.whole)

    if not told(None):
        return
    solver = whole_solver(task.effort, task.left(), built.matrix.size)
    exact = Exact(built.matrix, built.model.tiers, incumbent, solver)
    over = threading.Timer(seconds, lambda: exact.stop() if incumbent.whole else None)
    over.daemon = True
    over.start()
    told(exact.solve(index, incumbent.reached[:index], told).bound)
    over.cancel()


def plan_of(built: Built, task: Task) -> Plan | None:
    """Name and judge what was found."""
    if not built.incumbent.whole:
        return None
    values = [int(v) for v in built.incumbent.values]
    plan, violations = judged(built.model, values, task.effort.seed)
    if violations:
        raise SystemExit(f"the judge refused the plan: {violations[0].message}")
    return plan


CONTENDERS: Mapping[str, Callable[[Task], Plan | None]] = {
    "full": full,
    "monolith": monolith,
    "monolith-hinted": hinted,
    "construction": construction,
}


def main(name: str, district: str, folder: str, seed: str, limit: str, rest: str) -> None:
    """Run a contender; ``rest`` is the number of workers and the moment of the start."""
    workers, begun = rest.split(",")
    effort = Effort(int(seed), float(limit), int(workers))
    log = Log(Path(folder) / "events.jsonl", float(begun))
    plan = CONTENDERS[name](Task(load(district), effort, float(begun), log))
    if plan is not None and plan.tiers:
        log.tell({t.name: t.value for t in plan.tiers}, None, None)
        (Path(folder) / "plan.json").write_text(plan_json(plan), encoding="utf-8")
    print("NO_PLAN_IN_TIME" if plan is None else plan.status)


if __name__ == "__main__":
    main(*sys.argv[1:])
