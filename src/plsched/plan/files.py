"""plan.json: read, written, described."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from plsched.errors import PlanFileError
from plsched.plan.models import Plan

MOST_FAULTS = 5


def read_plan(path: Path) -> Plan:
    """Read a plan.

    Raises
    ------
    PlanFileError
        The file is missing, is not UTF-8, is not JSON, or does not follow the schema; the
        message names the file, the place, the value and what to do.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise PlanFileError(f"{path}: there is no such file; give the plan.json of a run") from None
    except OSError as error:
        raise PlanFileError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise PlanFileError(f"{path}: byte {error.start} is not UTF-8; save it as UTF-8") from error
    return parse_plan(text, str(path))


def parse_plan(text: str, name: str) -> Plan:
    """Read a plan from JSON; ``name`` stands for the file in messages.

    Raises
    ------
    PlanFileError
        The text is not JSON or does not follow the schema.
    """
    try:
        return Plan.model_validate_json(text)
    except ValidationError as error:
        faults = [_fault(dict(fault)) for fault in error.errors(include_url=False)]
        more = len(faults) - MOST_FAULTS
        listed = "; ".join(faults[:MOST_FAULTS]) + (f"; and {more} more" if more > 0 else "")
        raise PlanFileError(
            f"{name}: is no plan: {listed}. Maybe another file was meant, or another version "
            "of plsched wrote it; `plsched schema --plan` describes the format"
        ) from error


def plan_json(plan: Plan) -> str:
    """Write a plan as JSON: keys sorted, so equal plans give equal bytes."""
    data = plan.model_dump(mode="json")
    return json.dumps(data, sort_keys=True, indent=1, ensure_ascii=False) + "\n"


def write_plan(plan: Plan, path: Path) -> None:
    """Write plan.json; a reader never sees half of it."""
    part = path.with_name(path.name + ".part")
    part.write_text(plan_json(plan), encoding="utf-8", newline="\n")
    part.replace(path)


def plan_json_schema() -> dict[str, Any]:
    """Describe plan.json as JSON Schema (2020-12)."""
    schema = Plan.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _fault(fault: dict[str, Any]) -> str:
    where = ".".join(str(part) for part in fault["loc"]) or "the file"
    value = repr(fault["input"])
    shown = value if len(value) <= 60 else value[:57] + "..."
    return f"{where}: {fault['msg']} (value: {shown})"
