"""The number of a licence that was taken away is never another's, on SQLite too."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Instant, Json

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_LICENCE, _BEFORE = "credit_licence", "credit_licence_before"


def upgrade() -> None:
    """Make the table anew with what it holds: SQLite counts on only where a table is made so."""
    if op.get_bind().dialect.name != "sqlite":
        return
    op.drop_index(op.f("ix_credit_licence_member_id"), _LICENCE)
    op.rename_table(_LICENCE, _BEFORE)
    op.create_table(
        _LICENCE,
        sa.Column("id", _ID, nullable=False),
        sa.Column("network_id", _ID, nullable=False),
        sa.Column("member_id", _ID, nullable=False),
        sa.Column("policy", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("issued", sa.String(length=10), nullable=False),
        sa.Column("expires", sa.String(length=10), nullable=False),
        sa.Column("classes", sa.JSON(), nullable=False),
        sa.Column("holder", Json, nullable=False, server_default="{}"),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_credit_licence_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_credit_licence_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_licence")),
        sqlite_autoincrement=True,
    )
    op.execute(
        "INSERT INTO credit_licence"
        " (id, network_id, member_id, policy, number, issued, expires, classes, holder, at)"
        " SELECT id, network_id, member_id, policy, number, issued, expires, classes, holder, at"
        " FROM credit_licence_before"
    )
    op.drop_table(_BEFORE)
    op.create_index(op.f("ix_credit_licence_member_id"), _LICENCE, ["member_id"])
