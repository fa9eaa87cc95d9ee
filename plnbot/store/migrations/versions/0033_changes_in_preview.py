"""What a published chat is to become, while its moderator looks at it."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Json

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "chat_proposed",
        sa.Column("id", Id, nullable=False),
        sa.Column("chat_id", Id, nullable=False),
        sa.Column("version", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chat.id"], name=op.f("fk_chat_proposed_chat_id_chat")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_proposed")),
        sa.UniqueConstraint("chat_id", name=op.f("uq_chat_proposed_chat_id")),
        sqlite_autoincrement=True,
    )
