"""What is wrong with a database that refuses: told apart by its own codes, never by its words."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from plsched.errors import StoreFull, StoreReadOnly, StoreUnavailable

_PAGE = 1 << 16
"""SQLite grows its files by pages of at most this many bytes."""
_PRIMARY = 0xFF
"""The low byte of an SQLite code says what it is; the rest says where."""
_SQLITE_UNAVAILABLE = {
    sqlite3.SQLITE_BUSY: "is locked by somebody else",
    sqlite3.SQLITE_LOCKED: "is locked by somebody else",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened",
    sqlite3.SQLITE_IOERR: "cannot be read or written",
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRESQL_FULL = "53100"
_POSTGRESQL_READ_ONLY = "25006"
_POSTGRESQL_UNAVAILABLE = {
    "08": "cannot be reached",
    "25P03": "gave up a transaction that stood still",
    "40": "is used by somebody else at the same time",
    "53": "has no connection, memory or space left",
    "55P03": "is locked by somebody else",
    "57P": "is shutting down or starting",
    "58": "cannot read or write its disk",
}


class Troubles:
    """Turns errors of a database into those of plsched, and counts them.

    Parameters
    ----------
    folder
        Where the database's file stands; ``None`` when a server keeps it.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._seen: Counter[str] = Counter()
        self._lock = Lock()

    def seen(self) -> Mapping[str, int]:
        """Give how often each error came, by its name."""
        with self._lock:
            return dict(self._seen)

    @contextmanager
    def told(self) -> Iterator[None]:
        """Raise `StoreUnavailable` in the place of what the driver raises.

        An error that is a fault of the statement, such as a broken constraint, stays as it is.
        """
        try:
            yield
        except (DBAPIError, NoConnectionFree) as error:
            told = self._tell(error)
            self.note(error if told is None else told)
            if told is None:
                raise
            raise told from error

    def note(self, error: Exception) -> None:
        """Count an error."""
        with self._lock:
            self._seen[type(error).__name__] += 1

    def _tell(self, error: DBAPIError | NoConnectionFree) -> StoreUnavailable | None:
        if isinstance(error, NoConnectionFree):
            return _unavailable("has no connection free")
        match error.orig:
            case sqlite3.Error() as cause:
                return self._tell_sqlite(cause)
            case psycopg.Error() as cause:
                return _tell_postgresql(cause)
            case _:
                return None

    def _tell_sqlite(self, error: sqlite3.Error) -> StoreUnavailable | None:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & _PRIMARY
        if code == sqlite3.SQLITE_FULL:
            return _full()
        if code == sqlite3.SQLITE_READONLY:
            return _read_only()
        if code not in _SQLITE_UNAVAILABLE:
            return None
        # A file beside the database that cannot be made or grown is told without the reason.
        if code in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR} and self._folder is not None:
            disk = os.statvfs(self._folder)
            if disk.f_flag & os.ST_RDONLY:
                return _read_only()
            if disk.f_bavail * disk.f_frsize < _PAGE:
                return _full()
        return _unavailable(_SQLITE_UNAVAILABLE[code])


def _tell_postgresql(error: psycopg.Error) -> StoreUnavailable | None:
    state = error.sqlstate
    if state is None:
        # The server said nothing: it is gone, or was never there.
        lost = isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
        return _unavailable("cannot be reached") if lost else None
    if state == _POSTGRESQL_FULL:
        return _full()
    if state == _POSTGRESQL_READ_ONLY:
        return _read_only()
    for start, words in _POSTGRESQL_UNAVAILABLE.items():
        if state.startswith(start):
            return _unavailable(words)
    return None


def _full() -> StoreFull:
    return StoreFull(
        "the disk of the database is full, and nothing was changed; it goes on by itself once "
        "those who run the service have made space"
    )


def _read_only() -> StoreReadOnly:
    return StoreReadOnly(
        "the database may be read only, and nothing was changed; those who run the service must "
        "let it be written again"
    )


def _unavailable(words: str) -> StoreUnavailable:
    return StoreUnavailable(f"the database {words}, and nothing was changed; try again")
