"""The queue of runs and its workers, event by event.

Runs wait in one queue, first come, first served, over all districts. A worker solves one run at a
time. So many runs of a district may wait; what is beyond is refused and asked for again. A run
whose child process dies has failed, and its planner asks anew. A run whose worker is lost waits
again, behind all others, once that is noticed, and starts from nothing.
"""

from __future__ import annotations

import heapq
import math
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from benchmarks.scale.evening import Planner

MOST_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Plant:
    """What carries the runs out, and what goes wrong with it."""

    workers: int
    waiting_per_district: float = math.inf
    retry_after_s: float = 0.0
    child_dies: float = 0.0
    lost_per_s: float = 0.0
    silent_s: float = 60.0
    worker_back_s: float = 120.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an evening.

    Attributes
    ----------
    waits_s
        For each run that was answered, seconds from the wish to its first start; refusals count.
    answers_s
        Seconds from the wish to the answer.
    longest_queue
        Most runs that waited at a time.
    most_open, most_running
        Most runs that waited or ran at a time, and that ran.
    busy_s
        Seconds that workers spent, in vain ones included.
    ended_s
        When the last run ended.
    """

    waits_s: NDArray[np.float64]
    answers_s: NDArray[np.float64]
    refused: int
    failed: int
    lost: int
    longest_queue: int
    most_open: int
    most_running: int
    busy_s: float
    ended_s: float


@dataclass(slots=True)
class _Run:
    planner: int
    service_s: float
    wished_s: float
    attempts: int = 0
    started_s: float | None = None


@dataclass(slots=True)
class _Seat:
    """A planner in the course of the evening."""

    plan: Planner
    batch: int = 0
    open: int = 0
    waiting: int = 0


class Evening:
    """One evening on one plant; `run` gives its outcome."""

    def __init__(self, planners: Sequence[Planner], plant: Plant, seed: int) -> None:
        self._plant = plant
        self._rng = np.random.default_rng(seed)
        self._seats = [_Seat(plan) for plan in planners]
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._sequence = 0
        self._now = 0.0
        self._queue: deque[_Run] = deque()
        self._idle = plant.workers
        self._done: list[_Run] = []
        self._answered: list[float] = []
        self._refused = self._failed = self._lost = 0
        self._longest = self._most_open = self._most_running = 0
        self._busy_s = 0.0

    def run(self) -> Outcome:
        """Let the evening pass until the last question is answered."""
        for index, seat in enumerate(self._seats):
            self._at(seat.plan.begins_s, partial(self._ask, index))
        while self._events:
            self._now, _, happen = heapq.heappop(self._events)
            happen()
        first = [run.started_s - run.wished_s for run in self._done if run.started_s is not None]
        wished = [run.wished_s for run in self._done]
        return Outcome(
            waits_s=np.array(first),
            answers_s=np.array(self._answered) - np.array(wished),
            refused=self._refused,
            failed=self._failed,
            lost=self._lost,
            longest_queue=self._longest,
            most_open=self._most_open,
            most_running=self._most_running,
            busy_s=self._busy_s,
            ended_s=max(self._answered, default=0.0),
        )

    def _at(self, moment: float, happen: Callable[[], None]) -> None:
        self._sequence += 1
        heapq.heappush(self._events, (moment, self._sequence, happen))

    # ---- planners ----

    def _ask(self, index: int) -> None:
        """Ask for a batch."""
        seat = self._seats[index]
        batch = seat.plan.batches[seat.batch]
        seat.open = len(batch)
        for service_s in batch:
            self._submit(_Run(index, service_s, self._now))

    def _submit(self, run: _Run) -> None:
        seat = self._seats[run.planner]
        if seat.waiting >= self._plant.waiting_per_district:
            self._refused += 1
            self._at(self._now + self._plant.retry_after_s, lambda: self._submit(run))
            return
        self._wait(run)

    def _answer(self, run: _Run) -> None:
        seat = self._seats[run.planner]
        self._done.append(run)
        self._answered.append(self._now)
        seat.open -= 1
        if seat.open == 0 and seat.batch + 1 < len(seat.plan.batches):
            think_s = seat.plan.thinks_s[seat.batch]
            seat.batch += 1
            self._at(self._now + think_s, lambda: self._ask(run.planner))

    def _fail(self, run: _Run) -> None:
        """End a run without an answer; its planner asks for the same anew."""
        self._failed += 1
        again = _Run(run.planner, run.service_s, run.wished_s, started_s=run.started_s)
        self._submit(again)

    # ---- workers ----

    def _wait(self, run: _Run) -> None:
        self._seats[run.planner].waiting += 1
        self._queue.append(run)
        self._serve()
        running = self._plant.workers - self._idle
        self._longest = max(self._longest, len(self._queue))
        self._most_open = max(self._most_open, len(self._queue) + running)
        self._most_running = max(self._most_running, running)

    def _serve(self) -> None:
        while self._idle and self._queue:
            run = self._queue.popleft()
            self._seats[run.planner].waiting -= 1
            self._idle -= 1
            self._start(run)

    def _start(self, run: _Run) -> None:
        plant = self._plant
        run.attempts += 1
        if run.started_s is None:
            run.started_s = self._now
        lost_s = self._rng.exponential(1 / plant.lost_per_s) if plant.lost_per_s else math.inf
        dies = plant.child_dies and self._rng.random() < plant.child_dies
        lasts_s = run.service_s * self._rng.random() if dies else run.service_s
        self._busy_s += min(lasts_s, lost_s)
        if lost_s < lasts_s:
            self._lost += 1
            self._at(self._now + lost_s + plant.worker_back_s, self._free)
            self._at(self._now + lost_s + plant.silent_s, lambda: self._notice(run))
            return
        self._at(self._now + lasts_s, lambda: self._end(run, failed=bool(dies)))

    def _end(self, run: _Run, *, failed: bool) -> None:
        if failed:
            self._fail(run)
        else:
            self._answer(run)
        self._free()

    def _notice(self, run: _Run) -> None:
        if run.attempts < MOST_ATTEMPTS:
            self._wait(run)
        else:
            self._fail(run)

    def _free(self) -> None:
        self._idle += 1
        self._serve()
