"""Carries runs out on one of many machines; PostgreSQL tells it of them. Workers come and go."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TypeVar

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status
from psycopg import AsyncConnection

from plsched.errors import StoreNotOpened
from plsched.runs.carrying import BEAT_S, DEAD_AFTER_S, Carrier
from plsched.runs.jobs import CARRY_OUT, RUNS, announce
from plsched.runs.metrics import RunMetrics
from plsched.runs.ports import Solve
from plsched.runs.tending import announce_unheard, looks_until_gone, requeue_unheard
from plsched.store import Database, RunQueue

logger = logging.getLogger(__name__)

TENDING = "tending"
"""Queue of the jobs that look after runs; it has a thread of its own beside the solves."""

LOOK_S = 5
"""Seconds between two looks at all runs, whichever worker looks."""
STALLED_S = 30.0
"""A worker that was silent for so long has died, and its jobs are put away."""

AGAIN_S = 2.0
"""Pause before a worker comes back that lost the database."""

_CONNECTIONS = 3

IDLE_IN_TRANSACTION = "SET idle_in_transaction_session_timeout = '30s'"

NEEDS_POSTGRESQL = (
    "a worker needs the service's database of PostgreSQL: name it by --database or "
    "PLSCHED_DATABASE_URL; with SQLite the service carries the runs out itself"
)

T = TypeVar("T")


class Worker:
    """Carries out the runs that it is told of, until it is stopped.

    Parameters
    ----------
    database
        An open PostgreSQL database.
    solve
        Solves a scenario in a process of its own.
    concurrent
        Solves at a time.
    metrics
        Where runs are measured.

    Raises
    ------
    StoreNotOpened
        The database is no PostgreSQL, so there is nobody to tell it of runs.
    """

    def __init__(
        self,
        database: Database,
        solve: Solve,
        *,
        concurrent: int = 1,
        beat_s: float = BEAT_S,
        dead_after_s: float = DEAD_AFTER_S,
        metrics: RunMetrics | None = None,
    ) -> None:
        if database.kind != "postgresql":
            raise StoreNotOpened(NEEDS_POSTGRESQL)
        self._concurrent = concurrent
        self._looks = looks_until_gone(dead_after_s, LOOK_S)
        self._metrics = metrics or RunMetrics()
        self._carrier = Carrier(
            database, solve, announce=announce, beat_s=beat_s, metrics=self._metrics
        )
        self._queue = RunQueue(database, announce=announce)
        self._conninfo = database.conninfo
        self._runs, self._tends = self._app(), self._app()
        self._runs.task(name=CARRY_OUT, queue=RUNS)(self._carry_out)
        tend = self._tends.task(name="plsched.tend", queue=TENDING, queueing_lock=TENDING)
        self._tends.periodic(cron=f"* * * * * */{LOOK_S}")(tend(self._tend))
        self._solving = ThreadPoolExecutor(concurrent, thread_name_prefix="plsched-solve")
        self._tending = ThreadPoolExecutor(1, thread_name_prefix="plsched-tending")
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Work until stopped; a database that is away is waited for."""
        logger.info("the worker begins: %d solve(s) at a time", self._concurrent)
        # Each comes back by itself: runs are looked after while a solve of before still goes on.
        try:
            await asyncio.gather(
                self._keep(self._runs, RUNS, self._concurrent), self._keep(self._tends, TENDING, 1)
            )
        finally:
            self.stop()
            self._solving.shutdown()
            self._tending.shutdown()
        logger.info("the worker has ended")

    def stop(self) -> None:
        """Give up the solves under way, let their runs wait again, and end."""
        if not self._stopping.is_set():
            logger.info("the worker is to end; its runs wait again")
        self._carrier.stop()
        self._stopping.set()

    async def _keep(self, app: App, queue: str, concurrent: int) -> None:
        """Take the jobs of a queue until stopped; a database that is away is waited for."""
        while not self._stopping.is_set():
            try:
                async with app.open_async():
                    await self._take_jobs(app, queue, concurrent)
            except ConnectorException as error:
                logger.warning("the database cannot be reached: %s", error.__cause__ or error)
            if not self._stopping.is_set():
                logger.warning("the worker comes back to its %s in %g s", queue, AGAIN_S)
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._stopping.wait(), AGAIN_S)

    async def _take_jobs(self, app: App, queue: str, concurrent: int) -> None:
        """Take jobs until stopped, or until the connection breaks."""
        taking = asyncio.create_task(
            app.run_worker_async(
                queues=[queue],
                name=queue,
                concurrency=concurrent,
                delete_jobs="always",
                stalled_worker_timeout=STALLED_S,
                install_signal_handlers=False,
            )
        )
        stopping = asyncio.create_task(self._stopping.wait())
        await asyncio.wait([taking, stopping], return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        # It ends its jobs first; those give up when this worker stops.
        taking.cancel()
        with suppress(asyncio.CancelledError):
            await taking

    def _app(self) -> App:
        connector = PsycopgConnector(
            conninfo=self._conninfo, min_size=1, max_size=_CONNECTIONS, configure=_set_up
        )
        return App(connector=connector)

    async def _carry_out(self, run_id: str) -> None:
        await _in(self._solving, partial(self._carrier.carry, run_id))

    async def _tend(self, timestamp: int) -> None:
        del timestamp
        await _in(self._tending, partial(requeue_unheard, self._queue, self._looks, self._metrics))
        await self._put_stalled_away()
        jobs = await self._tends.job_manager.list_jobs_async(queue=RUNS, status="todo")
        announced = {str(job.queueing_lock) for job in jobs}
        await _in(self._tending, partial(announce_unheard, self._queue, announced))

    async def _put_stalled_away(self) -> None:
        """Forget the jobs of dead workers: their runs have waited again, with jobs of their own."""
        manager = self._tends.job_manager
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_S):
            logger.warning("the worker of job %s is gone", job.id)
            # Another worker may be faster.
            with suppress(ConnectorException):
                await manager.finish_job_by_id_async(
                    job_id=int(job.id or 0), status=Status.FAILED, delete_job=True
                )


async def _set_up(connection: AsyncConnection) -> None:
    # A worker that is frozen while it takes a job would keep that job from the others.
    before = connection.autocommit
    await connection.set_autocommit(True)
    await connection.execute(IDLE_IN_TRANSACTION)
    await connection.set_autocommit(before)


async def _in(threads: ThreadPoolExecutor, work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(threads, work)
