"""Plans, whole."""

from __future__ import annotations

from fastapi import APIRouter

from plsched.access import Permission
from plsched.api.paging import PAGES, Paging
from plsched.api.policy import PolicedRoute, needs
from plsched.api.problems import problems
from plsched.api.schemas import Page, PlanOut
from plsched.api.services import Serving
from plsched.plan.models import Plan
from plsched.plan.schedule import Schedule, schedule_of

router = APIRouter(route_class=PolicedRoute, prefix="/plans", tags=["plans"])


@router.get("", responses=PAGES | problems(404, 422), openapi_extra=needs(Permission.READ))
def list_plans(services: Serving, window: Paging) -> Page[PlanOut]:
    """List the plans, newest first."""
    found, total = services.plans.page(limit=window.limit, after=window.after)
    return window.page([PlanOut.of(plan) for plan in found], total)


@router.get("/{plan_id}", responses=problems(404), openapi_extra=needs(Permission.PAY))
def get_plan(plan_id: str, services: Serving) -> Plan:
    """Read a plan, as plan.json holds it: with every cost line."""
    return services.book.open(plan_id).plan


@router.get("/{plan_id}/schedule", responses=problems(404), openapi_extra=needs(Permission.READ))
def get_schedule(plan_id: str, services: Serving) -> Schedule:
    """Read when and where what takes place, and with whom: the plan without what it costs."""
    return schedule_of(services.book.open(plan_id).plan)
