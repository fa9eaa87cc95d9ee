"""Steps of the schema, with Alembic: taking them, comparing with the code, and writing new ones."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from plnbot.store.migrations import load_tables, revisions
from plnbot.store.schema import managed, metadata


def upgrade(url: str, to: str = "head") -> None:
    """Take every step that the database at `url` has not taken yet, or those up to one."""
    command.upgrade(_config(url), to)


def differences(url: str) -> list[object]:
    """Return what the migrated schema and the tables in the code do not share."""
    load_tables()
    engine = create_engine(url, hide_parameters=True)
    try:
        with engine.connect() as connection:
            opts = {"include_name": managed}
            context = MigrationContext.configure(connection, opts=opts)
            return list(compare_metadata(context, metadata))
    finally:
        engine.dispose()


def new_revision(message: str, url: str) -> None:
    """Write a migration from the database at `url` to the tables in the code; for developers."""
    load_tables()
    number = len(revisions()) + 1
    command.revision(_config(url), message=message, autogenerate=True, rev_id=f"{number:04}")


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["url"] = url
    return config
