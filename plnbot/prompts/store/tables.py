"""The tables of prompts."""

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
    true,
)

from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant, Json

schedule = Table(
    "prompt_schedule",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False, index=True),
    Column("title", String(120), nullable=False),
    Column("schedule", Text, nullable=False),
    Column("pack", String(40), nullable=False),
    Column("answers", String(10), nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("same_hour", Boolean, nullable=False),
    Column("nudge", Boolean, nullable=False),
    Column("round_up", Boolean, nullable=False),
    Column("fill_ins", Boolean, nullable=False, server_default=false()),
    Column("shuffled", Boolean, nullable=False, server_default=false()),
    Column("stale_minutes", Integer, nullable=False),
    Column("paused_until", Instant, nullable=True),
    Column("version", Integer, nullable=False),
    Column("edited_by", Id, ForeignKey("member.id"), nullable=True),
    Column("created_by", Id, ForeignKey("member.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("ended_at", Instant, nullable=True),
)
room = Table(
    "prompt_room",
    metadata,
    Column("id", Id, primary_key=True),
    Column("schedule_id", Id, ForeignKey("prompt_schedule.id"), nullable=False),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    Column("platform", String(20), nullable=False),
    Column("workspace", String(80), nullable=False),
    Column("channel", String(80), nullable=False),
    Column("zone", String(60), nullable=False),
    Column("district_id", Id, ForeignKey("organisation.id"), nullable=True),
    Column("since", Instant, nullable=False),
    Column("refused_at", Instant, nullable=True),
    Column("refused_why", String(400), nullable=False),
    UniqueConstraint("schedule_id", "platform", "workspace", "channel"),
    Index("ix_prompt_room_place", "platform", "workspace", "channel"),
)
prompt = Table(
    "prompt",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    Column("words", Json, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("options", Json, nullable=False),
    Column("pack", String(40), nullable=True),
    Column("entry", String(40), nullable=True),
    Column("status", String(10), nullable=False),
    Column("author_id", Id, ForeignKey("member.id"), nullable=True, index=True),
    Column("reason", String(400), nullable=False),
    Column("uses", Integer, nullable=False),
    Column("used_at", Instant, nullable=True),
    Column("season", String(10), nullable=False, server_default=""),
    Column("breaks", Boolean, nullable=False, server_default=false()),
    Column("suggested", Boolean, nullable=False, server_default=false()),
    Column("named", Boolean, nullable=False, server_default=true()),
    Column("decided_by", Id, ForeignKey("member.id"), nullable=True),
    Column("decided_at", Instant, nullable=True),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("network_id", "pack", "entry"),
    Index("ix_prompt_network", "network_id", "status"),
)
rewording = Table(
    "prompt_rewording",
    metadata,
    Column("prompt_id", Id, ForeignKey("prompt.id", ondelete="CASCADE"), primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False, index=True),
    Column("words", Json, nullable=False),
    Column("by_id", Id, ForeignKey("member.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("lapses_at", Instant, nullable=False),
    Column("outcome", String(10), nullable=False),
)
low = Table(
    "prompt_low",
    metadata,
    Column(
        "schedule_id", Id, ForeignKey("prompt_schedule.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    Column("since", Instant, nullable=False),
)
occurrence = Table(
    "prompt_occurrence",
    metadata,
    Column("id", Id, primary_key=True),
    Column("schedule_id", Id, ForeignKey("prompt_schedule.id"), nullable=False),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    Column("due", Instant, nullable=False),
    Column("moved_to", Instant, nullable=True),
    Column("prompt_id", Id, ForeignKey("prompt.id"), nullable=True, index=True),
    Column("state", String(10), nullable=False),
    Column("asked_at", Instant, nullable=True),
    Column("extra", Boolean, nullable=False),
    UniqueConstraint("schedule_id", "due"),
    Index("ix_prompt_occurrence_network", "network_id", "asked_at"),
    # A button of a date that is no longer planned must not lead to another.
    sqlite_autoincrement=True,
)
asked = Table(
    "prompt_asked",
    metadata,
    Column("occurrence_id", Id, ForeignKey("prompt_occurrence.id"), primary_key=True),
    Column("room_id", Id, ForeignKey("prompt_room.id"), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("state", String(10), nullable=False),
)
