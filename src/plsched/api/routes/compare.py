"""Plans side by side: as JSON, as a table, as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from plsched.access import Permission
from plsched.api.planbook import OpenPlan
from plsched.api.policy import PolicedRoute, needs
from plsched.api.problems import problems
from plsched.api.services import Serving
from plsched.api.tables import csv_answers, csv_file, xlsx_answers, xlsx_file
from plsched.exports.tables import compared_csv, compared_xlsx
from plsched.plan.compare import Candidate, Comparison, compare

router = APIRouter(route_class=PolicedRoute, prefix="/compare", tags=["plans"])

MAX_COMPARED = 8


def _opened(
    plan: Annotated[
        list[str],
        Query(
            min_length=2, max_length=MAX_COMPARED, description="Ids of plans, the first one first."
        ),
    ],
    services: Serving,
) -> list[OpenPlan]:
    return [services.book.open(plan_id) for plan_id in plan]


Opened = Annotated[list[OpenPlan], Depends(_opened)]


@router.get("", responses=problems(404, 422), openapi_extra=needs(Permission.PAY))
def compare_plans(opened: Opened) -> Comparison:
    """Put plans side by side: reach, costs, coverage, what each leaves out, what moved."""
    return _compare(opened)


@router.get(
    ".csv",
    response_class=Response,
    responses=csv_answers("The comparison, a column for each plan.") | problems(404, 422),
    openapi_extra=needs(Permission.PAY),
)
def compare_plans_csv(opened: Opened, request: Request) -> Response:
    """Put plans side by side in a table; amounts are decimal dollars."""
    at = max(one.stored.created_at for one in opened)
    return csv_file(request, compared_csv(_compare(opened)), changed_at=at, name="comparison.csv")


@router.get(
    ".xlsx",
    response_class=Response,
    responses=xlsx_answers("The comparison, a column for each plan.") | problems(404, 422),
    openapi_extra=needs(Permission.PAY),
)
def compare_plans_xlsx(opened: Opened, request: Request) -> Response:
    """Put plans side by side in a workbook."""
    at = max(one.stored.created_at for one in opened)
    content = compared_xlsx(_compare(opened), at.date())
    return xlsx_file(request, content, changed_at=at, name="comparison.xlsx")


def _compare(opened: Sequence[OpenPlan]) -> Comparison:
    return compare([Candidate(one.stored.scenario_name, one.scenario, one.plan) for one in opened])
