from collections.abc import Callable

from plsched.plan.models import Plan
from tests.plan.breaks.breaking import Break


def _tier(name: str, **values: object) -> Callable[[Plan], Plan]:
    def after(plan: Plan) -> Plan:
        tiers = [t.model_copy(update=values) if t.name == name else t for t in plan.tiers]
        return plan.model_copy(update={"tiers": tuple(tiers)})

    return after


def _optimal(plan: Plan) -> Plan:
    return plan.model_copy(update={"status": "OPTIMAL"})


def _one_missing(plan: Plan) -> Plan:
    return plan.model_copy(update={"tiers": plan.tiers[1:]})


def _other_order(plan: Plan) -> Plan:
    return plan.model_copy(update={"tiers": plan.tiers[::-1]})


BREAKS = (
    Break("reach too high", after=_tier("reach", value=18_406)),
    Break("cost a cent too low", after=_tier("cost", value=571_919)),
    Break("required too high", after=_tier("required", value=5)),
    Break("comfort too low", after=_tier("comfort", value=0)),
    Break("a bound without a gap", after=_tier("cost", bound=571_920)),
    Break("a gap without a bound", after=_tier("cost", gap=0.0)),
    Break("a gap that is too small", after=_tier("cost", bound=500_000, gap=0.01)),
    Break("a bound on the wrong side", after=_tier("required", bound=3, gap=0.25)),
    Break("a cost over its bound", after=_tier("comfort", bound=57, gap=1 / 56)),
    Break("the wrong sense", after=_tier("cost", sense="max")),
    Break("optimal without proof", after=_optimal),
    Break("a tier missing", after=_one_missing),
    Break("another order", after=_other_order),
)
