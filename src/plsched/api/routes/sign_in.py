"""People sign in by OpenID Connect, choose their district, and sign out."""

from __future__ import annotations

from hmac import compare_digest
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse

from plsched.api.door import HOW_TO_GET_A_KEY, SIGN_IN, door, own_path
from plsched.api.pages import page
from plsched.api.policy import PUBLIC, PolicedRoute
from plsched.api.services import backstage
from plsched.errors import NotAllowed, NotSignedIn, SignInFailed
from plsched.store import Member, MemberStore

if TYPE_CHECKING:
    from plsched.api.oidc import Desk, Flow

# Pages for people: what programs read stands in the OpenAPI document.
router = APIRouter(route_class=PolicedRoute, prefix=SIGN_IN, include_in_schema=False)
leaving = APIRouter(route_class=PolicedRoute, include_in_schema=False)

MAX_WORD = 2000
Word = Annotated[str, Query(max_length=MAX_WORD)]


@router.get("", openapi_extra=PUBLIC)
async def begin(request: Request, goal: Annotated[Word, Query(alias="next")] = "/") -> Response:
    """Send somebody to the provider."""
    desk = _desk(request)
    if desk is None:
        return door("How to get in", HOW_TO_GET_A_KEY)
    try:
        address, flow = await desk.relying_party.begin(own_path(goal))
    except SignInFailed as error:
        return _refused(desk, str(error), HTTPStatus.BAD_GATEWAY)
    answer = RedirectResponse(address, HTTPStatus.SEE_OTHER)
    desk.cookies.keep_flow(answer, flow)
    return answer


@router.get("/callback", openapi_extra=PUBLIC)
async def finish(request: Request, state: Word = "", code: Word = "", error: Word = "") -> Response:
    """Take somebody in who comes back from the provider."""
    desk = _open_desk(request)
    flow = desk.cookies.flow(request)
    if flow is None or not compare_digest(flow.state.encode(), state.encode()):
        text = "This sign-in was not begun in this browser, or it took too long."
        return _refused(desk, text, HTTPStatus.BAD_REQUEST)
    if error or not code:
        return _refused(desk, f"The provider said: {error or 'nothing'}.", HTTPStatus.FORBIDDEN)
    return await _take_in(request, desk, flow, code)


@router.get("/districts", openapi_extra=PUBLIC)
def show_districts(request: Request) -> HTMLResponse:
    """Let somebody who belongs to several districts choose one."""
    return page("districts.html", members=_memberships(request))


@router.post("/districts/{district}", openapi_extra=PUBLIC)
def choose_district(district: str, request: Request) -> Response:
    """Act for a district from now on."""
    desk = _open_desk(request)
    _refuse_other_pages(request, desk)
    mine = {member.tenant: member for member in _memberships(request)}
    if district not in mine:
        raise NotAllowed("you are no member of this district")
    return _signed_in(desk, mine[district].email, district, "/")


@leaving.post("/sign-out", openapi_extra=PUBLIC)
def sign_out(request: Request) -> Response:
    """Let this browser forget who is signed in."""
    desk = _open_desk(request)
    _refuse_other_pages(request, desk)
    answer = RedirectResponse("/", HTTPStatus.SEE_OTHER)
    desk.cookies.end_session(answer)
    return answer


async def _take_in(request: Request, desk: Desk, flow: Flow, code: str) -> Response:
    try:
        email = await desk.relying_party.finish(flow, code)
    except SignInFailed as error:
        return _refused(desk, str(error), HTTPStatus.FORBIDDEN)
    members = MemberStore(backstage(request).database)
    mine = await run_in_threadpool(members.memberships, email)
    if not mine:
        text = f"{email} belongs to no district here; ask an admin of your district."
        return _refused(desk, text, HTTPStatus.FORBIDDEN)
    if len(mine) == 1:
        return _signed_in(desk, email, mine[0].tenant, flow.goal)
    return _signed_in(desk, email, None, f"{SIGN_IN}/districts")


def _signed_in(desk: Desk, email: str, tenant: str | None, goal: str) -> Response:
    answer = RedirectResponse(goal, HTTPStatus.SEE_OTHER)
    desk.cookies.keep_session(answer, email, tenant)
    desk.cookies.end_flow(answer)
    return answer


def _refused(desk: Desk, text: str, status: HTTPStatus) -> Response:
    answer = door("You are not signed in", text, link=("Try again", SIGN_IN), status=status)
    desk.cookies.end_flow(answer)
    return answer


def _memberships(request: Request) -> list[Member]:
    session = _open_desk(request).cookies.session(request)
    if session is None:
        raise NotSignedIn("sign in at /sign-in first")
    return MemberStore(backstage(request).database).memberships(session.email)


def _refuse_other_pages(request: Request, desk: Desk) -> None:
    if not desk.is_own_page(request):
        raise NotAllowed("a page of another site sent this; use the pages of this service")


def _desk(request: Request) -> Desk | None:
    desk: Desk | None = request.app.state.desk
    return desk


def _open_desk(request: Request) -> Desk:
    desk = _desk(request)
    if desk is None:
        raise NotAllowed("nobody signs in here by OpenID Connect; use a key")
    return desk
