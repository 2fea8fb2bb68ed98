"""A store that cannot be written says why, is not damaged, and goes on once it can."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from plsched.access import local
from plsched.errors import StoreFull, StoreNotOpened, StoreReadOnly, StoreUnavailable
from plsched.store import Database, ScenarioStore, TenantStore, open_database
from plsched.store.records import Tenant
from plsched.store.trouble import Troubles
from tests import tiny
from tests.disks import Disk, disk


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Disk]:
    with disk(tmp_path / "disk") as mounted:
        yield mounted


def district(number: int, *, filler: int = 100_000) -> Tenant:
    return Tenant(id=f"district-{number}", name="x" * filler, created_at=tiny.NOW)


def add_until_full(database: Database) -> int:
    """Add districts until there is no space; give the number that was acknowledged."""
    for number in range(1000):
        try:
            TenantStore(database).add(district(number), by=local())
        except StoreFull:
            return number
    raise AssertionError("the disk was never full")


def is_sound(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        (told,) = connection.execute("PRAGMA integrity_check").fetchone()
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    return bool(told == "ok" and not broken)


def test_a_full_disk_is_told_and_nothing_is_lost(small: Disk) -> None:
    path = small.folder / "store.db"
    with open_database(f"sqlite:///{path}") as database:
        small.fill()
        kept = add_until_full(database)
        for _ in range(3):
            with pytest.raises(StoreFull, match="the disk of the database is full"):
                TenantStore(database).add(district(kept), by=local())
        assert database.troubles() == {"StoreFull": 4}
        # What is there can still be read.
        assert len(TenantStore(database).all()) == kept + 1
        small.free()
        TenantStore(database).add(district(kept), by=local())
        assert len(TenantStore(database).all()) == kept + 2
    assert is_sound(path)


def test_a_disk_that_fills_up_while_it_is_written(small: Disk) -> None:
    path = small.folder / "store.db"
    with open_database(f"sqlite:///{path}") as database:
        kept = add_until_full(database)
        assert kept > 5
    assert is_sound(path)
    # Opened again on the full disk: what was acknowledged is there.
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM tenants").fetchone() == (kept + 1,)


def test_a_store_that_is_opened_on_a_full_disk(small: Disk) -> None:
    small.fill()
    with pytest.raises(StoreNotOpened, match=r"full|unable to open|disk I/O"):
        open_database(f"sqlite:///{small.folder}/store.db")


def test_a_database_that_may_not_grow_is_told_as_full(tmp_path: Path) -> None:
    """The same without a disk of one's own, wherever the tests run."""
    with open_database(f"sqlite:///{tmp_path}/store.db") as database:
        with database.engine.connect() as connection:
            connection.execute(text("PRAGMA max_page_count = 100"))
        kept = add_until_full(database)
        assert len(TenantStore(database).all()) == kept + 1
    assert is_sound(tmp_path / "store.db")


def test_a_disk_that_becomes_read_only_is_told(small: Disk) -> None:
    path = small.folder / "store.db"
    with open_database(f"sqlite:///{path}") as database:
        TenantStore(database).add(district(0), by=local())
        database.close()  # connections are made anew when they are needed
        small.let("ro")
        with pytest.raises(StoreReadOnly, match="the database may be read only"):
            TenantStore(database).add(district(1), by=local())
        small.let("rw")
        TenantStore(database).add(district(1), by=local())
        assert len(TenantStore(database).all()) == 3
    assert is_sound(path)


def test_a_store_that_is_opened_on_a_read_only_disk(small: Disk) -> None:
    open_database(f"sqlite:///{small.folder}/store.db").close()
    small.let("ro")
    with pytest.raises(StoreNotOpened, match=r"readonly|unable to open"):
        open_database(f"sqlite:///{small.folder}/store.db")


def test_a_database_that_is_locked_for_too_long(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with open_database(f"sqlite:///{path}") as database:
        with database.engine.connect() as connection:
            connection.execute(text("PRAGMA busy_timeout = 50"))
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreUnavailable, match="is locked by somebody else"):
                TenantStore(database).add(district(0), by=local())
            other.execute("ROLLBACK")
        TenantStore(database).add(district(0), by=local())


