"""The report of a plan, on one page."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from plsched.access import Permission
from plsched.api.headers import REPORT_POLICY
from plsched.api.policy import PolicedRoute, needs
from plsched.api.problems import problems
from plsched.api.services import Serving

router = APIRouter(route_class=PolicedRoute, prefix="/plans/{plan_id}", tags=["plans"])


@router.get(
    "/report.html",
    response_class=HTMLResponse,
    responses=problems(404),
    openapi_extra=needs(Permission.READ),
)
def get_report(plan_id: str, services: Serving) -> HTMLResponse:
    """Read the report: the year, its load, what was left out and why.

    Its costs are shown to those with the permission `pay` alone.
    """
    html = services.book.report(plan_id, with_costs=services.may(Permission.PAY))
    return HTMLResponse(html, headers={"Content-Security-Policy": REPORT_POLICY})
