"""Work has a shard, and indexes that answer which is the first of its lane."""

from zlib import crc32

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SHARDS = 16
PENDING = sa.text("state IN ('due', 'leased')")


def upgrade() -> None:
    shard = sa.Column("shard", sa.SmallInteger(), nullable=False, server_default="0")
    op.add_column("work", shard)
    work = sa.table("work", *map(sa.column, ("id", "key", "lane", "shard")))
    connection = op.get_bind()
    for row in connection.execute(sa.select(work.c.id, work.c.key, work.c.lane)).all():
        number = crc32((row.lane or row.key).encode()) % SHARDS
        connection.execute(sa.update(work).where(work.c.id == row.id).values(shard=number))
    op.drop_index("ix_work_pending_lane", "work", sqlite_where=PENDING, postgresql_where=PENDING)
    for name, state in (("ix_work_due_lane", "due"), ("ix_work_leased_lane", "leased")):
        only = sa.text(f"state = '{state}'")
        columns = ["lane", "due_at", "id"]
        op.create_index(name, "work", columns, sqlite_where=only, postgresql_where=only)
