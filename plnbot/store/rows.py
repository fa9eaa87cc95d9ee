"""Rows that hold the columns of several tables, read a table at a time."""

from typing import Any

from sqlalchemy import Row, RowMapping, Table


class Part:
    """The columns of one table, by their names, in a row that holds those of several."""

    __slots__ = ("_columns", "_found")

    def __init__(self, row: RowMapping, table: Table) -> None:
        self._found, self._columns = row, table.c

    def __getattr__(self, name: str) -> Any:
        return self._found[self._columns[name]]


AnyRow = Row[tuple[Any, ...]] | Part
"""A row of one table, or its part of a row."""
