"""Looks after runs that nobody works on: their owner is gone, or nobody was told of them."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import datetime

from plsched.runs import states
from plsched.store import Run, RunQueue

logger = logging.getLogger(__name__)


def requeue_silent(queue: RunQueue, silent_s: float) -> None:
    """Let the runs wait again, or end, whose owner was silent for so many seconds."""
    for run in queue.take_silent(silent_s, _requeue):
        logger.warning("the owner of run %s is gone; it is %s now", run.id, run.status)


def announce_unheard(queue: RunQueue, announced: Collection[str]) -> None:
    """Tell once more of the runs that wait and are not among those that workers were told of."""
    for run_id in queue.waiting():
        if run_id not in announced and queue.announce(run_id):
            logger.warning("no worker was told of run %s; told again", run_id)


def _requeue(run: Run, now: datetime) -> Run:
    return states.requeue(run, now=now)
