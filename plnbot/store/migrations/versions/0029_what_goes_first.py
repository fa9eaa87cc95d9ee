"""What goes first in a lane: work has an urgency. Who is new in a chat is greeted with others."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Instant

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

DUE = sa.text("state = 'due'")


def upgrade() -> None:
    """Add the column, and have the index of lanes begin with it."""
    urgency = sa.Column("urgency", sa.SmallInteger(), nullable=False, server_default="10")
    op.add_column("work", urgency)
    op.add_column("work", sa.Column("sent_at", Instant(), nullable=True))
    op.drop_index("ix_work_due_lane", "work", sqlite_where=DUE, postgresql_where=DUE)
    columns = ["lane", "urgency", "due_at", "id"]
    op.create_index("ix_work_due_lane", "work", columns, sqlite_where=DUE, postgresql_where=DUE)
    op.create_table(
        "chat_newcomer",
        sa.Column("member_id", Id, nullable=False, autoincrement=False),
        sa.Column("chat_id", Id, nullable=False),
        sa.Column("greeting", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chat.id"], name=op.f("fk_chat_newcomer_chat_id_chat")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_chat_newcomer_member_id_member")
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_chat_newcomer")),
    )
    op.create_index("ix_chat_newcomer_chat", "chat_newcomer", ["chat_id", "greeting"])
