"""The day of EdCamps: what is held, who is where, notes, takeaways, announcements, boards that come again."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Instant

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "edcamp_announcement",
        sa.Column("id", _ID, nullable=False),
        sa.Column("board_id", _ID, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["board_id"],
            ["edcamp_board.id"],
            name=op.f("fk_edcamp_announcement_board_id_edcamp_board"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edcamp_announcement")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_edcamp_announcement_board_id"), "edcamp_announcement", ["board_id"])
    op.create_table(
        "edcamp_rolling",
        sa.Column("board_id", _ID, nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("next_id", _ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["board_id"], ["edcamp_board.id"], name=op.f("fk_edcamp_rolling_board_id_edcamp_board")
        ),
        sa.ForeignKeyConstraint(
            ["next_id"], ["edcamp_board.id"], name=op.f("fk_edcamp_rolling_next_id_edcamp_board")
        ),
        sa.PrimaryKeyConstraint("board_id", name=op.f("pk_edcamp_rolling")),
    )
    op.create_index(op.f("ix_edcamp_rolling_next_id"), "edcamp_rolling", ["next_id"])
    op.create_table(
        "edcamp_takeaway",
        sa.Column("board_id", _ID, nullable=False),
        sa.Column("member_id", _ID, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["board_id"], ["edcamp_board.id"], name=op.f("fk_edcamp_takeaway_board_id_edcamp_board")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_edcamp_takeaway_member_id_member")
        ),
        sa.PrimaryKeyConstraint("board_id", "member_id", name=op.f("pk_edcamp_takeaway")),
    )
    op.create_index(op.f("ix_edcamp_takeaway_member_id"), "edcamp_takeaway", ["member_id"])
    op.create_table(
        "edcamp_meeting",
        sa.Column("session_id", _ID, nullable=False),
        sa.Column("board_id", _ID, nullable=False),
        sa.Column("protocol", sa.String(length=40), nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("closes_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("tapped", sa.Integer(), nullable=True),
        sa.Column("attended", sa.Integer(), nullable=True),
        sa.Column("looked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["board_id"], ["edcamp_board.id"], name=op.f("fk_edcamp_meeting_board_id_edcamp_board")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["edcamp_session.id"],
            name=op.f("fk_edcamp_meeting_session_id_edcamp_session"),
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_edcamp_meeting")),
    )
    op.create_index(op.f("ix_edcamp_meeting_board_id"), "edcamp_meeting", ["board_id"])
    op.create_table(
        "edcamp_move",
        sa.Column("id", _ID, nullable=False),
        sa.Column("board_id", _ID, nullable=False),
        sa.Column("member_id", _ID, nullable=False),
        sa.Column("session_id", _ID, nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["board_id"], ["edcamp_board.id"], name=op.f("fk_edcamp_move_board_id_edcamp_board")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_edcamp_move_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["edcamp_session.id"],
            name=op.f("fk_edcamp_move_session_id_edcamp_session"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edcamp_move")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_edcamp_move_board", "edcamp_move", ["board_id", "member_id", "id"])
    op.create_index(op.f("ix_edcamp_move_member_id"), "edcamp_move", ["member_id"])
    op.create_index(op.f("ix_edcamp_move_session_id"), "edcamp_move", ["session_id"])
    op.create_table(
        "edcamp_note",
        sa.Column("id", _ID, nullable=False),
        sa.Column("session_id", _ID, nullable=False),
        sa.Column("member_id", _ID, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_edcamp_note_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["edcamp_session.id"],
            name=op.f("fk_edcamp_note_session_id_edcamp_session"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edcamp_note")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_edcamp_note_member_id"), "edcamp_note", ["member_id"])
    op.create_index(op.f("ix_edcamp_note_session_id"), "edcamp_note", ["session_id"])
    op.create_table(
        "edcamp_part",
        sa.Column("session_id", _ID, nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("member_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_edcamp_part_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["edcamp_session.id"],
            name=op.f("fk_edcamp_part_session_id_edcamp_session"),
        ),
        sa.PrimaryKeyConstraint("session_id", "part", name=op.f("pk_edcamp_part")),
    )
    op.create_index(op.f("ix_edcamp_part_member_id"), "edcamp_part", ["member_id"])
