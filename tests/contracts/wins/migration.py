"""Rounds of wins."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Instant

revision = "9999"
down_revision = "9998"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "win_round",
        sa.Column("id", Id, primary_key=True),
        sa.Column("network_id", Id, sa.ForeignKey("network.id"), nullable=False),
        sa.Column("platform", sa.String(20), nullable=False),
        sa.Column("workspace", sa.String(80), nullable=False),
        sa.Column("channel", sa.String(80), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
    )
    op.create_index("ix_win_round_place", "win_round", ["platform", "workspace", "channel"])
