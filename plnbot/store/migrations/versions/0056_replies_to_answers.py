"""Which answers got a reply, from whom and when."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Instant

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "answer_reply",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("answer_id", _ID, nullable=False),
        sa.Column("member_id", _ID, nullable=False),
        sa.Column("source", sa.String(300), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["answer.id"],
            name=op.f("fk_answer_reply_answer_id_answer"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_answer_reply_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_reply")),
        sa.UniqueConstraint("answer_id", "source", name=op.f("uq_answer_reply_answer_id_source")),
    )
    op.create_index(op.f("ix_answer_reply_source"), "answer_reply", ["source"])
    op.create_index(op.f("ix_answer_reply_member"), "answer_reply", ["member_id"])
