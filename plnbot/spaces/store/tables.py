"""The tables of spaces."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant, Json

space = Table(
    "space",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, nullable=False),
    Column("tenant", String(40), nullable=False),
    Column("row", Id, nullable=False),
    Column("title", String(80), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("state", String(10), nullable=False),
    Column("platform", String(20), nullable=False),
    Column("workspace", String(80), nullable=False),
    Column("channel", String(80), nullable=False),
    Column("thread", String(80), nullable=False),
    Column("room", Json, nullable=True),
    Column("seen_by", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    Column("tried", Json, nullable=False),
    Column("at", Instant, nullable=False),
    Column("opened_at", Instant, nullable=True),
    Column("closed_at", Instant, nullable=True),
    UniqueConstraint("tenant", "row"),
    Index("ix_space_place", "platform", "workspace", "channel", "thread"),
)

space_member = Table(
    "space_member",
    metadata,
    Column("space_id", Id, ForeignKey("space.id"), primary_key=True),
    Column("member_id", Id, primary_key=True),
    Column("platform", String(20), nullable=False),
    Column("workspace", String(80), nullable=False),
    Column("user", String(80), nullable=False),
    Column("agreed", Boolean, nullable=True),
    Column("inside", Boolean, nullable=False),
    Column("channel", String(80), nullable=False),
    Column("thread", String(80), nullable=False),
    Column("end_platform", String(20), nullable=False),
    Column("end_workspace", String(80), nullable=False),
    Column("direct", Boolean, nullable=False),
    Column("below", Boolean, nullable=False),
    Column("seen_by", String(20), nullable=False),
    Column("ready", Boolean, nullable=False),
    Column("room_instead", Boolean, nullable=False),
    Column("spoke_at", Instant, nullable=True),
    Index("ix_space_member_member", "member_id"),
    Index("ix_space_member_end", "end_platform", "end_workspace", "channel"),
)

space_word = Table(
    "space_word",
    metadata,
    Column("id", Id, primary_key=True),
    Column("space_id", Id, ForeignKey("space.id"), nullable=False),
    Column("member_id", Id, nullable=False),
    Column("source", String(300), nullable=False),
    Column("words", Text, nullable=False),
    Column("version", String(60), nullable=False),
    Column("parts", Integer, nullable=False),
    Column("gone", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("space_id", "source"),
    Index("ix_space_word_at", "at"),
)
