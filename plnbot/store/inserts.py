"""Inserts into tables where the row may be there already, made once for the database in use."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Table

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

    Insert = sqlite.Insert | postgresql.Insert
else:
    from sqlalchemy import Insert
Finished = TypeVar("Finished")


class _ByDialect(dict[str, Finished]):
    """Statements by their dialect's name, each made when it is first asked for.

    The other database's dialect is never loaded: starting is measured.
    """

    def __init__(self, make: Callable[[str], Finished]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, dialect: str) -> Finished:
        made = self[dialect] = self._make(dialect)
        return made


def on_both(table: Table, finish: Callable[[Insert], Finished]) -> Mapping[str, Finished]:
    """Return `finish` of an insert into `table`, by the dialect's name."""

    def make(dialect: str) -> Finished:
        return finish(import_module(f"sqlalchemy.dialects.{dialect}").insert(table))

    return _ByDialect(make)
