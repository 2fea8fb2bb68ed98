"""What a search found: the best solution, and what is proven of each tier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from plsched.solver.incumbent import gap_of, sign
from plsched.solver.model import Objective


@dataclass(slots=True)
class TierBound:
    """What the search proved of a tier."""

    objective: Objective
    value: int
    bound: int | None

    @property
    def gap(self) -> float | None:
        """Distance to the bound, as a share of the value."""
        return gap_of(self.value, self.bound)


@dataclass(slots=True)
class Found:
    """The best solution, and what is proven of it; no values when there is none."""

    values: list[int] = field(default_factory=list)
    tiers: list[TierBound] = field(default_factory=list)
    infeasible: bool = False
    cancelled: bool = False


def take_over(tiers: Sequence[TierBound], reached: Sequence[int]) -> None:
    """Give tiers what another plan reaches; a bound goes where an earlier tier is worse now.

    It was proven of plans that are at least as good in each tier before it.
    """
    worse = False
    for tier, value in zip(tiers, reached, strict=True):
        if worse:
            tier.bound = tier.objective.limit
        worse = worse or sign(tier.objective) * (value - tier.value) > 0
        tier.value = value
