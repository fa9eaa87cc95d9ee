"""What members are to be told, and how they want that; reminders that wait become notices."""

import json
import time
from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Json

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    notice = op.create_table(
        "notice",
        sa.Column("id", Id, nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("network_id", Id, sa.ForeignKey("network.id"), nullable=False),
        sa.Column("member_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("card", sa.String(length=60), nullable=False),
        sa.Column("args", Json, nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.Column("wanted_at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("why", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("key", name=op.f("uq_notice_key")),
    )
    op.create_index("ix_notice_member", "notice", ["member_id", "state"])
    op.create_index("ix_notice_ended", "notice", ["ended_at"])
    op.create_table(
        "notice_wish",
        sa.Column("member_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("how", Json, nullable=False),
        sa.Column("direct", sa.Boolean(), nullable=True),
        sa.Column("leave_begins", sa.BigInteger(), nullable=True),
        sa.Column("leave_ends", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_notice_wish")),
    )
    _carry_reminders(op.get_bind(), notice)


def _carry_reminders(connection: sa.Connection, notice: sa.Table) -> None:
    """Let reminders that wait go through the gate, which looks at them at once."""
    names = ("id", "key", "kind", "network_id", "run_at", "due_at", "state", "lane", "shard")
    work = sa.table("work", *map(sa.column, names), sa.column("payload", Json))
    chat = sa.table("chat", *map(sa.column, ("id", "platform", "network_id", "starts_at")))
    waiting = sa.select(work).where(
        work.c.kind == "chats.remind", work.c.state.in_(("due", "leased"))
    )
    now, seen = time.time_ns() // 1000, set()
    for row in connection.execute(waiting.order_by(work.c.id)).all():
        told = row.payload if isinstance(row.payload, Mapping) else json.loads(row.payload)
        person = int(told["person"])
        about = connection.execute(sa.select(chat).where(chat.c.id == int(told["chat"]))).first()
        if about is not None:
            connection.execute(
                notice.insert().values(
                    key=f"chat/{about.id}/reminder/{person}/{about.starts_at}",
                    network_id=about.network_id,
                    member_id=person,
                    platform=about.platform,
                    kind="chats.reminder",
                    card="chats.reminder",
                    args={"chat": about.id},
                    told_at=now,
                    wanted_at=row.run_at,
                    until=about.starts_at,
                    asked=True,
                    state="waiting",
                    ended_at=None,
                    why="",
                )
            )
        mine = work.c.id == row.id
        if about is None or person in seen:
            connection.execute(sa.delete(work).where(mine))
            continue
        seen.add(person)
        again = {"kind": "engine.notices", "key": f"notices/{person}", "run_at": now, "due_at": now}
        anew = {**again, "payload": {"person": person}, "state": "due"}
        connection.execute(sa.update(work).where(mine).values(anew))
