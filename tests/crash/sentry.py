"""Looks on, apart from the service: how long was each run without anybody who works on it?"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from types import TracebackType

from plsched.access import LOCAL_TENANT
from plsched.runs.states import has_ended
from plsched.store import Database, Run, RunStore

LOOK_S = 0.25
FRESH = timedelta(seconds=5)
"""An owner that beat so lately lives, as far as one can see."""


class Sentry:
    """Reads the runs, several times a second.

    There are never more unfinished runs than can be solved at a time, so one that waits should be
    worked on at once.
    """

    def __init__(self, database: Database) -> None:
        self.longest_s: dict[str, float] = {}
        """For each run, the longest time in which nobody worked on it."""
        self._runs = RunStore(database, LOCAL_TENANT)
        self._well_at: dict[str, float] = {}
        self._over = Event()
        self._thread = Thread(target=self._go, daemon=True)

    def __enter__(self) -> Sentry:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def _go(self) -> None:
        while not self._over.wait(LOOK_S):
            for run in self._runs.page(limit=50)[0]:
                self._look(run)

    def _look(self, run: Run) -> None:
        now = time.monotonic()
        last = self._well_at.setdefault(run.id, now)
        lives = run.beat_at is not None and datetime.now(UTC) - run.beat_at < FRESH
        if has_ended(run) or lives:
            self._well_at[run.id] = now
        self.longest_s[run.id] = max(self.longest_s.get(run.id, 0.0), now - last)
