"""A PostgreSQL for benchmarks: durable as it is by default, with the tables of plsched."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from plsched.store import open_database
from tests.postgres import start_server, stop_server


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; its programs are in ``folder / "programs"``."""

    folder: Path
    url: str

    def connect(self) -> psycopg.Connection:
        """Connect, without transactions unless asked for."""
        return psycopg.connect(self.url, autocommit=True)


@contextmanager
def durable(max_connections: int = 100) -> Iterator[Server]:
    """Start a server whose commits survive a loss of power, and stop it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="plsched-durable-"))
    folder.chmod(0o755)
    try:
        url = start_server(folder, (f"max_connections={max_connections}",))
        open_database(url.render_as_string(hide_password=False)).close()
        yield Server(folder, url.set(drivername="postgresql").render_as_string())
    finally:
        stop_server(folder)
        shutil.rmtree(folder)
