"""Peers: programmes, who is in them, rounds, introductions, and what is private."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Instant, ScheduleText

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "peers_avoided",
        sa.Column("member_id", Id, nullable=False),
        sa.Column("other_id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_peers_avoided_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_peers_avoided_network_id_network")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["member.id"], name=op.f("fk_peers_avoided_other_id_member")
        ),
        sa.PrimaryKeyConstraint("member_id", "other_id", name=op.f("pk_peers_avoided")),
    )
    op.create_index(op.f("ix_peers_avoided_network_id"), "peers_avoided", ["network_id"])
    op.create_index(op.f("ix_peers_avoided_other_id"), "peers_avoided", ["other_id"])

    op.create_table(
        "peers_programme",
        sa.Column("id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("aim", sa.String(length=12), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("schedule", ScheduleText(), nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("workspace", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("other_district", sa.Boolean(), nullable=False),
        sa.Column("gap", sa.Integer(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("next_at", Instant(), nullable=True),
        sa.Column("made_by", Id, nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by"], ["member.id"], name=op.f("fk_peers_programme_made_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_peers_programme_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_peers_programme")),
    )
    op.create_index(op.f("ix_peers_programme_made_by"), "peers_programme", ["made_by"])
    op.create_index(op.f("ix_peers_programme_network_id"), "peers_programme", ["network_id"])

    op.create_table(
        "peers_report",
        sa.Column("id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("by_id", Id, nullable=True),
        sa.Column("about_id", Id, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("answered_by", Id, nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["about_id"], ["member.id"], name=op.f("fk_peers_report_about_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["member.id"], name=op.f("fk_peers_report_answered_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["member.id"], name=op.f("fk_peers_report_by_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_peers_report_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_peers_report")),
    )
    op.create_index(op.f("ix_peers_report_about_id"), "peers_report", ["about_id"])
    op.create_index(op.f("ix_peers_report_answered_by"), "peers_report", ["answered_by"])
    op.create_index(op.f("ix_peers_report_by_id"), "peers_report", ["by_id"])
    op.create_index(op.f("ix_peers_report_network_id"), "peers_report", ["network_id"])

    op.create_table(
        "peers_membership",
        sa.Column("id", Id, nullable=False),
        sa.Column("programme_id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("wishes", sa.JSON(), nullable=False),
        sa.Column("room", sa.Integer(), nullable=False),
        sa.Column("named", sa.String(length=5), nullable=False),
        sa.Column("joined_at", Instant(), nullable=False),
        sa.Column("left_at", Instant(), nullable=True),
        sa.Column("paused_until", Instant(), nullable=True),
        sa.Column("skips", sa.Boolean(), nullable=False),
        sa.Column("silences", sa.Integer(), nullable=False),
        sa.Column("waited", sa.Integer(), nullable=False),
        sa.Column("odd", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_peers_membership_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_peers_membership_network_id_network")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["peers_programme.id"],
            name=op.f("fk_peers_membership_programme_id_peers_programme"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_peers_membership")),
        sa.UniqueConstraint(
            "programme_id", "member_id", name=op.f("uq_peers_membership_programme_id_member_id")
        ),
    )
    op.create_index(op.f("ix_peers_membership_member_id"), "peers_membership", ["member_id"])
    op.create_index(op.f("ix_peers_membership_network_id"), "peers_membership", ["network_id"])

    op.create_table(
        "peers_round",
        sa.Column("id", Id, nullable=False),
        sa.Column("programme_id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("slot", Instant(), nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=True),
        sa.Column("by_id", Id, nullable=True),
        sa.Column("given", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("made", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_peers_round_by_id_member")),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_peers_round_network_id_network")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["peers_programme.id"],
            name=op.f("fk_peers_round_programme_id_peers_programme"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_peers_round")),
        sa.UniqueConstraint(
            "programme_id", "number", name=op.f("uq_peers_round_programme_id_number")
        ),
        sa.UniqueConstraint("programme_id", "slot", name=op.f("uq_peers_round_programme_id_slot")),
    )
    op.create_index(op.f("ix_peers_round_by_id"), "peers_round", ["by_id"])
    op.create_index(op.f("ix_peers_round_network_id"), "peers_round", ["network_id"])

    op.create_table(
        "peers_introduction",
        sa.Column("id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("programme_id", Id, nullable=False),
        sa.Column("round_id", Id, nullable=True),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("met", sa.Integer(), nullable=True),
        sa.Column("cause", sa.String(length=10), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("starters", sa.JSON(), nullable=False),
        sa.Column("times", sa.JSON(), nullable=False),
        sa.Column("spoke_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("goals", sa.Text(), nullable=False),
        sa.Column("thanks", sa.Text(), nullable=False),
        sa.Column("by_id", Id, nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["member.id"], name=op.f("fk_peers_introduction_by_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_peers_introduction_network_id_network")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["peers_programme.id"],
            name=op.f("fk_peers_introduction_programme_id_peers_programme"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["peers_round.id"],
            name=op.f("fk_peers_introduction_round_id_peers_round"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_peers_introduction")),
    )
    op.create_index(op.f("ix_peers_introduction_by_id"), "peers_introduction", ["by_id"])
    op.create_index(op.f("ix_peers_introduction_network_id"), "peers_introduction", ["network_id"])
    op.create_index("ix_peers_introduction_programme", "peers_introduction", ["programme_id", "at"])
    op.create_index(op.f("ix_peers_introduction_round_id"), "peers_introduction", ["round_id"])

    op.create_table(
        "peers_proposal",
        sa.Column("id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("programme_id", Id, nullable=False),
        sa.Column("by_id", Id, nullable=False),
        sa.Column("one_id", Id, nullable=False),
        sa.Column("other_id", Id, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("one_said", sa.String(length=5), nullable=False),
        sa.Column("other_said", sa.String(length=5), nullable=False),
        sa.Column("introduction_id", Id, nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["member.id"], name=op.f("fk_peers_proposal_by_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["introduction_id"],
            ["peers_introduction.id"],
            name=op.f("fk_peers_proposal_introduction_id_peers_introduction"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_peers_proposal_network_id_network")
        ),
        sa.ForeignKeyConstraint(
            ["one_id"], ["member.id"], name=op.f("fk_peers_proposal_one_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["member.id"], name=op.f("fk_peers_proposal_other_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["peers_programme.id"],
            name=op.f("fk_peers_proposal_programme_id_peers_programme"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_peers_proposal")),
    )
    op.create_index(op.f("ix_peers_proposal_by_id"), "peers_proposal", ["by_id"])
    op.create_index(op.f("ix_peers_proposal_network_id"), "peers_proposal", ["network_id"])
    op.create_index(op.f("ix_peers_proposal_one_id"), "peers_proposal", ["one_id"])
    op.create_index(op.f("ix_peers_proposal_other_id"), "peers_proposal", ["other_id"])

    op.create_table(
        "peers_seat",
        sa.Column("introduction_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("odd", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("again", sa.String(length=5), nullable=False),
        sa.Column("gone_at", Instant(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["introduction_id"],
            ["peers_introduction.id"],
            name=op.f("fk_peers_seat_introduction_id_peers_introduction"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_peers_seat_member_id_member")
        ),
        sa.PrimaryKeyConstraint("introduction_id", "member_id", name=op.f("pk_peers_seat")),
    )
    op.create_index(op.f("ix_peers_seat_member_id"), "peers_seat", ["member_id"])
