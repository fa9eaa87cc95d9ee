"""Work is found in its order, and what has no lane by itself, however much waits in lanes."""

import sqlalchemy as sa
from alembic import op

revision = "0075"
down_revision = "0074"
branch_labels = None
depends_on = None

PENDING = sa.text("state IN ('due', 'leased')")
ALONE = sa.text("state IN ('due', 'leased') AND lane = ''")


def upgrade() -> None:
    """Let the index of what is to run have its whole order, and add that of what has no lane."""
    _drop("ix_work_pending_run_at")
    _index("ix_work_pending_run_at", ["run_at", "id"], PENDING)
    _index("ix_work_alone_run_at", ["run_at", "id"], ALONE)


def downgrade() -> None:
    """Have the first again as it was, and drop the other."""
    _drop("ix_work_alone_run_at")
    _drop("ix_work_pending_run_at")
    _index("ix_work_pending_run_at", ["run_at"], PENDING)


def _index(name: str, columns: list[str], which: sa.TextClause) -> None:
    op.create_index(name, "work", columns, sqlite_where=which, postgresql_where=which)


def _drop(name: str) -> None:
    op.drop_index(name, "work")
