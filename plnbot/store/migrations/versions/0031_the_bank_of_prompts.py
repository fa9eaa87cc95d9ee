"""The bank of prompts: seasons, ideas of members, who decided, other words proposed, what runs low."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Instant, Json

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    false = sa.false()
    for column in (
        sa.Column("season", sa.String(length=10), nullable=False, server_default=""),
        sa.Column("breaks", sa.Boolean(), nullable=False, server_default=false),
        sa.Column("suggested", sa.Boolean(), nullable=False, server_default=false),
        sa.Column("named", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("decided_at", Instant(), nullable=True),
    ):
        op.add_column("prompt", column)
    op.add_column(
        "prompt",
        sa.Column("decided_by", Id, sa.ForeignKey("member.id"), nullable=True),
        inline_references=True,
    )
    op.execute("UPDATE prompt SET suggested = (author_id IS NOT NULL)")
    for name in ("fill_ins", "shuffled"):
        op.add_column(
            "prompt_schedule", sa.Column(name, sa.Boolean(), nullable=False, server_default=false)
        )
    op.create_table(
        "prompt_rewording",
        sa.Column("prompt_id", Id, sa.ForeignKey("prompt.id", ondelete="CASCADE"), nullable=False),
        sa.Column("network_id", Id, sa.ForeignKey("network.id"), nullable=False),
        sa.Column("words", Json, nullable=False),
        sa.Column("by_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("lapses_at", Instant(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("prompt_id", name=op.f("pk_prompt_rewording")),
    )
    op.create_index("ix_prompt_rewording_network_id", "prompt_rewording", ["network_id"])
    op.create_table(
        "prompt_low",
        sa.Column(
            "schedule_id",
            Id,
            sa.ForeignKey("prompt_schedule.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("network_id", Id, sa.ForeignKey("network.id"), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("schedule_id", name=op.f("pk_prompt_low")),
    )
