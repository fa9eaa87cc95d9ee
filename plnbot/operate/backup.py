"""`plnbot backup`: a whole copy of the database while the bot runs, opened and looked at before it counts."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import make_url

from config.settings import Settings
from plnbot import capabilities
from plnbot.errors import PlnError
from plnbot.operate import dumps, foreign
from plnbot.store.migrations import EMPTY, standing_of
from plnbot.values import dataclass


class BackupError(PlnError):
    """There is no backup; the words say why."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What opening a database file showed: how its schema stands, and how much is in it."""

    standing: str
    counts: Mapping[str, int]

    def __str__(self) -> str:
        counted = ", ".join(f"{many} {name}" for name, many in self.counts.items())
        return f"{counted}; {self.standing}"


def back_up(settings: Settings, wanted: str | None) -> int:
    """Write a backup, verify it, say where it is; return the exit status."""
    now = datetime.now(UTC)
    on_sqlite = settings.database.startswith("sqlite")
    ending = "sqlite3" if on_sqlite else "dump"
    named = Path(wanted).expanduser() if wanted else settings.data_dir / "backups"
    target = (
        named / f"plnbot-{now:%Y%m%d-%H%M%S}.{ending}" if named.is_dir() or not wanted else named
    )
    if target.exists():
        raise BackupError(f"{target} is there already. Name another file, or move that one.")
    found = whole_copy(settings.database, target)
    print(f"The backup is whole: {target}")
    print(f"  {found}")
    if settings.secret_key is None:
        print(f"Keep a copy of {settings.data_dir / 'secret'} too, in another place.")
    return 0


def whole_copy(url: str, target: Path) -> str:
    """Write a whole copy of the database into a file, verified; return in words what is in it.

    The file gets its name when it is whole; one of that name is replaced.
    """
    with written(target) as part:
        if url.startswith("sqlite"):
            copy(sqlite_file(url), part)
            return str(look(part))
        return dumps.dump(url, part, counted().values())


@contextlib.contextmanager
def written(target: Path) -> Iterator[Path]:
    """Yield a file beside `target`, for its owner alone, that becomes it when the block succeeds."""
    part = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # In a folder that others write in too, something may lie in wait under this name.
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield part
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(target)
        settle(target.parent)
    except OSError as error:
        raise BackupError(f"{target} cannot be written: {error.strerror}.") from error
    finally:
        for ending in ("", "-wal", "-shm"):
            part.with_name(f"{part.name}{ending}").unlink(missing_ok=True)


def settle(folder: Path) -> None:
    """Make names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sqlite_url(file: Path) -> str:
    """Return the address of a SQLite file, whatever signs its name has."""
    return f"sqlite:///{quote(str(file))}"


def sqlite_file(url: str) -> Path:
    """Return the file of a SQLite address."""
    return Path(make_url(url).database or "")


def copy(live: Path, to: Path) -> None:
    """Copy a SQLite database as it stands at one moment, whoever writes to it meanwhile."""
    if not live.exists():
        raise BackupError(f"There is no database at {live} yet.")
    try:
        with contextlib.closing(sqlite3.connect(live, timeout=30)) as connection:
            # One reading transaction: the copy neither waits for writers nor makes them wait, and
            # pages of what was deleted stay behind.
            connection.execute("VACUUM INTO ?", (str(to),))
    except sqlite3.Error as error:
        raise BackupError(f"{live} cannot be copied: {error}.") from error


def counted() -> Mapping[str, str]:
    """Return the tables that say how much there is, by what they hold many of."""
    each = [dict(capability.counted) for capability in reversed(capabilities.every())]
    return {name: table for mine in each for name, table in mine.items()} | {
        "answers": "answer",
        "work": "work",
    }


def look(file: Path) -> Looked:
    """Return what is in a SQLite file; raises `PlnError` where it is damaged or not ours."""
    try:
        with foreign.opened(file) as connection:
            (sound,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if sound != "ok":
                raise BackupError(f"{file} is damaged: {sound}.")
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise BackupError(f"{file} is damaged: rows refer to others that are not there.")
            standing = standing_of(sqlite_url(file))
            if standing == EMPTY:
                raise BackupError(f"{file} holds no database of plnbot.")
            there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            counts = {
                name: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - names of ours
                for name, table in counted().items()
                if table in there  # else it is of a version that did not have it yet
            }
    except sqlite3.Error as error:
        raise BackupError(f"{file} is damaged, or no database at all: {error}.") from error
    return Looked(standing, counts)
