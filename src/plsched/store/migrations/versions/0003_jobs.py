"""The tables of Procrastinate, by which PostgreSQL tells workers of runs.

They are Procrastinate's own schema, as the installed version brings it, made here so that they come
with all the others: once, under a lock. The version is pinned; a later one with another schema needs a
migration here for the stores that there are, which a test asks for.
"""

from importlib.resources import files
from typing import Any

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FORGET_FUNCTIONS = r"""
DO $$
DECLARE known regprocedure;
BEGIN
    FOR known IN SELECT oid FROM pg_proc WHERE proname LIKE 'procrastinate\_%' LOOP
        EXECUTE 'DROP FUNCTION ' || known || ' CASCADE';
    END LOOP;
END;
$$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    # Several statements at once, with signs that would be parameters: for the driver alone.
    driver: Any = op.get_bind().connection.driver_connection
    driver.execute((files("procrastinate") / "sql/schema.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(FORGET_FUNCTIONS)
    for table in ("events", "periodic_defers", "jobs", "workers"):
        op.execute(f"DROP TABLE procrastinate_{table}")
    for kind in ("job_to_defer_v1", "job_event_type", "job_status"):
        op.execute(f"DROP TYPE procrastinate_{kind}")
