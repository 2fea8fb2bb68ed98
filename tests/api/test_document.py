"""The OpenAPI document: complete, with examples that hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from plsched.api import ApiSettings, create_app
from plsched.api.problems import PROBLEM_TYPES
from tests.api.instant import at_once

ROOT = Path(__file__).parents[2]
PLACED = {
    "add_scenario": ("200", "201"),
    "add_run": ("202",),
    "add_key": ("201",),
    "issue_feed": ("201",),
    "rotate_feed": ("201",),
    "publish_plan": ("200", "201"),
}
"""Operations that answer where something is, and with which statuses."""


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return create_app(ApiSettings(), at_once).openapi()


@pytest.fixture(scope="module")
def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        operation["operationId"]: operation
        for methods in document["paths"].values()
        for operation in methods.values()
    }


def faults(document: dict[str, Any], schema: dict[str, Any], value: Any) -> list[str]:
    """Tell what of a value does not follow a schema of the document."""
    whole = {"components": document["components"], **schema}
    return [error.message for error in jsonschema_rs.Draft202012Validator(whole).iter_errors(value)]


def contents(operation: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Give the place, media type and description of each content of an operation."""
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        yield "body", media, content
    for status, answer in operation["responses"].items():
        for media, content in answer.get("content", {}).items():
            yield status, media, content


def test_every_operation_is_described(operations: dict[str, dict[str, Any]]) -> None:
    for name, operation in operations.items():
        assert operation["summary"], name
        assert len(operation["description"]) > 20, name
        for status, answer in operation["responses"].items():
            assert answer["description"], (name, status)
        for parameter in operation.get("parameters", []):
            assert parameter["name"] == "plan_id" or parameter["schema"], name


def test_every_json_has_an_example_that_holds(
    document: dict[str, Any], operations: dict[str, dict[str, Any]]
) -> None:
    """A new form needs an example in `plsched.api.examples`."""
    free = {"get_scenario_schema", "get_plan_schema"}  # what they give is a schema itself
    seen = 0
    for name, operation in operations.items():
        for place, media, content in contents(operation):
            if not media.endswith("json") or (name in free and place == "200"):
                continue
            assert "example" in content, (name, place)
            assert faults(document, content["schema"], content["example"]) == [], (name, place)
            seen += 1
    assert seen > 200


def test_an_example_that_does_not_hold_would_be_found(document: dict[str, Any]) -> None:
    run = {"$ref": "#/components/schemas/RunOut"}
    assert faults(document, run, {"id": 7})


def is_list(operation: dict[str, Any]) -> bool:
    content = operation["responses"].get("200", {}).get("content", {})
    return "/Page_" in content.get("application/json", {}).get("schema", {}).get("$ref", "")


def test_headers_are_documented(operations: dict[str, dict[str, Any]]) -> None:
    def headers(name: str, status: str) -> set[str]:
        return set(operations[name]["responses"][status].get("headers", {}))

    for name, statuses in PLACED.items():
        for status in statuses:
            assert "Location" in headers(name, status), (name, status)
    lists = [name for name, operation in operations.items() if is_list(operation)]
    assert len(lists) >= 8
    for name in lists:
        assert headers(name, "200") == {"Link"}, name
    assert "Retry-After" in headers("add_run", "202") & headers("get_run", "200")
    for name, operation in operations.items():
        if "304" in operation["responses"]:
            assert headers(name, "304") == {"ETag", "Last-Modified"}, name
            assert headers(name, "304") <= headers(name, "200"), name
        for status, header in (("401", "WWW-Authenticate"), ("503", "Retry-After")):
            if status in operation["responses"]:
                assert headers(name, status) == {header}, (name, status)


def test_what_is_taken_as_json_says_what_else_is_answered(
    operations: dict[str, dict[str, Any]],
) -> None:
    taking = [name for name, operation in operations.items() if "requestBody" in operation]
    assert len(taking) >= 4
    for name in taking:
        assert {"413", "415", "422"} <= set(operations[name]["responses"]), name


def test_every_type_of_problem_is_in_the_docs() -> None:
    told = (ROOT / "docs/api.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `([a-z-]+)` \|", told, re.MULTILINE))
    assert listed == set(PROBLEM_TYPES)
