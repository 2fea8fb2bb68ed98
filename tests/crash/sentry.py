"""Looks on, apart from the service: how long was each run without anybody who works on it?"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from types import TracebackType

from plsched.access import LOCAL_TENANT
from plsched.runs.states import has_ended
from plsched.store import Database, Run, RunStore
from tests.crash.site import Site

LOOK_S = 0.25
FRESH = timedelta(seconds=5)
"""An owner that beat so lately lives, as far as one can see."""


class Sentry:
    """Reads the runs, several times a second.

    Hardly more runs wait than can be solved at a time, so one that waits should soon be worked on.
    Time in which whoever was killed is being begun anew does not count: how
    long that takes is up to the machine.
    """

    def __init__(self, database: Database, site: Site) -> None:
        self.longest_s: dict[str, float] = {}
        """For each run, the longest time in which nobody worked on it."""
        self.looks = 0
        self._well = 0
        self._site = site
        self._well_s: dict[str, float] = {}
        self._up_s = 0.0
        self._runs = RunStore(database, LOCAL_TENANT)
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
        assert self._thread.is_alive(), "the sentry has left its post"
        self._over.set()
        self._thread.join()

    def _go(self) -> None:
        looked_at = time.monotonic()
        while not self._over.wait(LOOK_S):
            now = time.monotonic()
            if self._site.is_up():
                self._up_s += now - looked_at
            looked_at = now
            runs = self._runs.page(limit=50)[0]
            self._well = sum(self._look(run) for run in runs)
            self.looks += 1

    def well(self) -> int:
        """Tell how many runs wait to begin, or are worked on."""
        return self._well

    def _look(self, run: Run) -> bool:
        """Look at a run; tell whether it waits to begin or is worked on."""
        last = self._well_s.setdefault(run.id, self._up_s)
        lives = run.beat_at is not None and datetime.now(UTC) - run.beat_at < FRESH
        if has_ended(run) or lives:
            self._well_s[run.id] = self._up_s
        self.longest_s[run.id] = max(self.longest_s.get(run.id, 0.0), self._up_s - last)
        return run.status == "queued" or (run.status == "running" and lives)
