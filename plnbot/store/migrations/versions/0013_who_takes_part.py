"""What members do on purpose while a chat goes on."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chat_attendance",
        sa.Column("chat_id", Id, sa.ForeignKey("chat.id"), primary_key=True),
        sa.Column("member_id", Id, sa.ForeignKey("member.id"), primary_key=True),
        sa.Column("here_at", sa.BigInteger(), nullable=True),
        sa.Column("first_at", sa.BigInteger(), nullable=True),
        sa.Column("last_at", sa.BigInteger(), nullable=True),
        sa.Column("led", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_chat_attendance_member", "chat_attendance", ["member_id"])
