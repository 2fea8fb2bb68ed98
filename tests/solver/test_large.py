"""Districts solved as large ones are: by neighbourhoods, bounds and what they leave."""

from __future__ import annotations

import pytest

from plsched.plan.models import Plan
from plsched.scenario.models import Scenario
from plsched.solver.effort import Effort
from plsched.solver.session import Session
from tests.solver.boundaries import district, task, when
from tests.solver.generated import generated
from tests.solver.solving import HAS_PLAN, sample, solved, values


def as_large(
    scenario: Scenario, baseline: Plan | None = None, *, seed: int = 0, workers: int = 1
) -> Plan:
    """Solve as if the district were too large for one exact model; the judge has passed it."""
    effort = Effort(seed=seed, time_limit_s=20.0, workers=workers, exact_columns=0)
    return Session(scenario, effort, baseline, lambda _: None).run()


@pytest.mark.parametrize("seed", sample(range(9300, 9500), 15))
def test_a_large_district_gets_the_plan_of_a_small_one(seed: int) -> None:
    scenario = generated(seed)
    exact, large = solved(scenario), as_large(scenario)
    assert (large.status, values(large)) == (exact.status, values(exact))


@pytest.mark.parametrize("seed", sample(range(9500, 9700), 6))
def test_two_threads_find_the_same_values(seed: int) -> None:
    scenario = generated(seed)
    assert values(as_large(scenario, workers=2)) == values(solved(scenario))


@pytest.mark.parametrize("seed", sample(range(9700, 9900), 6))
def test_a_large_district_stays_with_its_baseline(seed: int) -> None:
    scenario = generated(seed)
    first = solved(scenario)
    if first.status in HAS_PLAN:
        again = as_large(scenario, first, seed=seed)
        assert values(again) == (values(first) or {}) | {"distance": 0}


def test_what_must_stand_and_cannot_is_infeasible_in_a_large_district_too() -> None:
    late = when("22:00")
    plan = as_large(district(must_stand=True, tasks=[task("a", when()), task("b", late)]))
    assert plan.status == "INFEASIBLE"
    assert [c.family for c in plan.conflicts] == ["presence"]
