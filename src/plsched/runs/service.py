"""What people can do with runs: ask for one, look at it, cancel it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

from plsched.access import Principal
from plsched.errors import KeyReused, LimitExceeded, TooManyRuns
from plsched.runs import states
from plsched.runs.dispatching import Dispatcher
from plsched.runs.progress import Progress
from plsched.store import Database, PlanStore, Run, RunRequest, RunStore, ScenarioStore, Tenant


class RunService:
    """A district's runs, for those who ask for them.

    Parameters
    ----------
    tenant
        The district, with its limits.
    """

    def __init__(self, database: Database, runner: Dispatcher, tenant: Tenant) -> None:
        self._runs = RunStore(database, tenant.id, announce=runner.announce)
        self._scenarios = ScenarioStore(database, tenant.id)
        self._plans = PlanStore(database, tenant.id)
        self._runner = runner
        self._tenant = tenant

    def submit(self, request: RunRequest, *, by: Principal, key: str | None = None) -> Run:
        """Queue a run.

        Parameters
        ----------
        by
            Who asks.
        key
            Idempotency key: the same key with the same request gives the same run again.

        Raises
        ------
        NotStored
            The scenario or the baseline is not in the store.
        LimitExceeded
            It asks for more time or threads than the district may use.
        TooManyRuns
            As many runs wait as may wait.
        KeyReused
            The key came before with another request.
        """
        self._check_limits(request)
        self._scenarios.get(request.scenario_id)
        if request.baseline_id is not None:
            self._plans.get(request.baseline_id)
        asked = Run(
            id=str(uuid.uuid4()),
            tenant=self._tenant.id,
            request=request,
            status="queued",
            created_at=datetime.now(UTC),
            created_by=by.actor,
        )
        run = self._runs.add(asked, by=by, key=key, allowed=self._check_queue)
        if run.request != request:
            raise KeyReused(
                f"the idempotency key {key!r} was used for run {run.id!r}; send a new key"
            )
        self._runner.wake()
        return run

    def get(self, run_id: str) -> Run:
        """Find a run."""
        return self._runs.get(run_id)

    def page(self, *, limit: int, after: str | None = None) -> tuple[list[Run], int]:
        """List runs, newest first, with the number of all; see `RunStore.page`."""
        return self._runs.page(limit=limit, after=after)

    def progress(self, run_id: str, after: int = 0) -> Sequence[Progress]:
        """Give what a run told since the line with this number, wherever it was carried out."""
        return self._runs.progress(run_id, after)

    def cancel(self, run_id: str, *, by: Principal) -> Run:
        """Cancel a run that waits, or ask a running one to stop.

        Raises
        ------
        WrongStep
            The run has ended.
        """
        now = datetime.now(UTC)
        cancel = partial(states.cancel, now=now)
        return self._runs.change(run_id, cancel, by=by, action="run.cancel", now=now)

    def _check_limits(self, request: RunRequest) -> None:
        for name, asked, most in (
            ("time_limit_s", request.time_limit_s, self._tenant.max_time_limit_s),
            ("workers", request.workers, self._tenant.max_workers),
        ):
            if most is not None and asked > most:
                raise LimitExceeded(
                    f"{name} is {asked}, and this district may use at most {most}; ask for less, "
                    "or ask those who run the service for more"
                )

    def _check_queue(self, waiting: int) -> None:
        most = self._tenant.max_queued_runs
        if most is not None and waiting >= most:
            raise TooManyRuns(
                f"{waiting} runs wait already, and at most {most} may; try again when some have "
                "ended"
            )
