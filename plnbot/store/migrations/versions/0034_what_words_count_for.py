"""What words in the lobby count for stands beside them."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    counts = sa.Column("counts", sa.String(length=120), nullable=False, server_default="")
    op.add_column("web_message", counts)
