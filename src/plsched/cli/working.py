"""A worker as the command line starts it: the place where workers meet the solver."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Mapping
from functools import partial

from plsched.api import ApiSettings
from plsched.api.metrics import new_registry
from plsched.cli.logs import log_to_stderr
from plsched.cli.metrics import metrics_told
from plsched.errors import StoreNotOpened
from plsched.runs import RunMetrics
from plsched.runs.worker import NEEDS_POSTGRESQL, Worker
from plsched.solver import solve
from plsched.store import open_database


def work(given: Mapping[str, str | int]) -> None:
    """Carry out runs until somebody stops the process.

    Parameters
    ----------
    given
        Settings that come before those of the environment.
    """
    chosen = ApiSettings.model_validate(given)
    log_to_stderr(chosen)
    if not chosen.database_url.startswith("postgresql"):
        raise StoreNotOpened(NEEDS_POSTGRESQL)
    limited = partial(solve, memory_limit_mib=chosen.solve_memory_mib)
    registry = new_registry()
    with (
        open_database(chosen.database_url) as database,
        metrics_told(chosen.metrics_port, registry),
    ):
        worker = Worker(
            database,
            limited,
            concurrent=chosen.concurrent_solves,
            metrics=RunMetrics(registry),
        )
        asyncio.run(_until_stopped(worker))


async def _until_stopped(worker: Worker) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, worker.stop)
    await worker.run()
