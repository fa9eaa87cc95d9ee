"""Badges from elsewhere."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Instant, Json

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "badge_brought",
        sa.Column("id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("said", Json, nullable=False),
        sa.Column("until", Instant(), nullable=True),
        sa.Column("whose", sa.String(length=12), nullable=False),
        sa.Column("standing", sa.String(length=16), nullable=False),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.Column("since", sa.String(length=10), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("looked_at", Instant(), nullable=True),
        sa.Column("verified_at", Instant(), nullable=True),
        sa.Column("shared_at", Instant(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_badge_brought_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_badge_brought_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge_brought")),
        sa.UniqueConstraint("code", name=op.f("uq_badge_brought_code")),
        sa.UniqueConstraint("member_id", "digest", name=op.f("uq_badge_brought_member_id_digest")),
        sqlite_autoincrement=True,
    )
    for column in ("member_id", "network_id"):
        op.create_index(op.f(f"ix_badge_brought_{column}"), "badge_brought", [column])
