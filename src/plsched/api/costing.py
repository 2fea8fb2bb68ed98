"""Both ledgers of a plan as the API tells them."""

from __future__ import annotations

from plsched.api.schemas import Breakdown, CostRow, CostsOut, EducatorCost, Ledgers
from plsched.plan.models import Plan
from plsched.plan.summary import Sums, educator_shares, summarize
from plsched.scenario.models import Scenario


def costs_of(scenario: Scenario, plan: Plan) -> CostsOut:
    """Break both ledgers of a plan down, along each path and for each educator reached."""
    summary = summarize(plan)
    names = {educator.id: educator.name for educator in scenario.educators}
    return CostsOut(
        total=_ledgers(summary.total),
        by=tuple(
            Breakdown(
                dimension=dimension,
                rows=tuple(CostRow(value=v, sums=_ledgers(s)) for v, s in rows.items()),
            )
            for dimension, rows in summary.by.items()
        ),
        educators_reached=len(summary.whole.educators),
        cash_cents_per_educator=summary.whole.cash_per_educator,
        economic_cents_per_educator=summary.whole.economic_per_educator,
        educators=tuple(
            EducatorCost(educator=who, name=names.get(who or ""), sums=_ledgers(sums))
            for who, sums in educator_shares(plan).items()
        ),
    )


def _ledgers(sums: Sums) -> Ledgers:
    return Ledgers(cash_cents=sums.cash_cents, economic_cents=sums.economic_cents)
