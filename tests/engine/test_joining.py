"""A workspace that anybody may have connected: on its own, until the operator says that it is theirs."""

from datetime import datetime

import pytest
from sqlalchemy import func, select

from plnbot.engine.ports import Person
from plnbot.first_start import Beginnings, first_network
from plnbot.members import store as members
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store, Tx
from plnbot.store.schema import metadata
from plnbot.talk.interactions import Answer, Command, Interaction, Joined, Opened, Press, Reply
from plnbot.talk.plain import card_as_text
from plnbot.testing import FrozenClock, RecordingSender
from tests.engine.test_platforms import EIGHT, Bench

MAYA, ANA = MemberRef("web", "lobby", "maya"), MemberRef("test", "w", "ana")


class Town:
    """The operator's network in the lobby, and a server that somebody connected."""

    def __init__(self, bench: Bench) -> None:
        self.bench, self.lobby = bench, RecordingSender("web")
        bench.parts.runner.senders["web"] = self.lobby
        self._count = 0

    async def press(self, who: MemberRef, row: str = "test/w") -> str:
        """Let somebody press the button; return what they are told."""
        self._count += 1
        nowhere = Place(who.platform, who.workspace, "")
        given = Interaction(f"p{self._count}", who, nowhere, Press("members.admit", row))
        answer = await self.bench.parts.desk.handle(given)
        await self.bench.parts.runner.run_all_due()
        return told(answer)

    async def person(self, who: MemberRef) -> Person:
        """Return somebody who is known."""
        found = await self.bench.parts.desk.person(who)
        assert found is not None
        return found


def told(answer: Answer) -> str:
    """Return an answer's words."""
    assert isinstance(answer, Reply)
    return card_as_text(answer.card, "UTC", "en")


@pytest.fixture
async def town(store: Store, clock: FrozenClock) -> Town:
    """Return one in which the server has a chat going on already."""

    def begin(tx: Tx) -> None:
        first_network(tx, Beginnings("Ours", "en", "America/New_York"), clock.now())

    await store.run(begin)
    made = Town(Bench(store, clock))
    await made.bench.parts.desk.settle("test", "w", "Ridgeview Schools", joins=False)
    await made.bench.plan()
    await made.bench.do("bo", Joined())
    return made


async def test_who_is_let_in_by_nobody_sees_nothing(town: Town) -> None:
    """It works, in a network of its own: whoever administers it administers that and no other."""
    ana = await town.person(ANA)
    maya = await town.person(MAYA)
    assert (ana.network.name, maya.network.name) == ("Ridgeview Schools", "Ours")
    (asked,) = [each for each in town.lobby.sent if each.to == MAYA]
    words = card_as_text(asked.card, "UTC", "en")
    assert "Ridgeview Schools has connected" in words
    assert "network of its own" in words
    await town.bench.parts.desk.settle("test", "w", "Ridgeview Schools", joins=False)
    await town.bench.parts.desk.settle("slack", "T9", "Lakeside")
    await town.bench.parts.runner.run_all_due()
    assert len([each for each in town.lobby.sent if each.to == MAYA]) == 1


async def test_it_joins_with_all_that_was_done_in_it(town: Town, store: Store) -> None:
    """Members, their chat and its roles go along; the chat goes on, and nothing is left behind."""
    old = (await town.person(ANA)).network.id
    assert "belongs to your network" in await town.press(MAYA)
    ana, maya = await town.person(ANA), await town.person(MAYA)
    assert ana.network == maya.network
    tables = [each for each in metadata.sorted_tables if "network_id" in each.c]

    def left(tx: Tx) -> dict[str, int]:
        return {
            each.name: tx.execute(
                select(func.count()).select_from(each).where(each.c.network_id == old)
            ).scalar_one()
            for each in tables
        }

    assert set((await store.read(left)).values()) == {0}
    await town.bench.until(datetime(2026, 11, 24, 1, 11, tzinfo=EIGHT.tzinfo))
    assert len(town.bench.shown("Q1")) == 1
    panel = await town.bench.do("ana", Command("chat panel"))
    assert "Moderators only" in told(panel)
    assert isinstance(await town.bench.do("bo", Opened("home")), Reply)
    latest = [each for each in town.lobby.sent if each.to == MAYA][-1]
    assert "It has joined" in card_as_text(latest.card, "UTC", "en"), "the question is answered"
    assert "belongs to your network already" in await town.press(MAYA)


async def test_only_the_first_network_lets_others_in(town: Town, store: Store) -> None:
    """Nobody else decides: not its members, nor who administers another network, nor about a third."""
    assert "another role" in await town.press(MemberRef("web", "lobby", "priya"))
    await town.bench.parts.desk.settle("test", "w2", "Lakeside")
    assert "cannot be decided here" in await town.press(ANA, "test/w2")
    assert "cannot be decided here" in await town.press(MAYA, "test/nowhere")
    assert "cannot be decided here" in await town.press(MAYA, "")
    theirs = (await town.person(ANA)).network.id
    await store.run(lambda tx: members.attach(tx, theirs, "slack", "T1"))
    assert "together with others" in await town.press(MAYA)
