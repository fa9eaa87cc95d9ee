"""A district's rules over a state's, and what rules ask about who holds a licence."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Json

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table and the column."""
    op.create_table(
        "credit_district_rules",
        sa.Column("network_id", Id, nullable=False),
        sa.Column("policy", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"],
            ["network.id"],
            name=op.f("fk_credit_district_rules_network_id_network"),
        ),
        sa.PrimaryKeyConstraint("network_id", "policy", name=op.f("pk_credit_district_rules")),
    )
    op.add_column("credit_licence", sa.Column("holder", Json, nullable=False, server_default="{}"))
