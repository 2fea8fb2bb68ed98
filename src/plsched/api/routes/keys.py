"""API keys: given out, listed, revoked."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter, Response

from plsched.access import Permission
from plsched.api.accounts import KeyGivenOut, KeyIn, KeyOut
from plsched.api.headers import LOCATION
from plsched.api.paging import PAGES, Paging
from plsched.api.policy import PolicedRoute, needs
from plsched.api.problems import Answers, problems
from plsched.api.schemas import Page
from plsched.api.services import Serving

router = APIRouter(route_class=PolicedRoute, prefix="/keys", tags=["access"])


GIVEN_OUT: Answers = {201: {"description": "The key, with its text.", "headers": LOCATION}}


@router.post(
    "", status_code=201, responses=GIVEN_OUT | problems(422), openapi_extra=needs(Permission.ACCESS)
)
def add_key(asked: KeyIn, services: Serving, response: Response) -> KeyGivenOut:
    """Give out a key of this district; its text is told here and never again."""
    by, now = services.principal, datetime.now(UTC)
    key, kept = services.keys.give_out(
        asked.name, asked.role, expires_at=asked.expires_at, by=by, now=now
    )
    response.headers["Location"] = f"/v1/keys/{key.id}"
    response.headers["Cache-Control"] = "no-store"
    return KeyGivenOut(**KeyOut.of(kept).model_dump(), key=key.text)


@router.get("", responses=PAGES | problems(404, 422), openapi_extra=needs(Permission.ACCESS))
def list_keys(services: Serving, window: Paging) -> Page[KeyOut]:
    """List the keys of this district, newest first, the revoked ones too."""
    found, total = services.keys.page(services.tenant.id, limit=window.limit, after=window.after)
    return window.page([KeyOut.of(kept) for kept in found], total)


@router.get("/{key_id}", responses=problems(404), openapi_extra=needs(Permission.ACCESS))
def get_key(key_id: str, services: Serving) -> KeyOut:
    """Look at a key; its text is not kept."""
    return KeyOut.of(services.keys.get(services.tenant.id, key_id))


@router.delete("/{key_id}", responses=problems(404), openapi_extra=needs(Permission.ACCESS))
def revoke_key(key_id: str, services: Serving) -> KeyOut:
    """Refuse a key from now on; it stays in the list."""
    now = datetime.now(UTC)
    return KeyOut.of(services.keys.revoke(key_id, by=services.principal, now=now))
