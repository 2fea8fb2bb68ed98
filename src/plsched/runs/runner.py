"""Carries runs out in this process, a few at a time: one machine, nothing to install."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread

from plsched.runs.carrying import BEAT_S, DEAD_AFTER_S, Carrier
from plsched.runs.metrics import RunMetrics
from plsched.runs.ports import Solve
from plsched.runs.tending import looks_until_gone, requeue_unheard
from plsched.store import Database, RunQueue

logger = logging.getLogger(__name__)


class Runner:
    """Takes queued runs from the store and solves them.

    The runs' table is the state. Runs whose owner says nothing for ``dead_after_s`` seconds wait
    again.

    Parameters
    ----------
    solve
        Solves a scenario in a process of its own.
    concurrent
        Solves at a time.
    metrics
        Where runs are measured.
    """

    announce = None
    """Nobody else is to be told of a run that waits."""

    def __init__(
        self,
        database: Database,
        solve: Solve,
        *,
        concurrent: int = 1,
        beat_s: float = BEAT_S,
        dead_after_s: float = DEAD_AFTER_S,
        metrics: RunMetrics | None = None,
    ) -> None:
        self._queue = RunQueue(database)
        self._looks = looks_until_gone(dead_after_s, beat_s)
        self._metrics = metrics or RunMetrics()
        self._carrier = Carrier(database, solve, beat_s=beat_s, metrics=self._metrics)
        self._beat_s = beat_s
        self._stopping = Event()
        self._wakes = [Event() for _ in range(concurrent)]
        self._tending = Thread(
            target=self._keep,
            args=(self._tend, self._stopping),
            name="plsched-tending",
            daemon=True,
        )
        self._working = [
            Thread(
                target=self._keep,
                args=(self._carrier.carry_next, wake),
                name=f"plsched-solve-{number}",
                daemon=True,
            )
            for number, wake in enumerate(self._wakes)
        ]

    def start(self) -> None:
        """Begin to take runs."""
        for thread in (self._tending, *self._working):
            thread.start()

    def stop(self) -> None:
        """Give up the solves under way and let their runs wait for the next start."""
        self._stopping.set()
        self._carrier.stop()
        self.wake()
        for thread in (self._tending, *self._working):
            thread.join()

    def wake(self) -> None:
        """Look at the store now: something was queued."""
        for wake in self._wakes:
            wake.set()

    def alive(self) -> int:
        """Count the threads that solve; none counts when nobody looks after the runs."""
        return sum(t.is_alive() for t in self._working) if self._tending.is_alive() else 0

    def _keep(self, look: Callable[[], bool], wake: Event) -> None:
        while not self._stopping.is_set():
            if wake is not self._stopping:
                wake.clear()
            try:
                found = look()
            except Exception:
                # A full disk or a locked database passes; runs must go on then.
                logger.exception("the runs could not be looked after; trying again")
                found = False
            if not found and not self._stopping.is_set():
                wake.wait(self._beat_s)

    def _tend(self) -> bool:
        requeue_unheard(self._queue, self._looks, self._metrics)
        return False
