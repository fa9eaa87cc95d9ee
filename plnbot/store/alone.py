"""One process a SQLite file: a second one says so instead of doing the same work beside it."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from plnbot.errors import PlnError
from plnbot.store.database import Tx

_BEGINNING = 0x706C6E62


class TakenError(PlnError):
    """Another process works on this database."""


class NoPlaceError(PlnError):
    """The folder of the database cannot be written to; the words say what to do."""


@contextlib.contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Raise `NoPlaceError` for whatever keeps the block from writing to a folder."""
    try:
        yield
    except OSError as error:
        raise NoPlaceError(
            f"The folder {folder} cannot be written to: {error.strerror}. Let it belong to the user"
            f" that runs plnbot (number {os.getuid()}), or name another one in PLNBOT_DATA_DIR."
        ) from error


@contextlib.contextmanager
def alone(url: str) -> Iterator[bool]:
    """Hold the SQLite database at `url` for this process; raises `TakenError`, naming the other.

    Raises `NoPlaceError` where its folder cannot be written to.

    Yields whether nobody else can work with it.

    The lock is the operating system's, so it ends with the process, however that ends. PostgreSQL
    needs none: there, leases and fences keep processes apart.
    """
    file = make_url(url).database
    if not url.startswith("sqlite") or not file:
        yield False
        return
    import fcntl

    path = Path(f"{file}.lock")
    with writing_to(path.parent):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            other = os.read(handle, 20).decode(errors="replace").strip() or "unknown"
            raise TakenError(
                f"Another plnbot (process {other}) works with {file}. Stop it first, or choose"
                " another folder: ./run --data-dir other"
            ) from error
        os.truncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield True
    finally:
        os.close(handle)


def one_after_another(tx: Tx) -> None:
    """Let the same unit of other processes wait until this one is committed."""
    if tx.dialect == "postgresql":
        tx.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _BEGINNING})


@contextlib.contextmanager
def one_at_a_time(url: str) -> Iterator[None]:
    """Let processes that share a PostgreSQL database begin one after another."""
    if url.startswith("sqlite"):
        yield
        return
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _BEGINNING})
            yield
    finally:
        engine.dispose()
