"""Work that may have arrived, and failures counted apart from tries."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("work") as batch_op:
        batch_op.add_column(sa.Column("failures", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(
            sa.Column("unsure", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    # Who was tried before is looked for before it is sent again, as it was until now.
    op.execute("UPDATE work SET unsure = (attempts > 0)")
