"""Answers without a name, and apart from them who gave one."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "anonymous_answer",
        sa.Column("id", Id, primary_key=True, autoincrement=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("whole_id", Id, nullable=False),
        sa.Column("under_id", Id, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("choice", sa.String(80), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("hidden_by", Id, sa.ForeignKey("member.id"), nullable=True),
        sa.Column("hidden_reason", sa.Text(), nullable=False),
    )
    op.create_index("ix_anonymous_answer_under", "anonymous_answer", ["kind", "under_id"])
    op.create_table(
        "anonymous_giver",
        sa.Column("id", Id, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("under_id", Id, nullable=False),
        sa.Column("member_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.UniqueConstraint("kind", "under_id", "member_id"),
    )
    op.create_index("ix_anonymous_giver_member", "anonymous_giver", ["member_id"])
