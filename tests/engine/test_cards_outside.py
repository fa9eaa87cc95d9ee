"""Cards that take long are made outside any transaction."""

import threading

from plnbot.engine import outbox
from plnbot.engine.outside import CardOutside
from plnbot.talk.cards import Card
from plnbot.talk.text import verbatim
from tests.engine.conftest import ROOM, House, until
from tests.engine.test_runner_running import running


async def test_a_card_that_takes_long_is_made_while_others_write(house: House) -> None:
    """What it needs is read in a unit of its own, and nobody who writes waits until it is made."""
    making, wrote = threading.Event(), threading.Event()

    def make(given: str) -> Card:
        making.set()
        assert wrote.wait(30)
        return Card(verbatim(given))

    house.routes.card("long")(lambda _to, args: CardOutside(lambda _tx: str(args["words"]), make))
    now = house.clock.now()
    args = {"words": "an archive"}
    await house.store.run(
        lambda tx: outbox.Posting(tx, house.network.id, ROOM, now).post("long", args, key="card")
    )
    async with running(house):
        await until(making.is_set)
        await house.store.run(lambda tx: tx.announce("somebody wrote"))
        wrote.set()
        await until(lambda: house.platform.shown == ["an archive"])
    assert await house.ended("card") == ("done", "")
