"""What somebody in a browser sees who is not let in."""

from __future__ import annotations

import re
from http import HTTPStatus
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse

from plsched.api.pages import page
from plsched.errors import NotAllowed, NotSignedIn

SIGN_IN = "/sign-in"
HOW_TO_GET_A_KEY = (
    "This service asks for a key: a program sends it as “Authorization: Bearer plsched_…”. Admins "
    "of your district give keys out; those who run the service give out the first one with "
    "“plsched access keys add”."
)
# One slash: two, or one and a backslash, lead to another host.
_OWN_PATH = re.compile(r"/(?![/\\])[!-\[\]-~]*")


def own_path(text: str) -> str:
    """Give a path of this service to go to; the front page for anything else."""
    return text if _OWN_PATH.fullmatch(text) else "/"


def wants_page(request: Request) -> bool:
    """Tell whether a person reads the answer."""
    return request.method == "GET" and "text/html" in request.headers.get("accept", "")


def turned_away(request: Request, error: NotSignedIn | NotAllowed) -> HTMLResponse:
    """Show somebody why they are not let in, and how they get in."""
    if isinstance(error, NotAllowed):
        return door("Your role may not do this", str(error), status=HTTPStatus.FORBIDDEN)
    headers = {"WWW-Authenticate": "Bearer"}
    status = HTTPStatus.UNAUTHORIZED
    if request.app.state.desk is None:
        return door("Sign in first", HOW_TO_GET_A_KEY, status=status, headers=headers)
    goal = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    href = f"{SIGN_IN}?next={quote(goal, safe='/')}"
    text = "Sign in with the account that your district gave you."
    return door("Sign in first", text, link=("Sign in", href), status=status, headers=headers)


def door(
    title: str,
    text: str,
    *,
    link: tuple[str, str] | None = None,
    status: int = HTTPStatus.OK,
    headers: dict[str, str] | None = None,
) -> HTMLResponse:
    """Show a page of a few words, with a link or none."""
    shown = page("door.html", headers=headers, title=title, text=text, link=link)
    shown.status_code = status
    return shown
