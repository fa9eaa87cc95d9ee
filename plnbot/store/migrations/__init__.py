"""Schema migrations: `migrate(url)` brings a database up to this version of plnbot.

`stepping` takes the steps, with Alembic; where there is none to take, none of that is imported.
"""

import contextlib
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, column, create_engine, func, inspect, select, table

from plnbot.errors import PlnError

_STEPS = Path(__file__).parent / "versions"
_NOTED = table("alembic_version", column("version_num"))
MIGRATING = 7_265_021  # an advisory lock's number in PostgreSQL, no more than a name
UP_TO_DATE, EMPTY = "it is up to date", "it is empty"


class SchemaError(PlnError):
    """The database does not fit this version of plnbot."""


def migrate(url: str) -> None:
    """Bring the database at `url` up to date; raises `SchemaError` where it is newer than this."""
    known = revisions()
    with _one_at_a_time(url):
        heads = _heads(url)
        if not heads <= set(known):
            reason = (
                "This database was written by a newer version of plnbot. Start that version, or"
                " restore a backup made with this one."
            )
            raise SchemaError(reason)
        if heads != {known[-1]}:
            from plnbot.store.migrations.stepping import upgrade

            upgrade(url)


def standing_of(url: str) -> str:
    """Return, in words, how the schema at `url` stands to this version of plnbot."""
    known, heads = revisions(), _heads(url)
    if not heads:
        return EMPTY
    if heads - set(known):
        return "it was written by a newer version"
    return UP_TO_DATE if heads == {known[-1]} else "it is brought up to date at the next start"


def revisions() -> list[str]:
    """Return the names of all steps in order, as their files bear them."""
    return sorted(each.name.partition("_")[0] for each in _STEPS.glob("[0-9]*_*.py"))


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
            return _noted(connection)
    finally:
        engine.dispose()


def _noted(connection: Connection) -> set[str]:
    if not inspect(connection).has_table(_NOTED.name):
        return set()
    return set(connection.execute(select(_NOTED.c.version_num)).scalars())
