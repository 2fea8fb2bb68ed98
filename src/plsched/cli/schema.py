"""``plsched schema``: the forms of a scenario and of plan.json."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer


def schema(
    plan: Annotated[bool, typer.Option("--plan", help="The form of plan.json instead.")] = False,
) -> None:
    """Print the JSON Schema of a scenario, for editors and checks, or that of plan.json."""
    print(json.dumps(_form(plan), indent=2))


def _form(plan: bool) -> dict[str, Any]:
    if plan:
        from plsched.plan.files import plan_json_schema

        return plan_json_schema()
    from plsched.scenario.schema import scenario_json_schema

    return scenario_json_schema()
