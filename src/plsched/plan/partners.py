"""What partners are paid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from plsched.plan.charges import hourly_fee
from plsched.plan.facts import Facts


def paid_to_experts(facts: Facts) -> Mapping[str, int]:
    """Fees and travel of each expert, in cents."""
    paid: dict[str, int] = defaultdict(int)
    for (expert_id, _, _), lines in facts.ledger.expert_days.items():
        paid[expert_id] += sum(line.cash_cents for line in lines)
    for stand in facts.stands:
        for expert in (*stand.experts, *stand.partners):
            if expert.rate is not None and expert.rate.unit == "hour":
                paid[expert.id] += sum(hourly_fee(expert.rate, p.minutes) for p in stand.pieces)
    return paid
