"""Files that members keep, and portfolios of practice."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Instant, Json

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "file_content",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_file_content")),
    )
    op.create_table(
        "file",
        sa.Column("id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("tenant", sa.String(length=20), nullable=False),
        sa.Column("row_id", Id, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"], ["file_content.digest"], name=op.f("fk_file_digest_file_content")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_file_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_file_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_file_digest"), ["digest"], unique=False)
        batch_op.create_index(batch_op.f("ix_file_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_file_network_id"), ["network_id"], unique=False)
        batch_op.create_index("ix_file_row", ["tenant", "row_id"], unique=False)

    op.create_table(
        "portfolio_share",
        sa.Column("id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("to_id", Id, nullable=True),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("exemplars", Json, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_portfolio_share_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_portfolio_share_network_id_network")
        ),
        sa.ForeignKeyConstraint(
            ["to_id"], ["member.id"], name=op.f("fk_portfolio_share_to_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portfolio_share")),
        sa.UniqueConstraint("code", name=op.f("uq_portfolio_share_code")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("portfolio_share", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_portfolio_share_member_id"), ["member_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_portfolio_share_network_id"), ["network_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_portfolio_share_to_id"), ["to_id"], unique=False)

    op.create_table(
        "portfolio_exemplar",
        sa.Column("id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("goal_id", Id, nullable=True),
        sa.Column("indicator", sa.String(length=12), nullable=False),
        sa.Column("own", sa.String(length=40), nullable=False),
        sa.Column("reflection", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["goal.id"], name=op.f("fk_portfolio_exemplar_goal_id_goal")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_portfolio_exemplar_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_portfolio_exemplar_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portfolio_exemplar")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("portfolio_exemplar", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_portfolio_exemplar_goal_id"), ["goal_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_portfolio_exemplar_member_id"), ["member_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_portfolio_exemplar_network_id"), ["network_id"], unique=False
        )

    op.create_table(
        "portfolio_evidence",
        sa.Column("id", Id, nullable=False),
        sa.Column("exemplar_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("show", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("file_id", Id, nullable=True),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("source_ref", sa.String(length=80), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exemplar_id"],
            ["portfolio_exemplar.id"],
            name=op.f("fk_portfolio_evidence_exemplar_id_portfolio_exemplar"),
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["file.id"], name=op.f("fk_portfolio_evidence_file_id_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portfolio_evidence")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("portfolio_evidence", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_portfolio_evidence_exemplar_id"), ["exemplar_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_portfolio_evidence_file_id"), ["file_id"], unique=False
        )

    op.create_table(
        "portfolio_question",
        sa.Column("id", Id, nullable=False),
        sa.Column("share_id", Id, nullable=False),
        sa.Column("exemplar_id", Id, nullable=False),
        sa.Column("asker_id", Id, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("set_aside_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asker_id"], ["member.id"], name=op.f("fk_portfolio_question_asker_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["exemplar_id"],
            ["portfolio_exemplar.id"],
            name=op.f("fk_portfolio_question_exemplar_id_portfolio_exemplar"),
        ),
        sa.ForeignKeyConstraint(
            ["share_id"],
            ["portfolio_share.id"],
            name=op.f("fk_portfolio_question_share_id_portfolio_share"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portfolio_question")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("portfolio_question", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_portfolio_question_asker_id"), ["asker_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_portfolio_question_exemplar_id"), ["exemplar_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_portfolio_question_share_id"), ["share_id"], unique=False
        )

    op.create_table(
        "portfolio_version",
        sa.Column("exemplar_id", Id, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exemplar_id"],
            ["portfolio_exemplar.id"],
            name=op.f("fk_portfolio_version_exemplar_id_portfolio_exemplar"),
        ),
        sa.PrimaryKeyConstraint("exemplar_id", "number", name=op.f("pk_portfolio_version")),
    )
