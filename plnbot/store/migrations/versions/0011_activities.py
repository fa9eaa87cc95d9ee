"""What members did on purpose, written once and never changed."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Json

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "activity",
        sa.Column("id", Id, primary_key=True),
        sa.Column("network_id", Id, sa.ForeignKey("network.id"), nullable=False),
        sa.Column("member_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("role", sa.String(12), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("started", sa.BigInteger(), nullable=False),
        sa.Column("ended", sa.BigInteger(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("in_person", sa.Boolean(), nullable=False),
        sa.Column("topics", Json, nullable=False),
        sa.Column("skills", Json, nullable=False),
        sa.Column("source_ref", sa.String(80), nullable=False),
        sa.Column("evidence", Json, nullable=False),
        sa.Column("rehearsal", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("source_ref", "member_id", "revision"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_activity_member", "activity", ["member_id", "started"])
