"""Calendars of a plan, for people to subscribe to."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from plsched.access import Permission
from plsched.api.conditional import VALIDATORS, conditional
from plsched.api.policy import PolicedRoute, needs
from plsched.api.problems import Answers, problems
from plsched.api.schemas import CalendarOut, CalendarsOut
from plsched.api.services import Serving

router = APIRouter(
    route_class=PolicedRoute, prefix="/plans/{plan_id}/calendars", tags=["calendars"]
)

ICS: Answers = {
    200: {
        "description": "The calendar (RFC 5545).",
        "content": {"text/calendar": {"schema": {"type": "string"}}},
        "headers": VALIDATORS,
    },
    304: {"description": "The copy that you have is still right.", "headers": VALIDATORS},
}


@router.get("", responses=problems(404), openapi_extra=needs(Permission.READ))
def list_calendars(plan_id: str, services: Serving) -> CalendarsOut:
    """List the calendars of a plan: one for all, then one for each person, place and pool."""
    agenda = services.book.open(plan_id).agenda
    feeds = tuple(
        CalendarOut(
            kind=key.kind,
            id=key.id,
            title=agenda.title(key),
            href=f"/v1/plans/{plan_id}/calendars/{name}",
        )
        for key, name in agenda.names.items()
    )
    return CalendarsOut(calendars=feeds)


@router.head("/{name}.ics", include_in_schema=False, openapi_extra=needs(Permission.READ))
@router.get(
    "/{name}.ics",
    response_class=Response,
    responses=ICS | problems(404),
    openapi_extra=needs(Permission.READ),
)
def get_calendar(plan_id: str, name: str, request: Request, services: Serving) -> Response:
    """Read a calendar; answers 304 to a reader whose copy is still right."""
    feed = services.book.feed(plan_id, f"{name}.ics")
    changed_at = feed.changed_at or services.book.open(plan_id).stored.created_at
    return conditional(request, feed.content, "text/calendar; charset=utf-8", changed_at=changed_at)
