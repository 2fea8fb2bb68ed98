"""The audit log: who did what."""

from __future__ import annotations

from fastapi import APIRouter

from plsched.access import Permission
from plsched.api.accounts import DeedOut
from plsched.api.paging import PAGES, NumberedPaging
from plsched.api.policy import PolicedRoute, needs
from plsched.api.problems import problems
from plsched.api.schemas import Page
from plsched.api.services import Serving

router = APIRouter(route_class=PolicedRoute, prefix="/audit", tags=["access"])


@router.get("", responses=PAGES | problems(422), openapi_extra=needs(Permission.AUDIT))
def list_deeds(services: Serving, window: NumberedPaging) -> Page[DeedOut]:
    """List what was done in this district, newest first; deeds are never changed."""
    found, total = services.audit.page(limit=window.limit, after=window.after)
    return window.page([DeedOut.of(deed) for deed in found], total)
