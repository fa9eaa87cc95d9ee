"""Topics that members suggest, votes on them, and questions to guests of chats."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Instant

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "chat_suggestion",
        sa.Column("id", _ID, nullable=False),
        sa.Column("network_id", _ID, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("workspace", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("chat_id", _ID, nullable=True),
        sa.Column("question_id", _ID, nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("merged_into", _ID, nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chat.id"], name=op.f("fk_chat_suggestion_chat_id_chat")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into"],
            ["chat_suggestion.id"],
            name=op.f("fk_chat_suggestion_merged_into_chat_suggestion"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_chat_suggestion_network_id_network")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["chat_question.id"],
            name=op.f("fk_chat_suggestion_question_id_chat_question"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_suggestion")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_chat_suggestion_place"),
        "chat_suggestion",
        ["platform", "workspace", "channel", "kind", "state"],
    )
    op.create_index(
        op.f("ix_chat_suggestion_network"), "chat_suggestion", ["network_id", "kind", "state"]
    )
    op.create_index(op.f("ix_chat_suggestion_merged"), "chat_suggestion", ["merged_into"])
    op.create_index(op.f("ix_chat_suggestion_chat"), "chat_suggestion", ["chat_id"])
    op.create_table(
        "chat_suggested_by",
        sa.Column("suggestion_id", _ID, nullable=False),
        sa.Column("member_id", _ID, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_chat_suggested_by_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["suggestion_id"],
            ["chat_suggestion.id"],
            name=op.f("fk_chat_suggested_by_suggestion_id_chat_suggestion"),
        ),
        sa.PrimaryKeyConstraint("suggestion_id", "member_id", name=op.f("pk_chat_suggested_by")),
    )
    op.create_index(op.f("ix_chat_suggested_by_member"), "chat_suggested_by", ["member_id"])
    op.create_table(
        "chat_poll",
        sa.Column("id", _ID, nullable=False),
        sa.Column("network_id", _ID, nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("workspace", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("opens_at", Instant(), nullable=False),
        sa.Column("closes_at", Instant(), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("first_at", Instant(), nullable=True),
        sa.Column("second_at", Instant(), nullable=True),
        sa.Column("seed", _ID, nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("created_by", _ID, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["member.id"], name=op.f("fk_chat_poll_created_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_chat_poll_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_poll")),
    )
    op.create_index(
        op.f("ix_chat_poll_place"), "chat_poll", ["platform", "workspace", "channel", "state"]
    )
    op.create_index(op.f("ix_chat_poll_network"), "chat_poll", ["network_id", "state"])
    op.create_table(
        "chat_vote",
        sa.Column("poll_id", _ID, nullable=False),
        sa.Column("member_id", _ID, nullable=False),
        sa.Column("topic_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_chat_vote_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["chat_poll.id"], name=op.f("fk_chat_vote_poll_id_chat_poll")
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"],
            ["chat_suggestion.id"],
            name=op.f("fk_chat_vote_topic_id_chat_suggestion"),
        ),
        sa.PrimaryKeyConstraint("poll_id", "member_id", name=op.f("pk_chat_vote")),
    )
    op.create_index(op.f("ix_chat_vote_member"), "chat_vote", ["member_id"])
