"""PostgreSQL's index of full text is one vector, with marks by which the newest are found first."""

import zlib
from itertools import pairwise

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None
_AT_ONCE = 1000
_READ = sa.text(
    "SELECT i.place, i.title, i.body, e.id, e.network_id, e.kind FROM search_index AS i"
    " JOIN search_entry AS e ON e.id = i.place & ((1::bigint << 40) - 1)"
    " WHERE i.place > :after ORDER BY i.place LIMIT :many"
)
_WRITE = sa.text("UPDATE search_index SET words = CAST(:words AS tsvector) WHERE place = :place")


def upgrade() -> None:
    """Make the vectors of what is there."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        return
    op.execute("ALTER TABLE search_index DROP COLUMN in_title, DROP COLUMN in_all")
    op.execute("ALTER TABLE search_index ADD COLUMN words tsvector")
    after = -1
    while rows := connection.execute(_READ, {"after": after, "many": _AT_ONCE}).all():
        made = [{"place": row.place, "words": _vector(row)} for row in rows]
        connection.execute(_WRITE, made)
        after = rows[-1].place
    op.execute("DELETE FROM search_index WHERE words IS NULL")
    op.execute("ALTER TABLE search_index ALTER COLUMN words SET NOT NULL")
    # Without fast updates a question never has to read through what waits to be indexed.
    op.execute(
        "CREATE INDEX ix_search_index_words ON search_index USING gin (words) WITH (fastupdate = off)"
    )


def _vector(row: "sa.Row[tuple[int, str, str, int, int, str]]") -> str:
    title, body = row.title.split(), row.body.split()
    own = f"{row.network_id}/{row.kind}"
    places: dict[str, list[str]] = {own: []}
    places |= {f"{own}/{width}.{row.id >> width}": [] for width in (11, 14, 17)}
    for words in (title, body):
        for pair in pairwise(words):
            places[f"+{zlib.crc32(' '.join(pair).encode()) % (1 << 16):x}"] = []
    for begins, words in (("|", title), ("", [*title, "", *body])):
        for at, each in enumerate(words, start=1):
            if each:
                places.setdefault(begins + each, []).append(str(at))
    return " ".join(
        f"'{each}'" + (f":{','.join(at[:200])}" if at else "") for each, at in places.items()
    )
