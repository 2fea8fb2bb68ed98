"""The page on which a planner publishes a plan, having read what it changes."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from plsched.access import Permission
from plsched.api.pages import page
from plsched.api.policy import PolicedRoute, needs
from plsched.api.problems import problems
from plsched.api.routes.publications import After
from plsched.api.schemas import PlanOut
from plsched.api.services import Services, Serving
from plsched.errors import NotPublishable, PublishedMeanwhile

router = APIRouter(route_class=PolicedRoute, tags=["pages"])

SHOWN_CHANGES = 500


@router.get(
    "/plans/{plan_id}/publish",
    response_class=HTMLResponse,
    responses=problems(404),
    openapi_extra=needs(Permission.PUBLISH),
)
def show_publishing(plan_id: str, services: Serving) -> HTMLResponse:
    """Show what a plan changes, and let it be published."""
    return _shown(services, plan_id)


@router.post(
    "/plans/{plan_id}/publish",
    include_in_schema=False,
    openapi_extra=needs(Permission.PUBLISH),
)
def publish_from_page(plan_id: str, services: Serving, after: After = None) -> Response:
    """Publish a plan, as the page asks to."""
    try:
        services.publications.publish(
            plan_id, by=services.principal, now=datetime.now(UTC), after=after
        )
    except (NotPublishable, PublishedMeanwhile) as error:
        return _shown(services, plan_id, problem=str(error))
    return RedirectResponse(f"/plans/{plan_id}/publish", status_code=303)


def _shown(services: Services, plan_id: str, problem: str | None = None) -> HTMLResponse:
    outlook = services.publications.outlook(plan_id)
    shown = page(
        "publish.html",
        plan=PlanOut.of(services.plans.get(plan_id)),
        outlook=outlook,
        most=SHOWN_CHANGES,
        problem=problem,
        who=services.principal.email,
    )
    shown.status_code = 409 if problem else 200
    return shown
