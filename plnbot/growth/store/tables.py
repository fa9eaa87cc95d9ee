"""The tables of growth: how goals are gone about, what fed them, and looking back."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from plnbot.goals.model import LONGEST_OWN
from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant, Json

plan = Table(
    "growth_plan",
    metadata,
    Column("goal_id", Id, ForeignKey("goal.id"), primary_key=True),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False, index=True),
    Column("indicators", Json, nullable=False),
    Column("own", String(LONGEST_OWN), nullable=False),
    Column("weeks", Integer, nullable=False),
    Column("due_at", Instant, nullable=True),
)
tie = Table(
    "growth_tie",
    metadata,
    Column("goal_id", Id, ForeignKey("goal.id"), primary_key=True),
    Column("source_ref", String(80), primary_key=True),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False, index=True),
    # Whether it fed the goal; false where that was suggested, and declined.
    Column("fed", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
)
reflection = Table(
    "growth_reflection",
    metadata,
    Column("id", Id, primary_key=True),
    Column("goal_id", Id, ForeignKey("goal.id"), nullable=False),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("words", Text, nullable=False),
    Column("changes", Json, nullable=False),
    Column("own", String(LONGEST_OWN), nullable=False),
    Index("ix_growth_reflection_goal", "goal_id", "at"),
)
