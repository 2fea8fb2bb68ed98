"""Partners' contracts: what the plan pays on each, against the maximum."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from plsched.plan.facts import Facts
from plsched.plan.partners import paid_to_experts


@dataclass(frozen=True, slots=True)
class ContractUse:
    """Fees and travel that a plan pays on a contract with a maximum."""

    name: str
    paid_cents: int
    most_cents: int

    @property
    def left_cents(self) -> int:
        """What the contract still holds."""
        return self.most_cents - self.paid_cents

    @property
    def share(self) -> Fraction | None:
        """Share of the maximum that is used."""
        return Fraction(self.paid_cents, self.most_cents) if self.most_cents else None


def contracts(facts: Facts) -> tuple[ContractUse, ...]:
    """List the contracts that have a maximum, the fullest first."""
    paid = paid_to_experts(facts)
    found = [
        ContractUse(expert.name, paid.get(expert.id, 0), expert.contract_max_cents)
        for expert in facts.scenario.experts
        if expert.contract_max_cents is not None
    ]
    return tuple(sorted(found, key=lambda c: (-(c.share or 0), c.name)))
