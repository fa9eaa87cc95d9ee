"""The tables of micro-credentials."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from plnbot.store.schema import FOR_GOOD, metadata
from plnbot.store.types import Id, Instant, Json

badge = Table(
    "badge",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("closed_at", Instant, nullable=True),
    sqlite_autoincrement=True,
)

version = Table(
    "badge_version",
    metadata,
    Column("badge_id", Id, ForeignKey("badge.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("code", String(36), nullable=False),
    Column("terms", Json, nullable=False),
    Column("author_id", Id, ForeignKey("member.id"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("applied_at", Instant, nullable=True),
)

application = Table(
    "badge_application",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False, index=True),
    Column("badge_id", Id, ForeignKey("badge.id"), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False, index=True),
    Column("standing", String(12), nullable=False),
    Column("answers", Json, nullable=False),
    Column("reflection", Text, nullable=False),
    Column("met", Json, nullable=False),
    Column("missing", Json, nullable=False),
    Column("round", Integer, nullable=False),
    Column("seed", String(32), nullable=False),
    Column("wanted", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("hears_at", Instant, nullable=True),
    sqlite_autoincrement=True,
)

assigned = Table(
    "badge_assigned",
    metadata,
    Column("application_id", Id, ForeignKey("badge_application.id"), primary_key=True),
    Column("member_id", Id, ForeignKey("member.id"), primary_key=True, index=True),
    Column("at", Instant, nullable=False),
)

review = Table(
    "badge_review",
    metadata,
    Column("application_id", Id, ForeignKey("badge_application.id"), primary_key=True),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("member_id", Id, ForeignKey("member.id"), primary_key=True, index=True),
    Column("met", Json, nullable=False),
    Column("notes", Json, nullable=False),
    Column("at", Instant, nullable=False),
)

shown = Table(
    "badge_evidence",
    metadata,
    Column("id", Id, primary_key=True),
    Column("application_id", Id, ForeignKey("badge_application.id"), nullable=False, index=True),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False, index=True),
    Column("criterion", String(36), nullable=False),
    Column("name", String(80), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
    sqlite_autoincrement=True,
)

award = Table(
    "badge_award",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False, index=True),
    Column("badge_id", Id, ForeignKey("badge.id"), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False, index=True),
    Column("application_id", Id, ForeignKey("badge_application.id"), nullable=True, unique=True),
    Column("code", String(32), nullable=False, unique=True),
    Column("at", Instant, nullable=False),
    Column("until", Instant, nullable=True),
    Column("identity", String(80), nullable=False),
    Column("salt", String(32), nullable=False),
    Column("shows", Json, nullable=False),
    Column("name", String(80), nullable=False),
    Column("address", String(200), nullable=False),
    Column("asked", Integer, nullable=False),
    Column("signed", Integer, nullable=False),
    Column("list_id", Id, ForeignKey("badge_list.id"), nullable=True, index=True),
    Column("credential", Text, nullable=False),
    Column("key_withdrawn_at", Instant, nullable=True),
    Column("withdrawn_at", Instant, nullable=True),
    Column("withdrawn_by", Id, ForeignKey("member.id"), nullable=True, index=True),
    Column("why", Text, nullable=False),
    Index("ix_badge_award_once", "badge_id", "member_id"),
    sqlite_autoincrement=True,
)

key = Table(
    "badge_key",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False, index=True),
    Column("sealed", Text, nullable=False),
    Column("public", String(64), nullable=False, unique=True),
    Column("at", Instant, nullable=False),
    Column("replaced_at", Instant, nullable=True),
    Column("withdrawn_at", Instant, nullable=True),
    info={FOR_GOOD: True},
    sqlite_autoincrement=True,
)

status_list = Table(
    "badge_list",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False, index=True),
    Column("key_id", Id, ForeignKey("badge_key.id"), nullable=False),
    Column("issuer", String(300), nullable=False),
    Column("number", Integer, nullable=False),
    Column("address", String(300), nullable=False),
    Column("code", String(32), nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("stale", Boolean, nullable=False),
    UniqueConstraint("network_id", "issuer", "number", "address"),
    info={FOR_GOOD: True},
    sqlite_autoincrement=True,
)

brought = Table(
    "badge_brought",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False, index=True),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False, index=True),
    Column("code", String(32), nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("said", Json, nullable=False),
    Column("until", Instant, nullable=True),
    Column("whose", String(12), nullable=False),
    Column("standing", String(16), nullable=False),
    Column("why", String(16), nullable=False),
    Column("since", String(10), nullable=False),
    Column("asked", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("looked_at", Instant, nullable=True),
    Column("verified_at", Instant, nullable=True),
    Column("shared_at", Instant, nullable=True),
    Column("name", String(80), nullable=False),
    Column("address", String(200), nullable=False),
    UniqueConstraint("member_id", "digest"),
    sqlite_autoincrement=True,
)
