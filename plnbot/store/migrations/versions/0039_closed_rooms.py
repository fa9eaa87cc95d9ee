"""Which rooms are not everybody's to look into, and which chats held in one were opened to all."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table and the column."""
    op.create_table(
        "closed_room",
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("workspace", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "workspace", "channel", name=op.f("pk_closed_room")),
    )
    opened: sa.Column[bool] = sa.Column(
        "opened", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("chat", opened)
