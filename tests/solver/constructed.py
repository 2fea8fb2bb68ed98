"""Districts for which a plan is known: everything is placed at random first, rules kept."""

from __future__ import annotations

from random import Random

from plsched.plan.models import Plan, PlanItem
from plsched.plan.required import asked_for
from plsched.scenario.models import Scenario
from plsched.scenario.models.policy import Pin
from tests.solver.brute_force import Trial
from tests.solver.enumerated import TooMany, loosened
from tests.solver.generated import generated


def constructed(seed: int) -> tuple[Scenario, Plan]:
    """Give a district that asks for what a random plan has, and the plan."""
    for attempt in range(20):
        try:
            return _constructed(seed + 100_000 * attempt)
        except TooMany:
            continue
    raise AssertionError(f"seed {seed} gives no district that is small enough")


def _constructed(seed: int) -> tuple[Scenario, Plan]:
    rng = Random(seed)
    drawn = generated(seed)
    free = drawn.model_copy(
        update={"pins": (), "policy": loosened(drawn).policy},
    )
    trial = Trial(free)
    items: tuple[PlanItem, ...] = ()
    plan = trial.plan(items)
    parts = list(trial.parts)
    rng.shuffle(parts)
    for part in parts:
        ways = [way for way in part if way.items]
        for way in rng.sample(ways, min(6, len(ways))):
            more = trial.plan((*items, *way.items))
            if more is not None:
                items, plan = (*items, *way.items), more
                break
    assert plan is not None, "nothing at all is always a plan"
    return _asking_for(free, plan, trial, rng), plan


def _asking_for(free: Scenario, plan: Plan, trial: Trial, rng: Random) -> Scenario:
    """Pin some of what stands, and have all that is required stand if it does."""
    pins = []
    for item in plan.items:
        if rng.random() < 0.7:
            loose = rng.random() < 0.3
            pins.append(
                Pin(
                    item=item.id,
                    start=None if loose else item.start,
                    facility=None if loose else item.facility,
                    experts=None if loose else item.experts,
                )
                if item.kind in ("session", "task")
                else Pin(item=item.id, start=None if loose else item.start)
            )
    required = [a for a in asked_for(trial.ways.facts(plan.items)) if a.required]
    must = all(a.stands for a in required)
    policy = free.policy.model_copy(update={"required": "must_stand" if must else "leave_out"})
    return free.model_copy(update={"pins": tuple(pins), "policy": policy})
