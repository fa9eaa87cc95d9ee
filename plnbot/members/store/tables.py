"""The tables of networks, members and their accounts."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

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
    Column("off", String(400), nullable=False, server_default=""),
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
    Column("folded", String(120), nullable=False, server_default=""),
    Column("locale", String(10), nullable=False),
    Column("zone", String(60), nullable=False),
    Column("profile", Json, nullable=False),
    Column("started_at", Instant, nullable=True),
    Column("confirmed_at", Instant, nullable=True),
    Column("created_at", Instant, nullable=False),
    Column("district_id", Id, ForeignKey("organisation.id"), nullable=True, index=True),
    Column("school_id", Id, ForeignKey("organisation.id"), nullable=True, index=True),
)

organisation = Table(
    "organisation",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("name", String(120), nullable=False),
    Column("state", String(60), nullable=False),
    Column("district_id", Id, ForeignKey("organisation.id"), nullable=True, index=True),
    Column("settled", Boolean, nullable=False),
    Column("merged_into", Id, ForeignKey("organisation.id"), nullable=True),
    Column("moved", Json, nullable=True),
    Column("created_at", Instant, nullable=False),
    Index("ix_organisation_network", "network_id", "kind", "settled"),
)

organisation_name = Table(
    "organisation_name",
    metadata,
    Column("id", Id, primary_key=True),
    Column("organisation_id", Id, ForeignKey("organisation.id"), nullable=False, index=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("within", String(60), nullable=False),
    Column("folded", String(120), nullable=False),
    Column("name", String(120), nullable=False),
    UniqueConstraint("network_id", "kind", "within", "folded"),
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
