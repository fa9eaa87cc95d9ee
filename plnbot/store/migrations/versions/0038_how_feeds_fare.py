"""How feeds fare, digests of rooms, and lists of feeds that are taken over."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Instant, ScheduleText

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables and columns."""
    op.create_table(
        "reading_room_digest",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "network_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("workspace", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("schedule", ScheduleText(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_reading_room_digest_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_room_digest")),
        sa.UniqueConstraint(
            "platform",
            "workspace",
            "channel",
            name=op.f("uq_reading_room_digest_platform_workspace_channel"),
        ),
    )
    with op.batch_alter_table("reading_room_digest", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reading_room_digest_network_id"), ["network_id"], unique=False
        )

    op.create_table(
        "reading_import",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "network_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("workspace", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("manner", sa.String(length=10), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("listed_at", Instant(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["member.id"], name=op.f("fk_reading_import_by_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_reading_import_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_import")),
    )
    with op.batch_alter_table("reading_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reading_import_by_id"), ["by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_reading_import_network_id"), ["network_id"], unique=False
        )

    op.create_table(
        "reading_outline",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "network_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "import_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["reading_import.id"],
            name=op.f("fk_reading_outline_import_id_reading_import"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_reading_outline_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_outline")),
    )
    with op.batch_alter_table("reading_outline", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reading_outline_import_id"), ["import_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_reading_outline_network_id"), ["network_id"], unique=False
        )

    with op.batch_alter_table("reading_mark", schema=None) as batch_op:
        batch_op.add_column(sa.Column("at", Instant(), nullable=True))
        batch_op.add_column(
            sa.Column("by", sa.String(length=10), server_default="", nullable=False)
        )

    with op.batch_alter_table("reading_poll", schema=None) as batch_op:
        batch_op.add_column(sa.Column("fix", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("gone_at", Instant(), nullable=True))
