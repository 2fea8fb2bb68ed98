"""Plans side by side."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from plsched.access import Permission
from plsched.api.policy import PolicedRoute, needs
from plsched.api.problems import problems
from plsched.api.services import Serving
from plsched.plan.compare import Candidate, Comparison, compare

router = APIRouter(route_class=PolicedRoute, tags=["plans"])

MAX_COMPARED = 8


@router.get("/compare", responses=problems(404, 422), openapi_extra=needs(Permission.PAY))
def compare_plans(
    plan: Annotated[
        list[str],
        Query(
            min_length=2, max_length=MAX_COMPARED, description="Ids of plans, the first one first."
        ),
    ],
    services: Serving,
) -> Comparison:
    """Put plans side by side: reach, costs, coverage, what each leaves out, what moved."""
    opened = [services.book.open(plan_id) for plan_id in plan]
    return compare([Candidate(one.stored.scenario_name, one.scenario, one.plan) for one in opened])
