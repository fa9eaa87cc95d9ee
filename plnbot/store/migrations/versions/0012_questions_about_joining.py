"""Questions whether a workspace joins the first network; those that were asked before stay open."""

import time

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Json

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    made = op.create_table(
        "join_request",
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("workspace", sa.String(length=80), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("host_word", sa.String(length=5), nullable=True),
        sa.Column("host_by", Id, sa.ForeignKey("member.id"), nullable=True),
        sa.Column("host_at", sa.BigInteger(), nullable=True),
        sa.Column("guest_word", sa.String(length=5), nullable=True),
        sa.Column("guest_by", Id, sa.ForeignKey("member.id"), nullable=True),
        sa.Column("guest_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("platform", "workspace", name=op.f("pk_join_request")),
    )
    now = time.time_ns() // 1000
    rows = [
        {"platform": platform, "workspace": workspace, "asked_at": now, "round": 1}
        for platform, workspace in sorted(_asked_before(op.get_bind()))
    ]
    if rows:
        op.bulk_insert(made, rows)


def _asked_before(connection: sa.Connection) -> set[tuple[str, str]]:
    """Return the workspaces that were asked about and have not joined."""
    post = sa.table("post", sa.column("card"), sa.column("args", Json), sa.column("network_id"))
    home = sa.table(
        "workspace", sa.column("platform"), sa.column("workspace"), sa.column("network_id")
    )
    asked = connection.execute(
        sa.select(post.c.args, post.c.network_id).where(post.c.card == "members.asks_to_join")
    ).all()
    apart = {
        (row.platform, row.workspace): row.network_id for row in connection.execute(sa.select(home))
    }
    found = {(str(args["platform"]), str(args["workspace"])): first for args, first in asked}
    return {row for row, first in found.items() if apart.get(row, first) != first}
