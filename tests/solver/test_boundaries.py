"""Each rule allows what is at its boundary, forbids one step past it, and unused says nothing."""

from __future__ import annotations

import pytest

from tests.solver.boundaries import CASES, Case, district
from tests.solver.solving import solved, values

EACH = pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.family}: {c.rule}")


@EACH
def test_all_stands_at_the_boundary(case: Case) -> None:
    plan = solved(district(**case.make(case.boundary)))
    assert plan.status == "OPTIMAL"
    assert [x.id for x in plan.left_out] == []


@EACH
def test_unused_it_changes_nothing(case: Case) -> None:
    bound = solved(district(**case.make(case.boundary)))
    free = solved(district(**case.make(case.unused)))
    kept = {"required", "reach", "cost"}
    both = [{t: v for t, v in (values(plan) or {}).items() if t in kept} for plan in (bound, free)]
    assert both[0] == both[1]


@EACH
def test_one_step_past_something_is_left_out(case: Case) -> None:
    at = values(solved(district(**case.make(case.boundary))))
    plan = solved(district(**case.make(case.past)))
    if case.lost is None:
        assert plan.status == "INFEASIBLE"
        return
    past = values(plan)
    assert plan.status == "OPTIMAL"
    assert at is not None
    assert past is not None
    assert at["required"] - past["required"] == case.lost
    assert all(entry.reason for entry in plan.left_out)


@EACH
def test_one_step_past_there_is_no_plan_if_all_must_stand(case: Case) -> None:
    plan = solved(district(must_stand=True, **case.make(case.past)))
    assert plan.status == "INFEASIBLE"
    named = {c.family for c in plan.conflicts}
    assert "presence" in named or case.lost is None
    assert case.refused or case.family in named, plan.conflicts
