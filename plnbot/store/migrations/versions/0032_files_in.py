"""Forms that were sent with a file, and files that are kept for a day while they are read."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Instant, Json

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "sent_form",
        sa.Column("id", Id, primary_key=True),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("platform", sa.String(20), nullable=False),
        sa.Column("workspace", sa.String(80), nullable=False),
        sa.Column("user", sa.String(80), nullable=False),
        sa.Column("channel", sa.String(80), nullable=False),
        sa.Column("thread", sa.String(80), nullable=False),
        sa.Column("form", sa.String(60), nullable=False),
        sa.Column("row", sa.String(80), nullable=False),
        sa.Column("given", Json, nullable=False),
        sa.Column("files", Json, nullable=False),
        sa.Column("answer", Json, nullable=True),
        sa.Column("at", Instant, nullable=False),
    )
    op.create_index("ix_sent_form_at", "sent_form", ["at"])
    op.create_table(
        "upload",
        sa.Column("id", Id, primary_key=True),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("platform", sa.String(20), nullable=False),
        sa.Column("workspace", sa.String(80), nullable=False),
        sa.Column("user", sa.String(80), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", Instant, nullable=False),
    )
    op.create_index("ix_upload_at", "upload", ["at"])
