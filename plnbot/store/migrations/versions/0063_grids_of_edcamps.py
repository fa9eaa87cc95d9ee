"""Grids of EdCamps: what was suggested, and the steps by hand that can be undone."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Instant, Json

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "edcamp_grid",
        sa.Column("board_id", Id, nullable=False),
        sa.Column("by_id", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("quality", Json, nullable=False),
        sa.Column("waived", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["board_id"], ["edcamp_board.id"], name=op.f("fk_edcamp_grid_board_id_edcamp_board")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_edcamp_grid_by_id_member")),
        sa.PrimaryKeyConstraint("board_id", name=op.f("pk_edcamp_grid")),
    )
    op.create_index(op.f("ix_edcamp_grid_by_id"), "edcamp_grid", ["by_id"])
    op.create_table(
        "edcamp_step",
        sa.Column("id", Id, nullable=False),
        sa.Column("board_id", Id, nullable=False),
        sa.Column("by_id", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("before", Json, nullable=False),
        sa.Column("after", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["board_id"], ["edcamp_board.id"], name=op.f("fk_edcamp_step_board_id_edcamp_board")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_edcamp_step_by_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edcamp_step")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_edcamp_step_board_id"), "edcamp_step", ["board_id"])
    op.create_index(op.f("ix_edcamp_step_by_id"), "edcamp_step", ["by_id"])
