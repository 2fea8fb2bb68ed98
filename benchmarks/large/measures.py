"""Gaps over time, from the events of all contenders of an instance."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from benchmarks.large.events import LARGER_IS_BETTER, TIERS, Event


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a contender on an instance.

    ``status`` is that of the plan, or why there is none; ``tiers`` are the judge's values of the
    last plan; ``raw`` is whatever else was told.
    """

    size: str
    seed: int
    contender: str
    limit_s: float
    status: str
    events: tuple[Event, ...] = ()
    tiers: Mapping[str, int] = field(default_factory=dict)
    violations: int = 0
    peak_mib: float | None = None
    wall_s: float | None = None
    raw: Mapping[str, object] = field(default_factory=dict)

    @property
    def first_s(self) -> float | None:
        """Second of the first plan, however little stands in it."""
        return next((e.at_s for e in self.events if e.values), None)

    @property
    def first_whole_s(self) -> float | None:
        """Second of the first plan in which as many required things stand as in the last."""
        last = self.values_at(math.inf).get("required")
        if last is None:
            return None
        return next(e.at_s for e in self.events if e.values.get("required") == last)

    def values_at(self, second: float) -> Mapping[str, int]:
        """Tiers of the best plan at a second, as far as they were told."""
        found: Mapping[str, int] = {}
        for event in self.events:
            if event.at_s <= second and event.values:
                found = event.values
        return found


Bounds = Sequence[Event]
"""Events that prove something, of any run of one instance."""


def bounds_of(runs: Iterable[Run]) -> Bounds:
    """Collect what was proven of an instance, whoever did."""
    return [e for run in runs for e in run.events if e.bound is not None]


def bound_for(tier: str, values: Mapping[str, int], bounds: Bounds) -> int | None:
    """Give the tightest bound that holds for a plan.

    A tier is bounded under values of the tiers before it; that holds for a plan which is at least
    as good in each of those. For other plans there is no bound to compare with.
    """
    known = [
        e.bound
        for e in bounds
        if e.bound is not None and e.tier == tier and _at_least_as_good(values, e.under)
    ]
    if not known:
        return None
    return min(known) if tier in LARGER_IS_BETTER else max(known)


def _at_least_as_good(values: Mapping[str, int], under: Mapping[str, int]) -> bool:
    return all(
        tier in values and (values[tier] >= v if tier in LARGER_IS_BETTER else values[tier] <= v)
        for tier, v in under.items()
    )


def gap_at(run: Run, tier: str, second: float, bounds: Bounds) -> float | None:
    """Give the gap of a tier at a second to the tightest bound that anybody ever proved."""
    values = run.values_at(second)
    if tier not in values or second > max(run.limit_s, run.wall_s or 0):
        return None
    bound = bound_for(tier, values, bounds)
    return None if bound is None else abs(values[tier] - bound) / max(1, abs(values[tier]))


def time_to(run: Run, tier: str, gap: float, bounds: Bounds) -> float | None:
    """Give the first second at which a tier is within a gap."""
    for event in run.events:
        now = gap_at(run, tier, event.at_s, bounds)
        if now is not None and now <= gap:
            return event.at_s
    return None


def middle(numbers: Sequence[float | None]) -> float | None:
    """Give the median over seeds; a run without a number counts as worse than any with one."""
    if not numbers:
        return None
    found = median(math.inf if n is None else n for n in numbers)
    return None if math.isinf(found) else found


def tiers_told(run: Run) -> list[str]:
    """Name the tiers of which something is known, in their order."""
    return [t for t in TIERS if t in run.tiers]
