"""Which holdings stay without a name when somebody is erased: no longer answers alone."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Json

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("erasure") as batch:
        batch.add_column(sa.Column("kept", Json, nullable=False, server_default="[]"))
    op.execute(sa.text("""UPDATE erasure SET kept = '["answers"]' WHERE keeps_answers"""))
    with op.batch_alter_table("erasure") as batch:
        batch.drop_column("keeps_answers")
