"""Lives with wins, as a program: everything comes up, and a round outlives what rounds meet.

Said, deleted, missed, refused, looked at by the doctor: each is shown once, by name.
"""

import asyncio
import sys
from datetime import timedelta

from plnbot import capabilities, gathering
from plnbot.engine import outbox, posts, work
from plnbot.engine.ports import Rejected
from plnbot.store.database import Tx
from plnbot.store.opening import open_store
from plnbot.talk.interactions import Command, Said
from plnbot.testing import FrozenClock
from tests.adapters.script import ANA, BO, NAMES, Script, everything
from tests.scenarios.two_networks import NOON

KIND = "wins"


def check(name: str, *, holds: bool) -> None:
    """Say what was looked at, and end where it does not hold."""
    print(f"  {name}: {'ok' if holds else 'NO'}")
    if not holds:
        sys.exit(1)


async def live(url: str) -> None:
    """Play everything, then a week of wins in which things happen."""
    store, clock = open_store(url), FrozenClock(NOON)
    try:
        script = await everything(store, clock, "slack")
        check("every command, button, card and form comes up", holds=True)
        await _a_week(script)
    finally:
        await store.close()


async def _a_week(script: Script) -> None:
    desk, store = script.parts.desk, script.store
    await script.do(ANA, Command("wins here"))
    post = await store.read(lambda tx: outbox.by_key(tx, "wins/round/2"))
    check("it is posted", holds=post is not None)
    thread = script.room.in_thread(post.ref if post else "")
    await script.do(BO, Said("Nobody asked for the bathroom", "w1"), where=thread)
    check(
        "words below it count",
        holds=await _said(script) == [(NAMES[BO], "Nobody asked for the bathroom")],
    )
    check(
        "a gap is looked through",
        holds=thread in {each.place for each in await desk.ongoing("slack")},
    )
    table = capabilities.catalogue(capabilities.every()).posts
    rooms = await store.read(lambda tx: posts.rooms(table, tx, "slack"))
    check("the doctor knows its room", holds=script.room in rooms)
    await desk.deleted(script.room, ["w1"])
    check("what is deleted is gone", holds=await _said(script) == [])
    before = await store.read(_planned)
    script.sender.answer = lambda out: None if out.edits else Rejected("I may not write here.")
    script.clock.advance(timedelta(days=7))
    await script.parts.runner.run_all_due()
    check("a room that refuses is asked no more", holds=before and not await store.read(_planned))
    wanted = set(await desk.refusing("slack"))
    check("once it accepts, the latest round is wanted", holds=script.room in wanted)


async def _said(script: Script) -> list[tuple[str, str]]:
    found = await script.store.read(lambda tx: gathering.of_whole(tx, KIND, 2))
    return [(each.author, each.words) for each in found]


def _planned(tx: Tx) -> bool:
    return bool(work.waiting(tx, ["wins/slack/T0PLN/C0CHAT"]))


if __name__ == "__main__":
    asyncio.run(live(sys.argv[1]))
