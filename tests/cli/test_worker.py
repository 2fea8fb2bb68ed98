"""`plsched worker`: a real process on a real PostgreSQL."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plsched.access import LOCAL_TENANT, local
from plsched.runs import RunService, dispatcher
from plsched.runs.states import has_ended
from plsched.solver import solve
from plsched.store import Database, PlanStore, RunRequest, ScenarioStore, TenantStore, open_database
from tests import tiny
from tests.cli.conftest import COMMAND, Run, environment
from tests.runs.carried import is_running, wait


@contextmanager
def worker(folder: Path, url: str, **settings: object) -> Iterator[subprocess.Popen[str]]:
    """Start a worker, and end it in order."""
    said = folder / "worker.log"
    with (
        said.open("a", encoding="utf-8") as log,
        subprocess.Popen(
            [*COMMAND, "worker", "--database", url, "--concurrency", "1"],
            cwd=folder,
            env=environment(**settings),
            stderr=log,
            text=True,
        ) as process,
    ):
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0, said.read_text(encoding="utf-8")


def service(database: Database) -> tuple[RunService, RunRequest]:
    kept, _ = ScenarioStore(database, LOCAL_TENANT).add(tiny.scenario(), by=local(), now=tiny.NOW)
    tenant = TenantStore(database).get(LOCAL_TENANT)
    runs = RunService(database, dispatcher(database, solve, concurrent=1), tenant)
    return runs, RunRequest(kept.id, seed=0, time_limit_s=30, workers=1)


def test_a_worker_solves_and_ends_in_order(postgres_url: str, tmp_path: Path) -> None:
    with open_database(postgres_url) as database:
        runs, request = service(database)
        with worker(tmp_path, postgres_url):
            done = wait(runs, runs.submit(request, by=local()).id, has_ended)
        assert done.status == "succeeded"
        plan = PlanStore(database, LOCAL_TENANT).content(str(done.plan_id))
        assert plan.status == "OPTIMAL"
    said = (tmp_path / "worker.log").read_text(encoding="utf-8")
    for word in ("the worker begins", f"run {done.id} begins, attempt 1", "the worker has ended"):
        assert word in said
    assert "Traceback" not in said


def test_a_run_waits_again_when_its_worker_ends(postgres_url: str, tmp_path: Path) -> None:
    with open_database(postgres_url) as database:
        runs, request = service(database)
        with worker(tmp_path, postgres_url):
            run = runs.submit(request, by=local())
            wait(runs, run.id, is_running)
        left = runs.get(run.id)
        assert (left.status, left.attempts) == ("queued", 0)
        with worker(tmp_path, postgres_url):
            done = wait(runs, run.id, has_ended)
        assert (done.status, done.attempts) == ("succeeded", 1)


def test_two_workers_may_begin_at_once_on_an_empty_database(
    postgres_url: str, tmp_path: Path
) -> None:
    with open_database(postgres_url) as database, database.write() as session:
        session.connection().exec_driver_sql("DROP SCHEMA public CASCADE")
        session.connection().exec_driver_sql("CREATE SCHEMA public")
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    with worker(folders[0], postgres_url), worker(folders[1], postgres_url):
        until = time.monotonic() + 60
        while any("the worker begins" not in read(folder) for folder in folders):
            assert time.monotonic() < until
            time.sleep(0.1)
    assert "Traceback" not in read(folders[0]) + read(folders[1])


def read(folder: Path) -> str:
    log = folder / "worker.log"
    return log.read_text(encoding="utf-8") if log.exists() else ""


def test_a_worker_says_what_database_it_needs(run: Run, tmp_path: Path) -> None:
    done = run("worker")
    assert done.returncode == 2
    assert "a worker needs the service's database of PostgreSQL" in done.stderr
    assert list(tmp_path.iterdir()) == []