def test_a_write_waits_for_its_turn_and_no_longer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plsched.store.database.TURN_S", 0.1)
    with open_database(f"sqlite:///{tmp_path}/a.db") as database:
        with database.write(), ThreadPoolExecutor(1) as other:
            late = other.submit(TenantStore(database).add, Tenant("b", "B", tiny.NOW), by=local())
            with pytest.raises(StoreUnavailable, match=r"others have written .* 0\.1 seconds"):
                late.result(30)
        TenantStore(database).add(Tenant("b", "B", tiny.NOW), by=local())
        assert database.troubles() == {"StoreUnavailable": 1}


def test_a_fault_of_the_statement_stays_what_it_is(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as session:
        session.execute(text("INSERT INTO keys (id) VALUES ('x')"))
    assert database.troubles() == {"IntegrityError": 1}


def test_what_was_written_stands_in_no_error(database: Database) -> None:
    scenario = tiny.scenario()
    ScenarioStore(database, "local").add(scenario, by=local(), now=tiny.NOW)
    statement = text("INSERT INTO scenarios (tenant, id) VALUES ('local', :secret)")
    with pytest.raises(DBAPIError) as caught, database.write() as session:
        session.execute(statement, {"secret": "distinctive"})
    assert "distinctive" not in str(caught.value).split("DETAIL")[0]


def test_a_server_that_refuses_to_write(postgres_url: str) -> None:
    with open_database(postgres_url) as database:
        forbidden = text("SET TRANSACTION READ ONLY; DELETE FROM tenants")
        with pytest.raises(StoreReadOnly), database.write() as session:
            session.execute(forbidden)
        TenantStore(database).add(district(0), by=local())


def test_a_server_that_ends_a_connection(postgres_url: str) -> None:
    with open_database(postgres_url) as database:
        with pytest.raises(StoreUnavailable, match="shutting down"), database.write() as session:
            session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        TenantStore(database).add(district(0), by=local())


def test_a_server_that_is_gone(tmp_path: Path) -> None:
    """Nobody listens there; found out at once, at the start and later."""
    nowhere = f"postgresql://plsched@/plsched?host={tmp_path}"
    with pytest.raises(StoreNotOpened, match="look at the address"):
        open_database(nowhere)
    with pytest.raises(psycopg.OperationalError) as caught:
        psycopg.connect(nowhere.replace("postgresql://plsched@/", "postgresql://plsched@/"))
    lost = DBAPIError("SELECT 1", {}, caught.value)
    with pytest.raises(StoreUnavailable, match="cannot be reached"), Troubles(None).told():
        raise lost


@pytest.mark.parametrize(
    ("state", "error", "words"),
    [
        ("53100", StoreFull, "is full"),
        ("25006", StoreReadOnly, "read only"),
        ("40001", StoreUnavailable, "at the same time"),
        ("40P01", StoreUnavailable, "at the same time"),
        ("53300", StoreUnavailable, "no connection"),
        ("55P03", StoreUnavailable, "locked"),
        ("57P03", StoreUnavailable, "starting"),
        ("58030", StoreUnavailable, "disk"),
    ],
)
def test_what_a_server_says(state: str, error: type[Exception], words: str) -> None:
    said = DBAPIError("INSERT", {}, psycopg.errors.lookup(state)("said"))
    with pytest.raises(error, match=words), Troubles(None).told():
        raise said


def test_no_connection_is_free(tmp_path: Path) -> None:
    with open_database(f"sqlite:///{tmp_path}/store.db?timeout=1") as database:
        database.engine.pool._timeout = 0.01  # type: ignore[attr-defined]
        held = [database.engine.connect() for _ in range(15)]
        with pytest.raises(StoreUnavailable, match="no connection free"):
            database.ping()
        for connection in held:
            connection.close()
        database.ping()
