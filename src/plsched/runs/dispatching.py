"""Who carries out the runs that a service takes: this process, or workers on any machine."""

from __future__ import annotations

from math import ceil
from typing import Protocol

from plsched.runs.jobs import announce
from plsched.runs.metrics import RunMetrics
from plsched.runs.ports import Solve
from plsched.runs.runner import Runner
from plsched.store import Announce, Census, Database

SILENT_S = 30.0
"""A worker that showed nothing for so long lives no more."""
LISTENERS = 2
"""A worker listens on two queues, of runs and of what looks after them, and shows it for each."""


class Dispatcher(Protocol):
    """Sees to it that runs that wait are carried out."""

    @property
    def announce(self) -> Announce | None:
        """Told of each run that waits, within the transaction that lets it wait."""
        ...

    def start(self) -> None:
        """Begin."""
        ...

    def wake(self) -> None:
        """Look now: a run was queued."""
        ...

    def alive(self) -> int:
        """Count those that carry out runs and live."""
        ...

    def stop(self) -> None:
        """End; what is under way in this process waits again."""
        ...


class Workers:
    """Leaves the runs to workers, which PostgreSQL tells of them; nothing is solved here."""

    def __init__(self, database: Database, announce: Announce) -> None:
        self.announce = announce
        self._census = Census(database)

    def start(self) -> None:
        """Workers are started apart."""

    def wake(self) -> None:
        """Workers are told by the store."""

    def alive(self) -> int:
        """Count the workers that showed lately that they live, on all machines."""
        return ceil(self._census.listeners(SILENT_S) / LISTENERS)

    def stop(self) -> None:
        """Workers go on."""


def dispatcher(
    database: Database, solve: Solve, *, concurrent: int, metrics: RunMetrics | None = None
) -> Dispatcher:
    """Give who carries out runs: the kind of database decides.

    Parameters
    ----------
    solve
        Solves a scenario in a process of its own, where runs are carried out here.
    concurrent
        Solves at a time, where runs are carried out here.
    metrics
        Where runs are measured that are carried out here.
    """
    if database.kind == "postgresql":
        return Workers(database, announce)
    return Runner(database, solve, concurrent=concurrent, metrics=metrics)
