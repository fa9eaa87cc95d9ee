"""Who holds a lease, and which processes of a cluster live."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "work", sa.Column("holder", sa.String(length=120), server_default="", nullable=False)
    )
    op.create_table(
        "process",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_process")),
    )
