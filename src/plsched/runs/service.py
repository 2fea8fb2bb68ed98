"""What people can do with runs: ask for one, look at it, cancel it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

from plsched.errors import KeyReused, TooManyRuns
from plsched.runs import states
from plsched.runs.progress import Progress
from plsched.runs.runner import Runner
from plsched.store import Database, PlanStore, Run, RunRequest, RunStore, ScenarioStore


class RunService:
    """Runs, for those who ask for them.

    Parameters
    ----------
    max_queued
        Runs that may wait at a time.
    """

    def __init__(self, database: Database, runner: Runner, *, max_queued: int) -> None:
        self._runs = RunStore(database)
        self._scenarios = ScenarioStore(database)
        self._plans = PlanStore(database)
        self._runner = runner
        self._max_queued = max_queued

    def submit(self, request: RunRequest, key: str | None = None) -> Run:
        """Queue a run.

        Parameters
        ----------
        key
            Idempotency key: the same key with the same request gives the same run again.

        Raises
        ------
        NotStored
            The scenario or the baseline is not in the store.
        TooManyRuns
            As many runs wait as may wait.
        KeyReused
            The key came before with another request.
        """
        self._scenarios.get(request.scenario_id)
        if request.baseline_id is not None:
            self._plans.get(request.baseline_id)
        asked = Run(
            id=str(uuid.uuid4()), request=request, status="queued", created_at=datetime.now(UTC)
        )
        run = self._runs.add(asked, key=key, allowed=self._check_queue)
        if run.request != request:
            raise KeyReused(
                f"the idempotency key {key!r} was used for run {run.id!r}; send a new key"
            )
        self._runner.wake()
        return run

    def get(self, run_id: str) -> Run:
        """Find a run."""
        return self._runs.get(run_id)

    def page(self, *, limit: int, offset: int) -> tuple[list[Run], int]:
        """List runs, newest first, with the number of all."""
        return self._runs.page(limit=limit, offset=offset)

    def progress(self, run_id: str, after: int = 0) -> Sequence[Progress]:
        """Give what a run told since the line with this number."""
        return self._runner.progress(run_id, after)

    def cancel(self, run_id: str) -> Run:
        """Cancel a run that waits, or ask a running one to stop.

        Raises
        ------
        WrongStep
            The run has ended.
        """
        run = self._runs.change(run_id, partial(states.cancel, now=datetime.now(UTC)))
        self._runner.wake()
        return run

    def _check_queue(self, waiting: int) -> None:
        if waiting >= self._max_queued:
            raise TooManyRuns(f"{waiting} runs wait already; try again when some have ended")
