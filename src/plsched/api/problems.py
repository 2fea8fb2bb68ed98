"""Errors as problem details (RFC 9457). HTTP statuses are decided here and nowhere else."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi_problem.error import Problem
from fastapi_problem.handler import ExceptionHandler, add_exception_handler, new_exception_handler

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

QUEUE_RETRY_S = 30
STORE_RETRY_S = 5
ALWAYS = (400, 500, 503, 507)
"""Any path may meet a broken request, a fault of ours, or a store that cannot do it now."""
Answers = dict[int | str, dict[str, Any]]


def problems(*statuses: int) -> Answers:
    """Describe, for the OpenAPI document, the problems that a path may answer with."""
    return {
        status: {"description": HTTPStatus(status).phrase, "model": ProblemOut}
        for status in (*statuses, *ALWAYS)
    }


def handle_problems(app: FastAPI) -> None:
    """Let every error of an app leave it as a problem."""
    handler = new_exception_handler(
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


_TOLD: dict[type[PlschedError], _Told] = {
    NotSignedIn: _Told("Sign in first", "not-signed-in", 401, {"WWW-Authenticate": "Bearer"}),
    NotAllowed: _Told("Your role may not do this", "not-allowed", 403),
    WrongStep: _Told("The run cannot do this now", "wrong-step", 409),
    NoSuchAddress: _Told("No such calendar", "no-such-address", 404),
    NotPublishable: _Told("The plan cannot be published", "not-publishable", 409),
    PublishedMeanwhile: _Told("Another plan was published", "published-meanwhile", 409),
    KeyReused: _Told("The idempotency key was used", "key-reused", 422),
    LimitExceeded: _Told("More than the district may use", "limit-exceeded", 422),
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


def _known(_: ExceptionHandler, __: Request, error: PlschedError) -> Problem | None:
    detail = str(error)
    match error:
        case ScenarioError():
            findings = [FindingOut.of(f).model_dump() for f in error.findings]
            return Problem(
                "The scenario has findings", "scenario-findings", detail, 422, findings=findings
            )
        case NotStored():
            return Problem(f"No such {error.kind}", "not-stored", detail, 404)
        case _ if (told := _TOLD.get(type(error))) is not None:
            return Problem(told.title, told.type, detail, told.status, headers=told.headers)
        case _:
            return None


def _invalid(_: ExceptionHandler, __: Request, error: RequestValidationError) -> Problem:
    errors = [
        {
            "where": ".".join(str(part) for part in found["loc"]),
            "message": found["msg"],
            "value": repr(found.get("input"))[:200],
        }
        for found in error.errors()
    ]
    detail = f"{len(errors)} value(s) are wrong; see 'errors' and the API docs at /docs"
    return Problem("The request is not valid", "invalid-request", detail, 422, errors=errors)


def _unforeseen(_: str) -> Problem:
    # The error's own text may tell of the inside; it stands in the log.
    return Problem(
        "An error inside plsched",
        "internal-error",
        "The service could not do this; its log tells why.",
        500,
    )
