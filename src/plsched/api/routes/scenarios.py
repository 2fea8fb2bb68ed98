"""Scenarios: sent in, checked, kept."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Response

from plsched.access import Permission
from plsched.api.headers import LOCATION
from plsched.api.paging import PAGES, Paging
from plsched.api.policy import PolicedRoute, needs
from plsched.api.problems import Answers, problems
from plsched.api.schemas import (
    FindingOut,
    JsonObject,
    Page,
    ScenarioAccepted,
    ScenarioOut,
    ScenarioWhole,
)
from plsched.api.services import Serving
from plsched.errors import ScenarioError
from plsched.scenario.check import from_mapping

router = APIRouter(route_class=PolicedRoute, prefix="/scenarios", tags=["scenarios"])

ADDED: Answers = {
    200: {
        "description": "It was there already.",
        "model": ScenarioAccepted,
        "headers": LOCATION,
    },
    201: {"description": "It is kept.", "headers": LOCATION},
}


@router.post(
    "", status_code=201, responses=ADDED | problems(422), openapi_extra=needs(Permission.PLAN)
)
def add_scenario(
    content: Annotated[JsonObject, Body()], services: Serving, response: Response
) -> ScenarioAccepted:
    """Send a scenario in, with all its tables inline; every finding is told at once."""
    checked = from_mapping(content)
    if checked.scenario is None:
        raise ScenarioError(checked.findings)
    stored, is_new = services.keep(checked.scenario)
    response.status_code = 201 if is_new else 200
    response.headers["Location"] = f"/v1/scenarios/{stored.id}"
    warnings = tuple(FindingOut.of(finding) for finding in checked.findings)
    return ScenarioAccepted(**ScenarioOut.of(stored).model_dump(), warnings=warnings)


@router.get("", responses=PAGES | problems(404, 422), openapi_extra=needs(Permission.READ))
def list_scenarios(services: Serving, window: Paging) -> Page[ScenarioOut]:
    """List the scenarios, newest first."""
    found, total = services.scenarios.page(limit=window.limit, after=window.after)
    return window.page([ScenarioOut.of(stored) for stored in found], total)


@router.get("/{scenario_id}", responses=problems(404), openapi_extra=needs(Permission.PAY))
def get_scenario(scenario_id: str, services: Serving) -> ScenarioWhole:
    """Read a scenario."""
    stored = ScenarioOut.of(services.scenarios.get(scenario_id))
    return ScenarioWhole(**stored.model_dump(), scenario=services.scenarios.content(scenario_id))
