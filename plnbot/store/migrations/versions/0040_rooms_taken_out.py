"""A room in which prompts are asked no more, though others of the same prompts are."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Instant

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("prompt_room", sa.Column("left_at", Instant(), nullable=True))
