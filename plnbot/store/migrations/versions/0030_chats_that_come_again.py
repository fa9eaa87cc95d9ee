"""Chats that come again, and which chat is on which of their dates."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Instant

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chat_series",
        sa.Column("id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("workspace", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("plan", sa.String(length=40), nullable=False),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("schedule", sa.Text(), nullable=False),
        sa.Column("created_by", Id, nullable=False),
        sa.Column("begun_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["member.id"], name=op.f("fk_chat_series_created_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_chat_series_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_series")),
    )
    op.create_index("ix_chat_series_network", "chat_series", ["network_id", "ended_at"])
    op.create_table(
        "chat_series_date",
        sa.Column("series_id", Id, nullable=False),
        sa.Column("slot", Instant(), nullable=False),
        sa.Column("chat_id", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chat.id"], name=op.f("fk_chat_series_date_chat_id_chat")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"],
            ["chat_series.id"],
            name=op.f("fk_chat_series_date_series_id_chat_series"),
        ),
        sa.PrimaryKeyConstraint("series_id", "slot", name=op.f("pk_chat_series_date")),
        sa.UniqueConstraint("chat_id", name=op.f("uq_chat_series_date_chat_id")),
    )
