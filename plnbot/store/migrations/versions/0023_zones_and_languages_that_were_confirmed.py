"""A zone and a language that nobody confirmed are only what a platform or a network said."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("member", sa.Column("confirmed_at", sa.BigInteger(), nullable=True))
    # The guided start asks for the zone, so whoever went through it has said what it is.
    op.execute(sa.text("UPDATE member SET confirmed_at = started_at"))
