"""The OpenAPI document: what FastAPI makes of the code, with errors, headers and examples."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI

from plsched.api.examples import examples
from plsched.api.policy import BY_TOKEN, POLICY, PUBLIC
from plsched.api.problems import example_of
from plsched.api.schemas import JsonObject, ProgressOut

_SCHEMAS = "#/components/schemas/"
_PROBLEM = {"$ref": f"{_SCHEMAS}ProblemOut"}
_KEY = {
    "type": "http",
    "scheme": "bearer",
    "description": "An API key, `plsched_…`. Not asked for while sign-in is off.",
}
_NEVER_SENT = ("HTTPValidationError", "ValidationError", "Problem")
_LONG_NAME = re.compile(r"plsched__(?P<package>[a-z]+)__(?:[a-z_]+__)?(?P<name>[A-Z]\w*)")
_TEXT = {"schema": {"type": "string"}}
_HEADERS = {
    "401": {"WWW-Authenticate": {"description": "`Bearer`: send a key.", **_TEXT}},
    "503": {"Retry-After": {"description": "Seconds after which to try again.", **_TEXT}},
}
"""Headers of the problems that have some."""


def complete_document(app: FastAPI) -> None:
    """Let an app describe its problems by their own media type, and a scenario by its form."""
    make = app.openapi

    @cache
    def document() -> JsonObject:
        made: JsonObject = json.loads(_LONG_NAME.sub(_short, json.dumps(make())))
        for schema in made["components"]["schemas"].values():
            for field in schema.get("properties", {}).values():
                if "const" in field:  # generators of clients write it wrongly
                    field["enum"] = [field.pop("const")]
        for name in ("AccessRole", "ScenarioRole"):
            made["components"]["schemas"][name]["title"] = name
        made["components"]["securitySchemes"] = {"key": _KEY}
        body = made["paths"]["/v1/scenarios"]["post"]["requestBody"]["content"]["application/json"]
        body["schema"] = {"$ref": f"{_SCHEMAS}Scenario"}
        for operation in _operations(made):
            _tell_policy(operation)
            _tell_body(operation)
            for status, answer in operation["responses"].items():
                _tell_answer(status, answer)
        made["components"]["schemas"]["ProgressOut"] = ProgressOut.model_json_schema()
        for name in _NEVER_SENT:
            made["components"]["schemas"].pop(name, None)
        return made

    app.openapi = document  # type: ignore[method-assign]  # the way that FastAPI documents


def _short(long: re.Match[str]) -> str:
    """Name one of two forms of one name by its package: `AccessRole`, `ScenarioRole`."""
    return f"{long['package'].capitalize()}{long['name']}"


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


def _tell_body(operation: JsonObject) -> None:
    """Give an example of the body, and say what is answered to one that is not JSON."""
    if "requestBody" not in operation:
        return
    for content in operation["requestBody"]["content"].values():
        content["example"] = _example(content["schema"])
    for status in (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE):
        operation["responses"][str(status.value)] = {"description": status.phrase}


def _tell_answer(status: str, answer: JsonObject) -> None:
    """Give an example of an answer; a problem is one by its media type."""
    if status >= "400":
        content = {"schema": _PROBLEM, "example": example_of(int(status))}
        answer["content"] = {"application/problem+json": content}
        if status in _HEADERS:
            answer["headers"] = _HEADERS[status]
        return
    found = answer.get("content", {}).get("application/json")
    if found is not None and "$ref" in found.get("schema", {}):
        found["example"] = _example(found["schema"])


def _example(schema: JsonObject) -> Any:
    return examples()[schema["$ref"].removeprefix(_SCHEMAS)]


def _operations(document: JsonObject) -> Iterator[JsonObject]:
    for methods in document["paths"].values():
        yield from methods.values()
