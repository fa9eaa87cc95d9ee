"""Goals have a room of their own, with how they were worded before; those of profiles move there."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Instant, Json

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

_member = sa.table(
    "member",
    sa.column("id", Id),
    sa.column("network_id", Id),
    sa.column("profile", Json),
    sa.column("started_at", sa.BigInteger),
    sa.column("created_at", sa.BigInteger),
)


def upgrade() -> None:
    """Add the tables, and carry over what stands in profiles."""
    goal = op.create_table(
        "goal",
        sa.Column("id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("worded_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_goal_network_id_network")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_goal_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_goal_member", "goal", ["member_id", "ended_at"])
    op.create_table(
        "goal_words",
        sa.Column("goal_id", Id, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("worded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_goal_words_goal_id_goal")),
        sa.PrimaryKeyConstraint("goal_id", "revision", name=op.f("pk_goal_words")),
    )
    plain = sa.table(
        "goal",
        *(
            sa.column(each.name, sa.BigInteger if isinstance(each.type, Instant) else each.type)
            for each in goal.columns
        ),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(_member)).all():
        told = dict(row.profile or {})
        if "goals" not in told:
            continue
        at = row.started_at or row.created_at
        said = dict.fromkeys(" ".join(str(each).split()) for each in told.pop("goals"))
        for place, words in enumerate(filter(None, said)):
            connection.execute(
                plain.insert().values(
                    network_id=row.network_id, member_id=row.id, words=words, place=place,
                    revision=1, since=at, worded_at=at,
                )
            )  # fmt: skip
        changed = _member.update().where(_member.c.id == row.id).values(profile=told)
        connection.execute(changed)
