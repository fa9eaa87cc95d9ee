"""What must outlive a restart on Discord."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "discord_draft",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("workspace", sa.String(length=80), nullable=False),
        sa.Column("user", sa.String(length=80), nullable=False),
        sa.Column("form", sa.JSON(), nullable=False),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discord_draft")),
    )
    with op.batch_alter_table("discord_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_discord_draft_at"), ["at"], unique=False)
    op.create_table(
        "discord_account",
        sa.Column("workspace", sa.String(length=80), nullable=False),
        sa.Column("user", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "user", name=op.f("pk_discord_account")),
    )
    with op.batch_alter_table("discord_account", schema=None) as batch_op:
        batch_op.create_index("ix_discord_account_user", ["user", "at"], unique=False)
    op.create_table(
        "discord_event",
        sa.Column("workspace", sa.String(length=80), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("event", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "key", name=op.f("pk_discord_event")),
    )
