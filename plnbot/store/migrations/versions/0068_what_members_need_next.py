"""What members need next: their answers, what was offered to them, and how often all are asked."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Instant, Json

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "pulse_rhythm",
        sa.Column("network_id", Id, nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("next_at", Instant(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_pulse_rhythm_network_id_network")
        ),
        sa.PrimaryKeyConstraint("network_id", name=op.f("pk_pulse_rhythm")),
    )
    op.create_table(
        "pulse_answer",
        sa.Column("id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("answers", Json, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_pulse_answer_network_id_network")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_pulse_answer_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse_answer")),
    )
    op.create_index("ix_pulse_answer_member", "pulse_answer", ["member_id", "at"])
    op.create_index(op.f("ix_pulse_answer_network_id"), "pulse_answer", ["network_id"])
    op.create_table(
        "pulse_option",
        sa.Column("id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("page", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("rules", Json, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("because", sa.String(length=10), nullable=True),
        sa.Column("said_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_pulse_option_network_id_network")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_pulse_option_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse_option")),
        sa.UniqueConstraint("member_id", "page", name=op.f("uq_pulse_option_member_id_page")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_pulse_option_network_id"), "pulse_option", ["network_id"])
