"""The instances: sizes and seeds of `plsched generate`. None is tuned to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """What the full solver is to reach: seconds, a fraction, MiB."""

    first_plan_s: float
    gap: float
    gap_at_s: float
    memory_mib: float


@dataclass(frozen=True, slots=True)
class Size:
    """A size of district: its educators, the time limit of a run, the memory a contender may take.

    ``target`` is ``None`` for sizes that are tried only.
    """

    name: str
    educators: int
    limit_s: float
    memory_limit_mib: float
    target: Target | None = None


SIZES: Mapping[str, Size] = {
    "S": Size("S", 250, 60, 4_000, Target(1, 0.0, 20, 600)),
    "M": Size("M", 1_500, 600, 8_000, Target(3, 0.005, 60, 1_000)),
    "L": Size("L", 7_000, 600, 12_000, Target(10, 0.01, 120, 2_500)),
    "XL": Size("XL", 50_000, 900, 16_000, Target(90, 0.03, 600, 8_000)),
}
SEEDS = (0, 1, 2)


def size_of(name: str) -> Size:
    """Give a size by its name, or one of so many educators, to try the benchmark itself."""
    known = SIZES.get(name)
    if known is not None:
        return known
    if not name.isdigit():
        raise ValueError(f"no size {name!r}: give one of {', '.join(SIZES)}, or a number")
    return Size(name, int(name), 60, 8_000)
