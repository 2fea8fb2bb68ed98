"""Cost bands of scopes of work: each pathway and each partner, travel included."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from plsched.money import dollars
from plsched.plan.facts import Facts
from plsched.plan.partners import paid_to_experts
from plsched.plan.summary import Sums, summarize


@dataclass(frozen=True, slots=True)
class Banded:
    """What something costs in cash, and the band that this falls in: 0 is the cheapest."""

    kind: Literal["pathway", "partner"]
    id: str
    name: str
    cash_cents: int
    band: int


def cost_bands(facts: Facts) -> tuple[Banded, ...]:
    """Find the band of each pathway and of each partner who is paid."""
    return tuple(_banded(facts))


def band_of(cents: int, ends: Sequence[int]) -> int:
    """Give the number of a band: the first is under its end, each later one includes its own."""
    return 0 if cents < ends[0] else max(1, bisect_left(ends, cents))


def band_words(band: int, ends: Sequence[int]) -> str:
    """Name a band: ``under $50,000``, ``$50,000 to $100,000``, ``over $1,000,000``."""
    if band == 0:
        return f"under {_round(ends[0])}"
    if band < len(ends):
        return f"{_round(ends[band - 1])} to {_round(ends[band])}"
    return f"{_round(ends[-1])} and over" if len(ends) == 1 else f"over {_round(ends[-1])}"


def _round(cents: int) -> str:
    return dollars(cents).removesuffix(".00")


def _banded(facts: Facts) -> Iterator[Banded]:
    ends = facts.scenario.yardsticks.cost_bands_cents
    sums = summarize(facts.plan).by["pathway"]
    for pathway in facts.scenario.pathways:
        cents = sums.get(pathway.id, Sums()).cash_cents
        yield Banded("pathway", pathway.id, pathway.name, cents, band_of(cents, ends))
    paid = paid_to_experts(facts)
    for expert in facts.scenario.experts:
        if paid.get(expert.id):
            cents = paid[expert.id]
            yield Banded("partner", expert.id, expert.name, cents, band_of(cents, ends))
