"""Money in integer cents: declared rounding, and shares that lose nothing."""

from __future__ import annotations

from collections.abc import Sequence


def round_half_up(numerator: int, denominator: int) -> int:
    """Divide cents, halves away from zero: the rounding this product declares everywhere.

    Parameters
    ----------
    numerator
        Cents times the divisor's unit; any sign.
    denominator
        Greater than zero.

    Examples
    --------
    >>> round_half_up(25787, 2)
    12894
    """
    if denominator <= 0:
        raise ValueError(f"denominator must be positive, got {denominator}")
    magnitude = (2 * abs(numerator) + denominator) // (2 * denominator)
    return magnitude if numerator >= 0 else -magnitude


def pay(cents_per_hour: int, minutes: int) -> int:
    """Cents for some minutes at an hourly rate, rounded half up."""
    return round_half_up(cents_per_hour * minutes, 60)


def split(amount_cents: int, weights: Sequence[int]) -> list[int]:
    """Split an amount in proportion to weights by largest remainder; the parts add up exactly.

    Ties go to the earlier part.

    Examples
    --------
    >>> split(350_000, [1] * 9)
    [38889, 38889, 38889, 38889, 38889, 38889, 38889, 38889, 38888]
    """
    total = sum(weights)
    if amount_cents < 0 or total <= 0 or min(weights) < 0:
        raise ValueError("split needs an amount >= 0 and weights >= 0 that are not all zero")
    parts = [amount_cents * w // total for w in weights]
    by_remainder = sorted(
        range(len(weights)), key=lambda i: (-(amount_cents * weights[i] % total), i)
    )
    for i in by_remainder[: amount_cents - sum(parts)]:
        parts[i] += 1
    return parts


def dollars(cents: int) -> str:
    """Write cents as dollars, for people: ``$1,234.50``."""
    sign = "-" if cents < 0 else ""
    return f"{sign}${abs(cents) // 100:,}.{abs(cents) % 100:02d}"
