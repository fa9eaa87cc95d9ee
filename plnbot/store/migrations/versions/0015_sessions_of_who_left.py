"""Sessions of accounts that had left before leaving ended them."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    account = sa.table(
        "account",
        *map(sa.column, ("platform", "workspace", "user", "left_at")),
    )
    for name in ("web_session", "sign_in"):
        kept = sa.table(name, *map(sa.column, ("platform", "workspace", "user")))
        gone = sa.exists().where(
            account.c.platform == kept.c.platform,
            account.c.workspace == kept.c.workspace,
            account.c.user == kept.c.user,
            account.c.left_at.is_not(None),
        )
        op.execute(sa.delete(kept).where(gone))
