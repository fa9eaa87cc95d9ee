"""What districts learn: members' tallies of a month, wishes, who is left out, and reports."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Instant, Json

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    _tally()
    op.create_table(
        "insight_mark",
        sa.Column("id", Id, nullable=False),
        sa.Column("upto", Id, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insight_mark")),
    )
    op.create_table(
        "insight_wish",
        sa.Column("member_id", Id, nullable=False),
        sa.Column("need", sa.String(length=60), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_insight_wish_member_id_member")
        ),
        sa.PrimaryKeyConstraint("member_id", "need", "month", name=op.f("pk_insight_wish")),
    )
    op.create_table(
        "insight_left_out",
        sa.Column("member_id", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_insight_left_out_member_id_member")
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_insight_left_out")),
    )
    op.create_table(
        "insight_report",
        sa.Column("id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("district_id", Id, nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("cells", Json, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_insight_report_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insight_report")),
        sa.UniqueConstraint(
            "network_id",
            "district_id",
            "month",
            name=op.f("uq_insight_report_network_id_district_id_month"),
        ),
        sqlite_autoincrement=True,
    )


def _tally() -> None:
    op.create_table(
        "insight_tally",
        sa.Column("member_id", Id, nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("report", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("many", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_insight_tally_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_insight_tally_network_id_network")
        ),
        sa.PrimaryKeyConstraint(
            "member_id", "month", "report", "name", name=op.f("pk_insight_tally")
        ),
    )
    op.create_index("ix_insight_tally_month", "insight_tally", ["network_id", "month"])
