"""Errors as problem details (RFC 9457). HTTP statuses are decided here and nowhere else."""

from __future__ import annotations

import logging
import re
import reprlib
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi_problem.error import Problem
from fastapi_problem.handler import ExceptionHandler, add_exception_handler, new_exception_handler
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match, Mount
from starlette.types import Receive, Scope, Send

from plsched.api.schemas import FindingOut, ProblemOut
from plsched.errors import (
    KeyReused,
    LimitExceeded,
    NoSuchAddress,
    NotAllowed,
    NotPublishable,
    NotReady,
    NotSignedIn,
    NotStored,
    OtherScenario,
    PlschedError,
    PublishedMeanwhile,
    ScenarioError,
    StoreFull,
    StoreReadOnly,
    StoreUnavailable,
    TooManyRuns,
    WrongStep,
)

logger = logging.getLogger(__name__)

METHODS = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE")
QUEUE_RETRY_S = 30
STORE_RETRY_S = 5
ALWAYS = (400, 408, 414, 431, 500, 503, 507)
"""Any path may meet a broken or too long request, a fault of ours, a store that cannot do it now."""
Answers = dict[int | str, dict[str, Any]]


def problems(*statuses: int) -> Answers:
    """Describe, for the OpenAPI document, the problems that a path may answer with."""
    return {
        status: {"description": HTTPStatus(status).phrase, "model": ProblemOut}
        for status in (*statuses, *ALWAYS)
    }


def example_of(status: int) -> dict[str, Any]:
    """Give a problem with a status, for the OpenAPI document."""
    for told in _TOLD.values():
        if told.status == status:
            return {"type": told.type, "title": told.title, "status": status, "detail": "…"}
    if status in _OF_HTTP and status != HTTPStatus.NOT_FOUND:
        title, name = _OF_HTTP[status]
        return {"type": name, "title": title, "status": status, "detail": "…"}
    found = (
        _unforeseen("") if status == HTTPStatus.INTERNAL_SERVER_ERROR else _not_stored("plan", "…")
    )
    return found.marshal()


def handle_problems(app: FastAPI) -> None:
    """Let every error of an app leave it as a problem."""
    handler = new_exception_handler(
        http_exception_handler=_of_http,
        logger=logger,
        unhandled_wrappers={"default": _unforeseen},  # type: ignore[dict-item]  # a function does
        handlers={PlschedError: _known},  # type: ignore[dict-item]  # None: as unforeseen
        request_validation_handler=_invalid,
    )
    add_exception_handler(app, handler, generic_swagger_defaults=False)
    app.add_exception_handler(PlschedError, handler)


@dataclass(frozen=True, slots=True)
class _Told:
    """How an error is told: its title, its type and the status of the answer."""

    title: str
    type: str
    status: int
    headers: dict[str, str] | None = None


_MAYBE_A_TOKEN = re.compile(r"^(/+(?:feeds|subscribe)/).+", re.DOTALL | re.IGNORECASE)
_SHOWN = reprlib.Repr()
_SHOWN.maxstring = _SHOWN.maxother = _SHOWN.maxlong = 200
"""Shows values without writing them whole: they may be as large as a request."""
MAX_ERRORS = 100

_OF_HTTP: dict[int, tuple[str, str]] = {
    400: ("The request is broken", "bad-request"),
    404: ("No such path", "no-such-path"),
    405: ("The path does not take this method", "method-not-allowed"),
    408: ("The request took too long", "too-slow"),
    413: ("The request is too large", "too-large"),
    414: ("The address is too long", "address-too-long"),
    415: ("The body is not JSON", "not-json"),
    431: ("The headers are too long", "headers-too-long"),
}
"""Title and type of what is wrong with a request before anybody looks at what it asks for."""

