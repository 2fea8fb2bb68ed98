"""What a plan costs: as JSON, as a table, as a workbook."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from plsched.access import Permission
from plsched.api.costing import By, costs_of
from plsched.api.policy import PolicedRoute, needs
from plsched.api.problems import problems
from plsched.api.reconciling import reconciled
from plsched.api.schemas import CostsOut
from plsched.api.services import Serving
from plsched.api.tables import csv_answers, csv_file, xlsx_answers, xlsx_file
from plsched.exports.tables import costs_csv, costs_xlsx, cross, crossed_csv, crossed_xlsx
from plsched.plan.reconciliation import Reconciliation

router = APIRouter(route_class=PolicedRoute, prefix="/plans/{plan_id}", tags=["costs"])


@router.get("/costs", responses=problems(404, 422), openapi_extra=needs(Permission.PAY))
def get_costs(plan_id: str, services: Serving, by: By = []) -> CostsOut:  # noqa: B006 - never changed
    """Read both ledgers, broken down; each breakdown adds up to the total, to the cent.

    Without `by` there is one breakdown along each dimension.
    """
    opened = services.book.open(plan_id)
    return costs_of(opened.scenario, opened.plan, by)


@router.get(
    "/costs.csv",
    response_class=Response,
    responses=csv_answers("The table.") | problems(404, 422),
    openapi_extra=needs(Permission.PAY),
)
def get_costs_csv(plan_id: str, request: Request, services: Serving, by: By = []) -> Response:  # noqa: B006 - never changed
    """Read a breakdown as a table; without `by`, every cost line. Amounts are decimal dollars."""
    opened = services.book.open(plan_id)
    seen, at = (opened.scenario, opened.plan), opened.stored.created_at
    content = crossed_csv(cross(*seen, by)) if by else costs_csv(*seen)
    return csv_file(request, content, changed_at=at, name="costs.csv")


@router.get(
    "/costs.xlsx",
    response_class=Response,
    responses=xlsx_answers("The workbook.") | problems(404, 422),
    openapi_extra=needs(Permission.PAY),
)
def get_costs_xlsx(plan_id: str, request: Request, services: Serving, by: By = []) -> Response:  # noqa: B006 - never changed
    """Read a breakdown as a workbook; without `by`, all of them, and every cost line."""
    opened = services.book.open(plan_id)
    seen, at = (opened.scenario, opened.plan), opened.stored.created_at
    content = crossed_xlsx(opened.scenario, cross(*seen, by)) if by else costs_xlsx(*seen)
    return xlsx_file(request, content, changed_at=at, name="costs.xlsx")


@router.get("/reconciliation", responses=problems(404, 422), openapi_extra=needs(Permission.PAY))
def get_reconciliation(
    plan_id: str,
    services: Serving,
    records: Annotated[
        str | None,
        Query(description="Scenario whose records are read: the plan's own, with later records."),
    ] = None,
) -> Reconciliation:
    """Set what the plan pays against what the books hold: the postings of a scenario's records."""
    return reconciled(services, plan_id, records)
