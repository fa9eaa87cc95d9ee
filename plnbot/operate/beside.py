"""One small transaction of an operator, beside the running bot.

It opens the database itself. The lock that keeps a second bot away is not asked for: the bot must
not run twice, but one small transaction more does no harm. SQLite lets it in between two of the
bot's, and the bot finds what changed at its next look, within fifteen seconds.
"""

import asyncio
from datetime import datetime

from config.settings import Settings
from plnbot.engine.clock import SystemClock
from plnbot.engine.rehearsing import rehearsal
from plnbot.errors import PlnError, Refused
from plnbot.operate.backup import sqlite_file
from plnbot.store.database import Tx, Unit
from plnbot.store.migrations import UP_TO_DATE, standing_of
from plnbot.store.opening import open_store
from plnbot.talk.words import Sentence, Translate


class BesideError(PlnError):
    """It cannot be looked at, or not changed so; the words say why."""


def beside(settings: Settings, unit: Unit[list[str]]) -> int:
    """Run a unit beside the bot and print its lines; return the exit status."""
    if settings.database.startswith("sqlite") and not sqlite_file(settings.database).exists():
        raise BesideError(f"There is no database at {sqlite_file(settings.database)} yet.")
    standing = standing_of(settings.database)
    if standing != UP_TO_DATE:
        raise BesideError(f"The database is of another version: {standing}. Start the bot first.")
    for line in asyncio.run(_run(settings.database, unit)):
        print(line)
    return 0


def now_of(tx: Tx) -> datetime:
    """Return the present instant of a database, which may be a rehearsal's."""
    return (rehearsal(tx) or SystemClock()).now()


async def _run(url: str, unit: Unit[list[str]]) -> list[str]:
    store = open_store(url)
    try:
        return await store.run(unit)
    except Refused as refused:
        said = refused.message
        words = Translate().say(said).bare() if isinstance(said, Sentence) else str(said)
        raise BesideError(words) from refused
    finally:
        await store.close()
