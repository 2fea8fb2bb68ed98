"""The values, bounds and gaps that a plan claims."""

from __future__ import annotations

import math
from collections.abc import Iterator

from plsched.plan.facts import Facts
from plsched.plan.models import Status, TierResult
from plsched.plan.tiers import tier_values
from plsched.plan.verify.violation import Violation

MOST = frozenset({"required", "reach"})


def check_tiers(facts: Facts) -> Iterator[Violation]:
    """Compare each tier's value with the plan, and its gap and bound with the value.

    Without a baseline at hand a plan may still report its distance; it is then taken as it is.
    """
    values = dict(tier_values(facts))
    claimed = [tier.name for tier in facts.plan.tiers]
    order = facts.scenario.policy.tiers
    expected = [t for t in order if t in values or (t == "distance" and t in claimed)]
    if claimed != expected:
        text = f"tiers are {', '.join(claimed) or 'none'}, not {', '.join(expected)}"
        yield Violation("tiers", tuple(claimed), text)
    for tier in facts.plan.tiers:
        value = values.get(tier.name)
        if value is not None and tier.value != value:
            text = f"{tier.name} is {tier.value}, computed {value}"
            yield Violation("tiers", (tier.name,), text)
        for text in _gap(tier, facts.plan.status):
            yield Violation("tiers", (tier.name,), f"{tier.name}: {text}")


def _gap(tier: TierResult, status: Status) -> Iterator[str]:
    sense = "max" if tier.name in MOST else "min"
    if tier.sense != sense:
        yield f"sense is {tier.sense}, not {sense}"
    if tier.bound is None:
        if tier.gap is not None:
            yield f"gap {tier.gap} without a bound"
    else:
        gap = abs(tier.value - tier.bound) / max(1, abs(tier.value))
        if tier.gap is None or not math.isclose(tier.gap, gap, rel_tol=1e-9, abs_tol=1e-12):
            yield f"gap is {tier.gap}, computed {gap} from {tier.value} and bound {tier.bound}"
        if (tier.bound < tier.value) if sense == "max" else (tier.bound > tier.value):
            side = "under" if sense == "max" else "over"
            yield f"bound {tier.bound} is {side} the value {tier.value}"
    if status == "OPTIMAL" and tier.bound != tier.value:
        yield f"the plan is called optimal, with bound {tier.bound} and value {tier.value}"
