"""What was told last of a message is gathering's to know, on every platform."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        sa.text(
            "INSERT INTO heard_message (source, version, gone, at)"
            " SELECT 'slack/' || workspace || '/' || channel || '/' || message, version, false, at"
            " FROM slack_edit"
        )
    )
    op.drop_index("ix_slack_edit_at", "slack_edit")
    op.drop_table("slack_edit")
