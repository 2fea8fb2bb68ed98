"""Alembic's way in: the caller brings the connection."""

from __future__ import annotations

from alembic import context

from plsched.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
