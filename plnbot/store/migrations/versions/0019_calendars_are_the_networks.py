"""Calendars are the network's and not the chats': their tables bear their own names."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

CALENDAR = ("network_id", "token", "seed", "renewed_at")
READER = ("member_id", "network_id", "token")


def upgrade() -> None:
    op.create_table(
        "calendar",
        sa.Column("network_id", Id, sa.ForeignKey("network.id"), primary_key=True),
        sa.Column("token", sa.String(64), nullable=False, unique=True),
        sa.Column("seed", sa.String(32), nullable=False),
        sa.Column("renewed_at", sa.BigInteger(), nullable=True),
    )
    op.create_table(
        "calendar_reader",
        sa.Column("member_id", Id, sa.ForeignKey("member.id"), primary_key=True),
        sa.Column("network_id", Id, sa.ForeignKey("network.id"), nullable=False),
        sa.Column("token", sa.String(64), nullable=False),
    )
    for name, columns in (("calendar", CALENDAR), ("calendar_reader", READER)):
        before = sa.table(f"chat_{name}", *map(sa.column, columns))
        new = sa.table(name, *map(sa.column, columns))
        op.execute(sa.insert(new).from_select(list(columns), sa.select(before)))
        op.drop_table(f"chat_{name}")
