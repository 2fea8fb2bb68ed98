"""The PostgreSQL that tests run on: real, and to each test its own."""

from __future__ import annotations

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
