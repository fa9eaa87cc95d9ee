"""The engine's own tables."""

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant, Json

inbox = Table(
    "inbox",
    metadata,
    Column("platform", String(20), primary_key=True),
    Column("workspace", String(80), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("at", Instant, nullable=False, index=True),
)

closed_room = Table(
    "closed_room",
    metadata,
    Column("platform", String(20), primary_key=True),
    Column("workspace", String(80), primary_key=True),
    Column("channel", String(80), primary_key=True),
    Column("closed", Boolean, nullable=False),
)

# Places in which something may have been said that nobody has read yet.
unheard = Table(
    "unheard",
    metadata,
    Column("platform", String(20), primary_key=True),
    Column("workspace", String(80), primary_key=True),
    Column("channel", String(80), primary_key=True),
    Column("thread", String(80), primary_key=True),
    Column("reads_from", Instant, nullable=False),
    Column("since", Instant, nullable=True),
    Column("until", Instant, nullable=True),
    Column("further", String(200), nullable=False),
    Column("why", String(20), nullable=False),
    Column("told", Boolean, nullable=False),
)

work = Table(
    "work",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", String(200), nullable=False, unique=True),
    Column("kind", String(60), nullable=False),
    Column("network_id", Id, nullable=True),
    Column("lane", String(300), nullable=False),
    Column("shard", SmallInteger, nullable=False, server_default="0"),
    Column("urgency", SmallInteger, nullable=False, server_default="10"),
    Column("due_at", Instant, nullable=False),
    Column("run_at", Instant, nullable=False),
    Column("payload", Json, nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("unsure", Boolean, nullable=False, server_default=false()),
    Column("sent_at", Instant, nullable=True),
    Column("fence", Integer, nullable=False),
    Column("lease_until", Instant, nullable=True),
    Column("holder", String(120), nullable=False, server_default=""),
    Column("reason", Text, nullable=False),
    Column("finished_at", Instant, nullable=True),
)
_PENDING = text("state IN ('due', 'leased')")
_ALONE = text("state IN ('due', 'leased') AND lane = ''")
_DUE, _LEASED = text("state = 'due'"), text("state = 'leased'")
_REFUSED = text("state = 'refused'")
# On PostgreSQL they have the same conditions, which stand in the migrations alone: to say them here
# would load its dialect at every start on SQLite too.
Index("ix_work_pending_run_at", work.c.run_at, work.c.id, sqlite_where=_PENDING)
Index("ix_work_alone_run_at", work.c.run_at, work.c.id, sqlite_where=_ALONE)
Index(
    "ix_work_due_lane",
    work.c.lane,
    work.c.urgency,
    work.c.due_at,
    work.c.id,
    sqlite_where=_DUE,
)
Index("ix_work_leased_lane", work.c.lane, work.c.due_at, work.c.id, sqlite_where=_LEASED)
Index("ix_work_finished_at", work.c.finished_at)
Index("ix_work_refused", work.c.lane, sqlite_where=_REFUSED)

process = Table(
    "process",
    metadata,
    Column("name", String(120), primary_key=True),
    Column("seen_at", Instant, nullable=False),
)

post = Table(
    "post",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", String(200), nullable=False, unique=True),
    Column("network_id", Id, nullable=False),
    Column("platform", String(20), nullable=False),
    Column("workspace", String(80), nullable=False),
    Column("channel", String(80), nullable=False),
    Column("thread", String(80), nullable=False),
    Column("user", String(80), nullable=False),
    Column("card", String(60), nullable=False),
    Column("args", Json, nullable=False),
    Column("ref", String(80), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_post_ref", "platform", "workspace", "channel", "ref"),
)

kept_form = Table(
    "kept_form",
    metadata,
    Column("member_id", Id, primary_key=True, autoincrement=False),
    Column("form", String(60), primary_key=True),
    Column("row", String(50), primary_key=True),
    Column("given", Json, nullable=False),
    Column("at", Instant, nullable=False, index=True),
)

role_grant = Table(
    "role_grant",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("role", String(20), nullable=False),
    Column("scope", String(60), nullable=False),
    Column("granted_by", Id, nullable=True),
    Column("at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=True),
    UniqueConstraint("person_id", "role", "scope"),
    Index("ix_role_grant_scope", "network_id", "scope"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, nullable=False),
    Column("at", Instant, nullable=False),
    Column("person_id", Id, nullable=True),
    Column("action", String(60), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("detail", Json, nullable=False),
    Index("ix_audit_network_at", "network_id", "at"),
)

edit = Table(
    "edit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, nullable=False),
    Column("subject", String(80), nullable=False),
    Column("field", String(40), nullable=False),
    Column("was", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("aside", Boolean, nullable=False),
    Column("member_id", Id, nullable=True, index=True),
    Column("at", Instant, nullable=False),
    Index("ix_edit_subject", "subject", "id"),
    # A version is the number of the latest change, and grows for ever.
    sqlite_autoincrement=True,
)

sent_form = Table(
    "sent_form",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, nullable=False),
    Column("platform", String(20), nullable=False),
    Column("workspace", String(80), nullable=False),
    Column("user", String(80), nullable=False),
    Column("channel", String(80), nullable=False),
    Column("thread", String(80), nullable=False),
    Column("form", String(60), nullable=False),
    Column("row", String(80), nullable=False),
    Column("given", Json, nullable=False),
    Column("files", Json, nullable=False),
    Column("answer", Json, nullable=True),
    Column("at", Instant, nullable=False, index=True),
)

upload = Table(
    "upload",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, nullable=False),
    Column("platform", String(20), nullable=False),
    Column("workspace", String(80), nullable=False),
    Column("user", String(80), nullable=False),
    Column("name", String(80), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False, index=True),
)

erasure = Table(
    "erasure",
    metadata,
    Column("member_id", Id, primary_key=True, autoincrement=False),
    Column("since", Instant, primary_key=True),
    Column("network_id", Id, nullable=False),
    Column("at", Instant, nullable=False),
    Column("kept", Json, nullable=False),
)

restoration = Table(
    "restoration",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Instant, nullable=False),
)

installation = Table(
    "installation",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("rate", String(20), nullable=False),
    Column("shown_at", Instant, nullable=False),
    Column("real_at", Instant, nullable=False),
)
