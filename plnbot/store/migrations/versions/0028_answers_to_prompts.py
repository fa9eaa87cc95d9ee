"""Until when prompts are on time, who passed, what became of what members said; where chats come from."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Instant

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "prompt_closing",
        sa.Column("occurrence_id", Id, sa.ForeignKey("prompt_occurrence.id"), primary_key=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
    )
    op.create_table(
        "prompt_pass",
        sa.Column("occurrence_id", Id, sa.ForeignKey("prompt_occurrence.id"), primary_key=True),
        sa.Column("member_id", Id, sa.ForeignKey("member.id"), primary_key=True),
    )
    op.create_index("ix_prompt_pass_member", "prompt_pass", ["member_id"])
    op.create_table(
        "prompt_reflection",
        sa.Column("id", Id, primary_key=True),
        sa.Column("network_id", Id, sa.ForeignKey("network.id"), nullable=False),
        sa.Column("occurrence_id", Id, sa.ForeignKey("prompt_occurrence.id"), nullable=False),
        sa.Column("member_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("said_at", Instant(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=True),
        sa.UniqueConstraint("occurrence_id", "member_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_prompt_reflection_member", "prompt_reflection", ["member_id", "asked_at"])
    with op.batch_alter_table("chat") as batch:
        batch.add_column(sa.Column("grew_from", sa.String(60), nullable=False, server_default=""))
