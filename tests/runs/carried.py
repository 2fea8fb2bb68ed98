"""Runs carried out in this process, as the kind of the database has it: by a runner or a worker."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from plsched.access import LOCAL_TENANT
from plsched.plan.models import Plan
from plsched.runs import Runner, RunService, Solve, dispatcher
from plsched.runs.worker import Worker
from plsched.store import Database, Run, TenantStore

WITHIN_S = 60.0
"""A worker's process that begins, and its solver's, took more than 30 s on a machine with six at work."""


@dataclass(frozen=True)
class Told:
    elapsed_s: float = 0.5
    stage: str = "solve"
    tier: str | None = "cost"
    value: int | None = 5000
    bound: int | None = 4000
    gap: float | None = 0.2
    message: str = "cost 5000"


@contextmanager
def running(
    database: Database, solve: Solve, *, concurrent: int = 1, max_queued: int = 10
) -> Iterator[RunService]:
    """Carry runs out, and give the service that takes them."""
    tenant = replace(TenantStore(database).get(LOCAL_TENANT), max_queued_runs=max_queued)
    if database.kind == "postgresql":
        with working(database, solve, concurrent=concurrent):
            yield RunService(database, dispatcher(database, refuses, concurrent=1), tenant)
        return
    runner = Runner(database, solve, concurrent=concurrent, beat_s=0.05, dead_after_s=1.0)
    runner.start()
    try:
        yield RunService(database, runner, tenant)
    finally:
        runner.stop()


@contextmanager
def working(database: Database, solve: Solve, *, concurrent: int = 1) -> Iterator[None]:
    """Run a worker in a thread."""
    ready: list[tuple[Worker, asyncio.AbstractEventLoop]] = []

    async def work() -> None:
        worker = Worker(database, solve, concurrent=concurrent, beat_s=0.05, dead_after_s=1.0)
        ready.append((worker, asyncio.get_running_loop()))
        await worker.run()

    thread = threading.Thread(target=lambda: asyncio.run(work()), daemon=True)
    thread.start()
    try:
        yield
    finally:
        worker, loop = ready[0]
        loop.call_soon_threadsafe(worker.stop)
        thread.join(WITHIN_S)
        assert not thread.is_alive()


def refuses(*_: object, **__: object) -> Plan:
    """Stand in for a solve where nothing is to be solved."""
    raise AssertionError("the service of a PostgreSQL store never solves")


def wait(service: RunService, run_id: str, reached: Callable[[Run], bool]) -> Run:
    """Wait until a run is as it should be."""
    until = time.monotonic() + WITHIN_S
    while not reached(run := service.get(run_id)):
        assert time.monotonic() < until, f"still {run}"
        time.sleep(0.01)
    return run


def is_running(run: Run) -> bool:
    return run.status == "running"
