"""Carries one run out: an attempt of its own, that shows it lives until its result is written."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from threading import Event, Lock, Thread
from types import TracebackType

from structlog.contextvars import bound_contextvars

from plsched.errors import (
    JudgeRejected,
    PlschedError,
    SolverCrashed,
    StoreUnavailable,
    WrongStep,
)
from plsched.plan.models import Plan
from plsched.runs import states
from plsched.runs.metrics import RunMetrics
from plsched.runs.ports import Solve
from plsched.runs.progress import ProgressBuffer
from plsched.store import Announce, Database, PlanStore, Run, RunQueue, ScenarioStore

logger = logging.getLogger(__name__)

BEAT_S = 2.0
"""How often an attempt shows that it lives, and writes what its solve told."""

DEAD_AFTER_S = 20.0
"""An attempt that was silent for so long has died; its run waits again."""

_LEAST_PAUSE_S = 1.0
"""Between two tries when the process is to end, which the store may outlast."""

WRITE_AGAIN_S = (1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0)
"""Pauses after which a result is written again that the store did not take: it may be away."""


class ShuttingDown(Exception):
    """Ours is a process that ends: the solve is given up, and its run waits again."""


class OwnerLost(Exception):
    """The run is no longer this attempt's: the solve is given up, and its result is nobody's."""


class Carrier:
    """Carries runs out, as many at a time as it is called for.

    Parameters
    ----------
    solve
        Solves a scenario in a process of its own.
    announce
        Told of each run that waits again.
    metrics
        Where runs are measured.
    """

    def __init__(
        self,
        database: Database,
        solve: Solve,
        *,
        announce: Announce | None = None,
        beat_s: float = BEAT_S,
        metrics: RunMetrics,
    ) -> None:
        self._metrics = metrics
        self._database = database
        self._queue = RunQueue(database, announce=announce)
        self._solve = solve
        self._beat_s = beat_s
        self._stopping = Event()

    def stop(self) -> None:
        """Give up the solves under way; their runs wait again, and the attempts do not count."""
        self._stopping.set()

    def carry(self, run_id: str) -> None:
        """Carry a run out, if it waits."""
        attempt = _Attempt.new()
        try:
            run = self._queue.take(run_id, attempt.start)
        except WrongStep as error:
            logger.info("nothing to do: %s", error)
        else:
            self._carry(run, attempt)

    def carry_next(self) -> bool:
        """Carry out the run that has waited longest; tell whether there was one."""
        attempt = _Attempt.new()
        run = self._queue.take_next(attempt.start)
        if run is None:
            return False
        self._carry(run, attempt)
        return True

    def _carry(self, run: Run, attempt: _Attempt) -> None:
        # Every line of the log that is written meanwhile names them.
        with bound_contextvars(run=run.id, tenant=run.tenant, attempt=run.attempts):
            self._carry_named(run, attempt)

    def _carry_named(self, run: Run, attempt: _Attempt) -> None:
        logger.info("run %s begins, attempt %s", run.id, run.attempts)
        self._metrics.began(run)
        try:
            with _Heart(self._queue, run.id, attempt.owner, self._beat_s) as heart:
                ended = self._write(self._result(run, attempt, heart))
        except WrongStep as error:
            logger.warning("the result of run %s comes too late: %s", run.id, error)
        else:
            self._metrics.ended(ended)
            logger.info("run %s: %s", run.id, ended.status)

    def _result(self, run: Run, attempt: _Attempt, heart: _Heart) -> Callable[[], Run]:
        """Solve, and give what writes the result."""
        try:
            plan = self._solved(run, heart)
        except ShuttingDown:
            return partial(self._queue.take, run.id, attempt.release)
        except StoreUnavailable as error:
            logger.warning(
                "run %s waits again: what it is about could not be read: %s", run.id, error
            )
            return partial(self._queue.take, run.id, attempt.release)
        except OwnerLost as error:
            raise WrongStep(f"run {run.id!r} is another attempt's now") from error
        except Exception as error:  # noqa: BLE001  # whatever it is ends this run, not the others
            return partial(self._queue.take, run.id, partial(attempt.fail, _reason(run, error)))
        heart.beat()  # the last words come before the end
        if plan.status == "CANCELLED" and not plan.tiers:
            return partial(self._queue.take, run.id, attempt.stop)
        return partial(self._queue.finish, run.id, plan, partial(attempt.end, plan))

    def _solved(self, run: Run, heart: _Heart) -> Plan:
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
            on_progress=heart.told.add,
            cancelled=partial(self._cancelled, heart),
        )

    def _cancelled(self, heart: _Heart) -> bool:
        """Tell whether somebody asked to stop; an error gives the solve up at once."""
        if heart.lost.is_set():
            raise OwnerLost
        if self._stopping.is_set():
            raise ShuttingDown
        return heart.asked_to_stop.is_set()

    def _write(self, write: Callable[[], Run]) -> Run:
        """Write a result; while the store is away the attempt lives on and tries again."""
        for pause_s in WRITE_AGAIN_S:
            try:
                return write()
            except WrongStep:
                raise
            except Exception:
                logger.exception("a result could not be written; again in %g s", pause_s)
                if self._stopping.wait(pause_s):
                    time.sleep(_LEAST_PAUSE_S)
        return write()


class _Heart:
    """Shows in a thread that an attempt lives, and learns what is asked of it."""

    def __init__(self, queue: RunQueue, run_id: str, owner: str, beat_s: float) -> None:
        self.told = ProgressBuffer()
        self.asked_to_stop = Event()
        self.lost = Event()
        self._queue = queue
        self._run_id = run_id
        self._owner = owner
        self._beat_s = beat_s
        self._beating = Lock()
        self._over = Event()
        self._thread = Thread(
            target=copy_context().run,
            args=(self._go,),
            name=f"plsched-heart-{run_id[:8]}",
            daemon=True,
        )

    def __enter__(self) -> _Heart:
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

    def beat(self) -> None:
        """Show that the attempt lives, with what was told since the last time."""
        # One at a time, or lines could come out of order, or after the end.
        with self._beating:
            self._beat()

    def _beat(self) -> None:
        lines = self.told.take()
        try:
            beat = self._queue.beat(self._run_id, self._owner, lines)
        except Exception:
            # A full disk or a database that is away passes; what was told is told later.
            logger.exception("run %s could not show that it lives; trying again", self._run_id)
            self.told.put_back(lines)
            return
        if beat == "lost":
            self.lost.set()
        elif beat == "stop":
            self.asked_to_stop.set()

    def _go(self) -> None:
        while not self._over.wait(self._beat_s):
            self.beat()


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One try at a run: each step of it carries its token."""

    owner: str

    @classmethod
    def new(cls) -> _Attempt:
        return cls(secrets.token_hex(16))

    def start(self, run: Run, now: datetime) -> Run:
        return states.start(run, owner=self.owner, now=now)

    def release(self, run: Run, now: datetime) -> Run:
        return states.release(run, owner=self.owner, now=now)

    def stop(self, run: Run, now: datetime) -> Run:
        return states.stop(run, owner=self.owner, plan_id=None, now=now)

    def fail(self, reason: str, run: Run, now: datetime) -> Run:
        return states.fail(run, owner=self.owner, reason=reason, now=now)

    def end(self, plan: Plan, run: Run, plan_id: str, now: datetime) -> Run:
        if plan.status == "CANCELLED":
            return states.stop(run, owner=self.owner, plan_id=plan_id, now=now)
        outcome = states.outcome(plan.status)
        return states.finish(run, owner=self.owner, outcome=outcome, plan_id=plan_id, now=now)


REJECTED = (
    "the judge found fault with the plan that the solver made, so nobody sees it; this is an error "
    "inside plsched, and the service's log tells more"
)


def _reason(run: Run, error: Exception) -> str:
    if isinstance(error, PlschedError):
        logger.warning("run %s failed: %s", run.id, error)
        if isinstance(error, SolverCrashed) and error.trace is not None:
            logger.warning("in the solver's process:\n%s", error.trace)
        # What is wrong may be told in money, which not everybody who reads a run may see.
        return REJECTED if isinstance(error, JudgeRejected) else str(error)
    # Texts of unforeseen errors may tell of the inside; they belong in the log alone.
    logger.error("run %s failed", run.id, exc_info=error)
    return f"an error inside plsched ({type(error).__name__}); the service's log tells more"
