"""A violation: what the judge holds against a plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from plsched.families import Family

Judged = Family | Literal["costs", "tiers", "left_out", "record"]
"""A rule family, or one of what the judge compares besides: the plan's own account of itself.

``record``: ids, times as written, what follows from the decisions. ``left_out``: whether
everything asked for either stands or is named as left out.
"""


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule that a plan breaks.

    Attributes
    ----------
    family
        Rule family, or what is compared.
    ids
        Ids of the plan and of the scenario that it is about, the plan's first.
    message
        What is wrong, with the values, in the planner's words.
    """

    family: Judged
    ids: tuple[str, ...]
    message: str

    def __str__(self) -> str:
        return f"{self.family}: {self.message}"


def names(ids: Iterable[str], most: int = 4) -> str:
    """List some ids for a message, the rest as a number."""
    listed = list(ids)
    if len(listed) <= most:
        return ", ".join(listed)
    return f"{', '.join(listed[:most])} and {len(listed) - most} more"
