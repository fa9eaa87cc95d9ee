"""Self-assessments of teams: who is in them, what each said alone, what was agreed."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Instant, Json

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "insight_assessment",
        sa.Column("id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("series_id", Id, nullable=True),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("leader_id", Id, nullable=True),
        sa.Column("district_id", Id, nullable=True),
        sa.Column("report_id", Id, nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("figures", Json, nullable=False),
        sa.Column("begun_at", Instant(), nullable=False),
        sa.Column("agreed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_insight_assessment_network_id_network")
        ),
        sa.ForeignKeyConstraint(
            ["leader_id"], ["member.id"], name=op.f("fk_insight_assessment_leader_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insight_assessment")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_insight_assessment_leader_id"), "insight_assessment", ["leader_id"])
    op.create_table(
        "insight_rating",
        sa.Column("assessment_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("figures", Json, nullable=True),
        sa.Column("invited_at", Instant(), nullable=False),
        sa.Column("rated_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["insight_assessment.id"],
            name=op.f("fk_insight_rating_assessment_id_insight_assessment"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_insight_rating_member_id_member")
        ),
        sa.PrimaryKeyConstraint("assessment_id", "member_id", name=op.f("pk_insight_rating")),
    )
    op.create_index(op.f("ix_insight_rating_member_id"), "insight_rating", ["member_id"])
