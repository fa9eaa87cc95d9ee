"""Boards of EdCamps, with their phases, slots, rooms, cards, votes and sessions."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Instant

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "edcamp_board",
        sa.Column("id", _ID, nullable=False),
        sa.Column("network_id", _ID, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("workspace", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("phase", sa.String(length=12), nullable=False),
        sa.Column("one_each_until", Instant(), nullable=True),
        sa.Column("seed", _ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("secret", sa.String(length=60), nullable=False),
        sa.Column("created_by", _ID, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["member.id"], name=op.f("fk_edcamp_board_created_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_edcamp_board_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edcamp_board")),
        sa.UniqueConstraint("secret", name=op.f("uq_edcamp_board_secret")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_edcamp_board_network_id"), "edcamp_board", ["network_id"])
    op.create_index(
        "ix_edcamp_board_place", "edcamp_board", ["platform", "workspace", "channel", "phase"]
    )
    op.create_table(
        "edcamp_card",
        sa.Column("id", _ID, nullable=False),
        sa.Column("board_id", _ID, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("newcomer", sa.Boolean(), nullable=False),
        sa.Column("merged_into", _ID, nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("interested", sa.Integer(), nullable=False),
        sa.Column("maybe", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["board_id"], ["edcamp_board.id"], name=op.f("fk_edcamp_card_board_id_edcamp_board")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into"], ["edcamp_card.id"], name=op.f("fk_edcamp_card_merged_into_edcamp_card")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edcamp_card")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_edcamp_card_board_id"), "edcamp_card", ["board_id"])
    op.create_index(op.f("ix_edcamp_card_merged_into"), "edcamp_card", ["merged_into"])
    op.create_table(
        "edcamp_phase",
        sa.Column("board_id", _ID, nullable=False),
        sa.Column("phase", sa.String(length=12), nullable=False),
        sa.Column("begins_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["board_id"], ["edcamp_board.id"], name=op.f("fk_edcamp_phase_board_id_edcamp_board")
        ),
        sa.PrimaryKeyConstraint("board_id", "phase", name=op.f("pk_edcamp_phase")),
    )
    op.create_table(
        "edcamp_room",
        sa.Column("id", _ID, nullable=False),
        sa.Column("board_id", _ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("features", sa.JSON(), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["board_id"], ["edcamp_board.id"], name=op.f("fk_edcamp_room_board_id_edcamp_board")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edcamp_room")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_edcamp_room_board_id"), "edcamp_room", ["board_id"])
    op.create_table(
        "edcamp_slot",
        sa.Column("id", _ID, nullable=False),
        sa.Column("board_id", _ID, nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["board_id"], ["edcamp_board.id"], name=op.f("fk_edcamp_slot_board_id_edcamp_board")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edcamp_slot")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_edcamp_slot_board_id"), "edcamp_slot", ["board_id"])
    op.create_table(
        "edcamp_author",
        sa.Column("card_id", _ID, nullable=False),
        sa.Column("member_id", _ID, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"], ["edcamp_card.id"], name=op.f("fk_edcamp_author_card_id_edcamp_card")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_edcamp_author_member_id_member")
        ),
        sa.PrimaryKeyConstraint("card_id", "member_id", name=op.f("pk_edcamp_author")),
    )
    op.create_index(op.f("ix_edcamp_author_member_id"), "edcamp_author", ["member_id"])
    op.create_table(
        "edcamp_bad_time",
        sa.Column("slot_id", _ID, nullable=False),
        sa.Column("member_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_edcamp_bad_time_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["edcamp_slot.id"], name=op.f("fk_edcamp_bad_time_slot_id_edcamp_slot")
        ),
        sa.PrimaryKeyConstraint("slot_id", "member_id", name=op.f("pk_edcamp_bad_time")),
    )
    op.create_index(op.f("ix_edcamp_bad_time_member_id"), "edcamp_bad_time", ["member_id"])
    op.create_table(
        "edcamp_host",
        sa.Column("card_id", _ID, nullable=False),
        sa.Column("member_id", _ID, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"], ["edcamp_card.id"], name=op.f("fk_edcamp_host_card_id_edcamp_card")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_edcamp_host_member_id_member")
        ),
        sa.PrimaryKeyConstraint("card_id", "member_id", name=op.f("pk_edcamp_host")),
    )
    op.create_index(op.f("ix_edcamp_host_member_id"), "edcamp_host", ["member_id"])
    op.create_table(
        "edcamp_session",
        sa.Column("id", _ID, nullable=False),
        sa.Column("board_id", _ID, nullable=False),
        sa.Column("card_id", _ID, nullable=False),
        sa.Column("slot_id", _ID, nullable=False),
        sa.Column("room_id", _ID, nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("shown_slot_id", _ID, nullable=True),
        sa.Column("shown_room_id", _ID, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cancelled_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["board_id"], ["edcamp_board.id"], name=op.f("fk_edcamp_session_board_id_edcamp_board")
        ),
        sa.ForeignKeyConstraint(
            ["card_id"], ["edcamp_card.id"], name=op.f("fk_edcamp_session_card_id_edcamp_card")
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["edcamp_room.id"], name=op.f("fk_edcamp_session_room_id_edcamp_room")
        ),
        sa.ForeignKeyConstraint(
            ["shown_room_id"],
            ["edcamp_room.id"],
            name=op.f("fk_edcamp_session_shown_room_id_edcamp_room"),
        ),
        sa.ForeignKeyConstraint(
            ["shown_slot_id"],
            ["edcamp_slot.id"],
            name=op.f("fk_edcamp_session_shown_slot_id_edcamp_slot"),
        ),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["edcamp_slot.id"], name=op.f("fk_edcamp_session_slot_id_edcamp_slot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edcamp_session")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_edcamp_session_board_id"), "edcamp_session", ["board_id"])
    op.create_index(op.f("ix_edcamp_session_card_id"), "edcamp_session", ["card_id"])
    op.create_index(op.f("ix_edcamp_session_room_id"), "edcamp_session", ["room_id"])
    op.create_index(op.f("ix_edcamp_session_shown_room_id"), "edcamp_session", ["shown_room_id"])
    op.create_index(op.f("ix_edcamp_session_shown_slot_id"), "edcamp_session", ["shown_slot_id"])
    op.create_index(op.f("ix_edcamp_session_slot_id"), "edcamp_session", ["slot_id"])
    op.create_table(
        "edcamp_vote",
        sa.Column("card_id", _ID, nullable=False),
        sa.Column("member_id", _ID, nullable=False),
        sa.Column("vote", sa.String(length=10), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"], ["edcamp_card.id"], name=op.f("fk_edcamp_vote_card_id_edcamp_card")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_edcamp_vote_member_id_member")
        ),
        sa.PrimaryKeyConstraint("card_id", "member_id", name=op.f("pk_edcamp_vote")),
    )
    op.create_index(op.f("ix_edcamp_vote_member_id"), "edcamp_vote", ["member_id"])
