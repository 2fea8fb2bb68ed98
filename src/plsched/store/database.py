"""The database: how it is opened, read from and written to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    make_url,
    select,
    text,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from plsched.errors import StoreNotOpened, StoreReadOnly, StoreUnavailable
from plsched.store.trouble import Troubles
from plsched.store.wal import WAL_LIMIT_BYTES, WriteAheadLog

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_TIMEOUT_MS = 30_000
"""How long a write waits for those of other processes: many of them on a slow disk take turns."""
TURN_S = 60.0
"""How long a write waits for those of other threads of its process, each of which may wait as above."""
LOCK_TIMEOUT_MS = 30_000
"""How long a statement on PostgreSQL waits for a row that another transaction holds."""
REACHED_WITHIN = {
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "2",
    "tcp_user_timeout": "15000",
}
"""Settings of libpq: a server that is gone without a word is noticed within some 20 seconds."""
IDLE_IN_TRANSACTION_MS = 30_000
"""A process that stands still in the middle of a transaction holds up the others no longer."""
_READS: dict[str, dict[str, str]] = {"postgresql": {"isolation_level": "REPEATABLE READ"}}
_REVISIONS = Table("alembic_version", MetaData(), Column("version_num", String(32)))
_MIGRATING = 0x706C7363
"""Advisory lock of PostgreSQL under which one process migrates: "plsc"."""


class Database:
    """An open database with its tables as the code knows them.

    Examples
    --------
    >>> with open_database("sqlite:///plsched.db") as database:  # doctest: +SKIP
    ...     with database.read() as session: ...
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        file = _file(engine)
        self._troubles = Troubles(None if file is None else file.parent)
        self._log = None if file is None else WriteAheadLog(engine, file, BUSY_TIMEOUT_MS)
        # SQLite lets one write at a time, and those who wait look again now and then, so that one
        # may always be late. The threads of this process take turns instead.
        self._turn = None if file is None else Lock()
        self._reader = engine.execution_options(**_READS.get(engine.dialect.name, {}))

    @property
    def kind(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self.engine.dialect.name

    @property
    def conninfo(self) -> str:
        """The address as PostgreSQL's own programs take it, with its password."""
        plain = self.engine.url.set(drivername="postgresql")
        return plain.render_as_string(hide_password=False)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session that reads one state of the database."""
        with self._troubles.told(), Session(self._reader) as session:
            yield session

    @contextmanager
    def look(self) -> Iterator[Connection]:
        """Give a connection for one statement that is asked thousands of times a second.

        A session would cost more than the question.
        """
        with self._troubles.told(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Give a session that writes, alone; committed at the end, undone on an error."""
        writer = self.engine.execution_options(plsched_writes=True)
        try:
            with (
                self._troubles.told(),
                self._alone(),
                Session(writer) as session,
                session.begin(),
            ):
                yield session
        except StoreReadOnly:
            # A file of SQLite that was opened meanwhile stays read-only, whatever its disk becomes.
            self.engine.dispose()
            raise
        if self._log is not None:
            self._log.keep_small()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if self._turn is None:
            yield
            return
        if not self._turn.acquire(timeout=TURN_S):
            error = StoreUnavailable(
                f"others have written to the database for {TURN_S:g} seconds, and nothing was "
                "changed; try again"
            )
            self._troubles.note(error)
            raise error
        try:
            yield
        finally:
            self._turn.release()

    def ping(self) -> None:
        """Raise when the database does not answer."""
        with self.read() as session:
            session.execute(text("SELECT 1"))

    def is_current(self) -> bool:
        """Tell whether the tables are as this plsched knows them: another may migrate them."""
        with self.read() as session:
            return _found_revision(session.connection()) == revision()

    def troubles(self) -> Mapping[str, int]:
        """Give how often the database refused, by the name of the error."""
        return self._troubles.seen()

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_database(url: str) -> Database:
    """Open a database and bring its tables up to date.

    Parameters
    ----------
    url
        An SQLAlchemy URL, such as ``sqlite:///plsched.db``. The folder of an SQLite file is made
        when it is missing.

    Raises
    ------
    StoreNotOpened
        The URL names no database of a kind that is known, or one in memory (threads could not
        share it), or one that cannot be reached, or whose tables are of another plsched.
    """
    with _opening_told(url):
        engine = _engine(url)
        _bring_up_to_date(engine)
    return Database(engine)


@contextmanager
def open_as_it_is(url: str) -> Iterator[Engine]:
    """Open a database that is there, to read it: nothing is made, nothing migrated.

    Raises
    ------
    StoreNotOpened
        There is none, or it cannot be reached, or its tables are of another revision.
    """
    with _opening_told(url):
        file = make_url(url).database
        if make_url(url).get_backend_name() == "sqlite" and not Path(str(file)).is_file():
            raise StoreNotOpened(f"{_named(url)} is not there; look at the address")
        engine = _engine(url)
    try:
        with _opening_told(url), engine.connect() as connection:
            found = _found_revision(connection)
        if found != revision():
            raise StoreNotOpened(
                f"{_named(url)} has tables of revision {found}, and this plsched knows "
                f"{revision()}; use the plsched that made it, or let this one migrate it first "
                "('plsched serve')"
            )
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _opening_told(url: str) -> Iterator[None]:
    try:
        yield
    except CommandError as error:
        raise StoreNotOpened(
            f"{_named(url)} was made by another plsched ({error}); open it with that one, or name "
            "a new database"
        ) from error
    except (ArgumentError, OperationalError) as error:
        raise StoreNotOpened(
            f"{_named(url)} cannot be opened: {str(error).splitlines()[0]}; look at the address, "
            "at who may use it, and whether its server runs"
        ) from error


def _bring_up_to_date(engine: Engine) -> None:
    try:
        with engine.execution_options(plsched_writes=True).connect() as connection:
            migrate(connection)
            connection.commit()
    except BaseException:
        engine.dispose()
        raise


def migrate(connection: Connection) -> None:
    """Run the migrations that the database has not seen; others wait until they are done."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
    config = _migrations()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _migrations() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


@cache
def revision() -> str:
    """Give the revision of the tables that this plsched knows."""
    head = ScriptDirectory.from_config(_migrations()).get_current_head()
    assert head is not None  # noqa: S101  # there are migrations
    return head


def _found_revision(connection: Connection) -> str | None:
    # Alembic describes its table anew for each question, and SQLAlchemy keeps what it is asked.
    if not connection.dialect.has_table(connection, _REVISIONS.name):
        return None
    return connection.scalar(select(_REVISIONS.c.version_num))


def _named(url: str) -> str:
    """Name a database without its password."""
    try:
        return repr(make_url(url).render_as_string(hide_password=True))
    except ArgumentError:
        return "the database URL"


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        # A connection that the server closed meanwhile is found before it is used.
        bounds = {name: bound for name, bound in REACHED_WITHIN.items() if name not in parsed.query}
        server = parsed.set(drivername="postgresql+psycopg").update_query_dict(bounds)
        engine = create_engine(server, pool_pre_ping=True, hide_parameters=True)
        event.listen(engine, "connect", _set_up_postgresql)
        return engine
    if parsed.get_backend_name() != "sqlite":
        raise StoreNotOpened(
            f"{parsed.get_backend_name()!r} is no kind of database that plsched knows; name one "
            "as sqlite:///plsched.db or postgresql://user@host/name"
        )
    if parsed.database in {None, "", ":memory:"}:
        raise StoreNotOpened(f"{url!r} is in memory; name a file, such as sqlite:///plsched.db")
    Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
    # What is written tells of people; texts of errors go to the log.
    engine = create_engine(parsed, hide_parameters=True)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _file(engine: Engine) -> Path | None:
    return Path(str(engine.url.database)) if engine.dialect.name == "sqlite" else None


def _set_up_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # The driver would begin transactions by itself, and late; `_begin_sqlite` does it.
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        for pragma in (
            f"busy_timeout = {BUSY_TIMEOUT_MS}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            f"journal_size_limit = {WAL_LIMIT_BYTES}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        # A file that cannot be set up is let go of, or its disk could not be unmounted.
        cursor.close()
        connection.close()
        raise
    cursor.close()


def _set_up_postgresql(connection: Any, _: ConnectionPoolEntry) -> None:
    before, connection.autocommit = connection.autocommit, True
    connection.execute(f"SET idle_in_transaction_session_timeout = {IDLE_IN_TRANSACTION_MS}")
    connection.execute(f"SET lock_timeout = {LOCK_TIMEOUT_MS}")
    connection.autocommit = before


def _begin_sqlite(connection: Connection) -> None:
    # A read that turns into a write skips the busy handler, so writers take the lock at once.
    writes = connection.get_execution_options().get("plsched_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
