"""Thanks in the lobby: who thanked whom for which words."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "web_thanks",
        sa.Column("message_id", Id, nullable=False),
        sa.Column("workspace", sa.String(length=80), nullable=False),
        sa.Column("user", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["web_message.id"],
            name=op.f("fk_web_thanks_message_id_web_message"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("message_id", "user", name=op.f("pk_web_thanks")),
    )
    op.create_index("ix_web_thanks_user", "web_thanks", ["workspace", "user"])
