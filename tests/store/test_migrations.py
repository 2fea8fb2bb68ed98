"""Tables come from migrations only, so migrations and models must agree."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from plsched.errors import StoreNotOpened
from plsched.store import open_database
from plsched.store.tables import Base


def test_migrations_make_the_tables_that_the_code_reads(tmp_path: Path) -> None:
    with open_database(f"sqlite:///{tmp_path}/a.db") as database, database.read() as session:
        context = MigrationContext.configure(session.connection())
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_make_the_checks_that_the_code_counts_on(tmp_path: Path) -> None:
    """Alembic compares no CHECK constraints, so they are read from the database."""
    named = {
        str(constraint.name)
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if str(constraint.name).startswith("ck_")
    }
    with open_database(f"sqlite:///{tmp_path}/a.db") as database, database.read() as session:
        sql = "".join(session.scalars(text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")))
    assert {name for name in named if name not in sql} == set()
    assert len(named) == 6


def test_a_database_is_opened_again_as_it_is(tmp_path: Path) -> None:
    for _ in range(2):
        open_database(f"sqlite:///{tmp_path}/a.db").close()


def test_the_folder_of_a_database_is_made(tmp_path: Path) -> None:
    open_database(f"sqlite:///{tmp_path}/new/folder 50%/a.db").close()
    assert (tmp_path / "new/folder 50%/a.db").is_file()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused(url: str) -> None:
    with pytest.raises(StoreNotOpened, match="in memory; name a file"):
        open_database(url)


def test_writers_are_durable_and_wait_for_each_other(tmp_path: Path) -> None:
    with open_database(f"sqlite:///{tmp_path}/a.db") as database, database.read() as session:
        settings = {
            name: session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 30_000,
    }
