"""Summaries of chats: which answers are quoted, in what order."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Instant

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "chat_summary",
        sa.Column("chat_id", _ID, nullable=False),
        sa.Column("made_by", _ID, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chat.id"], name=op.f("fk_chat_summary_chat_id_chat")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["member.id"], name=op.f("fk_chat_summary_made_by_member")
        ),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_chat_summary")),
    )
    op.create_table(
        "chat_summary_quote",
        sa.Column("chat_id", _ID, nullable=False),
        sa.Column("answer_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"],
            ["chat_summary.chat_id"],
            name=op.f("fk_chat_summary_quote_chat_id_chat_summary"),
        ),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["answer.id"],
            name=op.f("fk_chat_summary_quote_answer_id_answer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("chat_id", "answer_id", name=op.f("pk_chat_summary_quote")),
    )
    op.create_index(op.f("ix_chat_summary_quote_answer"), "chat_summary_quote", ["answer_id"])
