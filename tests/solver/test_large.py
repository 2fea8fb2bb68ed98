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


@pytest.mark.parametrize("exact_columns", [0, 3000])
@pytest.mark.parametrize("seed", sample(range(9900, 9999), 5))
def test_a_tier_within_the_gap_goes_no_further(seed: int, exact_columns: int) -> None:
    """The first tier that is left early is as close to the best as was asked."""
    scenario = generated(seed)
    best = {t.name: t.value for t in solved(scenario).tiers}
    effort = Effort(0, 20.0, 1, exact_columns=exact_columns, gap=0.5)
    plan = Session(scenario, effort, None, lambda _: None).run()
    for tier in plan.tiers:
        assert tier.gap is not None
        assert tier.gap <= 0.5
        if tier.value != best[tier.name]:
            assert abs(tier.value - best[tier.name]) <= 0.5 * max(1, abs(tier.value))
            assert plan.status == "FEASIBLE"
            break


def test_a_whole_gap_takes_the_first_plan_and_says_how_far_it_may_be() -> None:
    """Two tasks fit; with any gap allowed the search ends before it is proven that both stand."""
    scenario = generated(9902)
    told: list[str] = []
    effort = Effort(0, 20.0, 1, gap=1e9)
    plan = Session(scenario, effort, None, lambda p: told.append(p.message)).run()
    assert plan.status in {"FEASIBLE", "OPTIMAL"}
    assert all(t.bound is not None for t in plan.tiers)


def test_what_must_stand_and_cannot_is_infeasible_in_a_large_district_too() -> None:
    late = when("22:00")
    plan = as_large(district(must_stand=True, tasks=[task("a", when()), task("b", late)]))
    assert plan.status == "INFEASIBLE"
    assert [c.family for c in plan.conflicts] == ["presence"]
