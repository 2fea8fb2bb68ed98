"""On tiny districts the solver is as good as trying everything, in every tier."""

from __future__ import annotations

import pytest

from plsched.scenario.models import Scenario
from tests.solver.brute_force import Best, best
from tests.solver.enumerated import TooMany
from tests.solver.generated import generated
from tests.solver.solving import sample, solved, values


def tried(seed: int) -> tuple[Scenario, Best | None]:
    """Give a district of a seed, small enough to be tried out, and its best plan."""
    for attempt in range(20):
        scenario = generated(seed + 100_000 * attempt)
        try:
            return scenario, best(scenario)
        except TooMany:
            continue
    raise AssertionError(f"seed {seed} gives no district that is small enough")


@pytest.mark.parametrize("seed", sample(range(500), 125))
def test_solver_equals_brute_force(seed: int) -> None:
    scenario, found = tried(seed)
    plan = solved(scenario)
    assert plan.status == ("INFEASIBLE" if found is None else "OPTIMAL")
    assert values(plan) == (None if found is None else found.values)
