"""Whether substitutes come in the number needed: the chance, and how many are missing."""

from __future__ import annotations

from fractions import Fraction
from math import comb


def chance_short(size: int, fill_percent: int, needed: int) -> Fraction:
    """Give the chance that fewer subs come than are needed.

    Each of ``size`` subs comes with chance ``p = fill_percent / 100``, independently, so the number
    who come is binomial: ``P(Bin(size, p) < needed)``, summed exactly.

    Examples
    --------
    >>> chance_short(2, 50, 2)
    Fraction(3, 4)
    """
    return sum(_chances(size, fill_percent, needed), start=Fraction(0))


def expected_short(size: int, fill_percent: int, needed: int) -> Fraction:
    """Give how many of the subs needed are missing on average: ``E[max(0, needed - Bin(size, p))]``.

    Examples
    --------
    >>> expected_short(2, 50, 2)
    Fraction(1, 1)
    """
    chances = _chances(size, fill_percent, needed)
    return sum(((needed - k) * p for k, p in enumerate(chances)), start=Fraction(0))


def _chances(size: int, fill_percent: int, needed: int) -> list[Fraction]:
    """Give the chances that 0, 1, ... subs come, for each number below the one needed."""
    if not 0 <= fill_percent <= 100:
        raise ValueError(f"fill_percent {fill_percent} is not within 0 to 100")
    comes, stays = fill_percent, 100 - fill_percent
    return [
        Fraction(comb(size, k) * comes**k * stays ** (size - k), 100**size)
        for k in range(min(needed, size + 1))
    ]
