"""School calendars, their days, and as what people took them."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Json

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "school_calendar",
        sa.Column("id", Id, nullable=False),
        sa.Column("network_id", Id, sa.ForeignKey("network.id"), nullable=False),
        sa.Column("organisation_id", Id, sa.ForeignKey("organisation.id"), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("address", sa.String(length=1000), nullable=False),
        sa.Column("added_by", Id, sa.ForeignKey("member.id"), nullable=True),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.Column("etag", sa.String(length=300), nullable=False),
        sa.Column("last_modified", sa.String(length=100), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("read_at", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=True),
        sa.Column("failing_since", sa.BigInteger(), nullable=True),
        sa.Column("trouble", sa.String(length=40), nullable=False),
        sa.Column("change", Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_calendar")),
    )
    op.create_index("ix_school_calendar_network_id", "school_calendar", ["network_id"])
    op.create_table(
        "school_day",
        sa.Column("id", Id, nullable=False),
        sa.Column("calendar_id", Id, sa.ForeignKey("school_calendar.id"), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("until", sa.String(length=5), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_day")),
    )
    op.create_index("ix_school_day_calendar", "school_day", ["calendar_id", "last"])
    op.create_table(
        "school_kind",
        sa.Column("id", Id, nullable=False),
        sa.Column("calendar_id", Id, sa.ForeignKey("school_calendar.id"), nullable=False),
        sa.Column("folded", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_kind")),
        sa.UniqueConstraint(
            "calendar_id", "folded", name=op.f("uq_school_kind_calendar_id_folded")
        ),
    )
    op.create_table(
        "school_file",
        sa.Column("calendar_id", Id, sa.ForeignKey("school_calendar.id"), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("calendar_id", name=op.f("pk_school_file")),
    )