_TOLD: dict[type[PlschedError], _Told] = {
    NotSignedIn: _Told("Sign in first", "not-signed-in", 401, {"WWW-Authenticate": "Bearer"}),
    NotAllowed: _Told("Your role may not do this", "not-allowed", 403),
    WrongStep: _Told("The run cannot do this now", "wrong-step", 409),
    NoSuchAddress: _Told("No such calendar", "no-such-address", 404),
    NotPublishable: _Told("The plan cannot be published", "not-publishable", 409),
    PublishedMeanwhile: _Told("Another plan was published", "published-meanwhile", 409),
    KeyReused: _Told("The idempotency key was used", "key-reused", 422),
    LimitExceeded: _Told("More than the district may use", "limit-exceeded", 422),
    OtherScenario: _Told("The plan is not the scenario's", "other-scenario", 422),
    TooManyRuns: _Told(
        "Too many runs wait", "too-many-runs", 503, {"Retry-After": str(QUEUE_RETRY_S)}
    ),
    StoreUnavailable: _Told(
        "The store cannot do this now",
        "store-unavailable",
        503,
        {"Retry-After": str(STORE_RETRY_S)},
    ),
    NotReady: _Told(
        "The service is not ready", "not-ready", 503, {"Retry-After": str(STORE_RETRY_S)}
    ),
    StoreFull: _Told("The store's disk is full", "store-full", 507),
    StoreReadOnly: _Told("The store is read-only", "store-read-only", 503),
}

PROBLEM_TYPES = (
    *(name for _, name in _OF_HTTP.values()),
    *(told.type for told in _TOLD.values()),
    "scenario-findings",
    "invalid-request",
    "not-stored",
    "internal-error",
)
"""Every `type` that a problem may have; they are in the docs and stay as they are."""


class Refused(HTTPException):
    """A request that is not looked at any further."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(status, detail)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the problem, where no handler of errors stands around."""
        told = _problem_of(self)
        answer = JSONResponse(told.marshal(), told.status, media_type="application/problem+json")
        await answer(scope, receive, send)


def _of_http(_: ExceptionHandler, request: Request, error: HTTPException) -> Problem:
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = ", ".join(sorted(_methods(request)))
        detail = f"{_told_path(request)} takes {allowed}, not {request.method}"
        return _problem_of(HTTPException(405, detail, {"Allow": allowed}))
    if error.status_code == HTTPStatus.NOT_FOUND:
        detail = f"there is nothing at {_told_path(request)!r}; /docs lists the paths"
        return _problem_of(HTTPException(404, detail))
    return _problem_of(error)


def _told_path(request: Request) -> str:
    """Give the path as an answer may repeat it: what may be the token of a feed is left out."""
    return _MAYBE_A_TOKEN.sub(r"\1…", request.url.path)


def _problem_of(error: HTTPException) -> Problem:
    status = error.status_code
    title, name = _OF_HTTP.get(status) or (HTTPStatus(status).phrase, f"http-{status}")
    headers = None if error.headers is None else dict(error.headers)
    return Problem(title, name, error.detail, status, headers=headers)


def _methods(request: Request) -> set[str]:
    """Give the methods that a path takes; the router knows only those of its first match."""
    return {
        method
        for method in METHODS
        for route in request.app.routes
        if isinstance(route, BaseRoute)
        and not isinstance(route, Mount)  # it takes any method itself
        and route.matches({**request.scope, "method": method})[0] is Match.FULL
    } or {"GET", "HEAD"}


def _known(_: ExceptionHandler, __: Request, error: PlschedError) -> Problem | None:
    detail = str(error)
    match error:
        case ScenarioError():
            findings = [FindingOut.of(f).model_dump() for f in error.findings]
            return Problem(
                "The scenario has findings", "scenario-findings", detail, 422, findings=findings
            )
        case NotStored():
            return _not_stored(error.kind, detail)
        case _ if (told := _TOLD.get(type(error))) is not None:
            return Problem(told.title, told.type, detail, told.status, headers=told.headers)
        case _:
            return None


def _not_stored(kind: str, detail: str) -> Problem:
    return Problem(f"No such {kind}", "not-stored", detail, 404)


def _invalid(_: ExceptionHandler, __: Request, error: RequestValidationError) -> Problem:
    errors = [
        {
            "where": ".".join(str(part) for part in found["loc"]),
            "message": found["msg"],
            "value": _SHOWN.repr(found.get("input"))[:200],
        }
        for found in error.errors()[:MAX_ERRORS]
    ]
    detail = f"{len(error.errors())} value(s) are wrong; see 'errors' and the API docs at /docs"
    return Problem("The request is not valid", "invalid-request", detail, 422, errors=errors)


def _unforeseen(_: str) -> Problem:
    # The error's own text may tell of the inside; it stands in the log.
    return Problem(
        "An error inside plsched",
        "internal-error",
        "The service could not do this; its log tells why.",
        500,
    )
