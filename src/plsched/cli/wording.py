"""Numbers of the tiers as people say them."""

from __future__ import annotations

from plsched.money import dollars


def counted(number: int, one: str, many: str | None = None) -> str:
    """Write a number with its noun: ``1 site``, ``2 sites``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def in_units(tier: str, value: int | None) -> str:
    """Write a tier's value or bound: money as dollars, the rest as whole numbers."""
    if value is None:
        return "–"
    return dollars(value) if tier == "cost" else f"{value:,}"


def percent(gap: float | None) -> str:
    """Write a gap, which is a fraction; ``–`` when no bound is known."""
    if gap is None:
        return "–"
    return "0 %" if gap == 0 else f"{100 * gap:.2f} %"
