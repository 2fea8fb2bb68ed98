"""A service whose store is full, read-only or locked says so, and goes on once it can."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from plsched.api import ApiSettings, create_app
from plsched.store import Database, database
from tests import tiny
from tests.api.conftest import by_hand
from tests.api.told import send_scenario, solve
from tests.disks import Disk, disk


@contextmanager
def served(url: str) -> Iterator[TestClient]:
    app = create_app(ApiSettings(database_url=url), by_hand)
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Disk]:
    with disk(tmp_path / "disk", mebibytes=8) as mounted:
        yield mounted


def database_of(client: TestClient) -> Database:
    found = client.app.state.backstage.database  # type: ignore[attr-defined]
    assert isinstance(found, Database)
    return found


def send_until_refused(client: TestClient) -> tuple[list[str], dict[str, object]]:
    """Send scenarios in until one is refused; give the ids of the others, and the problem."""
    kept: list[str] = []
    for number in range(5000):
        answer = client.post("/v1/scenarios", json=tiny.mapping(name=f"{number} {'x' * 150}"))
        if answer.status_code != 201:
            return kept, answer.json() | {"was": answer.status_code}
        kept.append(answer.json()["id"])
    raise AssertionError("the disk was never full")


def test_a_full_disk_is_507_until_there_is_space(small: Disk) -> None:
    with served(f"sqlite:///{small.folder}/store.db") as client:
        plan = solve(client)["plan"]
        with database_of(client).engine.connect() as connection:
            # The log's file keeps its size: it would take many more.
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        small.fill()
        kept, problem = send_until_refused(client)
        assert problem == {
            "type": "store-full",
            "title": "The store's disk is full",
            "status": 507,
            "detail": "the disk of the database is full, and nothing was changed; it goes on by "
            "itself once those who run the service have made space",
            "was": 507,
        }
        # What is there is still read.
        assert client.get("/health").status_code == 200
        assert client.get(f"/v1/plans/{plan}").status_code == 200
        assert {client.get(f"/v1/scenarios/{each}").status_code for each in kept} <= {200}
        small.free()
        assert solve(client, seed=1)["status"] == "succeeded"
        assert {client.get(f"/v1/scenarios/{each}").status_code for each in kept} <= {200}


def test_a_read_only_disk_is_503_until_it_is_mended(small: Disk) -> None:
    with served(f"sqlite:///{small.folder}/store.db") as client:
        send_scenario(client)
        with client_paused(client):
            small.let("ro")
        refused = client.post("/v1/scenarios", json=tiny.mapping(name="another"))
        assert (refused.status_code, refused.json()["type"]) == (503, "store-read-only")
        small.let("rw")
        assert send_scenario(client, name="another")


@contextmanager
def client_paused(client: TestClient) -> Iterator[None]:
    """Keep no file of the database open: the kernel makes no disk read-only that is written."""
    client.app.state.backstage.runner.stop()  # type: ignore[attr-defined]
    database_of(client).close()
    yield


def test_a_locked_database_is_503_with_the_time_to_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 100)
    with served(f"sqlite:///{tmp_path}/store.db") as client:
        with closing(sqlite3.connect(tmp_path / "store.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            refused = client.post("/v1/scenarios", json=tiny.mapping())
        assert (refused.status_code, refused.json()["type"]) == (503, "store-unavailable")
        assert refused.headers["retry-after"] == "5"
        assert send_scenario(client)
