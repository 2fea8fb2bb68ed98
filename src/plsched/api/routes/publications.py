"""Publications: a plan made the one that the feeds follow, and what it changed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from plsched.access import Permission
from plsched.api.headers import LOCATION
from plsched.api.paging import PAGES, Paging
from plsched.api.policy import PolicedRoute, needs
from plsched.api.problems import Answers, problems
from plsched.api.published import PlannedChanges, PublicationOut, PublicationWhole
from plsched.api.schemas import Page
from plsched.api.services import Serving

router = APIRouter(route_class=PolicedRoute, tags=["publications"])

Year = Annotated[int, Path(ge=1900, le=9999, description="In which the school year begins.")]
Number = Annotated[int, Path(ge=1, le=1_000_000, description="Counts from 1 in each year.")]
After = Annotated[
    int | None,
    Query(
        ge=0,
        le=1_000_000,
        description="Number of the publication against which you read its changes, 0 for none: if "
        "another plan was published since, the answer is 409.",
    ),
]

PUBLISHED: Answers = {
    200: {
        "description": "It is published already.",
        "model": PublicationOut,
        "headers": LOCATION,
    },
    201: {"description": "It is published.", "headers": LOCATION},
}


@router.post(
    "/plans/{plan_id}/publish",
    status_code=201,
    responses=PUBLISHED | problems(404, 409, 422),
    openapi_extra=needs(Permission.PUBLISH),
)
def publish_plan(
    plan_id: str, services: Serving, response: Response, after: After = None
) -> PublicationOut:
    """Publish a plan: it gets a number, supersedes the one before it, and the feeds follow it."""
    made, is_new = services.publications.publish(
        plan_id, by=services.principal, now=datetime.now(UTC), after=after
    )
    response.status_code = 201 if is_new else 200
    response.headers["Location"] = f"/v1/publications/{made.year}/{made.number}"
    return PublicationOut.of(made)


@router.get(
    "/plans/{plan_id}/changes", responses=problems(404), openapi_extra=needs(Permission.READ)
)
def preview_changes(plan_id: str, services: Serving) -> PlannedChanges:
    """List what a plan changes against the one of its year that is published now."""
    changes, after = services.publications.preview(plan_id)
    return PlannedChanges(changes=changes, after=after)


@router.get(
    "/publications", responses=PAGES | problems(404, 422), openapi_extra=needs(Permission.READ)
)
def list_publications(
    services: Serving,
    window: Paging,
    year: Annotated[int | None, Query(ge=1900, le=9999, description="Only of this one.")] = None,
) -> Page[PublicationOut]:
    """List the publications, newest first."""
    found, total = services.publications.page(limit=window.limit, after=window.after, year=year)
    return window.page([PublicationOut.of(one) for one in found], total)


@router.get(
    "/publications/{year}/{number}",
    responses=problems(404, 422),
    openapi_extra=needs(Permission.READ),
)
def get_publication(year: Year, number: Number, services: Serving) -> PublicationWhole:
    """Read a publication with its change list."""
    found, changes = services.publications.get(year, number)
    return PublicationWhole(**PublicationOut.of(found).model_dump(), changes=changes)
