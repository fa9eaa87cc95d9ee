"""The tables of insight: each member's tally of a month, who is left out, and reports."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant, Json

LONGEST_NAME = 60
tally = Table(
    "insight_tally",
    metadata,
    Column("member_id", Id, ForeignKey("member.id"), primary_key=True),
    Column("month", Integer, primary_key=True),
    Column("report", String(10), primary_key=True),
    Column("name", String(LONGEST_NAME), primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    Column("many", Integer, nullable=False),
    Column("minutes", Integer, nullable=False),
    Index("ix_insight_tally_month", "network_id", "month"),
)
mark = Table(
    "insight_mark",
    metadata,
    Column("id", Id, primary_key=True),
    Column("upto", Id, nullable=False),
)
"""Two rows: up to which activity all are tallied, and up to which tag of a member's own."""
left_out = Table(
    "insight_left_out",
    metadata,
    Column("member_id", Id, ForeignKey("member.id"), primary_key=True),
    Column("at", Instant, nullable=False),
)
report = Table(
    "insight_report",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    # The number of an organisation; a report outlives it.
    Column("district_id", Id, nullable=False),
    Column("month", Integer, nullable=False),
    Column("cells", Json, nullable=False),
    Column("made_at", Instant, nullable=False),
    UniqueConstraint("network_id", "district_id", "month"),
    # What was frozen under a number must never be another report's.
    sqlite_autoincrement=True,
)
