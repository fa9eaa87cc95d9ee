"""What is found by its words, with an index that each database keeps in its own way."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the entries, and the index."""
    op.create_table(
        "search_entry",
        sa.Column("id", Id, nullable=False),
        sa.Column("network_id", Id, sa.ForeignKey("network.id"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("row_id", Id, nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint(
            "network_id", "kind", "row_id", name=op.f("uq_search_entry_network_id_kind_row_id")
        ),
    )
    if op.get_bind().dialect.name == "sqlite":
        # The words come folded and without endings, so that the tokenizer only has to part them.
        op.execute(
            "CREATE VIRTUAL TABLE search_index USING fts5"
            " (title, body, tokenize = 'unicode61 remove_diacritics 0')"
        )
        return
    op.execute(
        "CREATE TABLE search_index (place bigint PRIMARY KEY, title text NOT NULL, body text NOT NULL,"
        " in_title tsvector NOT NULL, in_all tsvector NOT NULL)"
    )
    for column in ("in_title", "in_all"):
        # Without fast updates a question never has to read through what waits to be indexed.
        op.execute(
            f"CREATE INDEX ix_search_index_{column} ON search_index"
            f" USING gin ({column}) WITH (fastupdate = off)"
        )
