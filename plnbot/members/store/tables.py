"""The tables of networks, members and their accounts."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant, Json

network = Table(
    "network",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(120), nullable=False),
    Column("locale", String(10), nullable=False),
    Column("zone", String(60), nullable=False),
    Column("created_at", Instant, nullable=False),
)

workspace = Table(
    "workspace",
    metadata,
    Column("platform", String(20), primary_key=True),
    Column("workspace", String(80), primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
)

member = Table(
    "member",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False, index=True),
    Column("name", String(80), nullable=False),
    Column("locale", String(10), nullable=False),
    Column("zone", String(60), nullable=False),
    Column("profile", Json, nullable=False),
    Column("started_at", Instant, nullable=True),
    Column("created_at", Instant, nullable=False),
)

account = Table(
    "account",
    metadata,
    Column("platform", String(20), primary_key=True),
    Column("workspace", String(80), primary_key=True),
    Column("user", String(80), primary_key=True),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False, index=True),
    Column("left_at", Instant, nullable=True),
)

sign_in = Table(
    "sign_in",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("platform", String(20), nullable=False),
    Column("workspace", String(80), nullable=False),
    Column("user", String(80), nullable=False),
    Column("path", String(200), nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
)

join_request = Table(
    "join_request",
    metadata,
    Column("platform", String(20), primary_key=True),
    Column("workspace", String(80), primary_key=True),
    Column("asked_at", Instant, nullable=False),
    Column("round", Integer, nullable=False),
    Column("host_word", String(5), nullable=True),
    Column("host_by", Id, ForeignKey("member.id"), nullable=True),
    Column("host_at", Instant, nullable=True),
    Column("guest_word", String(5), nullable=True),
    Column("guest_by", Id, ForeignKey("member.id"), nullable=True),
    Column("guest_at", Instant, nullable=True),
)
