"""Inserts into tables where the row may be there already, made once for both databases."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

Insert = sqlite.Insert | postgresql.Insert
Finished = TypeVar("Finished")


def on_both(table: Table, finish: Callable[[Insert], Finished]) -> Mapping[str, Finished]:
    """Return `finish` of an insert into `table`, by the dialect's name."""
    return {"sqlite": finish(sqlite.insert(table)), "postgresql": finish(postgresql.insert(table))}
