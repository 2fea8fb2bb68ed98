"""Figures that the report measures by; no plan depends on them."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated

from pydantic import Field, model_validator

from plsched.scenario.models.base import Cents, Model


class Yardsticks(Model):
    """Customary figures, to be changed to the district's own.

    ``teachers_per_coach`` is the most teachers that one full-time coach should have.
    ``cost_bands_cents`` are the upper ends of the bands of scopes of work: the first band is under
    its end, each later one includes its own, and what is over the last is a band of its own.
    """

    teachers_per_coach: Annotated[int, Field(ge=1, le=10_000)] = 45
    cost_bands_cents: Annotated[tuple[Cents, ...], Field(min_length=1, max_length=20)] = (
        5_000_000,
        10_000_000,
        50_000_000,
        100_000_000,
    )

    @model_validator(mode="after")
    def _rising(self) -> Yardsticks:
        if any(a >= b for a, b in pairwise(self.cost_bands_cents)):
            raise ValueError("cost_bands_cents do not rise; write the smallest end first")
        return self
