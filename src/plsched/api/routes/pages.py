"""Pages for people: the plans, their calendars, the API docs. Nothing comes from elsewhere."""

from __future__ import annotations

from itertools import groupby

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse

from plsched.access import Permission
from plsched.api.pages import page
from plsched.api.policy import PUBLIC, PolicedRoute, needs
from plsched.api.problems import problems
from plsched.api.reference import forms, operations
from plsched.api.schemas import PlanOut
from plsched.api.services import Serving
from plsched.exports.calendars import FeedKind

router = APIRouter(route_class=PolicedRoute, tags=["pages"], default_response_class=HTMLResponse)

SHOWN_PLANS = 50
GROUPS: dict[FeedKind, str] = {
    "all": "Everybody",
    "educator": "Educators",
    "expert": "Experts",
    "coach": "Coaches",
    "facility": "Facilities",
    "site": "Sites",
    "pool": "Substitutes",
}


@router.get("/", openapi_extra=needs(Permission.READ))
def show_plans(services: Serving) -> HTMLResponse:
    """Show the latest plans with what there is to read of them."""
    found, total = services.plans.page(limit=SHOWN_PLANS)
    plans = [PlanOut.of(plan) for plan in found]
    return page(
        "index.html",
        plans=plans,
        total=total,
        with_costs=services.may(Permission.PAY),
        may_publish=services.may(Permission.PUBLISH),
        who=services.principal.email,
    )


@router.get(
    "/plans/{plan_id}/calendars.html", responses=problems(404), openapi_extra=needs(Permission.READ)
)
def show_calendars(plan_id: str, services: Serving) -> HTMLResponse:
    """Show the calendars of a plan, to subscribe to."""
    opened = services.book.open(plan_id)
    groups = [
        {
            "kind": kind,
            "title": GROUPS[kind],
            "calendars": [
                {
                    "title": opened.agenda.title(key),
                    "href": f"/v1/plans/{plan_id}/calendars/{opened.agenda.names[key]}",
                }
                for key in keys
            ],
        }
        for kind, keys in groupby(opened.agenda.keys, key=lambda key: key.kind)
    ]
    plan = PlanOut.of(opened.stored)
    return page("calendars.html", plan=plan, groups=groups, who=services.principal.email)


@router.get("/docs", include_in_schema=False, openapi_extra=PUBLIC)
def show_docs(request: Request) -> HTMLResponse:
    """Show the API docs."""
    app: FastAPI = request.app
    document = app.openapi()
    about = document["info"]["description"].strip()
    return page("docs.html", about=about, subjects=operations(document), forms=forms(document))
