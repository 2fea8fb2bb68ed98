"""Backups: taken while the service goes on, restored whole or not at all."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, String, Table, func, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from plsched import __version__
from plsched.access import LOCAL_TENANT
from plsched.errors import BackupRefused
from plsched.store.archive import TABLES, Archive, ArchiveWriter, Heading
from plsched.store.database import Database, open_as_it_is, open_database, revision
from plsched.store.tables import TenantRow

_WORKSHOP = ".plsched-backup-"
ROWS_AT_ONCE = 50
"""A row may hold a scenario of megabytes."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What was backed up or restored."""

    tables: int
    rows: int
    revision: str


def back_up(url: str, path: Path, *, now: datetime) -> Copied:
    """Write all that a store holds into a file, as it is at one moment.

    The service may go on meanwhile, and writers do not wait.

    Parameters
    ----------
    path
        The file; it must not be there, and only its owner may read it.

    Raises
    ------
    BackupRefused
        The file is there, or cannot be written; or the database is damaged.
    StoreNotOpened
        The database cannot be used, or its tables are of another plsched.
    """
    with open_as_it_is(url) as engine, _new_file(path) as part, part.open("wb") as file:
        heading = Heading(revision(), __version__, now)
        with _snapshot(engine, part.with_name("copy.db")) as connection:
            writer = ArchiveWriter(file, heading)
            rows = sum(writer.add(table, _rows(connection, table)) for table in TABLES)
            writer.close()
        file.flush()
        os.fsync(file.fileno())
    return Copied(len(TABLES), rows, heading.revision)


def restore(url: str, path: Path, *, replace: bool = False) -> Copied:
    """Fill a store with what a backup holds: all of it, or nothing when anything is wrong.

    Parameters
    ----------
    replace
        Take the place of what the store holds; otherwise it must hold nothing.

    Raises
    ------
    BackupRefused
        The backup is damaged, or of other tables; or the store is not empty.
    StoreNotOpened
        The database cannot be used.
    """
    archive = Archive(path)
    if archive.heading.revision != revision():
        raise BackupRefused(
            f"{path} holds tables of revision {archive.heading.revision}, and this plsched knows "
            f"{revision()}; restore it with plsched {archive.heading.version}, then start this one"
        )
    expected = archive.check()
    with open_database(url) as database:
        rows = _fill(database, archive, replace=replace)
    if rows != expected:
        raise BackupRefused(f"{path} changed while it was read; restore it again")
    return Copied(len(TABLES), rows, archive.heading.revision)


def _fill(database: Database, archive: Archive, *, replace: bool) -> int:
    try:
        with database.write() as session:
            if not replace:
                _see_that_it_is_empty(session)
            for table in reversed(TABLES):
                session.execute(table.delete())
            rows = sum(_insert(session, table, found) for table, found in archive.tables())
            if database.kind == "postgresql":
                _count_on(session)
            return rows
    except IntegrityError as error:
        raise BackupRefused(
            f"the backup contradicts itself, and nothing was restored: {error.orig}"
        ) from error


def _see_that_it_is_empty(session: Session) -> None:
    for table in TABLES:
        rows = select(func.count()).select_from(table)
        if table is TenantRow.__table__:
            # It comes with the tables.
            rows = rows.where(TenantRow.id != LOCAL_TENANT)
        count = session.scalar(rows) or 0
        if count:
            raise BackupRefused(
                f"the store is not empty ({count} row(s) in {table.name!r}); restore into a new "
                "one, or say --replace to give up what it holds"
            )


def _insert(session: Session, table: Table, rows: Iterator[dict[str, Any]]) -> int:
    count = 0
    while some := list(islice(rows, ROWS_AT_ONCE)):
        session.execute(insert(table), some)
        count += len(some)
    return count


def _count_on(session: Session) -> None:
    """Let PostgreSQL number new rows after those that came with their numbers."""
    for table in TABLES:
        column = table.autoincrement_column
        if column is not None:
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            highest = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
            session.execute(select(func.setval(sequence, highest, False)))


@contextmanager
def _snapshot(engine: Engine, copy: Path) -> Iterator[Connection]:
    """Give a connection that reads the database as it is at one moment.

    Parameters
    ----------
    copy
        Where SQLite's database is copied to.
    """
    if engine.dialect.name == "postgresql":
        at_one_moment = engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        with at_one_moment.connect() as connection:
            yield connection
        return
    # A copy is made first: a reader as long as a backup would keep the log from being emptied.
    _copy_sqlite(engine, copy)
    with open_as_it_is(f"sqlite:///{copy}") as copied, copied.connect() as connection:
        yield connection


def _copy_sqlite(engine: Engine, copy: Path) -> None:
    with closing(engine.raw_connection()) as source, closing(sqlite3.connect(copy)) as target:
        held = source.driver_connection
        assert isinstance(held, sqlite3.Connection)  # noqa: S101  # the engine is SQLite's
        try:
            held.backup(target)
            (told,) = target.execute("PRAGMA integrity_check").fetchone()
            broken = target.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.Error as error:
            raise BackupRefused(f"the database could not be copied: {error}") from error
    if told != "ok" or broken:
        raise BackupRefused(
            f"the database is damaged ({told if told != 'ok' else f'{len(broken)} lost row(s)'}); "
            "keep the backups that there are, and look at its disk"
        )


def _rows(connection: Connection, table: Table) -> Iterator[Any]:
    try:
        every = _all_of(table, connection.dialect.name)
        yield from connection.execution_options(yield_per=ROWS_AT_ONCE).execute(every)
    except DBAPIError as error:
        raise BackupRefused(f"{table.name!r} could not be read: {error.orig}") from error


def _all_of(table: Table, dialect: str) -> Select[Any]:
    # The same rows come in the same order, whatever a database thinks of letters.
    by_bytes = {"postgresql": "C", "sqlite": "BINARY"}[dialect]
    keys = [
        column.collate(by_bytes) if isinstance(column.type, String) else column
        for column in table.primary_key
    ]
    return select(table).order_by(*keys)


@contextmanager
def _new_file(path: Path) -> Iterator[Path]:
    """Give a file to write; it takes its name when all is written, and goes when anything fails."""
    if path.exists():
        raise BackupRefused(f"{path} is there already; name another file")
    try:
        with _workshop(path.parent) as private:
            part = private / "part"
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            yield part
            part.rename(path)
    except OSError as error:
        raise BackupRefused(
            f"{path} cannot be written ({error.strerror or error}); maybe its folder is missing, or "
            "its disk is full"
        ) from error


@contextmanager
def _workshop(beside: Path) -> Iterator[Path]:
    """Give a folder for what is not whole yet; those that killed backups left go away."""
    for left in beside.glob(f"{_WORKSHOP}*"):
        # Another backup may take it away at the same time.
        with suppress(FileNotFoundError), _locked(left) as nobody_is_there:
            if nobody_is_there:
                shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=_WORKSHOP, dir=beside) as private:
        folder = Path(private)
        with _locked(folder):
            yield folder


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Lock a folder unless somebody has; the kernel unlocks it when they die.

    Some network file systems lock no folder: there nobody knows, and nothing is taken away.
    """
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        free = True
    except OSError:
        free = False
    try:
        yield free
    finally:
        os.close(held)
