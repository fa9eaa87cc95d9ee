"""The tables of the ledger."""

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

event = Table(
    "credit_event",
    metadata,
    Column("network_id", Id, ForeignKey("network.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("entry_id", Id, nullable=False),
    Column("member_id", Id, nullable=False),
    Column("actor_id", Id, nullable=False),
    Column("facts", Text, nullable=False),
    Column("words_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("ix_credit_event_entry", "entry_id"),
    Index("ix_credit_event_actor", "network_id", "actor_id", "member_id"),
    info={FOR_GOOD: True},
)

words = Table(
    "credit_words",
    metadata,
    Column("network_id", Id, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("member_id", Id, nullable=False, index=True),
    Column("author_id", Id, nullable=False, index=True),
    Column("entry_id", Id, nullable=False, index=True),
    Column("salt", String(32), nullable=False),
    Column("words", Text, nullable=False),
    info={FOR_GOOD: True},
)

chain = Table(
    "credit_chain",
    metadata,
    Column("network_id", Id, ForeignKey("network.id"), primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    info={FOR_GOOD: True},
)

noted_head = Table(
    "credit_head",
    metadata,
    Column("network_id", Id, ForeignKey("network.id"), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    info={FOR_GOOD: True},
)

entry = Table(
    "credit_entry",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False),
    Column("standing", String(12), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("words_seq", Integer, nullable=False),
    Column("started", Instant, nullable=False),
    Column("since", Instant, nullable=False),
    Column("source_ref", String(80), nullable=False),
    Index("ix_credit_entry_member", "member_id", "started"),
    Index("ix_credit_entry_queue", "network_id", "standing", "since", "id"),
    sqlite_autoincrement=True,
)

draft = Table(
    "credit_draft",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False),
    Column("source_ref", String(80), nullable=False),
    Column("state", String(8), nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("member_id", "source_ref"),
)

delegation = Table(
    "credit_delegation",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False, index=True),
    Column("to_id", Id, ForeignKey("member.id"), nullable=False, index=True),
    Column("scopes", Json, nullable=False),
    Column("ends", Instant, nullable=False),
    Column("ended_at", Instant, nullable=True),
)

batch = Table(
    "credit_batch",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False),
    Column("seed", String(40), nullable=False),
    Column("entries", Json, nullable=False),
    Column("sample", Json, nullable=False),
    Column("looked", Json, nullable=False),
    Column("at", Instant, nullable=False),
    Column("done_at", Instant, nullable=True),
)

licence = Table(
    "credit_licence",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False, index=True),
    Column("policy", String(60), nullable=False),
    Column("number", String(40), nullable=False),
    Column("issued", String(10), nullable=False),
    Column("expires", String(10), nullable=False),
    Column("classes", Json, nullable=False),
    Column("holder", Json, nullable=False, server_default="{}"),
    Column("at", Instant, nullable=False),
    sqlite_autoincrement=True,
)

district_rules = Table(
    "credit_district_rules",
    metadata,
    Column("network_id", Id, ForeignKey("network.id"), primary_key=True),
    Column("policy", String(60), primary_key=True),
)

cited_policy = Table(
    "credit_policy",
    metadata,
    Column("cite", String(80), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("at", Instant, nullable=False),
)

document = Table(
    "credit_document",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False, index=True),
    Column("code", String(32), nullable=False, unique=True),
    Column("what", String(12), nullable=False),
    Column("name", String(80), nullable=False),
    Column("shows_name", Boolean, nullable=False),
    Column("rows", Json, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    sqlite_autoincrement=True,
)

kept_file = Table(
    "credit_file",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
)

evidence = Table(
    "credit_evidence",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False, index=True),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False, index=True),
    Column("entry_id", Id, ForeignKey("credit_entry.id"), nullable=False, index=True),
    Column("digest", String(64), ForeignKey("credit_file.digest"), nullable=False),
    Column("name", String(80), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("size", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    sqlite_autoincrement=True,
)
