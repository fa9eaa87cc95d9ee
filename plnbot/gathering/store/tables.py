"""The tables of gathering."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant

answer = Table(
    "answer",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, nullable=False),
    # Whose it is: `Gathers.kind`, and rows of that capability.
    Column("kind", String(40), nullable=False),
    Column("whole_id", Id, nullable=False),
    Column("under_id", Id, nullable=False),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False),
    Column("author", String(80), nullable=False),
    Column("words", Text, nullable=False),
    Column("choice", String(80), nullable=False),
    Column("at", Instant, nullable=False),
    Column("edited_at", Instant, nullable=True),
    Column("late", Boolean, nullable=False),
    Column("prepared", Boolean, nullable=False),
    Column("source", String(300), nullable=False),
    # The place, or the thread, in which it was said; none where it was not said in a message.
    Column("said_in", String(300), nullable=True),
    Column("hidden_by", Id, ForeignKey("member.id"), nullable=True),
    Column("hidden_reason", Text, nullable=False),
    UniqueConstraint("source", "kind", "under_id"),
    Index("ix_answer_said_in", "said_in", "at"),
    Index("ix_answer_whole", "kind", "whole_id", "under_id", "at"),
    Index("ix_answer_member", "member_id"),
)
left_out = Table(
    "answer_left_out",
    metadata,
    Column("kind", String(40), primary_key=True),
    Column("whole_id", Id, primary_key=True),
    Column("member_id", Id, ForeignKey("member.id"), primary_key=True),
    Index("ix_answer_left_out_member", "member_id"),
)
reply = Table(
    "answer_reply",
    metadata,
    Column("id", Id, primary_key=True),
    Column("answer_id", Id, ForeignKey("answer.id", ondelete="CASCADE"), nullable=False),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False),
    Column("source", String(300), nullable=False),
    # Only what was given to us to post: what people write themselves stands where they wrote it.
    Column("words", Text, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("answer_id", "source"),
    Index("ix_answer_reply_source", "source"),
    Index("ix_answer_reply_member", "member_id"),
)
heard = Table(
    "heard_message",
    metadata,
    Column("source", String(300), primary_key=True),
    # Compared as bytes: no language's order of letters is meant.
    Column(
        "version",
        String(80).with_variant(String(80, collation="C"), "postgresql"),
        nullable=False,
    ),
    Column("gone", Boolean, nullable=False),
    Column("at", Instant, nullable=False, index=True),
)
# Nothing in these two tells when or by whom: `plnbot.gathering.anonymous` says how that is kept.
unnamed = Table(
    "anonymous_answer",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("network_id", Id, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("whole_id", Id, nullable=False),
    Column("under_id", Id, nullable=False),
    Column("words", Text, nullable=False),
    Column("choice", String(80), nullable=False),
    Column("shown", Boolean, nullable=False),
    Column("hidden_by", Id, ForeignKey("member.id"), nullable=True),
    Column("hidden_reason", Text, nullable=False),
    Index("ix_anonymous_answer_under", "kind", "under_id"),
)
gave = Table(
    "anonymous_giver",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("kind", String(40), nullable=False),
    Column("under_id", Id, nullable=False),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False),
    UniqueConstraint("kind", "under_id", "member_id"),
    Index("ix_anonymous_giver_member", "member_id"),
)
