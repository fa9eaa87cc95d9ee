"""What a network wants of all its feeds, stories that are one, feeds that need a subscription."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table and the columns; a feed that let its posts through does as its network wants."""
    op.create_table(
        "reading_rules",
        sa.Column("network_id", Id, nullable=False),
        sa.Column("approval", sa.Boolean(), nullable=False),
        sa.Column("pictures", sa.Boolean(), nullable=False),
        sa.Column("likeness", sa.Integer(), nullable=False),
        sa.Column("within", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_reading_rules_network_id_network")
        ),
        sa.PrimaryKeyConstraint("network_id", name=op.f("pk_reading_rules")),
    )
    with op.batch_alter_table("reading_feed") as batch:
        batch.alter_column("approval", existing_type=sa.Boolean(), nullable=True)
        batch.add_column(
            sa.Column("paywall", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    op.execute("UPDATE reading_feed SET approval = NULL WHERE approval IS FALSE")
    with op.batch_alter_table("reading_story") as batch:
        batch.add_column(sa.Column("same_as", Id, nullable=True))
        batch.create_foreign_key(
            op.f("fk_reading_story_same_as_reading_story"), "reading_story", ["same_as"], ["id"]
        )
        batch.create_index(op.f("ix_reading_story_same_as"), ["same_as"])
    op.create_index(
        "ix_reading_item_fades",
        "reading_item",
        ["seen_at"],
        sqlite_where=sa.text("faded_at IS NULL"),
        postgresql_where=sa.text("faded_at IS NULL"),
    )
