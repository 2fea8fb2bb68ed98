"""How long and how hard to search."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Effort:
    """What a search may spend.

    Parameters
    ----------
    seed
        Seed of all that is drawn.
    time_limit_s
        Seconds for everything up to the judged plan.
    workers
        Threads.
    exact_columns
        A district with at most so many columns is one exact model; a larger one is improved by
        neighbourhoods first.
    gap
        A tier is good enough when ``|value - bound| / max(1, |value|)`` is at most this fraction.
    steps
        ``time_limit_s`` counts what solvers do, in deterministic seconds, and not seconds of the wall:
        with one worker the same scenario, seed and limit give the same plan.
    """

    seed: int
    time_limit_s: float
    workers: int
    exact_columns: int = 3000
    gap: float = 0.0
    steps: bool = False
