"""`plnbot restore FILE`: a backup in place of the database, and what must happen with it.

The bot must not run. What was there is kept aside. Who was erased since the backup is erased again,
and what may have been sent since is looked for before it is sent (`plnbot.engine.restoration`).
"""

import asyncio
import contextlib
import shutil
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError

from config.settings import Settings
from plnbot import capabilities
from plnbot.engine import restoration
from plnbot.engine.clock import SystemClock
from plnbot.engine.ports import Clock
from plnbot.engine.rehearsing import rehearsal
from plnbot.errors import PlnError
from plnbot.members.actions.erasing import Erased, again, erasures
from plnbot.operate import dumps, foreign
from plnbot.operate.backup import look, settle, sqlite_file, sqlite_url, written
from plnbot.operate.journal import journal_of
from plnbot.store.alone import alone
from plnbot.store.database import Tx
from plnbot.store.migrations import EMPTY, migrate, standing_of
from plnbot.store.opening import open_store


class RestoreError(PlnError):
    """Nothing was restored; the words say why, and what there was stands as it did."""


def restore(settings: Settings, named: str, clock: Clock | None = None) -> int:
    """Put a backup in place; return the exit status. Raises `PlnError` with nothing changed."""
    file = Path(named).expanduser()
    if not file.is_file():
        raise RestoreError(f"There is no file {file}.")
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    on_sqlite = settings.database.startswith("sqlite")
    done = asyncio.run(
        (_sqlite if on_sqlite else _postgresql)(settings, file, clock or SystemClock())
    )
    for line in done:
        print(line)
    return 0


async def _sqlite(settings: Settings, file: Path, clock: Clock) -> list[str]:
    live = sqlite_file(settings.database)
    live.parent.mkdir(parents=True, exist_ok=True)
    with alone(settings.database):
        known, notes = _erased(settings)
        with written(live.with_name(f"{live.name}.restored")) as part:
            shutil.copyfile(file, part)
            look(part)
            url = sqlite_url(part)
            migrate(url)
            foreign.read_once(url)
            repeated = await _caught_up(url, known, clock)
            found = look(part)
        aside = _kept_aside(live)
        live.with_name(f"{live.name}.restored").replace(live)
        settle(live.parent)
        journal_of(settings.data_dir).add(set(known) - set(journal_of(settings.data_dir).read()))
    undo = f"What was there before is kept: {aside}" if aside else "There was no database before."
    return [f"Restored from {file}: {found}", *notes, _said_of(repeated), undo, _NEXT]


async def _postgresql(settings: Settings, file: Path, clock: Clock) -> list[str]:
    url = settings.database
    if dumps.in_use(url):
        raise RestoreError("plnbot runs on this database. Stop every process of it first.")
    dumps.check(file)
    known, notes = _erased(settings)
    undo = "There was no database before."
    if standing_of(url) != EMPTY:
        aside = (
            settings.data_dir / "backups" / f"before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S}.dump"
        )
        with written(aside) as part:
            dumps.dump(url, part)
        undo = f"What was there before is kept: {aside}"
    dumps.load(url, file, clock.now())
    migrate(url)
    repeated = await _caught_up(url, known, clock)
    journal_of(settings.data_dir).add(set(known) - set(journal_of(settings.data_dir).read()))
    return [f"Restored from {file}.", *notes, _said_of(repeated), undo, _NEXT]


def _erased(settings: Settings) -> tuple[tuple[Erased, ...], list[str]]:
    """Return every erasure that the journal or the database about to go knows of."""
    known = dict.fromkeys(journal_of(settings.data_dir).read())
    if settings.database.startswith("sqlite") and not sqlite_file(settings.database).exists():
        return tuple(known), []
    engine = create_engine(settings.database, hide_parameters=True)
    try:
        if standing_of(settings.database) != EMPTY:
            with engine.connect() as connection:
                known.update(dict.fromkeys(erasures(Tx(connection))))
    except SQLAlchemyError:
        return tuple(known), ["The database before cannot be read; erasures are the journal's."]
    finally:
        engine.dispose()
    return tuple(known), []


async def _caught_up(url: str, known: Iterable[Erased], clock: Clock) -> int:
    """Erase again whom the backup still knows, and note when it was restored."""
    catalogue = capabilities.catalogue(capabilities.every())

    def catch_up(tx: Tx) -> int:
        restoration.note(tx, (rehearsal(tx) or clock).now())
        return again(tx, catalogue, known)

    store = open_store(url)
    try:
        return await store.run(catch_up)
    finally:
        await store.close()


def _kept_aside(live: Path) -> Path | None:
    """Give the database a second name, so that there is one at every moment; return that name."""
    if not live.exists():
        return None
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(live)) as there:
        there.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    aside = live.with_name(f"{live.name}.before-{datetime.now(UTC):%Y%m%d-%H%M%S}")
    for ending in ("-wal", "-shm"):  # there only where the database is damaged
        beside = live.with_name(f"{live.name}{ending}")
        if beside.exists():
            beside.replace(aside.with_name(f"{aside.name}{ending}"))
    try:
        aside.hardlink_to(live)
    except OSError:  # a file system without second names
        shutil.copy2(live, aside)
    return aside


def _said_of(repeated: int) -> str:
    if not repeated:
        return "Nobody had to be erased again."
    return f"Erased again, because they were erased after the backup: {repeated}"


_NEXT = (
    "What was due by now is looked for before it is sent. Where a platform cannot look, it waits:"
    " ./run work list"
)
