"""`plnbot work`: an operator's look at the work, beside the running bot.

It opens the database itself. The lock that keeps a second bot away is not asked for: the bot must
not run twice, but one small transaction more does no harm. SQLite lets it in between two of the
bot's, and the bot finds what changed at its next look, within fifteen seconds.
"""

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from config.settings import Settings
from plnbot.engine import tending
from plnbot.engine.clock import RehearsalClock
from plnbot.engine.tending import OPEN, Standing
from plnbot.engine.work import State
from plnbot.errors import PlnError, Refused
from plnbot.members import store as members
from plnbot.operate.backup import sqlite_file
from plnbot.store.database import Tx, Unit
from plnbot.store.migrations import UP_TO_DATE, standing_of
from plnbot.store.opening import open_store
from plnbot.talk.words import Message, Translate

CHANGES: dict[str, Callable[[Tx, int, datetime], Standing]] = {
    "retry": tending.retry,
    "park": tending.park,
    "cancel": tending.cancel,
}
_REASON_WIDTH = 60


class WorkError(PlnError):
    """The work cannot be looked at, or not changed so; the words say why."""


def tend(settings: Settings, action: str, numbers: Sequence[int], *, payload: bool = False) -> int:
    """Show work, or let it be retried, parked or cancelled; return the exit status."""
    unit = _show(numbers, payload=payload) if action == "show" else _change(action, numbers)
    return _beside(settings, unit)


def list_work(settings: Settings, states: Sequence[State], kind: str, most: int) -> int:
    """Print a table of work, what waits longest first; return the exit status."""

    def look(tx: Tx) -> list[str]:
        found = tending.listed(tx, states or OPEN, kind=kind, most=most + 1)
        lines = list(_table(found[:most]))
        if len(found) > most:
            lines.append(f"There is more: --most {most * 10}")
        return lines

    return _beside(settings, look)


def _show(numbers: Sequence[int], *, payload: bool) -> Unit[list[str]]:
    def look(tx: Tx) -> list[str]:
        shown = (tending.one(tx, number) for number in numbers)
        return [line for each in shown for line in _whole(each, payload=payload)]

    return look


def _change(action: str, numbers: Sequence[int]) -> Unit[list[str]]:
    def change(tx: Tx) -> list[str]:
        now = _now(tx)
        changed = [CHANGES[action](tx, number, now) for number in numbers]
        return [*_table(changed), "A running bot takes this up within 15 seconds."]

    return change


def _beside(settings: Settings, unit: Unit[list[str]]) -> int:
    """Run a unit beside the bot and print its lines."""
    if settings.database.startswith("sqlite") and not sqlite_file(settings.database).exists():
        raise WorkError(f"There is no database at {sqlite_file(settings.database)} yet.")
    standing = standing_of(settings.database)
    if standing != UP_TO_DATE:
        raise WorkError(f"The database is of another version: {standing}. Start the bot first.")
    for line in asyncio.run(_run(settings.database, unit)):
        print(line)
    return 0


async def _run(url: str, unit: Unit[list[str]]) -> list[str]:
    store = open_store(url)
    try:
        return await store.run(unit)
    except Refused as refused:
        said = refused.message
        words = Translate().say(said).bare() if isinstance(said, Message) else str(said)
        raise WorkError(words) from refused
    finally:
        await store.close()


def _now(tx: Tx) -> datetime:
    rehearsal = members.rehearsal(tx)
    return RehearsalClock(*rehearsal).now() if rehearsal else datetime.now(UTC)


def _table(shown: Sequence[Standing]) -> Iterator[str]:
    if not shown:
        yield "No work."
        return
    rows = [("number", "state", "kind", "platform", "runs at (UTC)", "tries", "reason")]
    rows += [
        (
            str(each.id),
            each.state.value,
            each.kind,
            each.platform,
            f"{each.run_at:%Y-%m-%d %H:%M:%S}",
            str(each.attempts),
            each.reason[:_REASON_WIDTH],
        )
        for each in shown
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _whole(each: Standing, *, payload: bool) -> Iterator[str]:
    facts = {
        "number": each.id,
        "key": each.key,
        "kind": each.kind,
        "state": each.state.value,
        "network": each.network,
        "platform": each.platform,
        "due at": each.due_at.isoformat(timespec="seconds"),
        "runs at": each.run_at.isoformat(timespec="seconds"),
        "tries": each.attempts,
        "held by": each.holder,
        "reason": each.reason,
    }
    for name, value in facts.items():
        if value not in (None, ""):
            yield f"{name:9} {value}"
    if payload:
        yield f"payload   {json.dumps(each.payload, ensure_ascii=False)}"
    else:
        yield "payload   (may hold members' words; --payload shows it)"
