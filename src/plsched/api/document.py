"""The OpenAPI document: what FastAPI makes of the code, with the errors as they really are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from http import HTTPStatus

from fastapi import FastAPI

from plsched.api.examples import SCENARIO
from plsched.api.policy import BY_TOKEN, POLICY, PUBLIC
from plsched.api.schemas import JsonObject, ProgressOut

_PROBLEM = {"schema": {"$ref": "#/components/schemas/ProblemOut"}}
_KEY = {
    "type": "http",
    "scheme": "bearer",
    "description": "An API key, `plsched_…`. Not asked for while sign-in is off.",
}
_NEVER_SENT = ("HTTPValidationError", "ValidationError", "Problem")


def complete_document(app: FastAPI) -> None:
    """Let an app describe its problems by their own media type, and a scenario by its form."""
    make = app.openapi

    @cache
    def document() -> JsonObject:
        made = make()
        made["components"]["securitySchemes"] = {"key": _KEY}
        for operation in _operations(made):
            _tell_policy(operation)
            for status, answer in operation["responses"].items():
                if status >= "400":
                    answer["content"] = {"application/problem+json": _PROBLEM}
        body = made["paths"]["/v1/scenarios"]["post"]["requestBody"]["content"]["application/json"]
        body["schema"] = {"$ref": "#/components/schemas/Scenario"}
        body["example"] = SCENARIO
        made["components"]["schemas"]["ProgressOut"] = ProgressOut.model_json_schema()
        for name in _NEVER_SENT:
            made["components"]["schemas"].pop(name, None)
        return made

    app.openapi = document  # type: ignore[method-assign]  # the way that FastAPI documents


def _tell_policy(operation: JsonObject) -> None:
    """Say who may call an operation, and what others are answered."""
    policy = operation[POLICY]
    if policy in {PUBLIC[POLICY], BY_TOKEN[POLICY]}:
        operation["security"] = []
        return
    operation["security"] = [{"key": []}]
    told = operation.get("description", "")
    operation["description"] = f"{told}\n\nNeeds the permission `{policy}`.".strip()
    for status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        operation["responses"][str(status.value)] = {"description": status.phrase}


def _operations(document: JsonObject) -> Iterator[JsonObject]:
    for methods in document["paths"].values():
        yield from methods.values()
