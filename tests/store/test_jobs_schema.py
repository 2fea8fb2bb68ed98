"""The tables of Procrastinate are made by our migrations, so they follow its versions by hand."""

from __future__ import annotations

from pathlib import Path

from procrastinate.schema import SchemaManager
from sqlalchemy import inspect

from plsched.store import Database

KNOWN = "03.04.00_50_post_add_retry_failed_job_procedure.sql"


def test_the_installed_version_has_the_schema_that_stores_have() -> None:
    """A later version of Procrastinate needs a migration of ours with the statements of its own."""
    assert max(p.name for p in Path(SchemaManager.get_migrations_path()).glob("*.sql")) == KNOWN


def test_jobs_have_tables_where_there_are_workers(database: Database) -> None:
    jobs = {name for name in inspect(database.engine).get_table_names() if "procrastinate" in name}
    assert len(jobs) == (4 if database.kind == "postgresql" else 0)
