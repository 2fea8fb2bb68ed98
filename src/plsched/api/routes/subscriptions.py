"""Feeds by their addresses, for calendar programs, and the page on which people subscribe."""

from __future__ import annotations

import gzip

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from plsched.api.addresses import Addresses
from plsched.api.compression import takes_gzip
from plsched.api.conditional import is_known, validators
from plsched.api.door import door, wants_page
from plsched.api.pages import page
from plsched.api.policy import BY_TOKEN, PolicedRoute
from plsched.api.problems import Answers, problems
from plsched.api.routes.calendars import ICS
from plsched.api.services import AppWide, backstage
from plsched.errors import NoSuchAddress
from plsched.exports.calendars import PROGRAMS, Subscription
from plsched.store import FeedFile, ServedFeed

router = APIRouter(route_class=PolicedRoute, tags=["subscriptions"])

PAGE: Answers = {
    200: {"description": "The page.", "content": {"text/html": {"schema": {"type": "string"}}}}
}
LEADS_NOWHERE = (
    "This address leads to no calendar, or no longer: it may be mistyped, or a new one has taken its "
    "place. Ask whoever gave it to you for the new one."
)
_MEDIA_TYPE = "text/calendar; charset=utf-8"
# robots.txt lets robots read feeds, or Google's calendar would not; nobody should find them.
_UNLISTED = {"X-Robots-Tag": "noindex"}


@router.head("/feeds/{token}.ics", include_in_schema=False, openapi_extra=BY_TOKEN)
@router.get(
    "/feeds/{token}.ics",
    response_class=Response,
    responses=ICS | problems(404),
    openapi_extra=BY_TOKEN,
)
async def read_feed(token: str, request: Request) -> Response:
    """Read a calendar by its address; answers 304 to a reader whose copy is still right."""
    # Thousands of programs poll, and most have what they ask for: no dependency, no thread of its own.
    kept = backstage(request).subscribed
    feed = await kept.find(token)
    return _unchanged(request, feed) or _whole(request, await kept.content(feed))


@router.get(
    "/subscribe/{token}",
    response_class=HTMLResponse,
    responses=PAGE | problems(404),
    openapi_extra=BY_TOKEN,
)
async def show_subscription(
    token: str, request: Request, behind: AppWide, addresses: Addresses
) -> HTMLResponse:
    """Show how to subscribe to a calendar."""
    try:
        feed = await behind.subscribed.find(token)
    except NoSuchAddress:
        if wants_page(request):
            return door("No such calendar", LEADS_NOWHERE, status=404, headers=_UNLISTED)
        raise
    return await run_in_threadpool(_subscription, addresses.subscription(feed.title, token))


def _subscription(links: Subscription) -> HTMLResponse:
    return page("subscribe.html", headers=_UNLISTED, links=links, programs=PROGRAMS)


def _unchanged(request: Request, feed: ServedFeed) -> Response | None:
    headers = _headers(feed)
    known = is_known(request, headers["ETag"], feed.changed_at)
    return Response(status_code=304, headers=headers) if known else None


def _whole(request: Request, file: FeedFile) -> Response:
    headers = _headers(file)
    if takes_gzip(request.headers.get("accept-encoding", "")):
        headers["Content-Encoding"] = "gzip"
        return Response(file.content, media_type=_MEDIA_TYPE, headers=headers)
    return Response(gzip.decompress(file.content), media_type=_MEDIA_TYPE, headers=headers)


def _headers(feed: ServedFeed | FeedFile) -> dict[str, str]:
    return validators(feed.etag, feed.changed_at) | {"Vary": "Accept-Encoding"} | _UNLISTED
