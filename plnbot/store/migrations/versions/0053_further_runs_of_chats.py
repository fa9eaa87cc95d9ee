"""Further runs of chats."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "chat_further_run",
        sa.Column("chat_id", _ID, autoincrement=False, nullable=False),
        sa.Column("first_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chat.id"], name=op.f("fk_chat_further_run_chat_id_chat")
        ),
        sa.ForeignKeyConstraint(
            ["first_id"], ["chat.id"], name=op.f("fk_chat_further_run_first_id_chat")
        ),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_chat_further_run")),
    )
    op.create_index(op.f("ix_chat_further_run_first"), "chat_further_run", ["first_id"])
