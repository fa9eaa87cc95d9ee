"""What a database file from elsewhere may hold: tables of rows that can be read, and nothing that acts.

Whoever restores a file trusts whoever wrote it with their data, not with their machine. A trigger or a
view in it would run with the bot's rights, or for ever; a row that cannot be read would be found only
by the first person whose page shows it.
"""

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Integer,
    LargeBinary,
    Numeric,
    Select,
    create_engine,
    func,
    literal,
    select,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.types import TypeDecorator, TypeEngine

from plnbot.errors import PlnError
from plnbot.store.migrations import load_tables
from plnbot.store.schema import metadata

LONGEST_SECONDS = 600.0
_STEPS = 100_000
_OURS = "CREATE VIRTUAL TABLE search_index USING fts5 (title, body,"
"""How the one virtual table begins that our own migrations make."""
_AT_ONCE = 1_000


class ForeignError(PlnError):
    """A file holds what no database of plnbot holds; the words say what."""


@contextlib.contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection to a file of which nothing acts, and in which nothing takes for ever.

    Raises `ForeignError` where something in it would act.
    """
    ends = time.monotonic() + LONGEST_SECONDS
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.set_progress_handler(lambda: time.monotonic() > ends, _STEPS)
        connection.execute("PRAGMA trusted_schema = OFF")
        if found := next(_acting(connection), None):
            raise ForeignError(f"{file} holds a {found}, which no database of plnbot has.")
        try:
            yield connection
        except sqlite3.OperationalError as error:
            if time.monotonic() > ends:
                raise ForeignError(f"{file} takes too long to look through.") from error
            raise


def _acting(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what is more than tables and their indexes, by kind and name."""
    for kind, name, made in connection.execute("SELECT type, name, sql FROM sqlite_master"):
        if kind not in ("table", "index"):
            yield f"{kind} called {name}"
        elif (made or "").lstrip().upper().startswith("CREATE VIRTUAL"):
            if not made.startswith(_OURS):
                yield f"virtual table called {name}"
        elif kind == "table":
            columns = connection.execute("SELECT name, hidden FROM pragma_table_xinfo(?)", (name,))
            yield from (f"computed column called {name}.{each}" for each, how in columns if how)


def read_once(url: str) -> None:
    """Read every row of a SQLite database as the bot does; raises `ForeignError` where one cannot be."""
    load_tables()
    engine = create_engine(url, hide_parameters=True)
    try:
        with engine.connect() as connection:
            for table in metadata.sorted_tables:
                for column in table.columns:
                    if connection.execute(_otherwise(column)).first():
                        raise _unreadable(f"{table.name}.{column.name}")
                try:
                    found = connection.execution_options(yield_per=_AT_ONCE).execute(select(table))
                    for part in found.partitions():
                        del part
                except (ValueError, TypeError, OverflowError, LookupError, SQLAlchemyError) as no:
                    raise _unreadable(f"the table {table.name}") from no
    finally:
        engine.dispose()


def _unreadable(where: str) -> ForeignError:
    return ForeignError(f"The file holds what cannot be read, in {where}.")


def _otherwise(column: Column[Any]) -> Select[int]:
    """Return a query that finds a row whose value in a column is of another kind than the column."""
    kinds = {*_kinds(column.type), "null"}
    return select(literal(1)).where(func.typeof(column).not_in(kinds)).limit(1)


def _kinds(declared: TypeEngine[Any]) -> set[str]:
    """Return what SQLite calls the values of a type."""
    match declared.impl_instance if isinstance(declared, TypeDecorator) else declared:
        case Integer() | Boolean():
            return {"integer"}
        case Numeric():
            return {"integer", "real", "text"}
        case LargeBinary():
            return {"blob"}
        case _:
            return {"text"}
