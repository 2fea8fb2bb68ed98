"""Errors as problem details (RFC 9457). HTTP statuses are decided here and nowhere else."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi_problem.error import Problem
from fastapi_problem.handler import ExceptionHandler, add_exception_handler, new_exception_handler

from plsched.api.schemas import FindingOut, ProblemOut
from plsched.errors import (
    KeyReused,
    NotStored,
    PlschedError,
    ScenarioError,
    TooManyRuns,
    WrongStep,
)

logger = logging.getLogger(__name__)

QUEUE_RETRY_S = 30
Answers = dict[int | str, dict[str, Any]]


def problems(*statuses: int) -> Answers:
    """Describe, for the OpenAPI document, the problems that a path may answer with."""
    return {
        status: {"description": HTTPStatus(status).phrase, "model": ProblemOut}
        for status in (*statuses, 400, 500)
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
        case WrongStep():
            return Problem("The run cannot do this now", "wrong-step", detail, 409)
        case KeyReused():
            return Problem("The idempotency key was used", "key-reused", detail, 422)
        case TooManyRuns():
            retry = {"Retry-After": str(QUEUE_RETRY_S)}
            return Problem("Too many runs wait", "too-many-runs", detail, 503, headers=retry)
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
