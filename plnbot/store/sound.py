"""A damaged SQLite file is found before anything is written to it."""

import contextlib
import sqlite3
from pathlib import Path

from sqlalchemy import make_url

from plnbot.errors import PlnError

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class DamagedError(PlnError):
    """The database file is damaged; the words say what to do."""


def must_be_sound(url: str) -> None:
    """Read the whole SQLite file at `url`; raises `DamagedError`. PostgreSQL looks after itself."""
    file = make_url(url).database
    if not url.startswith("sqlite") or not file or not Path(file).exists():
        return
    found = "ok"
    try:
        with contextlib.closing(sqlite3.connect(file)) as connection:
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in _DAMAGED:
            raise
        found = str(error)
    if found != "ok":
        raise DamagedError(
            f"The database {file} is damaged: {found.splitlines()[-1]}.\n"
            "It is left as it is. Put your newest backup in its place: ./run restore BACKUP"
        )
