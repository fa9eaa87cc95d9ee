"""`plnbot doctor`: looks at the set-up and says, line by line, what is well and how to mend the rest."""

import asyncio
import os
import shutil
import socket
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from config.settings import Settings, files
from plnbot.engine import work
from plnbot.errors import PlnError
from plnbot.findings import Finding
from plnbot.operate import lobby, packs
from plnbot.store.alone import TakenError, alone
from plnbot.store.database import Tx
from plnbot.store.migrations import standing_of

ENOUGH_MEGABYTES = 200


async def examine(settings: Settings, platform: str = "") -> int:
    """Print every finding, also of a platform when one is named; return 1 where one is to mend."""
    findings = await asyncio.to_thread(lambda: list(examined(settings)))
    if platform:
        from plnbot.platforms import findings_of

        findings += await findings_of(platform, settings)
    for each in findings:
        print(f"  ok    {each.what}" if each.well else f"  MEND  {each.what}\n        {each.mend}")
    ill = sum(not each.well for each in findings)
    print("All is well." if not ill else f"{ill} to mend.")
    return 1 if ill else 0


def examined(settings: Settings) -> Iterator[Finding]:
    """Yield what there is to say about these settings on this machine."""
    yield Finding(f"Python {'.'.join(map(str, sys.version_info[:3]))}")
    for look in (_files, _packs, _folder, _room, _database, _work, _port, _lobby):
        yield from look(settings)


def _files(settings: Settings) -> Iterator[Finding]:
    """Say where everybody on this machine could read tokens; a group may be meant to."""
    for each in files(settings.data_dir):
        if each.stat().st_mode & stat.S_IROTH:
            yield Finding(
                f"everybody on this machine can read the settings in {each}, tokens too",
                f"Keep them to yourself: chmod 600 {each}",
            )
        else:
            yield Finding(f"the settings in {each} are not for everybody on this machine")


def _packs(_settings: Settings) -> Iterator[Finding]:
    yield from packs.found()


def _folder(settings: Settings) -> Iterator[Finding]:
    folder = settings.data_dir
    there = next(each for each in (folder, *folder.parents) if each.exists())
    if os.access(there, os.W_OK):
        yield Finding(f"the folder {folder} can be written")
    else:
        yield Finding(
            f"the folder {folder} cannot be written",
            "Give yourself the right to write there, or choose another: PLNBOT_DATA_DIR=folder",
        )


def _room(settings: Settings) -> Iterator[Finding]:
    there = next(each for each in (settings.data_dir, *settings.data_dir.parents) if each.exists())
    free = shutil.disk_usage(there).free // 1_000_000
    words = f"{free:,} MB are free on the disk"
    mend = "" if free >= ENOUGH_MEGABYTES else "Make room: below 200 MB the database may not grow."
    yield Finding(words, mend)


def _is_unmade(url: URL) -> bool:
    """Return whether this is a file that is made at the first start."""
    file = url.database or ""
    return url.get_backend_name() == "sqlite" and not (file and Path(file).exists())


def _database(settings: Settings) -> Iterator[Finding]:
    url = make_url(settings.database)
    shown = url.render_as_string(hide_password=True)
    if _is_unmade(url):
        yield Finding(f"the database {shown} is made at the first start")
        return
    try:
        with alone(settings.database):
            engine = create_engine(settings.database, hide_parameters=True)
            with engine.connect() as connection:
                connection.execute(text("SELECT 1"))
            engine.dispose()
        yield Finding(f"the database {shown} answers; {standing_of(settings.database)}")
    except TakenError:
        yield Finding(f"the database {shown} is in use: plnbot runs")
    except (SQLAlchemyError, PlnError) as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        yield Finding(f"the database {shown} does not answer: {reason}", _mend(shown))


def _work(settings: Settings) -> Iterator[Finding]:
    """Say what waits for an operator, where there is a database of this version to ask."""
    url = make_url(settings.database)
    if _is_unmade(url):
        return
    engine = create_engine(url, hide_parameters=True)
    try:
        with engine.connect() as connection:
            parked = work.backlog(Tx(connection)).get(work.WorkState.PARKED, 0)
    except SQLAlchemyError:
        return  # the finding about the database says it
    finally:
        engine.dispose()
    if parked:
        yield Finding(
            f"work that waits for you: {parked}",
            "./run work list --state parked shows it; then ./run work retry or cancel.",
        )


def _mend(shown: str) -> str:
    if shown.startswith("sqlite"):
        return "Restore a backup (./run restore BACKUP), or name another in PLNBOT_DATABASE_URL."
    return "Start the database server, and check name, password and host in PLNBOT_DATABASE_URL."


def _port(settings: Settings) -> Iterator[Finding]:
    if not settings.port:
        yield Finding("any free port is taken for the pages")
        return
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            if lobby.listens(settings):
                yield Finding(f"port {settings.port} of {settings.host} is in use: plnbot runs")
                return
            yield Finding(
                f"port {settings.port} of {settings.host} is taken: {error.strerror}",
                f"If that is not plnbot itself, choose another: PLNBOT_PORT={settings.port + 1}",
            )
            return
    yield Finding(f"port {settings.port} of {settings.host} is free")


def _lobby(settings: Settings) -> Iterator[Finding]:
    if settings.lobby_is_on:
        yield Finding("the lobby is on, for who has its address: ./run lobby prints it")
    elif settings.public_url:
        yield Finding(f"members reach the pages at {settings.public_url}; the lobby is off")
    else:
        yield Finding(
            "the lobby is off, and no address leads members to their pages",
            "Set PLNBOT_PUBLIC_URL to the address at which they reach this machine.",
        )
