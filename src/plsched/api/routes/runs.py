"""Runs: asked for, followed, cancelled."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from plsched.access import Permission
from plsched.api.following import follow
from plsched.api.headers import LOCATION, RETRY_AFTER
from plsched.api.paging import PAGES, Paging
from plsched.api.policy import PolicedRoute, needs
from plsched.api.problems import Answers, problems
from plsched.api.schemas import Page, ProgressPage, RunIn, RunOut
from plsched.api.services import Serving
from plsched.runs.states import has_ended
from plsched.store import Run

router = APIRouter(route_class=PolicedRoute, prefix="/runs", tags=["runs"])

RETRY_AFTER_S = 2
LAST_LINE = 2**31 - 1
QUEUED: Answers = {202: {"description": "It waits.", "headers": LOCATION | RETRY_AFTER}}
SEEN: Answers = {200: {"description": "As it is now.", "headers": RETRY_AFTER}}
EVENTS: Answers = {
    200: {
        "description": (
            "Events `progress` (data: ProgressOut, id: its number) and at last one event `end` "
            "(data: RunOut). `Last-Event-ID` goes on where a broken connection ended."
        ),
        "content": {
            "text/event-stream": {
                "example": 'event: end\ndata: {"status": "succeeded", "plan": "…"}\n\n'
            }
        },
    }
}


def _found(run_id: str, services: Serving) -> Run:
    return services.runs.get(run_id)


Found = Annotated[Run, Depends(_found)]


@router.post(
    "",
    status_code=202,
    responses=QUEUED | problems(404, 422),
    openapi_extra=needs(Permission.PLAN),
)
def add_run(
    asked: RunIn,
    services: Serving,
    response: Response,
    idempotency_key: Annotated[str | None, Header(min_length=1, max_length=255)] = None,
) -> RunOut:
    """Ask for a solve; the same `Idempotency-Key` with the same request asks only once."""
    run = services.runs.submit(asked.request(), by=services.principal, key=idempotency_key)
    response.headers["Location"] = f"/v1/runs/{run.id}"
    response.headers["Retry-After"] = str(RETRY_AFTER_S)
    return RunOut.of(run)


@router.get("", responses=PAGES | problems(404, 422), openapi_extra=needs(Permission.READ))
def list_runs(services: Serving, window: Paging) -> Page[RunOut]:
    """List the runs, newest first."""
    found, total = services.runs.page(limit=window.limit, after=window.after)
    return window.page([RunOut.of(run) for run in found], total)


@router.get("/{run_id}", responses=SEEN | problems(404), openapi_extra=needs(Permission.READ))
def get_run(run: Found, response: Response) -> RunOut:
    """Look at a run; `Retry-After` says when to look again."""
    if not has_ended(run):
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
    return RunOut.of(run)


@router.get(
    "/{run_id}/events",
    response_class=EventSourceResponse,
    responses=EVENTS | problems(404),
    openapi_extra=needs(Permission.READ),
)
async def follow_run(
    run: Found,
    services: Serving,
    last_event_id: Annotated[int, Header(ge=0, le=LAST_LINE)] = 0,
) -> AsyncIterator[ServerSentEvent]:
    """Follow a run as server-sent events until it ends."""
    with_costs = services.may(Permission.PAY)
    async for event in follow(services.runs, run.id, after=last_event_id, with_costs=with_costs):
        yield event


@router.get(
    "/{run_id}/progress",
    responses=SEEN | problems(404, 422),
    openapi_extra=needs(Permission.READ),
)
def read_progress(
    run: Found,
    services: Serving,
    response: Response,
    after: Annotated[int, Query(ge=0, le=LAST_LINE, description="`next` of the last look.")] = 0,
) -> ProgressPage:
    """Read what a run told so far, or since the last look; `Retry-After` says when to look again."""
    if not has_ended(run):
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
    lines, with_costs = services.runs.progress(run.id, after), services.may(Permission.PAY)
    return ProgressPage.of(run, lines, after, with_costs=with_costs)


@router.post(
    "/{run_id}/cancel",
    status_code=202,
    responses=problems(404, 409),
    openapi_extra=needs(Permission.PLAN),
)
def cancel_run(run_id: str, services: Serving) -> RunOut:
    """Cancel a run; one that runs stops soon and keeps its best plan so far."""
    return RunOut.of(services.runs.cancel(run_id, by=services.principal))
