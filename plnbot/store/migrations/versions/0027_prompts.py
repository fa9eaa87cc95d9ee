"""Prompts: schedules and their rooms, the bank, and what was asked when."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Instant

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "prompt",
        sa.Column("id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("pack", sa.String(length=40), nullable=True),
        sa.Column("entry", sa.String(length=40), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("author_id", Id, nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_prompt_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_prompt_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prompt")),
        sa.UniqueConstraint(
            "network_id", "pack", "entry", name=op.f("uq_prompt_network_id_pack_entry")
        ),
    )
    op.create_index(op.f("ix_prompt_author_id"), "prompt", ["author_id"])
    op.create_index("ix_prompt_network", "prompt", ["network_id", "status"])

    op.create_table(
        "prompt_schedule",
        sa.Column("id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("schedule", sa.Text(), nullable=False),
        sa.Column("pack", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.String(length=10), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("same_hour", sa.Boolean(), nullable=False),
        sa.Column("nudge", sa.Boolean(), nullable=False),
        sa.Column("round_up", sa.Boolean(), nullable=False),
        sa.Column("stale_minutes", sa.Integer(), nullable=False),
        sa.Column("runs_since", Instant(), nullable=False),
        sa.Column("paused_until", Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edited_by", Id, nullable=True),
        sa.Column("created_by", Id, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["member.id"], name=op.f("fk_prompt_schedule_created_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["edited_by"], ["member.id"], name=op.f("fk_prompt_schedule_edited_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_prompt_schedule_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prompt_schedule")),
    )
    op.create_index(op.f("ix_prompt_schedule_network_id"), "prompt_schedule", ["network_id"])

    op.create_table(
        "prompt_occurrence",
        sa.Column("id", Id, nullable=False),
        sa.Column("schedule_id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("due", Instant(), nullable=False),
        sa.Column("moved_to", Instant(), nullable=True),
        sa.Column("prompt_id", Id, nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_at", Instant(), nullable=True),
        sa.Column("extra", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_prompt_occurrence_network_id_network")
        ),
        sa.ForeignKeyConstraint(
            ["prompt_id"], ["prompt.id"], name=op.f("fk_prompt_occurrence_prompt_id_prompt")
        ),
        sa.ForeignKeyConstraint(
            ["schedule_id"],
            ["prompt_schedule.id"],
            name=op.f("fk_prompt_occurrence_schedule_id_prompt_schedule"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prompt_occurrence")),
        sa.UniqueConstraint(
            "schedule_id", "due", name=op.f("uq_prompt_occurrence_schedule_id_due")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_prompt_occurrence_network", "prompt_occurrence", ["network_id", "asked_at"])
    op.create_index(op.f("ix_prompt_occurrence_prompt_id"), "prompt_occurrence", ["prompt_id"])

    op.create_table(
        "prompt_room",
        sa.Column("id", Id, nullable=False),
        sa.Column("schedule_id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("workspace", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("district_id", Id, nullable=True),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("refused_at", Instant(), nullable=True),
        sa.Column("refused_why", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_id"],
            ["organisation.id"],
            name=op.f("fk_prompt_room_district_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_prompt_room_network_id_network")
        ),
        sa.ForeignKeyConstraint(
            ["schedule_id"],
            ["prompt_schedule.id"],
            name=op.f("fk_prompt_room_schedule_id_prompt_schedule"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prompt_room")),
        sa.UniqueConstraint(
            "schedule_id",
            "platform",
            "workspace",
            "channel",
            name=op.f("uq_prompt_room_schedule_id_platform_workspace_channel"),
        ),
    )
    op.create_index("ix_prompt_room_place", "prompt_room", ["platform", "workspace", "channel"])

    op.create_table(
        "prompt_asked",
        sa.Column("occurrence_id", Id, nullable=False),
        sa.Column("room_id", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["occurrence_id"],
            ["prompt_occurrence.id"],
            name=op.f("fk_prompt_asked_occurrence_id_prompt_occurrence"),
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["prompt_room.id"], name=op.f("fk_prompt_asked_room_id_prompt_room")
        ),
        sa.PrimaryKeyConstraint("occurrence_id", "room_id", name=op.f("pk_prompt_asked")),
    )
