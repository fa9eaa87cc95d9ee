"""Erasures, and restorations from a backup."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "erasure",
        sa.Column("member_id", number, autoincrement=False, nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("network_id", number, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("keeps_answers", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "since", name=op.f("pk_erasure")),
    )
    op.create_table(
        "restoration",
        sa.Column("id", number, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restoration")),
    )
