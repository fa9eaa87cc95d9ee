"""Which capabilities a network has switched off."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("network", sa.Column("off", sa.String(400), nullable=False, server_default=""))
