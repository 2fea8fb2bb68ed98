"""What workers on PostgreSQL alone have to stand: connections that are cut, clients that stand still."""

from __future__ import annotations

import asyncio
from threading import Event

import psycopg
import pytest
from sqlalchemy import text

from plsched.access import LOCAL_TENANT, local
from plsched.errors import StoreNotOpened
from plsched.plan.models import Plan
from plsched.runs import states
from plsched.runs.worker import Worker, _set_up
from plsched.scenario.models import Scenario
from plsched.store import Database, RunRequest, ScenarioStore, open_database
from tests import tiny
from tests.runs.carried import WITHIN_S, is_running, refuses, running, wait
from tests.runs.test_carried_out import dead

IDLE_ENDS = "SHOW idle_in_transaction_session_timeout"


def test_a_worker_comes_back_when_its_connections_are_cut(postgres_url: str) -> None:
    go_on = Event()

    def solve(scenario: Scenario, **_: object) -> Plan:
        assert go_on.wait(2 * WITHIN_S)
        return tiny.plan(scenario=scenario.name)

    with open_database(postgres_url) as database, running(database, solve) as service:
        kept, _ = ScenarioStore(database, LOCAL_TENANT).add(
            tiny.scenario(), by=local(), now=tiny.NOW
        )
        request = RunRequest(kept.id, seed=0, time_limit_s=30, workers=1)
        run = service.submit(request, by=local())
        wait(service, run.id, is_running)
        cut_all(database)
        left = dead(database, request)
        # Others' runs are looked after while this solve goes on.
        wait(service, left, lambda run: run.status == "queued")
        go_on.set()
        done = wait(service, run.id, states.has_ended)
        assert (done.status, done.attempts) == ("succeeded", 1)
        again = service.submit(request, by=local())
        assert wait(service, again.id, states.has_ended).status == "succeeded"


def cut_all(database: Database) -> None:
    """End all connections to a database, as a restart of the server does."""
    ours = "datname = current_database() AND pid <> pg_backend_pid()"
    with psycopg.connect(database.conninfo, autocommit=True) as connection:
        cut = connection.execute(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {ours}"  # noqa: S608  # no input
        ).fetchall()
    assert len(cut) > 1


def test_who_stands_still_in_a_transaction_holds_nothing_up(postgres_url: str) -> None:
    """A frozen process keeps its connections; the server ends them, with their locks."""

    async def of_a_worker(conninfo: str) -> str:
        async with await psycopg.AsyncConnection.connect(conninfo) as connection:
            await _set_up(connection)
            await connection.rollback()
            row = await (await connection.execute(IDLE_ENDS)).fetchone()
            assert row is not None
            return str(row[0])

    with open_database(postgres_url) as database:
        for session in (database.read, database.write):
            with session() as opened:
                assert opened.scalar(text(IDLE_ENDS)) == "30s"
        assert asyncio.run(of_a_worker(database.conninfo)) == "30s"


def test_a_worker_needs_postgresql(tmp_path: object) -> None:
    with (
        open_database(f"sqlite:///{tmp_path}/store.db") as database,
        pytest.raises(StoreNotOpened, match="with SQLite the service carries the runs out itself"),
    ):
        Worker(database, refuses)
