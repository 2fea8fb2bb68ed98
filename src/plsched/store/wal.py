"""The write-ahead log of SQLite, kept small.

SQLite copies the log into the database by itself, but begins it anew only when nobody reads from it.
Readers that overlap without end would let it grow for ever, so beyond a size it is emptied: that
waits for the readers of the moment, and holds new ones off it.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from threading import Lock

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

logger = logging.getLogger(__name__)

WAL_LIMIT_BYTES = 64 << 20
"""Size from which on the log is emptied; its file is cut to it when it begins anew by itself."""
WAIT_MS = 500
"""How long emptying waits for readers; writers wait with it."""
AGAIN_S = 10.0
"""Pause after which emptying is tried again that a long reader held up."""


class WriteAheadLog:
    """Empties the log of a database when it has grown.

    Parameters
    ----------
    database
        The database's file.
    """

    def __init__(self, engine: Engine, database: Path, busy_timeout_ms: int) -> None:
        self._engine = engine
        self._file = database.with_name(f"{database.name}-wal")
        self._busy_timeout_ms = busy_timeout_ms
        self._emptying = Lock()
        self._not_before = 0.0

    def keep_small(self) -> None:
        """Empty the log if it has grown; called after each write, which costs next to nothing."""
        if self._size() <= WAL_LIMIT_BYTES or time.monotonic() < self._not_before:
            return
        if self._emptying.acquire(blocking=False):
            try:
                self._not_before = time.monotonic() + AGAIN_S
                self._empty()
            except (sqlite3.Error, SQLAlchemyError) as error:
                # What was written stands; a full disk or a locked database passes.
                logger.warning("the write-ahead log could not be emptied: %s", error)
            finally:
                self._emptying.release()

    def _size(self) -> int:
        try:
            return self._file.stat().st_size
        except FileNotFoundError:
            return 0

    def _empty(self) -> None:
        with closing(self._engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA busy_timeout = {WAIT_MS}")
            try:
                # Says whether it was held up; then a write after the pause tries again.
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                cursor.execute(f"PRAGMA busy_timeout = {self._busy_timeout_ms}")
                cursor.close()
