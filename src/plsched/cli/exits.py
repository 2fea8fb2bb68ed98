"""What the exit codes mean; scripts rely on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

if TYPE_CHECKING:
    from plsched.plan.models import Plan

PLAN = 0
OUR_FAULT = 1
BAD_INPUT = 2
INFEASIBLE = 3
NO_PLAN_IN_TIME = 4
VIOLATIONS = 5
STOPPED = 130


def has_plan(plan: Plan) -> bool:
    """Tell whether there is something to write: an optimal, feasible or best-so-far plan."""
    return plan.status in {"OPTIMAL", "FEASIBLE"} or (
        plan.status == "CANCELLED" and bool(plan.tiers)
    )


def exit_code(plan: Plan) -> int:
    """Give the exit code of a solve."""
    match plan.status:
        case "OPTIMAL" | "FEASIBLE":
            return PLAN
        case "INFEASIBLE":
            return INFEASIBLE
        case "NO_PLAN_IN_TIME":
            return NO_PLAN_IN_TIME
        case "CANCELLED":
            return PLAN if has_plan(plan) else STOPPED
        case _:
            assert_never(plan.status)
