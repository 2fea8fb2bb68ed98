"""What has a plan is never called infeasible, and whatever is made passes the judge."""

from __future__ import annotations

import pytest

from tests.solver.constructed import constructed
from tests.solver.generated import generated
from tests.solver.solving import HAS_PLAN, sample, solved, values


@pytest.mark.parametrize("seed", sample(range(1000, 1500), 100))
def test_a_district_with_a_known_plan_is_feasible(seed: int) -> None:
    scenario, known = constructed(seed)
    plan = solved(scenario)
    assert plan.status in HAS_PLAN, [c.text for c in plan.conflicts]
    stands = {item.id for item in plan.items}
    pinned = {pin.item for pin in scenario.pins}
    assert pinned <= stands
    assert pinned <= {item.id for item in known.items}


@pytest.mark.parametrize("seed", sample(range(2000, 3000), 200))
def test_the_judge_passes_what_little_time_gives(seed: int) -> None:
    scenario = generated(seed)
    plan = solved(scenario, seed=seed, time_limit_s=0.5)
    assert plan.status in (*HAS_PLAN, "INFEASIBLE", "NO_PLAN_IN_TIME")
    assert (values(plan) is None) == (not plan.tiers)
