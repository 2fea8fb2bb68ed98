"""Plans, whole."""

from __future__ import annotations

from fastapi import APIRouter

from plsched.api.paging import Paging
from plsched.api.problems import problems
from plsched.api.schemas import Page, PlanOut
from plsched.api.services import Serving
from plsched.plan.models import Plan

router = APIRouter(prefix="/plans", tags=["plans"])


@router.get("", responses=problems(422))
def list_plans(services: Serving, window: Paging) -> Page[PlanOut]:
    """List the plans, newest first."""
    found, total = services.plans.page(limit=window.limit, offset=window.offset)
    items = tuple(PlanOut.of(plan) for plan in found)
    return Page(items=items, total=total, limit=window.limit, offset=window.offset)


@router.get("/{plan_id}", responses=problems(404))
def get_plan(plan_id: str, services: Serving) -> Plan:
    """Read a plan, as plan.json holds it."""
    return services.book.open(plan_id).plan
