"""The PostgreSQL that tests run on: real, and to each test its own."""

from __future__ import annotations

import tempfile
from pathlib import Path

import psutil
import psycopg

from tests import postgres


def test_each_database_is_ones_own_and_gone_afterwards() -> None:
    with postgres.new_database() as one, postgres.new_database() as two:
        for url in (one, two):
            with psycopg.connect(url.replace("+psycopg", "")) as connection:
                connection.execute("CREATE TABLE mine (id int)")
                (version,) = connection.execute("SHOW server_version_num").fetchone() or ("0",)
                assert int(version) >= 160000
                (runs,) = connection.execute("SELECT to_regclass('runs')::text").fetchone() or ("",)
                assert runs == "runs"
    with postgres.new_database() as three, psycopg.connect(three.replace("+psycopg", "")) as now:
        names = [name for (name,) in now.execute("SELECT datname FROM pg_database")]
        assert not [url for url in (one, two) if url.split("/")[-1].split("?")[0] in names]


def test_a_server_that_was_killed_needs_no_stop() -> None:
    with tempfile.TemporaryDirectory(prefix="plsched-killed-") as name:
        folder = Path(name)
        postgres.start_server(folder)
        pid = int((folder / "data/postmaster.pid").read_text(encoding="utf-8").partition("\n")[0])
        server = psutil.Process(pid)
        parts = [server, *server.children()]
        server.kill()
        psutil.wait_procs(parts, timeout=30)
        assert (folder / "data/postmaster.pid").exists()
        postgres.stop_server(folder)
