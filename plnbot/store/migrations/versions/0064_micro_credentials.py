"""Micro-credentials."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Instant

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "badge",
        sa.Column("id", _ID, nullable=False),
        sa.Column("network_id", _ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_badge_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_badge_network_id"), "badge", ["network_id"], unique=False)
    op.create_table(
        "badge_key",
        sa.Column("id", _ID, nullable=False),
        sa.Column("network_id", _ID, nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("public", sa.String(length=64), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("replaced_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_badge_key_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge_key")),
        sa.UniqueConstraint("public", name=op.f("uq_badge_key_public")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_badge_key_network_id"), "badge_key", ["network_id"], unique=False)
    op.create_table(
        "badge_list",
        sa.Column("id", _ID, nullable=False),
        sa.Column("network_id", _ID, nullable=False),
        sa.Column("key_id", _ID, nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["key_id"], ["badge_key.id"], name=op.f("fk_badge_list_key_id_badge_key")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_badge_list_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge_list")),
        sa.UniqueConstraint("code", name=op.f("uq_badge_list_code")),
        sa.UniqueConstraint(
            "network_id",
            "issuer",
            "number",
            "address",
            name=op.f("uq_badge_list_network_id_issuer_number_address"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_badge_list_network_id"), "badge_list", ["network_id"], unique=False)
    op.create_table(
        "badge_application",
        sa.Column("id", _ID, nullable=False),
        sa.Column("network_id", _ID, nullable=False),
        sa.Column("badge_id", _ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("member_id", _ID, nullable=False),
        sa.Column("standing", sa.String(length=12), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("reflection", sa.Text(), nullable=False),
        sa.Column("met", sa.JSON(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=32), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("hears_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["badge_id"], ["badge.id"], name=op.f("fk_badge_application_badge_id_badge")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_badge_application_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_badge_application_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge_application")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_badge_application_badge_id"), "badge_application", ["badge_id"], unique=False
    )
    op.create_index(
        op.f("ix_badge_application_member_id"), "badge_application", ["member_id"], unique=False
    )
    op.create_index(
        op.f("ix_badge_application_network_id"), "badge_application", ["network_id"], unique=False
    )
    op.create_table(
        "badge_version",
        sa.Column("badge_id", _ID, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=36), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("author_id", _ID, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("applied_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_badge_version_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["badge_id"], ["badge.id"], name=op.f("fk_badge_version_badge_id_badge")
        ),
        sa.PrimaryKeyConstraint("badge_id", "number", name=op.f("pk_badge_version")),
    )
    op.create_index(
        op.f("ix_badge_version_author_id"), "badge_version", ["author_id"], unique=False
    )
    op.create_table(
        "badge_assigned",
        sa.Column("application_id", _ID, nullable=False),
        sa.Column("member_id", _ID, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["badge_application.id"],
            name=op.f("fk_badge_assigned_application_id_badge_application"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_badge_assigned_member_id_member")
        ),
        sa.PrimaryKeyConstraint("application_id", "member_id", name=op.f("pk_badge_assigned")),
    )
    op.create_index(
        op.f("ix_badge_assigned_member_id"), "badge_assigned", ["member_id"], unique=False
    )
    op.create_table(
        "badge_award",
        sa.Column("id", _ID, nullable=False),
        sa.Column("network_id", _ID, nullable=False),
        sa.Column("badge_id", _ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("member_id", _ID, nullable=False),
        sa.Column("application_id", _ID, nullable=True),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("until", Instant(), nullable=True),
        sa.Column("identity", sa.String(length=80), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("shows", sa.JSON(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("signed", sa.Integer(), nullable=False),
        sa.Column("list_id", _ID, nullable=True),
        sa.Column("credential", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_by", _ID, nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["badge_application.id"],
            name=op.f("fk_badge_award_application_id_badge_application"),
        ),
        sa.ForeignKeyConstraint(
            ["badge_id"], ["badge.id"], name=op.f("fk_badge_award_badge_id_badge")
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["badge_list.id"], name=op.f("fk_badge_award_list_id_badge_list")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_badge_award_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_badge_award_network_id_network")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["member.id"], name=op.f("fk_badge_award_withdrawn_by_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge_award")),
        sa.UniqueConstraint("application_id", name=op.f("uq_badge_award_application_id")),
        sa.UniqueConstraint("code", name=op.f("uq_badge_award_code")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_badge_award_badge_id"), "badge_award", ["badge_id"], unique=False)
    op.create_index(op.f("ix_badge_award_list_id"), "badge_award", ["list_id"], unique=False)
    op.create_index(op.f("ix_badge_award_member_id"), "badge_award", ["member_id"], unique=False)
    op.create_index(op.f("ix_badge_award_network_id"), "badge_award", ["network_id"], unique=False)
    op.create_index("ix_badge_award_once", "badge_award", ["badge_id", "member_id"], unique=False)
    op.create_index(
        op.f("ix_badge_award_withdrawn_by"), "badge_award", ["withdrawn_by"], unique=False
    )
    op.create_table(
        "badge_evidence",
        sa.Column("id", _ID, nullable=False),
        sa.Column("application_id", _ID, nullable=False),
        sa.Column("member_id", _ID, nullable=False),
        sa.Column("criterion", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["badge_application.id"],
            name=op.f("fk_badge_evidence_application_id_badge_application"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_badge_evidence_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge_evidence")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_badge_evidence_application_id"), "badge_evidence", ["application_id"], unique=False
    )
    op.create_index(
        op.f("ix_badge_evidence_member_id"), "badge_evidence", ["member_id"], unique=False
    )
    op.create_table(
        "badge_review",
        sa.Column("application_id", _ID, nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_id", _ID, nullable=False),
        sa.Column("met", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["badge_application.id"],
            name=op.f("fk_badge_review_application_id_badge_application"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_badge_review_member_id_member")
        ),
        sa.PrimaryKeyConstraint(
            "application_id", "round", "member_id", name=op.f("pk_badge_review")
        ),
    )
    op.create_index(op.f("ix_badge_review_member_id"), "badge_review", ["member_id"], unique=False)
