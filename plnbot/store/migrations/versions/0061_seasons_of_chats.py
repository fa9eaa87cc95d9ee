"""Seasons of chats, planned at once."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Instant

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "chat_season",
        sa.Column("id", _ID, nullable=False),
        sa.Column("network_id", _ID, nullable=False),
        sa.Column("platform", sa.String(20), nullable=False),
        sa.Column("workspace", sa.String(80), nullable=False),
        sa.Column("channel", sa.String(80), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("starts", sa.String(200), nullable=False),
        sa.Column("again", sa.String(200), nullable=False),
        sa.Column("plan", sa.String(40), nullable=False),
        sa.Column("created_by", _ID, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_chat_season_network_id_network")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["member.id"], name=op.f("fk_chat_season_created_by_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_season")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_chat_season_network"), "chat_season", ["network_id", "state"])
    op.create_index(op.f("ix_chat_season_member"), "chat_season", ["created_by"])
    op.create_table(
        "chat_season_date",
        sa.Column("chat_id", _ID, autoincrement=False, nullable=False),
        sa.Column("season_id", _ID, nullable=False),
        sa.Column("by_vote", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chat.id"], name=op.f("fk_chat_season_date_chat_id_chat")
        ),
        sa.ForeignKeyConstraint(
            ["season_id"],
            ["chat_season.id"],
            name=op.f("fk_chat_season_date_season_id_chat_season"),
        ),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_chat_season_date")),
    )
    op.create_index(op.f("ix_chat_season_date_season"), "chat_season_date", ["season_id"])
