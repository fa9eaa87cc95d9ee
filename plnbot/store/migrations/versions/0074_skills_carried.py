"""Which skills things carry, what members said of what they did, and needs wherever they were told."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Instant, Json

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables, and take over what members said until now."""
    op.create_table(
        "skills_carried",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("row_id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("skills", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_skills_carried_network_id_network")
        ),
        sa.PrimaryKeyConstraint("kind", "row_id", name=op.f("pk_skills_carried")),
    )
    op.create_index(op.f("ix_skills_carried_network_id"), "skills_carried", ["network_id"])
    op.create_table(
        "skills_tagged",
        sa.Column("id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("source_ref", sa.String(length=80), nullable=False),
        sa.Column("skills", Json, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_skills_tagged_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skills_tagged")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_skills_tagged_member", "skills_tagged", ["member_id", "source_ref"])
    op.execute(
        "INSERT INTO skills_tagged (member_id, source_ref, skills, at)"
        " SELECT member_id, source_ref, skills, at FROM growth_skills"
        " ORDER BY at, member_id, source_ref"
    )
    op.drop_table("growth_skills")
    op.create_table(
        "need_told",
        sa.Column("member_id", Id, nullable=False),
        sa.Column("need", sa.String(length=60), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_need_told_member_id_member")
        ),
        sa.PrimaryKeyConstraint("member_id", "need", "month", "how", name=op.f("pk_need_told")),
    )
    op.create_index("ix_need_told_month", "need_told", ["month"])
    op.execute(
        "INSERT INTO need_told (member_id, need, month, how, at)"
        " SELECT member_id, need, month, 'wish', at FROM insight_wish"
    )
    op.drop_table("insight_wish")
