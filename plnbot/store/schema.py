"""The one metadata that every table belongs to, with names that migrations can rely on."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import MetaData

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_OWN_TO_EACH = "search_index"
FOR_GOOD = "for_good"
"""In a table's `info`: its rows are their network's for good, so a network with any joins no other."""


def managed(name: str | None, kind: str, parents: Mapping[Any, str | None]) -> bool:
    """Return whether something in a database is compared with `metadata`, as Alembic asks.

    The index of full text is not: each database has its own, with tables beside it (`plnbot.fulltext`).
    """
    table = name if kind == "table" else parents.get("table_name")
    return not (table or "").startswith(_OWN_TO_EACH)
