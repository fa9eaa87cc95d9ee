"""Which store a database's address asks for; only that one is imported."""

from plnbot.store.database import Store


def open_store(url: str, *, writers: int = 8) -> Store:
    """Open the store at a SQLAlchemy URL: `sqlite:///path` or `postgresql+psycopg://…`."""
    if url.startswith("sqlite"):
        from plnbot.store.sqlite import SqliteStore

        return SqliteStore(url)
    from plnbot.store.postgresql import PostgresqlStore

    return PostgresqlStore(url, writers)
