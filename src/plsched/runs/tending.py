"""Looks after runs that nobody works on: their owner is gone, or nobody was told of them."""

from __future__ import annotations

import logging
import math
from collections.abc import Collection
from datetime import datetime

from plsched.runs import states
from plsched.runs.metrics import RunMetrics
from plsched.store import Run, RunQueue

logger = logging.getLogger(__name__)


def looks_until_gone(silent_s: float, look_s: float) -> int:
    """Count the looks, so many seconds apart, that an owner may let pass before it is gone."""
    return max(1, math.ceil(silent_s / look_s))


def requeue_unheard(queue: RunQueue, looks: int, metrics: RunMetrics) -> None:
    """Let the runs wait again, or end, whose owner said nothing between so many looks; look once.

    What passes between looks is time in which the runs could be looked at and written to: a full
    disk, a laptop that sleeps and a clock that is set cost no attempt. The count outlives
    whoever looks, so that a service that dies again and again still finds what it left behind.
    """
    for run in queue.take_unheard(looks, _requeue):
        logger.warning("the owner of run %s is gone; it is %s now", run.id, run.status)
        metrics.ended(run)


def announce_unheard(queue: RunQueue, announced: Collection[str]) -> None:
    """Tell once more of the runs that wait and are not among those that workers were told of."""
    for run_id in queue.waiting():
        if run_id not in announced and queue.announce(run_id):
            logger.warning("no worker was told of run %s; told again", run_id)


def _requeue(run: Run, now: datetime) -> Run:
    return states.requeue(run, now=now)
