"""The write-ahead log stays small, whoever reads for how long."""

from pathlib import Path

import pytest
from sqlalchemy import text

from plsched.access import local
from plsched.store import Database, TenantStore, open_database, wal
from plsched.store.records import Tenant
from tests import tiny

LIMIT = 200_000


def write(database: Database, first: int, many: int = 20) -> None:
    for number in range(first, first + many):
        tenant = Tenant(id=f"district-{number}", name="x" * 50_000, created_at=tiny.NOW)
        TenantStore(database).add(tenant, by=local())


@pytest.fixture(autouse=True)
def small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wal, "WAL_LIMIT_BYTES", LIMIT)
    monkeypatch.setattr(wal, "WAIT_MS", 20)
    monkeypatch.setattr(wal, "AGAIN_S", 0.0)


def test_the_log_is_emptied_once_a_long_reader_has_ended(tmp_path: Path) -> None:
    log = tmp_path / "store.db-wal"
    with open_database(f"sqlite:///{tmp_path}/store.db") as database:
        with database.read() as session:
            seen = session.scalar(text("SELECT count(*) FROM tenants"))
            write(database, 0)
            # What a reader still reads is kept, and it sees what it saw.
            assert log.stat().st_size > 5 * LIMIT
            assert session.scalar(text("SELECT count(*) FROM tenants")) == seen
        write(database, 20)
        assert log.stat().st_size <= LIMIT + 100_000
        assert len(TenantStore(database).all()) == 41


def test_the_log_is_left_alone_while_it_is_small(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wal, "WAL_LIMIT_BYTES", 64 << 20)
    with open_database(f"sqlite:///{tmp_path}/store.db") as database:
        write(database, 0)
        assert (tmp_path / "store.db-wal").stat().st_size > LIMIT


def test_readers_that_overlap_without_end_do_not_let_it_grow(tmp_path: Path) -> None:
    log = tmp_path / "store.db-wal"
    sizes = []
    with open_database(f"sqlite:///{tmp_path}/store.db") as database:
        held = database.read()
        held.__enter__().execute(text("SELECT count(*) FROM tenants"))
        for number in range(8):
            write(database, 10 * number, 10)
            following = database.read()
            following.__enter__().execute(text("SELECT count(*) FROM tenants"))
            held.__exit__(None, None, None)
            held = following
            sizes.append(log.stat().st_size)
        held.__exit__(None, None, None)
        write(database, 100, 1)
        assert log.stat().st_size <= LIMIT + 100_000
    assert max(sizes) > LIMIT
