"""The JSON Schema of scenario.yaml, by which editors complete and check while people write."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from plsched.scenario.models import Scenario

_FILE = {
    "type": "string",
    "pattern": r"\.([cC][sS][vV]|[xX][lL][sS][xX](#.+)?)$",
    "description": "A CSV or XLSX file of the scenario's folder: rooms.csv, rooms.xlsx#Sheet name",
}
_CLOCKS = {
    "time": r"^([01]?\d|2[0-3]):[0-5]\d$",
    "date-time": r"^\d{4}-\d\d-\d\d[T ]([01]\d|2[0-3]):[0-5]\d",
}
_PATH = {"type": "string", "description": "As in funds[title-ii].amount_cents or policy.required"}
_ID = {"type": ["string", "integer"], "description": "The row's id, or # and its number"}
_CHANGES: dict[str, Any] = {
    "type": "array",
    "description": "What is different from the base, in this order",
    "items": {
        "oneOf": [
            {
                "type": "object",
                "properties": {"set": _PATH, "to": {"description": "The new value"}},
                "required": ["set", "to"],
                "additionalProperties": False,
            },
            {
                "type": "object",
                "properties": {
                    "scale": _PATH,
                    "percent": {"type": "integer", "minimum": 0, "maximum": 100_000},
                },
                "required": ["scale", "percent"],
                "additionalProperties": False,
            },
            {
                "type": "object",
                "properties": {"add": _PATH, "row": {"type": "object"}},
                "required": ["add", "row"],
                "additionalProperties": False,
            },
            {
                "type": "object",
                "properties": {"remove": _PATH, "id": _ID, "everywhere": {"type": "boolean"}},
                "required": ["remove", "id"],
                "additionalProperties": False,
            },
        ]
    },
}
_EXTENDS = {"type": "string", "description": "Folder of the base, as seen from this one"}


def scenario_json_schema() -> dict[str, Any]:
    """Give the schema of scenario.yaml: a whole scenario, or a what-if that extends one."""
    schema = Scenario.model_json_schema()
    parts = schema.pop("$defs")
    for part in (schema, *parts.values()):
        _allow_files(part)
        _local_times(part)
    whole = deepcopy(schema)
    whole["properties"]["changes"] = _CHANGES
    what_if = {
        "type": "object",
        "description": "A what-if: a base, and changes to it",
        "properties": {
            **{key: schema["properties"][key] for key in ("format", "name", "description")},
            "extends": _EXTENDS,
            "changes": _CHANGES,
        },
        "required": ["extends"],
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "plsched scenario",
        "if": {"type": "object", "required": ["extends"]},
        "then": what_if,
        "else": whole,
        "$defs": parts,
    }


def _local_times(node: Any) -> None:
    """Ask for times as people write them; JSON Schema's own time wants seconds and a zone."""
    if isinstance(node, dict):
        asked = node.get("format")
        if isinstance(asked, str) and asked in _CLOCKS:
            del node["format"]
            node["pattern"] = _CLOCKS[asked]
        for inner in node.values():
            _local_times(inner)
    elif isinstance(node, list):
        for inner in node:
            _local_times(inner)


def _allow_files(part: dict[str, Any]) -> None:
    """Let a list of objects also be the name of a file."""
    for name, field in part.get("properties", {}).items():
        if field.get("type") == "array" and "$ref" in field.get("items", {}):
            kept = {
                key: field.pop(key) for key in ("title", "description", "default") if key in field
            }
            part["properties"][name] = {**kept, "anyOf": [field, _FILE]}
