"""Which skills activities touched, as their members said."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Instant, Json

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "growth_skills",
        sa.Column("member_id", Id, nullable=False),
        sa.Column("source_ref", sa.String(length=80), nullable=False),
        sa.Column("skills", Json, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_growth_skills_member_id_member")
        ),
        sa.PrimaryKeyConstraint("member_id", "source_ref", name=op.f("pk_growth_skills")),
    )
