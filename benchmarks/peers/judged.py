"""A plan of a solution, scored by the judge's side alone."""

from __future__ import annotations

from collections.abc import Sequence

from plsched import __version__
from plsched.plan.facts import Facts
from plsched.plan.models import Plan, TierResult
from plsched.plan.tiers import tier_values
from plsched.plan.verify import Violation, verify
from plsched.scenario.directory import Directory
from plsched.scenario.hashing import scenario_hash
from plsched.solver.decode.plan import Decoder
from plsched.solver.model import Model


def judged(model: Model, values: Sequence[int], seed: int) -> tuple[Plan, tuple[Violation, ...]]:
    """Name everything in a solution, work out its tiers anew, and judge it.

    The solver's own values are not looked at: each tier is what the judge makes of the plan.
    """
    scenario = model.problem.directory.scenario
    decoder = Decoder(model, values)
    items, substitutes, expert_days = decoder.decode()
    bare = Plan(
        scenario=scenario.name,
        scenario_hash=scenario_hash(scenario),
        timezone=scenario.timezone,
        seed=seed,
        version=__version__,
        status="FEASIBLE",
        wall_time_s=0.0,
        items=items,
        substitutes=substitutes,
        expert_days=expert_days,
        left_out=decoder.left_out(),
    )
    worth = tier_values(Facts(Directory(scenario), bare))
    tiers = tuple(
        TierResult(
            name=t.name, sense=t.sense, unit=t.unit, value=worth[t.name], bound=None, gap=None
        )
        for t in model.tiers
    )
    plan = bare.model_copy(update={"tiers": tiers})
    return plan, verify(scenario, plan)
