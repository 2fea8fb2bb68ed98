"""From a scale to the machines that it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.scale import database
from benchmarks.scale.districts import Scale
from benchmarks.scale.evening import HOUR_S, Planner, planners
from benchmarks.scale.inputs import Inputs
from benchmarks.scale.limits import Asked
from benchmarks.scale.polling import Day, day
from benchmarks.scale.runqueue import Evening, Outcome, Plant
from benchmarks.scale.web import Served, least_processes, served, work

EVENINGS = 3
P95_S = 300.0
"""Planners begin to wait for nothing: 95 % of the runs start within five minutes."""
POLL_S = 5.0
"""No poll waits longer; calendar apps give up after half a minute or so."""


@dataclass(frozen=True, slots=True)
class Waits:
    """Waiting times of runs with so many workers, over several evenings."""

    workers: int
    median_s: float
    p95_s: float
    max_s: float
    use: float
    """Share of the three hours and what comes after, in which workers work."""
    last_h: float
    """When the last run ends, in hours from the beginning."""
    longest_queue: int
    most_open: int
    most_running: int
    failed: int
    lost: int


@dataclass(frozen=True, slots=True)
class Change:
    """What differs from the figures of `inputs.toml`, for the table of what follows."""

    runs: float = 1.0
    web: float = 1.0
    what_ifs: float = 1.0
    hours: float = 1.0
    by_the_clock: float | None = None


AS_GIVEN = Change()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a scale takes."""

    scale: Scale
    day: Day
    runs: int
    waits: Waits
    processes: Served
    asked: Asked


def waits(drawn: Sequence[Sequence[Planner]], inputs: Inputs, workers: int) -> Waits:
    """Let evenings pass with so many workers."""
    figures = inputs.evening
    plant = Plant(
        workers=workers,
        waiting_per_district=figures.waiting_per_district.value,
        retry_after_s=figures.retry_after_s.value,
        child_dies=figures.child_dies.value,
        lost_per_s=figures.machine_lost_per_h.value / HOUR_S,
        silent_s=figures.silent_s.value,
        worker_back_s=figures.worker_back_s.value,
    )
    outcomes = [Evening(evening, plant, seed).run() for seed, evening in enumerate(drawn)]
    return _told(workers, outcomes)


def _told(workers: int, outcomes: Sequence[Outcome]) -> Waits:
    every = np.concatenate([outcome.waits_s for outcome in outcomes])
    median, p95, longest = (float(x) for x in np.percentile(every, [50, 95, 100]))
    last_s = max(outcome.ended_s for outcome in outcomes)
    return Waits(
        workers=workers,
        median_s=median,
        p95_s=p95,
        max_s=longest,
        use=float(np.mean([o.busy_s / o.ended_s / workers for o in outcomes])),
        last_h=last_s / HOUR_S,
        longest_queue=max(outcome.longest_queue for outcome in outcomes),
        most_open=max(outcome.most_open for outcome in outcomes),
        most_running=max(outcome.most_running for outcome in outcomes),
        failed=sum(outcome.failed for outcome in outcomes),
        lost=sum(outcome.lost for outcome in outcomes),
    )


def least_workers(
    drawn: Sequence[Sequence[Planner]], inputs: Inputs, p95_s: float = P95_S
) -> Waits:
    """Give the fewest workers with which 95 % of the runs start in time."""
    low, high = 0, 1
    while (tried := waits(drawn, inputs, high)).p95_s > p95_s:
        low, high = high, 2 * high
    best = tried
    while high - low > 1:
        middle = (low + high) // 2
        tried = waits(drawn, inputs, middle)
        if tried.p95_s > p95_s:
            low = middle
        else:
            high, best = middle, tried
    return best


class Simulation:
    """Answers for scales and changes; what two of them share is simulated once."""

    def __init__(self, inputs: Inputs, seed: int) -> None:
        self.inputs = inputs
        self._seed = seed
        self._fewest: dict[tuple[str, float, float, float], Waits] = {}
        self._days: dict[tuple[str, float | None], Day] = {}

    def evenings(self, scale: Scale, change: Change = AS_GIVEN) -> list[list[Planner]]:
        """Draw several evenings."""
        return [
            planners(
                scale,
                self.inputs,
                self._seed + n,
                speed=change.runs,
                more=change.what_ifs,
                hours=self.inputs.evening.hours.value * change.hours,
            )
            for n in range(EVENINGS)
        ]

    def fewest(self, scale: Scale, change: Change = AS_GIVEN) -> Waits:
        """Give the fewest workers with which runs start in time."""
        key = (scale.name, change.runs, change.what_ifs, change.hours)
        if key not in self._fewest:
            self._fewest[key] = least_workers(self.evenings(scale, change), self.inputs)
        return self._fewest[key]

    def day(self, scale: Scale, change: Change = AS_GIVEN) -> Day:
        """Give a day of polls."""
        key = (scale.name, change.by_the_clock)
        if key not in self._days:
            self._days[key] = day(scale, self.inputs, self._seed, change.by_the_clock)
        return self._days[key]

    def answer(self, scale: Scale, change: Change = AS_GIVEN) -> Answer:
        """Work out what a scale takes."""
        inputs = self.inputs
        fewest, polled = self.fewest(scale, change), self.day(scale, change)
        seconds = work(polled, inputs, change.web)
        least = least_processes(polled, seconds, POLL_S, inputs.feeds.backlog.value)
        asked = Asked(
            scale=scale,
            day=polled,
            one_process=served(polled, seconds, 1),
            busiest_work_s=float(seconds.max()),
            load=database.load(
                inputs,
                workers=fewest.workers,
                processes=least,
                running=fewest.most_running,
                followed=fewest.most_open,
                polls=float(polled.polls.max()),
            ),
            size=database.size(scale, inputs),
        )
        runs = sum(len(b) for planner in self.evenings(scale, change)[0] for b in planner.batches)
        return Answer(scale, polled, runs, fewest, served(polled, seconds, least), asked)
