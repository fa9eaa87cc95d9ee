"""Credit: the ledger of hours, and who decides."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Instant

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "credit_words",
        sa.Column(
            "network_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("network_id", "seq", name=op.f("pk_credit_words")),
    )
    op.create_index(op.f("ix_credit_words_author_id"), "credit_words", ["author_id"])
    op.create_index(op.f("ix_credit_words_entry_id"), "credit_words", ["entry_id"])
    op.create_index(op.f("ix_credit_words_member_id"), "credit_words", ["member_id"])

    op.create_table(
        "credit_chain",
        sa.Column(
            "network_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_credit_chain_network_id_network")
        ),
        sa.PrimaryKeyConstraint("network_id", name=op.f("pk_credit_chain")),
    )
    op.create_table(
        "credit_event",
        sa.Column(
            "network_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("words_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_credit_event_network_id_network")
        ),
        sa.PrimaryKeyConstraint("network_id", "seq", name=op.f("pk_credit_event")),
    )
    op.create_index(
        "ix_credit_event_actor", "credit_event", ["network_id", "actor_id", "member_id"]
    )
    op.create_index("ix_credit_event_entry", "credit_event", ["entry_id"])

    op.create_table(
        "credit_head",
        sa.Column(
            "network_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_credit_head_network_id_network")
        ),
        sa.PrimaryKeyConstraint("network_id", "day", name=op.f("pk_credit_head")),
    )
    op.create_table(
        "credit_batch",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "network_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("seed", sa.String(length=40), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.Column("sample", sa.JSON(), nullable=False),
        sa.Column("looked", sa.JSON(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("done_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_credit_batch_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_credit_batch_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_batch")),
    )
    op.create_table(
        "credit_delegation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "network_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("to_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("ends", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_credit_delegation_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_credit_delegation_network_id_network")
        ),
        sa.ForeignKeyConstraint(
            ["to_id"], ["member.id"], name=op.f("fk_credit_delegation_to_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_delegation")),
    )
    op.create_index(op.f("ix_credit_delegation_member_id"), "credit_delegation", ["member_id"])
    op.create_index(op.f("ix_credit_delegation_to_id"), "credit_delegation", ["to_id"])

    op.create_table(
        "credit_draft",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "network_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("source_ref", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_credit_draft_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_credit_draft_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_draft")),
        sa.UniqueConstraint(
            "member_id", "source_ref", name=op.f("uq_credit_draft_member_id_source_ref")
        ),
    )
    op.create_table(
        "credit_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "network_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("standing", sa.String(length=12), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("words_seq", sa.Integer(), nullable=False),
        sa.Column("started", Instant(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("source_ref", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_credit_entry_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_credit_entry_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_entry")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_credit_entry_member", "credit_entry", ["member_id", "started"])
    op.create_index(
        "ix_credit_entry_queue", "credit_entry", ["network_id", "standing", "since", "id"]
    )
