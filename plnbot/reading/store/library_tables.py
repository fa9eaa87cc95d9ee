"""The tables of the library: the catalogue, what members saved and did, their own digests."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant, Json


def _network(*, index: bool = True) -> Column[int]:
    return Column("network_id", Id, ForeignKey("network.id"), nullable=False, index=index)


def _member(*, key: bool = False) -> Column[int]:
    return Column("member_id", Id, ForeignKey("member.id"), nullable=False, primary_key=key)


def _thing(*, key: bool = False) -> tuple[Column[str], Column[int]]:
    return (
        Column("kind", String(10), nullable=False, primary_key=key),
        Column("row_id", Id, nullable=False, primary_key=key),
    )


entry = Table(
    "reading_entry",
    metadata,
    Column("id", Id, primary_key=True),
    _network(index=False),
    Column("kind", String(10), nullable=False),
    Column("title", String(300), nullable=False),
    Column("link", Text, nullable=False),
    Column("key", String(600), nullable=False),
    Column("provider", String(120), nullable=False),
    Column("cost", String(60), nullable=False),
    Column("minutes", Integer, nullable=True),
    Column("subjects", Json, nullable=False),
    Column("grades", Json, nullable=False),
    Column("skills", Json, nullable=False),
    Column("audience", String(20), nullable=False),
    Column("note", Text, nullable=False),
    Column("begins_at", Instant, nullable=True),
    Column("until", String(10), nullable=False),
    Column("ends_at", Instant, nullable=True),
    Column("added_by", Id, ForeignKey("member.id"), nullable=True, index=True),
    Column("added_at", Instant, nullable=False),
    Column("removed_at", Instant, nullable=True),
    Index("ix_reading_entry_network", "network_id", "removed_at"),
)
report = Table(
    "reading_report",
    metadata,
    *_thing(key=True),
    _member(key=True),
    _network(),
    Column("at", Instant, nullable=False),
    Index("ix_reading_report_member", "member_id"),
)
shelf = Table(
    "reading_shelf",
    metadata,
    Column("id", Id, primary_key=True),
    _network(),
    _member(),
    *_thing(),
    # As they were: what a member saved and wrote outlives the link.
    Column("title", String(300), nullable=False),
    Column("link", Text, nullable=False),
    Column("source", String(300), nullable=False),
    Column("note", Text, nullable=False),
    Column("subjects", Json, nullable=False),
    Column("at", Instant, nullable=False),
    Column("saved_at", Instant, nullable=True),
    Column("done_at", Instant, nullable=True),
    Column("minutes", Integer, nullable=True),
    Column("sentence", Text, nullable=False),
    Column("used_at", Instant, nullable=True),
    Column("less_at", Instant, nullable=True),
    UniqueConstraint("member_id", "kind", "row_id"),
    Index("ix_reading_shelf_thing", "kind", "row_id"),
)
digest = Table(
    "reading_digest",
    metadata,
    _member(key=True),
    _network(),
    Column("days", Json, nullable=False),
    Column("at", String(5), nullable=False),
    Column("most", Integer, nullable=False),
)
issue = Table(
    "reading_issue",
    metadata,
    Column("id", Id, primary_key=True),
    _network(),
    _member(),
    Column("at", Instant, nullable=False),
    Column("things", Json, nullable=False),
    Index("ix_reading_issue_member", "member_id", "at"),
)
blog = Table(
    "reading_blog",
    metadata,
    Column("id", Id, primary_key=True),
    _network(),
    _member(),
    Column("address", Text, nullable=False),
    Column("key", String(600), nullable=False),
    Column("title", String(300), nullable=False),
    Column("site", Text, nullable=False),
    Column("standing", String(10), nullable=False),
    Column("at", Instant, nullable=False),
    Column("feed_id", Id, ForeignKey("reading_feed.id"), nullable=True, index=True),
    UniqueConstraint("network_id", "key"),
    Index("ix_reading_blog_member", "member_id"),
)
