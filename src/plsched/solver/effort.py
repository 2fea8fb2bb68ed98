"""How long and how hard to search."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Effort:
    """Seed, seconds for everything up to the judged plan, and threads."""

    seed: int
    time_limit_s: float
    workers: int
