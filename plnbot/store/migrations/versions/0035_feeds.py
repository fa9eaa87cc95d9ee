"""Feeds of networks, their items and stories."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Instant

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "reading_feed",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "network_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=600), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("grades", sa.JSON(), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("approval", sa.Boolean(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("removed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by"], ["member.id"], name=op.f("fk_reading_feed_added_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_reading_feed_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_feed")),
        sa.UniqueConstraint("network_id", "key", name=op.f("uq_reading_feed_network_id_key")),
    )
    with op.batch_alter_table("reading_feed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reading_feed_added_by"), ["added_by"], unique=False)

    op.create_table(
        "reading_find",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "network_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("workspace", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("offers", sa.JSON(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("form_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["member.id"], name=op.f("fk_reading_find_by_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_reading_find_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_find")),
    )
    with op.batch_alter_table("reading_find", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reading_find_by_id"), ["by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_reading_find_network_id"), ["network_id"], unique=False
        )

    op.create_table(
        "reading_story",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "network_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("key", sa.String(length=600), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("came", Instant(), nullable=False),
        sa.Column("standing", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column(
            "decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["member.id"], name=op.f("fk_reading_story_decided_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_reading_story_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_story")),
    )
    with op.batch_alter_table("reading_story", schema=None) as batch_op:
        batch_op.create_index("ix_reading_story_came", ["network_id", "came"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_reading_story_decided_by"), ["decided_by"], unique=False
        )
        batch_op.create_index("ix_reading_story_key", ["network_id", "key"], unique=False)

    op.create_table(
        "reading_item",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "network_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("feed_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("story_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("byline", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("image", sa.Text(), nullable=False),
        sa.Column("free", sa.Boolean(), nullable=True),
        sa.Column("captions", sa.Boolean(), nullable=True),
        sa.Column("published", Instant(), nullable=True),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("gate", sa.String(length=12), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("faded_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["reading_feed.id"], name=op.f("fk_reading_item_feed_id_reading_feed")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_reading_item_network_id_network")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["reading_story.id"], name=op.f("fk_reading_item_story_id_reading_story")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_item")),
    )
    with op.batch_alter_table("reading_item", schema=None) as batch_op:
        batch_op.create_index("ix_reading_item_feed", ["feed_id", "seen_at"], unique=False)
        batch_op.create_index("ix_reading_item_network", ["network_id", "seen_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_reading_item_story_id"), ["story_id"], unique=False)

    op.create_table(
        "reading_poll",
        sa.Column("feed_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "network_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("validators", sa.JSON(), nullable=False),
        sa.Column("body", sa.String(length=64), nullable=False),
        sa.Column("digests", sa.JSON(), nullable=False),
        sa.Column("asks", sa.JSON(), nullable=False),
        sa.Column("polled_at", Instant(), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("newest_at", Instant(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", Instant(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("told_at", Instant(), nullable=True),
        sa.Column("silent_told_at", Instant(), nullable=True),
        sa.Column("moved_to", sa.Text(), nullable=False),
        sa.Column("moved_since", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["reading_feed.id"], name=op.f("fk_reading_poll_feed_id_reading_feed")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_reading_poll_network_id_network")
        ),
        sa.PrimaryKeyConstraint("feed_id", name=op.f("pk_reading_poll")),
    )
    with op.batch_alter_table("reading_poll", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reading_poll_network_id"), ["network_id"], unique=False
        )

    op.create_table(
        "reading_room",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "network_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("feed_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("workspace", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("manner", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["reading_feed.id"], name=op.f("fk_reading_room_feed_id_reading_feed")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_reading_room_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_room")),
        sa.UniqueConstraint(
            "feed_id",
            "platform",
            "workspace",
            "channel",
            name=op.f("uq_reading_room_feed_id_platform_workspace_channel"),
        ),
    )
    with op.batch_alter_table("reading_room", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reading_room_network_id"), ["network_id"], unique=False
        )
        batch_op.create_index(
            "ix_reading_room_place", ["platform", "workspace", "channel"], unique=False
        )

    op.create_table(
        "reading_shown",
        sa.Column("story_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("workspace", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column(
            "network_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_reading_shown_network_id_network")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["reading_story.id"], name=op.f("fk_reading_shown_story_id_reading_story")
        ),
        sa.PrimaryKeyConstraint(
            "story_id", "platform", "workspace", "channel", name=op.f("pk_reading_shown")
        ),
    )
    with op.batch_alter_table("reading_shown", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reading_shown_network_id"), ["network_id"], unique=False
        )

    op.create_table(
        "reading_mark",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "network_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("feed_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guid", sa.String(length=500), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("published", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["reading_feed.id"], name=op.f("fk_reading_mark_feed_id_reading_feed")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["reading_item.id"], name=op.f("fk_reading_mark_item_id_reading_item")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_reading_mark_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_mark")),
    )
    with op.batch_alter_table("reading_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reading_mark_feed_id"), ["feed_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reading_mark_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_reading_mark_network_id"), ["network_id"], unique=False
        )
