"""What must hold for every district: names mean nothing, more never hurts, a seed is a seed."""

from __future__ import annotations

import pytest

from plsched.plan.models import Plan
from plsched.scenario.models import Scenario
from tests.solver.generated import generated
from tests.solver.renamed import renamed
from tests.solver.solving import sample, solved, values

SEEDS = sample(range(4000, 4300), 30)
MOST = ("required", "reach")


def rank(plan: Plan) -> list[int]:
    """Give a number for each tier, the larger the better; no plan is worst of all."""
    found = values(plan)
    if found is None:
        return []
    return [value if tier in MOST else -value for tier, value in found.items()]


@pytest.mark.parametrize("seed", SEEDS)
def test_names_mean_nothing(seed: int) -> None:
    scenario = generated(seed)
    plain, other = solved(scenario), solved(renamed(scenario, seed))
    assert (plain.status, values(plain)) == (other.status, values(other))


@pytest.mark.parametrize("seed", SEEDS)
def test_one_more_never_hurts(seed: int) -> None:
    scenario = generated(seed)
    before = rank(solved(scenario))
    for better in (one_more_sub(scenario), one_more_dollar(scenario), one_more_room(scenario)):
        assert rank(solved(better)) >= before


def one_more_sub(scenario: Scenario) -> Scenario:
    subs = scenario.substitutes
    if subs is None:
        return scenario
    pools = tuple(p.model_copy(update={"size": p.size + 1}) for p in subs.pools)
    return scenario.model_copy(update={"substitutes": subs.model_copy(update={"pools": pools})})


def one_more_dollar(scenario: Scenario) -> Scenario:
    funds = tuple(
        f.model_copy(update={"amount_cents": f.amount_cents + 100}) for f in scenario.funds
    )
    return scenario.model_copy(update={"funds": funds})


def one_more_room(scenario: Scenario) -> Scenario:
    """Another room like the first one; at the same site, so that no pattern looks poor by it."""
    if not scenario.facilities:
        return scenario
    more = scenario.facilities[0].model_copy(update={"id": "one more"})
    return scenario.model_copy(update={"facilities": (*scenario.facilities, more)})


@pytest.mark.parametrize("seed", sample(range(4300, 4400), 10))
def test_same_seed_same_plan(seed: int) -> None:
    scenario = generated(seed)
    first, again = (
        solved(scenario, seed=seed).model_copy(update={"wall_time_s": 0.0}).model_dump_json()
        for _ in range(2)
    )
    assert first == again
