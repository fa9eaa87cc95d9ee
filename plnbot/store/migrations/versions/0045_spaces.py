"""Spaces: places for a few people, who is in them, what is carried; rooms of the lobby with members."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Instant

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables, and what rooms of the lobby have besides."""
    op.create_table(
        "space",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "network_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("row", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("workspace", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("thread", sa.String(length=80), nullable=False),
        sa.Column("room", sa.JSON(), nullable=True),
        sa.Column("seen_by", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("tried", sa.JSON(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_space")),
        sa.UniqueConstraint("tenant", "row", name=op.f("uq_space_tenant_row")),
    )
    op.create_index("ix_space_place", "space", ["platform", "workspace", "channel", "thread"])

    op.create_table(
        "space_member",
        sa.Column("space_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("workspace", sa.String(length=80), nullable=False),
        sa.Column("user", sa.String(length=80), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.Column("inside", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("thread", sa.String(length=80), nullable=False),
        sa.Column("end_platform", sa.String(length=20), nullable=False),
        sa.Column("end_workspace", sa.String(length=80), nullable=False),
        sa.Column("direct", sa.Boolean(), nullable=False),
        sa.Column("below", sa.Boolean(), nullable=False),
        sa.Column("seen_by", sa.String(length=20), nullable=False),
        sa.Column("ready", sa.Boolean(), nullable=False),
        sa.Column("room_instead", sa.Boolean(), nullable=False),
        sa.Column("spoke_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["space_id"], ["space.id"], name=op.f("fk_space_member_space_id_space")
        ),
        sa.PrimaryKeyConstraint("space_id", "member_id", name=op.f("pk_space_member")),
    )
    op.create_index(
        "ix_space_member_end", "space_member", ["end_platform", "end_workspace", "channel"]
    )
    op.create_index("ix_space_member_member", "space_member", ["member_id"])

    op.create_table(
        "space_word",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("space_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("version", sa.String(length=60), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["space_id"], ["space.id"], name=op.f("fk_space_word_space_id_space")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_space_word")),
        sa.UniqueConstraint("space_id", "source", name=op.f("uq_space_word_space_id_source")),
    )
    op.create_index("ix_space_word_at", "space_word", ["at"])

    op.create_table(
        "web_room_member",
        sa.Column("workspace", sa.String(length=80), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("of_platform", sa.String(length=20), nullable=False),
        sa.Column("of_workspace", sa.String(length=80), nullable=False),
        sa.Column("user", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint(
            "workspace",
            "slug",
            "of_platform",
            "of_workspace",
            "user",
            name=op.f("pk_web_room_member"),
        ),
    )
    op.create_index(
        "ix_web_room_member_user", "web_room_member", ["of_platform", "of_workspace", "user"]
    )

    for name in ("closed", "ended"):
        no: sa.Column[bool] = sa.Column(
            name, sa.Boolean(), server_default=sa.false(), nullable=False
        )
        op.add_column("web_room", no)
