"""Guests of chats."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Instant

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "chat_guest",
        sa.Column("chat_id", _ID, nullable=False),
        sa.Column("member_id", _ID, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name=op.f("fk_chat_guest_chat_id_chat")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_chat_guest_member_id_member")
        ),
        sa.PrimaryKeyConstraint("chat_id", "member_id", name=op.f("pk_chat_guest")),
    )
    op.create_index(op.f("ix_chat_guest_member"), "chat_guest", ["member_id"])
