"""The chance that substitutes do not come in the number needed."""

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
    if not 0 <= fill_percent <= 100:
        raise ValueError(f"fill_percent {fill_percent} is not within 0 to 100")
    comes, stays = fill_percent, 100 - fill_percent
    ways = sum(comb(size, k) * comes**k * stays ** (size - k) for k in range(min(needed, size + 1)))
    return Fraction(ways, 100**size)
