"""Addresses of feeds: given out, listed, renewed, revoked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response

from plsched.access import Permission
from plsched.api.addresses import Addresses, addresses_csv
from plsched.api.headers import LOCATION
from plsched.api.paging import PAGES, Paging
from plsched.api.policy import PolicedRoute, needs
from plsched.api.problems import Answers, problems
from plsched.api.published import AddressOut, FeedIn, FeedOut, FeedsIn
from plsched.api.schemas import Page
from plsched.api.services import Serving
from plsched.exports.calendars import FeedKind

router = APIRouter(route_class=PolicedRoute, prefix="/feeds", tags=["feeds"])

GIVEN_OUT: Answers = {201: {"description": "The address, shown this once.", "headers": LOCATION}}
CSV: Answers = {
    200: {
        "description": "A row for each address that was given out.",
        "content": {"text/csv": {"schema": {"type": "string"}}},
    }
}
FEEDS = needs(Permission.FEEDS)


@router.post("", status_code=201, responses=GIVEN_OUT | problems(404, 422), openapi_extra=FEEDS)
def issue_feed(
    asked: FeedIn, services: Serving, addresses: Addresses, response: Response
) -> AddressOut:
    """Give out an address of a published calendar; it is shown this once."""
    issued = services.feeds.issue(asked.key(), by=services.principal, now=datetime.now(UTC))
    return addresses.given_out(issued, response)


@router.post(".csv", response_class=Response, responses=CSV | problems(422), openapi_extra=FEEDS)
def issue_feeds(asked: FeedsIn, services: Serving, addresses: Addresses) -> Response:
    """Give out addresses for everybody of a kind, as a table to mail out; shown this once."""
    now = datetime.now(UTC)
    issued = services.feeds.issue_all(asked.kind, renew=asked.renew, by=services.principal, now=now)
    return addresses_csv([addresses.told(one) for one in issued])


@router.get("", responses=PAGES | problems(404, 422), openapi_extra=FEEDS)
def list_feeds(
    services: Serving, window: Paging, kind: Annotated[FeedKind | None, Query()] = None
) -> Page[FeedOut]:
    """List the addresses that were given out, without their tokens, newest first."""
    found, total = services.feeds.page(limit=window.limit, after=window.after, kind=kind)
    return window.page([FeedOut.of(feed) for feed in found], total)


@router.get("/{feed_id}", responses=problems(404), openapi_extra=FEEDS)
def get_feed(feed_id: str, services: Serving) -> FeedOut:
    """Look at an address that was given out; the address itself is not kept."""
    return FeedOut.of(services.feeds.get(feed_id))


@router.post(
    "/{feed_id}/rotate",
    status_code=201,
    responses=GIVEN_OUT | problems(404),
    openapi_extra=FEEDS,
)
def rotate_feed(
    feed_id: str, services: Serving, addresses: Addresses, response: Response
) -> AddressOut:
    """Put a new address in place of one, which is refused from now on."""
    issued = services.feeds.rotate(feed_id, by=services.principal, now=datetime.now(UTC))
    return addresses.given_out(issued, response)


@router.delete("/{feed_id}", responses=problems(404), openapi_extra=FEEDS)
def revoke_feed(feed_id: str, services: Serving) -> FeedOut:
    """Refuse an address from now on."""
    now = datetime.now(UTC)
    return FeedOut.of(services.feeds.revoke(feed_id, by=services.principal, now=now))
