"""What people say under posts is gathering's, whoever posted; who keeps out of it; what was heard last."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Instant

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_VERSION = sa.String(80).with_variant(sa.String(80, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "answer",
        sa.Column("id", Id, primary_key=True),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("whole_id", Id, nullable=False),
        sa.Column("under_id", Id, nullable=False),
        sa.Column("member_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("author", sa.String(80), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("choice", sa.String(80), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("edited_at", Instant(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("prepared", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(300), nullable=False),
        sa.Column("hidden_by", Id, sa.ForeignKey("member.id"), nullable=True),
        sa.Column("hidden_reason", sa.Text(), nullable=False),
        sa.UniqueConstraint("source", "kind", "under_id"),
    )
    op.create_table(
        "answer_left_out",
        sa.Column("kind", sa.String(40), primary_key=True),
        sa.Column("whole_id", Id, primary_key=True),
        sa.Column("member_id", Id, sa.ForeignKey("member.id"), primary_key=True),
    )
    op.create_table(
        "heard_message",
        sa.Column("source", sa.String(300), primary_key=True),
        sa.Column("version", _VERSION, nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
    )
    _carry_over()
    op.create_index("ix_answer_whole", "answer", ["kind", "whole_id", "under_id", "at"])
    op.create_index("ix_answer_member", "answer", ["member_id"])
    op.create_index("ix_answer_left_out_member", "answer_left_out", ["member_id"])
    op.create_index("ix_heard_message_at", "heard_message", ["at"])
    op.drop_table("chat_answer")
    with op.batch_alter_table("chat_presence") as batch:
        batch.drop_column("left_out")


def _carry_over() -> None:
    """Bring every answer along under its number, which posts and the log refer to.

    A message's source says its workspace from now on. Said aloud to a question that an ended chat did
    not ask, it was in nobody's archive; from now on it is.
    """
    connection = op.get_bind()
    connection.execute(
        sa.text(
            """
            INSERT INTO answer (id, network_id, kind, whole_id, under_id, member_id, author, words,
                choice, at, edited_at, late, prepared, source, hidden_by, hidden_reason)
            SELECT a.id, c.network_id, 'chat', a.chat_id, a.question_id, a.member_id, a.author,
                a.words, '', a.at, a.edited_at, a.late,
                q.asked_at IS NULL AND (c.state <> 'archived' OR a.source LIKE 'form/%'),
                CASE WHEN a.source LIKE 'form/%' OR a.source LIKE 'former/%' THEN a.source
                    ELSE c.platform || '/' || c.workspace
                        || substr(a.source, length(c.platform) + 1) END,
                a.hidden_by, a.hidden_reason
            FROM chat_answer a
            JOIN chat c ON c.id = a.chat_id
            JOIN chat_question q ON q.id = a.question_id
            """
        )
    )
    connection.execute(
        sa.text(
            "INSERT INTO answer_left_out (kind, whole_id, member_id)"
            " SELECT 'chat', chat_id, member_id FROM chat_presence WHERE left_out"
        )
    )
    if connection.dialect.name == "postgresql":
        connection.execute(
            sa.text(
                "SELECT setval(pg_get_serial_sequence('answer', 'id'),"
                " (SELECT coalesce(max(id), 0) + 1 FROM answer), false)"
            )
        )
