"""A role may end on a date."""

import sqlalchemy as sa
from alembic import op

import plnbot.store.types

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ends_at", plnbot.store.types.Instant(), nullable=True))
