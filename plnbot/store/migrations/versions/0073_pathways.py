"""Pathways, who walks them, and what they did."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Instant, Json

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "pathway",
        sa.Column("id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("menu", Json, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_pathway_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pathway")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_pathway_network_id"), "pathway", ["network_id"])
    op.create_table(
        "pathway_walk",
        sa.Column("pathway_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("chosen", Json, nullable=False),
        sa.Column("began", Instant(), nullable=False),
        sa.Column("left_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["pathway_id"], ["pathway.id"], name=op.f("fk_pathway_walk_pathway_id_pathway")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_pathway_walk_member_id_member")
        ),
        sa.PrimaryKeyConstraint("pathway_id", "member_id", name=op.f("pk_pathway_walk")),
    )
    op.create_index("ix_pathway_walk_member", "pathway_walk", ["member_id"])
    op.create_table(
        "pathway_done",
        sa.Column("pathway_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("source_ref", sa.String(length=80), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pathway_id"], ["pathway.id"], name=op.f("fk_pathway_done_pathway_id_pathway")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_pathway_done_member_id_member")
        ),
        sa.PrimaryKeyConstraint("pathway_id", "member_id", "step", name=op.f("pk_pathway_done")),
    )
    op.create_index("ix_pathway_done_member", "pathway_done", ["member_id"])
