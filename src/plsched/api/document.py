"""The OpenAPI document: what FastAPI makes of the code, with the errors as they really are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from fastapi import FastAPI

from plsched.api.examples import SCENARIO
from plsched.api.schemas import JsonObject, ProgressOut

_PROBLEM = {"schema": {"$ref": "#/components/schemas/ProblemOut"}}
_NEVER_SENT = ("HTTPValidationError", "ValidationError", "Problem")


def complete_document(app: FastAPI) -> None:
    """Let an app describe its problems by their own media type, and a scenario by its form."""
    make = app.openapi

    @cache
    def document() -> JsonObject:
        made = make()
        for operation in _operations(made):
            for status, answer in operation["responses"].items():
                if status >= "400":
                    answer["content"] = {"application/problem+json": _PROBLEM}
        body = made["paths"]["/scenarios"]["post"]["requestBody"]["content"]["application/json"]
        body["schema"] = {"$ref": "#/components/schemas/Scenario"}
        body["example"] = SCENARIO
        made["components"]["schemas"]["ProgressOut"] = ProgressOut.model_json_schema()
        for name in _NEVER_SENT:
            made["components"]["schemas"].pop(name, None)
        return made

    app.openapi = document  # type: ignore[method-assign]  # the way that FastAPI documents


def _operations(document: JsonObject) -> Iterator[JsonObject]:
    for methods in document["paths"].values():
        yield from methods.values()
