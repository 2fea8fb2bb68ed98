"""Web processes that answer polls: how long polls wait for them, second by second."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.scale.inputs import Inputs
from benchmarks.scale.polling import Day


@dataclass(frozen=True, slots=True)
class Served:
    """How long polls wait for a number of web processes, each on a core of its own."""

    processes: int
    median_s: float
    p95_s: float
    max_s: float
    most_waiting: int
    """Connections that wait at the worst moment."""
    use: float
    """Share of the day that processes work."""


def work(day: Day, inputs: Inputs, slower: float = 1.0) -> NDArray[np.float64]:
    """Give the seconds of one core that the polls of each second take a web process."""
    feeds = inputs.feeds
    known = day.polls - day.whole
    ms = known * feeds.not_modified_ms.value + day.whole * feeds.whole_ms.value
    return np.asarray(ms * slower / 1000)


def backlog(seconds: NDArray[np.float64], processes: int) -> NDArray[np.float64]:
    """Give how long a poll waits that comes in each second.

    Work flows in by the second, and what is not done in it stays: Lindley's recursion. Waiting
    within a second, some milliseconds, is left out.
    """
    left = np.cumsum(seconds - processes)
    return np.asarray((left - np.minimum(0.0, np.minimum.accumulate(left))) / processes)


def served(day: Day, seconds: NDArray[np.float64], processes: int) -> Served:
    """Let so many processes answer a day."""
    wait = backlog(seconds, processes)
    order = np.argsort(wait)
    share = np.cumsum(day.polls[order]) / day.polls.sum()
    each = seconds.sum() / day.polls.sum()
    return Served(
        processes=processes,
        median_s=float(wait[order][np.searchsorted(share, 0.5)]),
        p95_s=float(wait[order][np.searchsorted(share, 0.95)]),
        max_s=float(wait.max()),
        most_waiting=int(wait.max() * processes / each),
        use=float(seconds.sum() / processes / len(seconds)),
    )


def least_processes(
    day: Day, seconds: NDArray[np.float64], longest_s: float, backlog: float
) -> int:
    """Give how many processes it takes so that no poll waits longer, nor is turned away.

    Parameters
    ----------
    longest_s
        Longest wait.
    backlog
        Connections that a process lets wait.
    """
    low, high = max(1, int(seconds.mean())), max(1, int(np.ceil(seconds.max())))
    while low < high:
        middle = (low + high) // 2
        found = served(day, seconds, middle)
        if found.max_s <= longest_s and found.most_waiting <= backlog * middle:
            high = middle
        else:
            low = middle + 1
    return low
