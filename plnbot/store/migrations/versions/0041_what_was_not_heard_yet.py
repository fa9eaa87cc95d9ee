"""What was not heard yet: rooms that are still to be read after a gap, and where answers were said."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Instant

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, and the column."""
    op.create_table(
        "unheard",
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("workspace", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("thread", sa.String(length=80), nullable=False),
        sa.Column("reads_from", Instant(), nullable=False),
        sa.Column("since", Instant(), nullable=True),
        sa.Column("until", Instant(), nullable=True),
        sa.Column("further", sa.String(length=200), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint(
            "platform", "workspace", "channel", "thread", name=op.f("pk_unheard")
        ),
    )
    op.add_column("answer", sa.Column("said_in", sa.String(length=300), nullable=True))
    op.create_index("ix_answer_said_in", "answer", ["said_in", "at"])
