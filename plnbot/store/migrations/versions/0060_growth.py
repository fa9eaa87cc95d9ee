"""How goals are gone about, what fed them, and looking back."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Instant, Json

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "growth_plan",
        sa.Column("goal_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("indicators", Json, nullable=False),
        sa.Column("own", sa.String(length=40), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_growth_plan_goal_id_goal")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_growth_plan_member_id_member")
        ),
        sa.PrimaryKeyConstraint("goal_id", name=op.f("pk_growth_plan")),
    )
    op.create_index(op.f("ix_growth_plan_member_id"), "growth_plan", ["member_id"])
    op.create_table(
        "growth_tie",
        sa.Column("goal_id", Id, nullable=False),
        sa.Column("source_ref", sa.String(length=80), nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("fed", sa.Boolean(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_growth_tie_goal_id_goal")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_growth_tie_member_id_member")
        ),
        sa.PrimaryKeyConstraint("goal_id", "source_ref", name=op.f("pk_growth_tie")),
    )
    op.create_index(op.f("ix_growth_tie_member_id"), "growth_tie", ["member_id"])
    op.create_table(
        "growth_reflection",
        sa.Column("id", Id, nullable=False),
        sa.Column("goal_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("changes", Json, nullable=False),
        sa.Column("own", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["goal.id"], name=op.f("fk_growth_reflection_goal_id_goal")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_growth_reflection_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_growth_reflection")),
    )
    op.create_index(op.f("ix_growth_reflection_member_id"), "growth_reflection", ["member_id"])
    op.create_index("ix_growth_reflection_goal", "growth_reflection", ["goal_id", "at"])
