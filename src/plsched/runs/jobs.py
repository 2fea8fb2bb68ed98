"""Jobs on PostgreSQL: by them workers are told of a run that waits.

The table of runs is the truth, and a job is no more than a call: it may come twice, or for a run
that somebody else has begun. It is written in the transaction that lets the run wait, so there is
none without the other.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, cast

from procrastinate import App, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued

if TYPE_CHECKING:
    from psycopg import Connection

RUNS = "runs"
"""Queue of the jobs that each carry out one run."""

CARRY_OUT = "plsched.carry_out_run"


def announce(connection: object, run_id: str) -> None:
    """Tell the workers of a run that waits.

    Parameters
    ----------
    connection
        A connection of psycopg, within the transaction that lets the run wait.
    """
    ours = cast("Connection", connection)
    call = _app().configure_task(CARRY_OUT, queue=RUNS, queueing_lock=run_id, connection=ours)
    # Within a transaction this is a savepoint. One call that waits for a run is enough.
    with suppress(AlreadyEnqueued), ours.transaction():
        call.defer(run_id=run_id)


@cache
def _app() -> App:
    # Never opened: every call comes with a connection.
    return App(connector=SyncPsycopgConnector())
