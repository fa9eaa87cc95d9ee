"""Schema migrations: `migrate(url)` brings a database up to this version of plnbot."""

import contextlib
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, func, select

from plnbot.errors import PlnError
from plnbot.store.schema import metadata

_FOLDER = Path(__file__).parent
MIGRATING = 7_265_021  # an advisory lock's number in PostgreSQL, no more than a name
UP_TO_DATE, EMPTY = "it is up to date", "it is empty"


class SchemaError(PlnError):
    """The database does not fit this version of plnbot."""


def migrate(url: str) -> None:
    """Bring the database at `url` up to date; raises `SchemaError` where it is newer than this."""
    config = _config(url)
    known = {each.revision for each in ScriptDirectory.from_config(config).walk_revisions()}
    with _one_at_a_time(url):
        if not _heads(url) <= known:
            reason = (
                "This database was written by a newer version of plnbot. Start that version, or"
                " restore a backup made with this one."
            )
            raise SchemaError(reason)
        command.upgrade(config, "head")


def standing_of(url: str) -> str:
    """Return, in words, how the schema at `url` stands to this version of plnbot."""
    known = {each.revision for each in ScriptDirectory.from_config(_config(url)).walk_revisions()}
    heads = _heads(url)
    if not heads:
        return EMPTY
    if heads - known:
        return "it was written by a newer version"
    newest = ScriptDirectory.from_config(_config(url)).get_current_head()
    return UP_TO_DATE if heads == {newest} else "it is brought up to date at the next start"


def differences(url: str) -> list[object]:
    """Return what the migrated schema and the tables in the code do not share."""
    load_tables()
    engine = create_engine(url, hide_parameters=True)
    try:
        with engine.connect() as connection:
            return list(compare_metadata(MigrationContext.configure(connection), metadata))
    finally:
        engine.dispose()


def load_tables() -> None:
    """Import every module that declares tables."""
    for name in ("plnbot", "adapters"):
        package = importlib.import_module(name)
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            if found.name.endswith(".store"):
                importlib.import_module(found.name)


@contextlib.contextmanager
def _one_at_a_time(url: str) -> Iterator[None]:
    """Let one of several processes that start migrate; the others find it done."""
    if url.startswith("sqlite"):
        yield  # one process has the file
        return
    engine = create_engine(url, hide_parameters=True, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(select(func.pg_advisory_lock(MIGRATING)))
            yield
    finally:
        engine.dispose()  # which lets go of the lock


def _heads(url: str) -> set[str]:
    engine = create_engine(url, hide_parameters=True)
    try:
        with engine.connect() as connection:
            return set(MigrationContext.configure(connection).get_current_heads())
    finally:
        engine.dispose()


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["url"] = url
    return config


def new_revision(message: str, url: str) -> None:
    """Write a migration from the database at `url` to the tables in the code; for developers."""
    load_tables()
    config = _config(url)
    number = len(list(ScriptDirectory.from_config(config).walk_revisions())) + 1
    command.revision(config, message=message, autogenerate=True, rev_id=f"{number:04}")
