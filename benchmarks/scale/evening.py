"""A Sunday evening: which planners begin when, and what each asks for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.scale.districts import Scale
from benchmarks.scale.inputs import Inputs

HOUR_S = 3600.0


@dataclass(frozen=True, slots=True)
class Planner:
    """A planner's evening.

    Attributes
    ----------
    begins_s
        When the first questions are asked.
    batches
        Seconds that each run takes on one worker; those of a batch are asked for together, the next
        batch when the last one is answered and thought about.
    thinks_s
        Thinking time before each batch but the first.
    """

    begins_s: float
    batches: tuple[tuple[float, ...], ...]
    thinks_s: tuple[float, ...]


def planners(
    scale: Scale,
    inputs: Inputs,
    seed: int,
    *,
    speed: float = 1.0,
    more: float = 1.0,
    hours: float | None = None,
) -> list[Planner]:
    """Draw one planner for each district.

    Parameters
    ----------
    speed
        Factor on the time of every run.
    more
        Factor on the number of what-ifs.
    hours
        In which planners begin; ``None`` takes those of the inputs.
    """
    rng = np.random.default_rng(seed)
    asked = inputs.evening
    usual = inputs.by_size("run_s", scale.educators)
    longest = asked.longest_s.value
    least, most = int(asked.what_ifs_least.value), int(asked.what_ifs_most.value)
    within_s = (asked.hours.value if hours is None else hours) * HOUR_S
    evening: list[Planner] = []
    for run_s in usual:
        count = max(1, round(rng.integers(least, most + 1) * more))
        spread = rng.lognormal(0.0, asked.run_sigma.value, count)
        runs = np.minimum(run_s * spread, longest) * speed
        batches = _batches(runs.tolist(), int(asked.at_once.value), rng)
        thinks = rng.lognormal(
            np.log(asked.think_median_s.value), asked.think_sigma.value, len(batches) - 1
        )
        # Most begin in the first half; the middle of three hours is not sharper than that.
        begins = rng.beta(1.5, 2.0) * within_s
        evening.append(Planner(float(begins), batches, tuple(thinks.tolist())))
    return evening


def _batches(
    runs: list[float], most: int, rng: np.random.Generator
) -> tuple[tuple[float, ...], ...]:
    found: list[tuple[float, ...]] = []
    while runs:
        size = int(rng.integers(1, most + 1))
        found.append(tuple(runs[:size]))
        runs = runs[size:]
    return tuple(found)
