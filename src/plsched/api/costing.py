"""Both ledgers of a plan as the API tells them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import Query
from pydantic import AfterValidator

from plsched.api.schemas import Breakdown, CostRow, CostsOut, Ledgers
from plsched.exports.tables import AXES, MOST_AXES, Axis, Crossed, check_axes, cross
from plsched.plan.models import Plan
from plsched.plan.summary import Sums, summarize
from plsched.scenario.models import Scenario


def _checked(axes: list[Axis]) -> list[Axis]:
    if axes:
        check_axes(axes)
    return axes


By = Annotated[
    list[Axis],
    Query(
        max_length=MOST_AXES,
        description="Break down along this dimension; several are crossed, but `educator` alone.",
        examples=[["fund", "term"]],
    ),
    AfterValidator(_checked),
]


def costs_of(scenario: Scenario, plan: Plan, by: Sequence[Axis]) -> CostsOut:
    """Break both ledgers of a plan down: along what is asked for, or along each path in turn."""
    whole = summarize(plan).whole
    asked = [by] if by else [[axis] for axis in AXES]
    return CostsOut(
        total=_ledgers(whole.sums),
        breakdowns=tuple(_breakdown(cross(scenario, plan, axes)) for axes in asked),
        educators_reached=len(whole.educators),
        cash_cents_per_educator=whole.cash_per_educator,
        economic_cents_per_educator=whole.economic_per_educator,
    )


def _breakdown(crossed: Crossed) -> Breakdown:
    rows = (
        CostRow(values=row.values, names=row.names, sums=_ledgers(row.sums)) for row in crossed.rows
    )
    return Breakdown(by=crossed.axes, rows=tuple(rows))


def _ledgers(sums: Sums) -> Ledgers:
    return Ledgers(cash_cents=sums.cash_cents, economic_cents=sums.economic_cents)
