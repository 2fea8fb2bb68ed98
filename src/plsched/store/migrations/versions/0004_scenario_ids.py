"""The hash of a scenario's content is kept beside its id, and is it no more.

Scenarios that there are keep their ids, so that plans and runs still find them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INDEX = "ix_scenarios_tenant_content_hash"


def upgrade() -> None:
    # SQLite adds no column without a default to a table that has rows.
    op.add_column(
        "scenarios", sa.Column("content_hash", sa.String(), nullable=False, server_default="")
    )
    op.execute("UPDATE scenarios SET content_hash = id")
    op.create_index(INDEX, "scenarios", ["tenant", "content_hash"], unique=True)


def downgrade() -> None:
    op.drop_index(INDEX, "scenarios")
    op.drop_column("scenarios", "content_hash")
