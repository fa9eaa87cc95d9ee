"""The tables of peers: programmes, who is in them, rounds, introductions, and what is private."""

from sqlalchemy import (
    BigInteger,
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
from plnbot.store.types import Id, Instant, Json, ScheduleText


def _network() -> Column[int]:
    return Column("network_id", Id, ForeignKey("network.id"), nullable=False, index=True)


def _member(name: str = "member_id", *, some: bool = True, index: bool = True) -> Column[int]:
    return Column(name, Id, ForeignKey("member.id"), nullable=not some, index=index)


programme = Table(
    "peers_programme",
    metadata,
    Column("id", Id, primary_key=True),
    _network(),
    Column("name", String(80), nullable=False),
    Column("aim", String(12), nullable=False),
    Column("size", Integer, nullable=False),
    Column("schedule", ScheduleText, nullable=False),
    Column("platform", String(20), nullable=False),
    Column("workspace", String(80), nullable=False),
    Column("channel", String(80), nullable=False),
    Column("subjects", Json, nullable=False),
    Column("other_district", Boolean, nullable=False),
    Column("gap", Integer, nullable=False),
    Column("weeks", Integer, nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("next_at", Instant, nullable=True),
    _member("made_by", some=False),
    Column("made_at", Instant, nullable=False),
    Column("ended_at", Instant, nullable=True),
)
membership = Table(
    "peers_membership",
    metadata,
    Column("id", Id, primary_key=True),
    Column("programme_id", Id, ForeignKey("peers_programme.id"), nullable=False),
    _network(),
    _member(),
    Column("side", String(10), nullable=False),
    Column("wishes", Json, nullable=False),
    Column("room", Integer, nullable=False),
    Column("named", String(5), nullable=False),
    Column("joined_at", Instant, nullable=False),
    Column("left_at", Instant, nullable=True),
    Column("paused_until", Instant, nullable=True),
    Column("skips", Boolean, nullable=False),
    Column("silences", Integer, nullable=False),
    Column("waited", Integer, nullable=False),
    Column("odd", Boolean, nullable=False),
    UniqueConstraint("programme_id", "member_id"),
)
match_round = Table(
    "peers_round",
    metadata,
    Column("id", Id, primary_key=True),
    Column("programme_id", Id, ForeignKey("peers_programme.id"), nullable=False),
    _network(),
    Column("state", String(10), nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("number", Integer, nullable=True),
    Column("slot", Instant, nullable=True),
    Column("made_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=True),
    _member("by_id", some=False),
    # What was given to the matching and what it made, so that it can be replayed and explained.
    Column("given", Json(none_as_null=True), nullable=True),
    Column("made", Json(none_as_null=True), nullable=True),
    UniqueConstraint("programme_id", "number"),
    UniqueConstraint("programme_id", "slot"),
)
introduction = Table(
    "peers_introduction",
    metadata,
    Column("id", Id, primary_key=True),
    _network(),
    Column("programme_id", Id, ForeignKey("peers_programme.id"), nullable=False),
    Column("round_id", Id, ForeignKey("peers_round.id"), nullable=True, index=True),
    Column("step", String(20), nullable=False),
    Column("met", Integer, nullable=True),
    Column("cause", String(10), nullable=False),
    Column("at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("starters", Json, nullable=False),
    Column("times", Json, nullable=False),
    Column("spoke_at", Instant, nullable=True),
    Column("ended_at", Instant, nullable=True),
    Column("goals", Text, nullable=False),
    Column("thanks", Text, nullable=False),
    _member("by_id", some=False),
    Index("ix_peers_introduction_programme", "programme_id", "at"),
)
seat = Table(
    "peers_seat",
    metadata,
    Column(
        "introduction_id", Id, ForeignKey("peers_introduction.id"), nullable=False, primary_key=True
    ),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False, primary_key=True, index=True),
    Column("place", Integer, nullable=False),
    Column("side", String(10), nullable=False),
    Column("odd", Boolean, nullable=False),
    Column("answer", String(10), nullable=True),
    Column("answered_at", Instant, nullable=True),
    Column("minutes", Integer, nullable=True),
    Column("again", String(5), nullable=False),
    Column("gone_at", Instant, nullable=True),
    Column("words", Text, nullable=False),
)
avoided = Table(
    "peers_avoided",
    metadata,
    Column("member_id", Id, ForeignKey("member.id"), nullable=False, primary_key=True),
    Column("other_id", Id, ForeignKey("member.id"), nullable=False, primary_key=True, index=True),
    _network(),
    Column("at", Instant, nullable=False),
)
report = Table(
    "peers_report",
    metadata,
    Column("id", Id, primary_key=True),
    _network(),
    _member("by_id", some=False),
    _member("about_id", some=False),
    Column("words", Text, nullable=False),
    Column("at", Instant, nullable=False),
    _member("answered_by", some=False),
    Column("answer", Text, nullable=False),
    Column("answered_at", Instant, nullable=True),
)
proposal = Table(
    "peers_proposal",
    metadata,
    Column("id", Id, primary_key=True),
    _network(),
    Column("programme_id", Id, ForeignKey("peers_programme.id"), nullable=False),
    _member("by_id"),
    _member("one_id"),
    _member("other_id"),
    Column("note", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("one_said", String(5), nullable=False),
    Column("other_said", String(5), nullable=False),
    Column("introduction_id", Id, ForeignKey("peers_introduction.id"), nullable=True),
)
