"""Licences, documents of hours, evidence, and forms that are not sent yet."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Instant

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "credit_file",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_credit_file")),
    )
    op.create_table(
        "credit_policy",
        sa.Column("cite", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("cite", name=op.f("pk_credit_policy")),
    )
    op.create_table(
        "kept_form",
        sa.Column(
            "member_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("form", sa.String(length=60), nullable=False),
        sa.Column("row", sa.String(length=50), nullable=False),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "form", "row", name=op.f("pk_kept_form")),
    )
    op.create_index(op.f("ix_kept_form_at"), "kept_form", ["at"])

    op.create_table(
        "credit_document",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "network_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("shows_name", sa.Boolean(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_credit_document_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_credit_document_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_document")),
        sa.UniqueConstraint("code", name=op.f("uq_credit_document_code")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_credit_document_member_id"), "credit_document", ["member_id"])

    op.create_table(
        "credit_licence",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "network_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("policy", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("issued", sa.String(length=10), nullable=False),
        sa.Column("expires", sa.String(length=10), nullable=False),
        sa.Column("classes", sa.JSON(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_credit_licence_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_credit_licence_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_licence")),
    )
    op.create_index(op.f("ix_credit_licence_member_id"), "credit_licence", ["member_id"])

    op.create_table(
        "credit_evidence",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "network_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"], ["credit_file.digest"], name=op.f("fk_credit_evidence_digest_credit_file")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["credit_entry.id"], name=op.f("fk_credit_evidence_entry_id_credit_entry")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_credit_evidence_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_credit_evidence_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_evidence")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_credit_evidence_entry_id"), "credit_evidence", ["entry_id"])
    op.create_index(op.f("ix_credit_evidence_member_id"), "credit_evidence", ["member_id"])
    op.create_index(op.f("ix_credit_evidence_network_id"), "credit_evidence", ["network_id"])
