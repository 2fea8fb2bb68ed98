"""The forms of a scenario and of a plan, as JSON Schema."""

from __future__ import annotations

from fastapi import APIRouter

from plsched.api.policy import PUBLIC, PolicedRoute
from plsched.api.problems import problems
from plsched.api.schemas import JsonObject
from plsched.plan.files import plan_json_schema
from plsched.scenario.schema import scenario_json_schema

router = APIRouter(route_class=PolicedRoute, prefix="/schema", tags=["schemas"])


@router.get("/scenario", responses=problems(), openapi_extra=PUBLIC)
def get_scenario_schema() -> JsonObject:
    """Read the JSON Schema of a scenario."""
    return scenario_json_schema()


@router.get("/plan", responses=problems(), openapi_extra=PUBLIC)
def get_plan_schema() -> JsonObject:
    """Read the JSON Schema of plan.json."""
    return plan_json_schema()
