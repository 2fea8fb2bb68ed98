"""Plans, whole."""

from __future__ import annotations

from fastapi import APIRouter

from plsched.access import Permission
from plsched.api.paging import Paging
from plsched.api.policy import PolicedRoute, needs
from plsched.api.problems import problems
from plsched.api.schemas import Page, PlanOut
from plsched.api.services import Serving
from plsched.plan.models import Plan

router = APIRouter(route_class=PolicedRoute, prefix="/plans", tags=["plans"])


@router.get("", responses=problems(422), openapi_extra=needs(Permission.READ))
def list_plans(services: Serving, window: Paging) -> Page[PlanOut]:
    """List the plans, newest first."""
    found, total = services.plans.page(limit=window.limit, offset=window.offset)
    items = tuple(PlanOut.of(plan) for plan in found)
    return Page(items=items, total=total, limit=window.limit, offset=window.offset)


@router.get("/{plan_id}", responses=problems(404), openapi_extra=needs(Permission.PAY))
def get_plan(plan_id: str, services: Serving) -> Plan:
    """Read a plan, as plan.json holds it."""
    return services.book.open(plan_id).plan
