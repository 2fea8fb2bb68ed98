"""The database: how it is opened, read from and written to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from plsched.errors import StoreNotOpened

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_TIMEOUT_MS = 10_000


class Database:
    """An open database with its tables as the code knows them.

    Examples
    --------
    >>> with open_database("sqlite:///plsched.db") as database:  # doctest: +SKIP
    ...     with database.read() as session: ...
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session that reads one state of the database."""
        with Session(self.engine) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Give a session that writes, alone; committed at the end, undone on an error."""
        writer = self.engine.execution_options(plsched_writes=True)
        with Session(writer) as session, session.begin():
            yield session

    def ping(self) -> None:
        """Raise when the database does not answer."""
        with self.read() as session:
            session.execute(text("SELECT 1"))

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
        The URL names an SQLite database in memory: threads could not share it.
    """
    engine = _engine(url)
    with engine.execution_options(plsched_writes=True).connect() as connection:
        migrate(connection)
        connection.commit()
    return Database(engine)


def migrate(connection: Connection) -> None:
    """Run the migrations that the database has not seen."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed)
    if parsed.database in {None, "", ":memory:"}:
        raise StoreNotOpened(f"{url!r} is in memory; name a file, such as sqlite:///plsched.db")
    Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # The driver would begin transactions by itself, and late; `_begin_sqlite` does it.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A read that turns into a write skips the busy handler, so writers take the lock at once.
    writes = connection.get_execution_options().get("plsched_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
