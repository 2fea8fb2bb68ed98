"""The tables of Procrastinate are made by our migrations, so they follow its versions by hand."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from procrastinate.schema import SchemaManager
from sqlalchemy import inspect

from plsched.store import Database

OURS = files("plsched.store") / "migrations/procrastinate-3.10.sql"
KNOWN = "03.04.00_50_post_add_retry_failed_job_procedure.sql"


def test_the_installed_version_has_no_tables_that_we_do_not_make() -> None:
    """A later version of Procrastinate needs a migration of ours with the statements of its own."""
    comment, _, statements = OURS.read_text(encoding="utf-8").partition("\n")
    assert comment.startswith("-- The schema of Procrastinate 3.10")
    assert statements == SchemaManager.get_schema()
    assert max(p.name for p in Path(SchemaManager.get_migrations_path()).glob("*.sql")) == KNOWN


def test_jobs_have_tables_where_there_are_workers(database: Database) -> None:
    jobs = {name for name in inspect(database.engine).get_table_names() if "procrastinate" in name}
    assert len(jobs) == (4 if database.kind == "postgresql" else 0)
