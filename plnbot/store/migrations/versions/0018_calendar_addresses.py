"""Calendars whose address can be renewed, with ids of their own, and who was shown the address."""

import secrets

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    seed = sa.Column("seed", sa.String(length=32), server_default="", nullable=False)
    op.add_column("chat_calendar", seed)
    op.add_column("chat_calendar", sa.Column("renewed_at", sa.BigInteger(), nullable=True))
    op.create_table(
        "chat_calendar_reader",
        sa.Column("member_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("network_id", Id, sa.ForeignKey("network.id"), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_chat_calendar_reader")),
    )
    calendar = sa.table("chat_calendar", *map(sa.column, ("network_id", "token", "seed")))
    reader = sa.table("chat_calendar_reader", *map(sa.column, ("member_id", "network_id", "token")))
    member = sa.table("member", *map(sa.column, ("id", "network_id")))
    account = sa.table("account", *map(sa.column, ("member_id", "left_at")))
    connection = op.get_bind()
    for network in connection.execute(sa.select(calendar.c.network_id)).scalars().all():
        known = sa.update(calendar).where(calendar.c.network_id == network)
        connection.execute(known.values(seed=secrets.token_hex(8)))
    # Nobody wrote down who was shown the address before, so it may be anybody who could be.
    here = sa.exists().where(account.c.member_id == member.c.id, account.c.left_at.is_(None))
    may_know = (
        sa.select(member.c.id, calendar.c.network_id, calendar.c.token)
        .join(calendar, calendar.c.network_id == member.c.network_id)
        .where(here)
    )
    op.execute(sa.insert(reader).from_select(["member_id", "network_id", "token"], may_know))
