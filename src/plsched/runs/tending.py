"""Looks after runs that nobody works on: their owner is gone, or nobody was told of them."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection
from datetime import datetime

from plsched.runs import states
from plsched.store import Pulse, Run, RunQueue

logger = logging.getLogger(__name__)

_PAUSES = 5
"""A look that comes so many times later than usual comes after a pause of everybody."""


def requeue_silent(queue: RunQueue, silent_s: float) -> None:
    """Let the runs wait again, or end, whose owner was silent for so many seconds.

    By the clock of the database's server: many machines look, each of them now and then.
    """
    for run in queue.take_silent(silent_s, _requeue):
        _tell(run)


class SilentRuns:
    """Lets the runs wait again, or end, whose owner says nothing for long enough.

    For a machine that looks all the time. What counts is time that passes here while the runs can
    be looked at: its clock may step, it may sleep, and while the store is away no owner can say
    anything.

    Parameters
    ----------
    silent_s
        Seconds without a sign of life after which an owner is gone.
    look_s
        Seconds between two looks; after a pause that is much longer the count begins anew.
    clock
        Seconds that pass; a clock that nobody sets.
    """

    def __init__(
        self,
        queue: RunQueue,
        *,
        silent_s: float,
        look_s: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock = clock
        self._queue = queue
        self._silent_s = silent_s
        self._longest_pause_s = _PAUSES * look_s
        self._looked_at = clock()
        self._since: dict[Pulse, float] = {}

    def requeue(self) -> None:
        """Look at the runs; called again and again.

        Whatever fails begins the count anew: on a full disk runs can be read, and no owner can write.
        """
        known, self._since = self._since, {}
        pulses = self._queue.pulses()
        now = self._clock()
        paused = now - self._looked_at > self._longest_pause_s
        self._looked_at = now
        since = {pulse: now if paused else known.get(pulse, now) for pulse in pulses}
        for pulse, seen_at in since.items():
            if now - seen_at < self._silent_s:
                continue
            run = self._queue.take_if_silent(pulse, _requeue)
            if run is not None:
                _tell(run)
        self._since = since


def announce_unheard(queue: RunQueue, announced: Collection[str]) -> None:
    """Tell once more of the runs that wait and are not among those that workers were told of."""
    for run_id in queue.waiting():
        if run_id not in announced and queue.announce(run_id):
            logger.warning("no worker was told of run %s; told again", run_id)


def _tell(run: Run) -> None:
    logger.warning("the owner of run %s is gone; it is %s now", run.id, run.status)


def _requeue(run: Run, now: datetime) -> Run:
    return states.requeue(run, now=now)
