"""The library: the catalogue, members' shelves and digests, dead links, members' own blogs."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Instant, Json

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "reading_digest",
        sa.Column("member_id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("days", Json, nullable=False),
        sa.Column("at", sa.String(length=5), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_reading_digest_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_reading_digest_network_id_network")
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_reading_digest")),
    )
    op.create_index("ix_reading_digest_network_id", "reading_digest", ["network_id"])

    op.create_table(
        "reading_entry",
        sa.Column("id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=600), nullable=False),
        sa.Column("provider", sa.String(length=120), nullable=False),
        sa.Column("cost", sa.String(length=60), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("subjects", Json, nullable=False),
        sa.Column("grades", Json, nullable=False),
        sa.Column("skills", Json, nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("begins_at", Instant(), nullable=True),
        sa.Column("until", sa.String(length=10), nullable=False),
        sa.Column("ends_at", Instant(), nullable=True),
        sa.Column("added_by", Id, nullable=True),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("removed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by"], ["member.id"], name=op.f("fk_reading_entry_added_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_reading_entry_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_entry")),
    )
    op.create_index("ix_reading_entry_added_by", "reading_entry", ["added_by"])
    op.create_index("ix_reading_entry_network", "reading_entry", ["network_id", "removed_at"])

    op.create_table(
        "reading_issue",
        sa.Column("id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("things", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_reading_issue_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_reading_issue_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_issue")),
    )
    op.create_index("ix_reading_issue_member", "reading_issue", ["member_id", "at"])
    op.create_index("ix_reading_issue_network_id", "reading_issue", ["network_id"])

    op.create_table(
        "reading_report",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("row_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_reading_report_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_reading_report_network_id_network")
        ),
        sa.PrimaryKeyConstraint("kind", "row_id", "member_id", name=op.f("pk_reading_report")),
    )
    op.create_index("ix_reading_report_member", "reading_report", ["member_id"])
    op.create_index("ix_reading_report_network_id", "reading_report", ["network_id"])

    op.create_table(
        "reading_shelf",
        sa.Column("id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("row_id", Id, nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("subjects", Json, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("saved_at", Instant(), nullable=True),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.Column("less_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_reading_shelf_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_reading_shelf_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_shelf")),
        sa.UniqueConstraint(
            "member_id", "kind", "row_id", name=op.f("uq_reading_shelf_member_id_kind_row_id")
        ),
    )
    op.create_index("ix_reading_shelf_network_id", "reading_shelf", ["network_id"])
    op.create_index("ix_reading_shelf_thing", "reading_shelf", ["kind", "row_id"])

    op.create_table(
        "reading_blog",
        sa.Column("id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=600), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("standing", sa.String(length=10), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("feed_id", Id, nullable=True),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["reading_feed.id"], name=op.f("fk_reading_blog_feed_id_reading_feed")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_reading_blog_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_reading_blog_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_blog")),
        sa.UniqueConstraint("network_id", "key", name=op.f("uq_reading_blog_network_id_key")),
    )
    op.create_index("ix_reading_blog_feed_id", "reading_blog", ["feed_id"])
    op.create_index("ix_reading_blog_member", "reading_blog", ["member_id"])
    op.create_index("ix_reading_blog_network_id", "reading_blog", ["network_id"])
