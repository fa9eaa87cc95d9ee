"""The tables of feeds: what a network reads, the rooms that get it, items, stories, how polling goes."""

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
    false,
    text,
)

from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant, Json, ScheduleText


def _network(*, index: bool = False) -> Column[int]:
    return Column("network_id", Id, ForeignKey("network.id"), nullable=False, index=index)


def _feed() -> Column[int]:
    return Column("feed_id", Id, ForeignKey("reading_feed.id"), nullable=False, index=True)


def _place() -> tuple[Column[str], ...]:
    return (
        Column("platform", String(20), nullable=False),
        Column("workspace", String(80), nullable=False),
        Column("channel", String(80), nullable=False),
    )


feed = Table(
    "reading_feed",
    metadata,
    Column("id", Id, primary_key=True),
    _network(),
    Column("address", Text, nullable=False),
    Column("key", String(600), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("site", Text, nullable=False),
    Column("language", String(20), nullable=False),
    Column("title", String(300), nullable=False),
    Column("subjects", Json, nullable=False),
    Column("grades", Json, nullable=False),
    Column("audience", String(20), nullable=False),
    Column("note", Text, nullable=False),
    Column("filters", Json, nullable=False),
    # Empty where it is as the network wants it.
    Column("approval", Boolean, nullable=True),
    Column("paywall", Boolean, nullable=False, server_default=false()),
    Column("last", Integer, nullable=False),
    Column("added_by", Id, ForeignKey("member.id"), nullable=True, index=True),
    Column("added_at", Instant, nullable=False),
    Column("removed_at", Instant, nullable=True),
    UniqueConstraint("network_id", "key"),
)
room = Table(
    "reading_room",
    metadata,
    Column("id", Id, primary_key=True),
    _network(index=True),
    Column("feed_id", Id, ForeignKey("reading_feed.id"), nullable=False),
    *_place(),
    Column("manner", String(10), nullable=False),
    UniqueConstraint("feed_id", "platform", "workspace", "channel"),
    Index("ix_reading_room_place", "platform", "workspace", "channel"),
)
poll = Table(
    "reading_poll",
    metadata,
    Column("feed_id", Id, ForeignKey("reading_feed.id"), primary_key=True),
    _network(index=True),
    Column("validators", Json, nullable=False),
    Column("body", String(64), nullable=False),
    Column("digests", Json, nullable=False),
    Column("asks", Json, nullable=False),
    Column("polled_at", Instant, nullable=True),
    Column("answered_at", Instant, nullable=True),
    Column("newest_at", Instant, nullable=True),
    Column("failures", Integer, nullable=False),
    Column("failing_since", Instant, nullable=True),
    Column("why", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("told_at", Instant, nullable=True),
    Column("silent_told_at", Instant, nullable=True),
    Column("moved_to", Text, nullable=False),
    Column("moved_since", Instant, nullable=True),
    Column("fix", Text, nullable=False, server_default=""),
    Column("gone_at", Instant, nullable=True),
)
rules = Table(
    "reading_rules",
    metadata,
    Column("network_id", Id, ForeignKey("network.id"), primary_key=True),
    Column("approval", Boolean, nullable=False),
    Column("pictures", Boolean, nullable=False),
    Column("likeness", Integer, nullable=False),
    Column("within", Integer, nullable=False),
)
story = Table(
    "reading_story",
    metadata,
    Column("id", Id, primary_key=True),
    _network(),
    Column("key", String(600), nullable=False),
    Column("title", String(300), nullable=False),
    Column("came", Instant, nullable=False),
    Column("standing", String(10), nullable=False),
    Column("note", Text, nullable=False),
    Column("decided_by", Id, ForeignKey("member.id"), nullable=True, index=True),
    Column("decided_at", Instant, nullable=True),
    # An earlier one, where both had been posted before it was known that they are one.
    Column("same_as", Id, ForeignKey("reading_story.id"), nullable=True, index=True),
    Index("ix_reading_story_key", "network_id", "key"),
    Index("ix_reading_story_came", "network_id", "came"),
)
shown = Table(
    "reading_shown",
    metadata,
    Column("story_id", Id, ForeignKey("reading_story.id"), primary_key=True),
    Column("platform", String(20), primary_key=True),
    Column("workspace", String(80), primary_key=True),
    Column("channel", String(80), primary_key=True),
    _network(index=True),
    Column("at", Instant, nullable=False),
    # Its own, or a digest's.
    Column("post", String(120), nullable=False),
)
item = Table(
    "reading_item",
    metadata,
    Column("id", Id, primary_key=True),
    _network(),
    Column("feed_id", Id, ForeignKey("reading_feed.id"), nullable=False),
    Column("story_id", Id, ForeignKey("reading_story.id"), nullable=False, index=True),
    Column("title", String(300), nullable=False),
    Column("link", Text, nullable=False),
    Column("byline", String(300), nullable=False),
    Column("text", Text, nullable=False),
    Column("language", String(20), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("seconds", Integer, nullable=True),
    Column("words", Integer, nullable=False),
    Column("image", Text, nullable=False),
    Column("free", Boolean, nullable=True),
    Column("captions", Boolean, nullable=True),
    Column("published", Instant, nullable=True),
    Column("seen_at", Instant, nullable=False),
    Column("gate", String(12), nullable=False),
    Column("why", Text, nullable=False),
    Column("faded_at", Instant, nullable=True),
    Index("ix_reading_item_feed", "feed_id", "seen_at"),
    Index("ix_reading_item_network", "network_id", "seen_at"),
    Index(
        "ix_reading_item_fades",
        "seen_at",
        sqlite_where=text("faded_at IS NULL"),
        postgresql_where=text("faded_at IS NULL"),
    ),
)
mark = Table(
    "reading_mark",
    metadata,
    Column("id", Id, primary_key=True),
    _network(index=True),
    _feed(),
    Column("item_id", Id, ForeignKey("reading_item.id"), nullable=False, index=True),
    Column("guid", String(500), nullable=False),
    Column("link", String(500), nullable=False),
    Column("title", String(500), nullable=False),
    Column("published", Instant, nullable=True),
    # When, and by which rule, a known item turned up with other marks; both empty for its first.
    Column("at", Instant, nullable=True),
    Column("by", String(10), nullable=False, server_default=""),
)
find = Table(
    "reading_find",
    metadata,
    Column("id", Id, primary_key=True),
    _network(index=True),
    *_place(),
    Column("link", Text, nullable=False),
    Column("offers", Json, nullable=False),
    Column("site", Text, nullable=False),
    Column("language", String(20), nullable=False),
    Column("by_id", Id, ForeignKey("member.id"), nullable=False, index=True),
    Column("form_id", Id, nullable=False),
    Column("at", Instant, nullable=False),
)
room_digest = Table(
    "reading_room_digest",
    metadata,
    Column("id", Id, primary_key=True),
    _network(index=True),
    *_place(),
    Column("schedule", ScheduleText, nullable=False),
    UniqueConstraint("platform", "workspace", "channel"),
)
opml_import = Table(
    "reading_import",
    metadata,
    Column("id", Id, primary_key=True),
    _network(index=True),
    *_place(),
    Column("by_id", Id, ForeignKey("member.id"), nullable=True, index=True),
    Column("source", Text, nullable=False),
    Column("manner", String(10), nullable=False),
    Column("why", Text, nullable=False),
    Column("listed_at", Instant, nullable=True),
    Column("at", Instant, nullable=False),
)
outline = Table(
    "reading_outline",
    metadata,
    Column("id", Id, primary_key=True),
    _network(index=True),
    Column("import_id", Id, ForeignKey("reading_import.id"), nullable=False, index=True),
    Column("address", Text, nullable=False),
    Column("title", String(300), nullable=False),
    Column("state", String(10), nullable=False),
    Column("why", Text, nullable=False),
)
