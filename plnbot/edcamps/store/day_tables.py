"""The tables of an EdCamp's day.

edcamp_meeting       a session as it is held: its protocol, when it closes and ended, how many there were
edcamp_move          one tap: from now on somebody is in this session, or in none
edcamp_part          who is facilitator, note-taker or timekeeper of a session
edcamp_note          what somebody noted in a session
edcamp_takeaway      what somebody takes home from an EdCamp
edcamp_announcement  what organisers told everybody
edcamp_rolling       a board that comes again by itself, and which one came after it
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant

meeting = Table(
    "edcamp_meeting",
    metadata,
    Column("session_id", Id, ForeignKey("edcamp_session.id"), primary_key=True),
    Column("board_id", Id, ForeignKey("edcamp_board.id"), nullable=False, index=True),
    Column("protocol", String(40), nullable=False),
    # When the protocol that goes on began, and which of its stages is shown.
    Column("began_at", Instant, nullable=False),
    Column("stage", Integer, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("closes_at", Instant, nullable=False),
    Column("ended_at", Instant, nullable=True),
    # How many tapped in, known once it has ended, and how many its host counted.
    Column("tapped", Integer, nullable=True),
    Column("attended", Integer, nullable=True),
    # Whether its host was told that it is empty or full.
    Column("looked_at", Instant, nullable=True),
)
move = Table(
    "edcamp_move",
    metadata,
    Column("id", Id, primary_key=True),
    Column("board_id", Id, ForeignKey("edcamp_board.id"), nullable=False),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False, index=True),
    Column("session_id", Id, ForeignKey("edcamp_session.id"), nullable=True, index=True),
    Column("at", Instant, nullable=False),
    Index("ix_edcamp_move_board", "board_id", "member_id", "id"),
    # Moves are read in the order in which they were made.
    sqlite_autoincrement=True,
)
part = Table(
    "edcamp_part",
    metadata,
    Column("session_id", Id, ForeignKey("edcamp_session.id"), primary_key=True),
    Column("part", String(20), primary_key=True),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False, index=True),
)
note = Table(
    "edcamp_note",
    metadata,
    Column("id", Id, primary_key=True),
    Column("session_id", Id, ForeignKey("edcamp_session.id"), nullable=False, index=True),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False, index=True),
    Column("words", Text, nullable=False),
    Column("at", Instant, nullable=False),
    sqlite_autoincrement=True,
)
takeaway = Table(
    "edcamp_takeaway",
    metadata,
    Column("board_id", Id, ForeignKey("edcamp_board.id"), primary_key=True),
    Column("member_id", Id, ForeignKey("member.id"), primary_key=True, index=True),
    Column("words", Text, nullable=False),
    Column("at", Instant, nullable=False),
)
announcement = Table(
    "edcamp_announcement",
    metadata,
    Column("id", Id, primary_key=True),
    Column("board_id", Id, ForeignKey("edcamp_board.id"), nullable=False, index=True),
    Column("words", Text, nullable=False),
    Column("at", Instant, nullable=False),
    sqlite_autoincrement=True,
)
rolling = Table(
    "edcamp_rolling",
    metadata,
    Column("board_id", Id, ForeignKey("edcamp_board.id"), primary_key=True),
    Column("weeks", Integer, nullable=False),
    Column("next_id", Id, ForeignKey("edcamp_board.id"), nullable=True, index=True),
)
