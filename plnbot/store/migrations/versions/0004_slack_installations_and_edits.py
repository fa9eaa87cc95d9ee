"""slack installations and edits."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "slack_edit",
        sa.Column("workspace", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("message", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=80), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "channel", "message", name=op.f("pk_slack_edit")),
    )
    with op.batch_alter_table("slack_edit", schema=None) as batch_op:
        batch_op.create_index("ix_slack_edit_at", ["at"], unique=False)

    op.create_table(
        "slack_installation",
        sa.Column("workspace", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("bot", sa.String(length=80), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("refresh", sa.Text(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=True),
        sa.Column("installed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", name=op.f("pk_slack_installation")),
    )
