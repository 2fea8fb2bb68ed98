"""Carries runs out on this machine: few at a time, each solve in a process of its own."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Event, Thread

from plsched.errors import PlschedError, SolverCrashed, WrongStep
from plsched.plan.models import Plan
from plsched.runs import states
from plsched.runs.ports import Solve
from plsched.runs.progress import Progress, ProgressLog
from plsched.store import Database, PlanStore, Run, RunQueue, ScenarioStore

logger = logging.getLogger(__name__)

LOGS_KEPT = 200
"""Runs whose progress is remembered after their end."""


@dataclass(frozen=True)
class _Job:
    """A run that this runner works on."""

    stop: Event = field(default_factory=Event)
    log: ProgressLog = field(default_factory=ProgressLog)


class Runner:
    """Takes queued runs from the store and solves them.

    The runs' table is the state: a runner owns its running runs and shows every ``beat_s`` seconds
    that it lives. Runs whose owner was silent for ``dead_after_s`` seconds wait again.

    Parameters
    ----------
    solve
        Solves a scenario in a process of its own.
    concurrent
        Solves at a time.
    """

    def __init__(
        self,
        database: Database,
        solve: Solve,
        *,
        concurrent: int = 1,
        beat_s: float = 2.0,
        dead_after_s: float = 15.0,
    ) -> None:
        self.owner = secrets.token_hex(8)
        self._runs = RunQueue(database)
        self._database = database
        self._solve = solve
        self._beat_s = beat_s
        self._dead_after = timedelta(seconds=dead_after_s)
        self._solving = ThreadPoolExecutor(concurrent, thread_name_prefix="plsched-solve")
        self._concurrent = concurrent
        self._jobs: dict[str, _Job] = {}
        self._ended: dict[str, ProgressLog] = {}
        self._wake = Event()
        self._stopping = Event()
        self._keeper = Thread(target=self._keep, name="plsched-runner", daemon=True)

    def start(self) -> None:
        """Begin to take runs."""
        self._keeper.start()

    def stop(self) -> None:
        """Stop the solves under way and let their runs wait again for the next start."""
        self._stopping.set()
        self._wake.set()
        self._keeper.join()
        self._solving.shutdown()

    def wake(self) -> None:
        """Look at the store now: something was queued or cancelled."""
        self._wake.set()

    def progress(self, run_id: str, after: int = 0) -> Sequence[Progress]:
        """Give what a run told since the line with this number; nothing when it ran elsewhere."""
        job = self._jobs.get(run_id)
        log = self._ended.get(run_id) if job is None else job.log
        return [] if log is None else log.after(after)

    def _keep(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                self._tend()
            except Exception:
                # A full disk or a locked database passes; runs must go on then.
                logger.exception("the runs could not be looked after; trying again")
            self._wake.wait(self._beat_s)

    def _tend(self) -> None:
        now = _now()
        for run_id in self._runs.beat(self.owner, list(self._jobs), now):
            job = self._jobs.get(run_id)
            if job is not None:
                job.stop.set()
        requeue = partial(states.requeue, now=now)
        for run in self._runs.change_silent(now - self._dead_after, requeue):
            logger.warning("the owner of run %s is gone; it is %s now", run.id, run.status)
        while len(self._jobs) < self._concurrent and self._take():
            pass

    def _take(self) -> bool:
        begin = partial(states.start, owner=self.owner, now=_now())
        run = self._runs.change_next_queued(begin)
        if run is None:
            return False
        job = self._jobs[run.id] = _Job()
        solving = self._solving.submit(self._work, run, job)
        solving.add_done_callback(partial(self._end, run, job))
        return True

    def _work(self, run: Run, job: _Job) -> Plan:
        request = run.request
        scenarios = ScenarioStore(self._database, run.tenant)
        plans = PlanStore(self._database, run.tenant)
        baseline = request.baseline_id
        return self._solve(
            scenarios.content(request.scenario_id),
            seed=request.seed,
            time_limit_s=request.time_limit_s,
            workers=request.workers,
            baseline=None if baseline is None else plans.content(baseline),
            on_progress=job.log.add,
            cancelled=lambda: job.stop.is_set() or self._stopping.is_set(),
        )

    def _end(self, run: Run, job: _Job, solving: Future[Plan]) -> None:
        try:
            self._record(run, solving)
        except WrongStep as error:
            logger.warning("the result of run %s comes too late: %s", run.id, error)
        finally:
            # No longer beaten: should the store have refused the result, the run is tried again.
            self._ended[run.id] = job.log
            del self._jobs[run.id]
            for old in list(self._ended)[:-LOGS_KEPT]:
                del self._ended[old]
            self._wake.set()

    def _record(self, run: Run, solving: Future[Plan]) -> None:
        now = _now()
        error = solving.exception()
        if error is not None:
            reason = _reason(run, error)
            fail = partial(states.fail, owner=self.owner, reason=reason, now=now)
            self._runs.change(run.id, fail)
            return
        plan = solving.result()
        if plan.status == "CANCELLED" and self._stopping.is_set():
            self._runs.change(run.id, partial(states.release, owner=self.owner))
        elif plan.status == "CANCELLED" and not plan.tiers:
            stop = partial(states.stop, owner=self.owner, plan_id=None, now=now)
            self._runs.change(run.id, stop)
        else:
            self._runs.finish(run.id, plan, now, partial(self._ended_with, plan, now))

    def _ended_with(self, plan: Plan, now: datetime, run: Run, plan_id: str) -> Run:
        if plan.status == "CANCELLED":
            return states.stop(run, owner=self.owner, plan_id=plan_id, now=now)
        outcome = states.outcome(plan.status)
        return states.finish(run, owner=self.owner, outcome=outcome, plan_id=plan_id, now=now)


def _reason(run: Run, error: BaseException) -> str:
    if isinstance(error, PlschedError):
        logger.warning("run %s failed: %s", run.id, error)
        if isinstance(error, SolverCrashed) and error.trace is not None:
            logger.warning("in the solver's process:\n%s", error.trace)
        return str(error)
    # Texts of unforeseen errors may tell of the inside; they belong in the log alone.
    logger.error("run %s failed", run.id, exc_info=error)
    return f"an error inside plsched ({type(error).__name__}); the service's log tells more"


def _now() -> datetime:
    return datetime.now(UTC)
