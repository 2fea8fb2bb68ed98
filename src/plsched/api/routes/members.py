"""Members: who may sign in by their e-mail address, and as what."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter, Response

from plsched.access import Permission
from plsched.api.accounts import Email, MemberIn, MemberOut
from plsched.api.paging import PAGES, Paging
from plsched.api.policy import PolicedRoute, needs
from plsched.api.problems import Answers, problems
from plsched.api.schemas import Page
from plsched.api.services import Serving

router = APIRouter(route_class=PolicedRoute, prefix="/members", tags=["access"])

ADDED: Answers = {201: {"description": "They are a new member.", "model": MemberOut}}


@router.get("", responses=PAGES | problems(422), openapi_extra=needs(Permission.ACCESS))
def list_members(services: Serving, window: Paging) -> Page[MemberOut]:
    """List the members of this district by their address."""
    found, total = services.members.page(services.tenant.id, limit=window.limit, after=window.after)
    return window.page([MemberOut.of(member) for member in found], total)


@router.get("/{email}", responses=problems(404, 422), openapi_extra=needs(Permission.ACCESS))
def get_member(email: Email, services: Serving) -> MemberOut:
    """Look at what somebody is to this district."""
    return MemberOut.of(services.members.get(services.tenant.id, email))


@router.put("/{email}", responses=ADDED | problems(422), openapi_extra=needs(Permission.ACCESS))
def set_member(email: Email, asked: MemberIn, services: Serving, response: Response) -> MemberOut:
    """Give somebody a role in this district; nobody gives one to themselves."""
    by, now = services.principal, datetime.now(UTC)
    member, is_new = services.members.set(email, asked.role, by=by, now=now)
    response.status_code = 201 if is_new else 200
    return MemberOut.of(member)


@router.delete(
    "/{email}",
    status_code=204,
    responses=problems(404, 422),
    openapi_extra=needs(Permission.ACCESS),
)
def remove_member(email: Email, services: Serving) -> None:
    """Let somebody be no member any more; they are out at once, signed in or not."""
    services.members.remove(email, by=services.principal, now=datetime.now(UTC))
