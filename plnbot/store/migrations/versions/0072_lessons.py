"""Lessons that teachers share."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Instant, Json

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "lesson",
        sa.Column("id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("standards", sa.String(length=200), nullable=False),
        sa.Column("subjects", Json, nullable=False),
        sa.Column("grades", Json, nullable=False),
        sa.Column("skills", Json, nullable=False),
        sa.Column("licence", sa.String(length=12), nullable=False),
        sa.Column("terms", sa.String(length=300), nullable=False),
        sa.Column("source_id", Id, nullable=True),
        sa.Column("source_title", sa.String(length=120), nullable=False),
        sa.Column("source_licence", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("down_at", Instant(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_lesson_network_id_network")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["lesson.id"], name=op.f("fk_lesson_source_id_lesson")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("lesson", schema=None) as batch_op:
        batch_op.create_index("ix_lesson_network", ["network_id", "changed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_lesson_source_id"), ["source_id"], unique=False)

    op.create_table(
        "lesson_author",
        sa.Column("lesson_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("since", Instant(), nullable=True),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lesson.id"], name=op.f("fk_lesson_author_lesson_id_lesson")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_lesson_author_member_id_member")
        ),
        sa.PrimaryKeyConstraint("lesson_id", "member_id", name=op.f("pk_lesson_author")),
    )
    with op.batch_alter_table("lesson_author", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lesson_author_member_id"), ["member_id"], unique=False)

    op.create_table(
        "lesson_report",
        sa.Column("lesson_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lesson.id"], name=op.f("fk_lesson_report_lesson_id_lesson")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_lesson_report_member_id_member")
        ),
        sa.PrimaryKeyConstraint("lesson_id", "member_id", name=op.f("pk_lesson_report")),
    )
    with op.batch_alter_table("lesson_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lesson_report_member_id"), ["member_id"], unique=False)

    op.create_table(
        "lesson_use",
        sa.Column("lesson_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("taken_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.Column("went", sa.String(length=12), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lesson.id"], name=op.f("fk_lesson_use_lesson_id_lesson")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_lesson_use_member_id_member")
        ),
        sa.PrimaryKeyConstraint("lesson_id", "member_id", name=op.f("pk_lesson_use")),
    )
    with op.batch_alter_table("lesson_use", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lesson_use_member_id"), ["member_id"], unique=False)

    op.create_table(
        "lesson_version",
        sa.Column("lesson_id", Id, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_id", Id, nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lesson.id"], name=op.f("fk_lesson_version_lesson_id_lesson")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_lesson_version_member_id_member")
        ),
        sa.PrimaryKeyConstraint("lesson_id", "number", name=op.f("pk_lesson_version")),
    )
    with op.batch_alter_table("lesson_version", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_lesson_version_member_id"), ["member_id"], unique=False
        )
