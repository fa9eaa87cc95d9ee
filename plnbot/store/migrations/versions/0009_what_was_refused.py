"""An index of the posts that their places refused, which are few and asked for by place."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

REFUSED = sa.text("state = 'refused'")


def upgrade() -> None:
    op.create_index(
        "ix_work_refused", "work", ["lane"], sqlite_where=REFUSED, postgresql_where=REFUSED
    )
