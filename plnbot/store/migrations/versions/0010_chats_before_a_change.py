"""What a chat was before its last change, so that the change can be taken back."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Json

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chat_former",
        sa.Column("id", Id, primary_key=True),
        sa.Column("chat_id", Id, sa.ForeignKey("chat.id"), nullable=False, unique=True),
        sa.Column("version", Json, nullable=False),
        sqlite_autoincrement=True,
    )
