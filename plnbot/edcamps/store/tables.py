"""The tables of EdCamps.

edcamp_board     one EdCamp: its room, its grid's version, who may read it, where it stands
edcamp_phase     when each phase begins that a board has
edcamp_slot      the times at which sessions are held side by side
edcamp_room      where sessions are held, with seats and features
edcamp_card      what people want to learn, share, discuss or make; `merged_into` another of its board
edcamp_author    who asked for a card, in which words of their own
edcamp_host      who leads a card
edcamp_bad_time  in which slot somebody cannot lead
edcamp_vote      what somebody thinks of a card, until the board is over
edcamp_session   a card in a slot and a room: as organisers have it, and as everybody was told
"""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant, Json


def _key(name: str, of: str, *, index: bool = False) -> Column[int]:
    return Column(name, Id, ForeignKey(f"{of}.id"), primary_key=True, index=index)


def _of(name: str, of: str, *, some: bool = True) -> Column[int]:
    return Column(name, Id, ForeignKey(f"{of}.id"), nullable=not some, index=True)


board = Table(
    "edcamp_board",
    metadata,
    Column("id", Id, primary_key=True),
    _of("network_id", "network"),
    Column("title", String(120), nullable=False),
    Column("about", Text, nullable=False),
    # Empty for a board that has only its page.
    Column("platform", String(20), nullable=False),
    Column("workspace", String(80), nullable=False),
    Column("channel", String(80), nullable=False),
    Column("zone", String(60), nullable=False),
    Column("phase", String(12), nullable=False),
    Column("one_each_until", Instant, nullable=True),
    Column("seed", Id, nullable=False),
    Column("version", Integer, nullable=False),
    Column("public", Boolean, nullable=False),
    Column("secret", String(60), nullable=False, unique=True),
    Column("created_by", Id, ForeignKey("member.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
    Index("ix_edcamp_board_place", "platform", "workspace", "channel", "phase"),
    # A button of a board that is gone must not lead to another; so below.
    sqlite_autoincrement=True,
)
phase = Table(
    "edcamp_phase",
    metadata,
    _key("board_id", "edcamp_board"),
    Column("phase", String(12), primary_key=True),
    Column("begins_at", Instant, nullable=False),
)
slot = Table(
    "edcamp_slot",
    metadata,
    Column("id", Id, primary_key=True),
    _of("board_id", "edcamp_board"),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("name", String(80), nullable=False),
    sqlite_autoincrement=True,
)
room = Table(
    "edcamp_room",
    metadata,
    Column("id", Id, primary_key=True),
    _of("board_id", "edcamp_board"),
    Column("name", String(80), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("seats", Integer, nullable=True),
    Column("features", Json, nullable=False),
    # Of the board's own workspace; empty for what is no channel.
    Column("channel", String(80), nullable=False),
    sqlite_autoincrement=True,
)
card = Table(
    "edcamp_card",
    metadata,
    Column("id", Id, primary_key=True),
    _of("board_id", "edcamp_board"),
    Column("kind", String(10), nullable=False),
    Column("words", String(120), nullable=False),
    Column("about", Text, nullable=False),
    Column("needs", Json, nullable=False),
    Column("state", String(10), nullable=False),
    Column("newcomer", Boolean, nullable=False),
    _of("merged_into", "edcamp_card", some=False),
    Column("at", Instant, nullable=False),
    Column("interested", Integer, nullable=False),
    Column("maybe", Integer, nullable=False),
    sqlite_autoincrement=True,
)
author = Table(
    "edcamp_author",
    metadata,
    _key("card_id", "edcamp_card"),
    _key("member_id", "member", index=True),
    Column("words", Text, nullable=False),
    Column("at", Instant, nullable=False),
)
host = Table(
    "edcamp_host",
    metadata,
    _key("card_id", "edcamp_card"),
    _key("member_id", "member", index=True),
    Column("at", Instant, nullable=False),
)
bad_time = Table(
    "edcamp_bad_time",
    metadata,
    _key("slot_id", "edcamp_slot"),
    _key("member_id", "member", index=True),
)
vote = Table(
    "edcamp_vote",
    metadata,
    _key("card_id", "edcamp_card"),
    _key("member_id", "member", index=True),
    Column("vote", String(10), nullable=False),
    Column("at", Instant, nullable=False),
)
session = Table(
    "edcamp_session",
    metadata,
    Column("id", Id, primary_key=True),
    _of("board_id", "edcamp_board"),
    _of("card_id", "edcamp_card"),
    _of("slot_id", "edcamp_slot"),
    _of("room_id", "edcamp_room"),
    Column("pinned", Boolean, nullable=False),
    Column("run", Integer, nullable=False),
    _of("shown_slot_id", "edcamp_slot", some=False),
    _of("shown_room_id", "edcamp_room", some=False),
    Column("version", Integer, nullable=False),
    Column("cancelled_at", Instant, nullable=True),
    sqlite_autoincrement=True,
)
