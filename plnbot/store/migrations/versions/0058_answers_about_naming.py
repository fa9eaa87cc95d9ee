"""Whether a subject may be named: what nobody was asked about is looked at anew before the next round."""

from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep no yes as an answer: it was also written for who needed none, and who gave one is asked once more."""
    op.execute("UPDATE peers_membership SET named = 'free' WHERE named = 'yes'")
