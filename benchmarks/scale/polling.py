"""A day of calendar apps that ask for their feeds, second by second."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.scale.districts import Scale
from benchmarks.scale.inputs import App, Inputs

DAY_S = 86_400
HOUR_S = 3_600
PUBLISHED_H = (18, 22)
"""Sunday evening: when planners have seen enough, each district publishes once."""

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Day:
    """Polls of each second of a day; ``whole`` are those answered with the whole feed, not a 304."""

    polls: Counts
    whole: Counts


@dataclass(frozen=True, slots=True)
class _Pollers:
    """Devices that ask in one way; ``changed_s`` is when their feed changes, −1 for never."""

    changed_s: NDArray[np.int64]
    conditional: NDArray[np.bool_]


def day(scale: Scale, inputs: Inputs, seed: int, by_the_clock: float | None = None) -> Day:
    """Simulate the day on which every district publishes a plan.

    Parameters
    ----------
    by_the_clock
        Share of devices of every app that ask at full hours; ``None`` takes that of each app.
    """
    rng = np.random.default_rng(seed)
    sizes = scale.educators.astype(int)
    published = rng.integers(PUBLISHED_H[0] * HOUR_S, PUBLISHED_H[1] * HOUR_S, len(sizes))
    changed = np.repeat(published, sizes)
    changed[rng.random(len(changed)) >= inputs.feeds.changed.value] = -1
    app_of = rng.choice(len(inputs.apps), len(changed), p=[app.share for app in inputs.apps])
    found = Day(np.zeros(DAY_S, dtype=np.int64), np.zeros(DAY_S, dtype=np.int64))
    for index, app in enumerate(inputs.apps):
        changed_s = _devices(changed[app_of == index], app.devices, rng)
        pollers = _Pollers(changed_s, rng.random(len(changed_s)) < app.conditional)
        if app.between_s is not None:
            _drawn(found, pollers, app.between_s, rng)
        else:
            share = app.by_the_clock if by_the_clock is None else by_the_clock
            _steady(found, pollers, app, share, inputs.feeds.aligned_within_s.value, rng)
    return found


def _devices(
    changed_s: NDArray[np.int64], each: float, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Give every subscriber one device, and the rest to some of them once more."""
    more = rng.random(len(changed_s)) < each - 1
    return np.concatenate([changed_s, changed_s[more]])


def _steady(
    found: Day,
    pollers: _Pollers,
    app: App,
    by_clock: float,
    within_s: float,
    rng: np.random.Generator,
) -> None:
    """Add devices that ask again and again after the same time."""
    intervals = [every for every, _ in app.every_s]
    chosen = rng.choice(len(intervals), len(pollers.changed_s), p=[p for _, p in app.every_s])
    for index, every in enumerate(intervals):
        mine = chosen == index
        changed_s, conditional = pollers.changed_s[mine], pollers.conditional[mine]
        own = rng.integers(0, every, len(changed_s))
        beat = min(every, HOUR_S)
        clock = own // beat * beat + (rng.random(len(own)) * within_s).astype(int)
        phase = np.where(rng.random(len(own)) < by_clock, clock, own)
        # A week is looked at for one of its days.
        found.polls[:] += _of_day(phase, every)
        found.whole[:] += _of_day(phase[~conditional], every)
        first = changed_s + (phase - changed_s) % every
        _count(found.whole, first[(changed_s >= 0) & conditional])


def _of_day(phase: NDArray[np.int64], every: int) -> Counts:
    counts = np.bincount(phase, minlength=every)
    return np.tile(counts, -(-DAY_S // every))[:DAY_S]


def _drawn(
    found: Day, pollers: _Pollers, between: tuple[int, int], rng: np.random.Generator
) -> None:
    """Add devices that draw the time to their next poll anew each time."""
    low, high = between
    changed_s, conditional = pollers.changed_s, pollers.conditional
    # In the long run, the gap that midnight falls into is long with the weight of its length.
    gap = rng.uniform(low, high, len(changed_s))
    gap = gap[rng.random(len(gap)) < gap / high]
    gap = rng.choice(gap, len(changed_s))
    moment = (rng.random(len(changed_s)) * gap).astype(np.int64)
    told = np.zeros(len(changed_s), dtype=bool)
    while (moment < DAY_S).any():
        _count(found.polls, moment)
        news = (changed_s >= 0) & (moment >= changed_s) & ~told
        _count(found.whole, moment[news | ~conditional])
        told |= news
        moment = moment + rng.integers(low, high, len(moment))


def _count(into: Counts, moments: NDArray[np.int64]) -> None:
    """Add one for each moment within the day."""
    into += np.bincount(moments[moments < DAY_S], minlength=DAY_S)
