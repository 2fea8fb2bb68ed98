"""What a plan costs: as JSON, as a table, as a workbook."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from plsched.access import Permission
from plsched.api.conditional import conditional
from plsched.api.costing import costs_of
from plsched.api.policy import PolicedRoute, needs
from plsched.api.problems import Answers, problems
from plsched.api.schemas import CostsOut
from plsched.api.services import Serving
from plsched.exports.tables import costs_csv, costs_xlsx

router = APIRouter(route_class=PolicedRoute, prefix="/plans/{plan_id}", tags=["costs"])

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _file(media_type: str, what: str) -> Answers:
    return {
        200: {"description": what, "content": {media_type: {"schema": {"type": "string"}}}},
        304: {"description": "The copy that you have is still right."},
    }


@router.get("/costs", responses=problems(404), openapi_extra=needs(Permission.PAY))
def get_costs(plan_id: str, services: Serving) -> CostsOut:
    """Read both ledgers, broken down; each breakdown adds up to the total, to the cent."""
    opened = services.book.open(plan_id)
    return costs_of(opened.scenario, opened.plan)


@router.get(
    "/costs.csv",
    response_class=Response,
    responses=_file("text/csv", "Every cost line.") | problems(404),
    openapi_extra=needs(Permission.PAY),
)
def get_costs_csv(plan_id: str, request: Request, services: Serving) -> Response:
    """Read every cost line as a table."""
    opened = services.book.open(plan_id)
    content = costs_csv(opened.scenario, opened.plan).encode()
    at = opened.stored.created_at
    return conditional(
        request, content, "text/csv; charset=utf-8", changed_at=at, file_name="costs.csv"
    )


@router.get(
    "/costs.xlsx",
    response_class=Response,
    responses=_file(XLSX, "The workbook.") | problems(404),
    openapi_extra=needs(Permission.PAY),
)
def get_costs_xlsx(plan_id: str, request: Request, services: Serving) -> Response:
    """Read the costs as a workbook: summary, lines, substitutes, what is left out."""
    opened = services.book.open(plan_id)
    content = costs_xlsx(opened.scenario, opened.plan)
    at = opened.stored.created_at
    return conditional(request, content, XLSX, changed_at=at, file_name="costs.xlsx")
