"""What a search says of itself while it runs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """State of a search: the tier at work, its incumbent, bound and gap.

    ``stage``: ``index``, ``build``, ``search``, ``improve``, ``confirm``, ``explain`` or ``judge``.
    """

    elapsed_s: float
    stage: str
    tier: str | None = None
    value: int | None = None
    bound: int | None = None
    gap: float | None = None
    message: str = ""
