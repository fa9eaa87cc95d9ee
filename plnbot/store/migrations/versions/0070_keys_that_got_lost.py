"""Keys that got lost: withdrawn, and which awards they had signed."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Instant

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column("badge_key", sa.Column("withdrawn_at", Instant(), nullable=True))
    op.add_column("badge_award", sa.Column("key_withdrawn_at", Instant(), nullable=True))
