"""How many answers a question and the moderator's panel tell of, whatever becomes of an answer."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from plnbot.chats.actions.posts import panel_key, question_key
from plnbot.store.opening import open_store
from plnbot.talk.interactions import Press, Said, Submit, What
from plnbot.talk.plain import card_as_text
from plnbot.testing import FrozenClock, RecordingSender
from tests.faults.bot import Bot
from tests.faults.conftest import EIGHT, does, plan_chat

ONE = question_key(1, 1)


class Told:
    """A chat at its first question, and what its cards tell in the end."""

    def __init__(self, bot: Bot, sender: RecordingSender) -> None:
        self.bot, self._sender, self._done = bot, sender, 0

    async def do(self, who: str, what: What) -> None:
        """Let somebody do something, and the cards follow."""
        self._done += 1
        await self.bot.desk.handle(does(f"do {self._done}", who, what))
        await self.bot.runner.run_all_due()

    @property
    def counts(self) -> tuple[int, int]:
        """How many answers the question's card and the moderator's panel tell of."""
        on_card = re.search(r"(\d+) answers? so far", self._last(ONE))
        on_panel = re.search(r"Answers\W+(\d+)", self._last(panel_key(1, 1)))
        assert on_panel is not None
        return int(on_card[1]) if on_card else 0, int(on_panel[1])

    def _last(self, key: str) -> str:
        return card_as_text([each for each in self._sender.sent if each.key.endswith(key)][-1].card)


@pytest.fixture
async def told(database_url: str) -> AsyncIterator[Told]:
    """Let a chat be at its first question."""
    await plan_chat(database_url)
    store, sender = open_store(database_url), RecordingSender()
    bot = Bot(store, FrozenClock(EIGHT), {"test": sender})
    await bot.pass_time(EIGHT + timedelta(minutes=11))
    yield Told(bot, sender)
    await store.close()


async def test_what_is_not_said_any_more_does_not_count(told: Told) -> None:
    """Said, said otherwise, unsaid and deleted: the cards tell of what stands."""
    await told.do("priya", Said("A1 a picture", "m1"))
    await told.do("luis", Said("A1 a song", "m2"))
    assert told.counts == (2, 2)
    await told.do("priya", Said("A1 a picture of a map", "m1"))
    assert told.counts == (2, 2)
    await told.do("priya", Said("Good evening!", "m1"))
    assert told.counts == (1, 1)
    await told.do("luis", Said("", "m2"))
    assert told.counts == (0, 0)


async def test_what_is_taken_out_does_not_count(told: Told) -> None:
    """Hidden or left out it does not count, shown again it does; and what follows is left out too."""
    await told.do("priya", Said("A1 a picture", "m1"))
    await told.do("luis", Said("A1 a song", "m2"))
    await told.do("maya", Submit("chat.hide", {"why": "names a pupil"}, "1"))
    assert told.counts == (1, 1)
    await told.do("luis", Press("chat.leave_out", "1"))
    await told.do("luis", Said("A1 another song", "m3"))
    assert told.counts == (0, 0)
    await told.do("luis", Press("chat.let_in", "1"))
    assert told.counts == (2, 2)
    await told.do("maya", Press("chat.show", "1"))
    assert told.counts == (3, 3)
