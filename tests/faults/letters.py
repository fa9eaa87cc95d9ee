"""Words carried between two who write to the bot alone, on Slack or Discord: said, changed, taken back."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from plnbot.refs import MemberRef
from plnbot.spaces import Kind, State
from tests.adapters.discord.seen import words_of as on_discord
from tests.adapters.slack.seen import words_of as on_slack
from tests.faults.towns import SlackTown, Town
from tests.scenarios import discord, slack
from tests.scenarios.discord import DiscordDriver
from tests.scenarios.slack import SlackDriver
from tests.scenarios.test_spaces import opened

TWO = ("maya", "sam")
_GONE = re.compile("taken away|regretted|first words|old words")


@dataclass(slots=True)
class Letters:
    """What two say to each other in a town: some of it before the gap, some in it."""

    town: Town
    kind: str = "relay"
    lives: bool = True
    came: MemberRef | None = None
    _said: dict[str, dict[str, Any]] = field(default_factory=dict)
    _above: dict[str, str] = field(default_factory=dict)

    async def begin(self) -> None:
        """Let the two write what is carried at once."""
        driver = self.town.driver
        for who in TWO:
            await driver.lets_write(who)
        space = await opened(driver, *map(self.town.account, TWO), prefer=Kind.RELAY)
        assert space.state is State.OPEN
        if isinstance(driver, SlackDriver):
            self._above = {who: driver.slack.messages[self._end(who)][-1].ts for who in TWO}
        for who, words in (("maya", "kept"), ("sam", "old words"), ("maya", "regretted")):
            await self._writes(who, words)

    async def goes_on(self) -> None:
        """Let the two write, change and delete what nobody hears."""
        await self._writes("maya", "in the gap")
        await self._writes("sam", "first words")
        await self._changes("first words", "second words")
        await self._writes("sam", "taken away")
        await self._deletes("taken away")
        await self._changes("old words", "new words")
        await self._deletes("regretted")

    async def came_out(self) -> tuple[list[str], int]:
        """Return which words did not arrive, and how many stand that should not, or twice."""
        there = {"maya": ["second words", "new words"], "sam": ["kept", "in the gap"]}
        lost_words, more = [], 0
        for who, expected in there.items():
            cards = self._arrived(who)
            times = {each: sum(each in card for card in cards) for each in expected}
            lost_words += [each for each, found in times.items() if not found]
            more += sum(max(0, found - 1) for found in times.values())
            more += sum(bool(_GONE.search(card)) for card in cards)
        return lost_words, more

    def _arrived(self, who: str) -> list[str]:
        """Return what was carried to somebody, as it stands."""
        driver, end = self.town.driver, self._end(who)
        if isinstance(driver, SlackDriver):
            mine = driver.slack.messages[end]
            shown = [on_slack(each.told(metadata=False)) for each in mine if each.blocks]
        else:
            shown = [on_discord(each) for each in driver.discord.messages[end]]
        return [each for each in shown if " writes" in each]

    def _end(self, who: str) -> str:
        if isinstance(self.town, SlackTown):
            return f"D{slack.USERS[who][1:]}"
        return f"7{discord.USERS[who]}"

    async def _writes(self, who: str, words: str) -> None:
        driver, end = self.town.driver, self._end(who)
        if isinstance(driver, SlackDriver):
            told = {"type": "message", "user": slack.USERS[who], "ts": driver.slack.ts(),
                    "text": words, "thread_ts": self._above[who]}  # fmt: skip
            self._said[words] = {**told, "channel": end}
            await driver.event({**told, "channel": end, "channel_type": "im"})
            return
        number = await driver.discord.say(discord.USERS[who], words, end)
        await self._heard()
        standing = driver.discord.messages[end]
        self._said[words] = next(each for each in standing if each["id"] == number)

    async def _changes(self, words: str, into: str) -> None:
        driver, before = self.town.driver, self._said.pop(words)
        self._said[into] = after = {**before, "text": into}
        if isinstance(driver, SlackDriver):
            await self._tells(before, "message_changed", message=after)
            return
        at = driver.clock.now() + timedelta(milliseconds=len(self._said))
        before |= {"content": into, "edited_timestamp": at.isoformat()}
        self._said[into] = before
        await driver.discord.tell("MESSAGE_UPDATE", before)
        await self._heard()

    async def _deletes(self, words: str) -> None:
        driver, gone = self.town.driver, self._said.pop(words)
        if isinstance(driver, SlackDriver):
            await self._tells(gone, "message_deleted", deleted_ts=gone["ts"])
            return
        driver.discord.messages[gone["channel_id"]].remove(gone)
        told = {"id": gone["id"], "channel_id": gone["channel_id"]}
        await driver.discord.tell("MESSAGE_DELETE", told)
        await self._heard()

    async def _tells(self, before: dict[str, Any], subtype: str, **told: object) -> None:
        driver = self.town.driver
        assert isinstance(driver, SlackDriver)
        event = {"type": "message", "subtype": subtype, "hidden": True, "ts": driver.slack.ts(),
                 "channel": before["channel"], "channel_type": "im", "previous_message": before}  # fmt: skip
        await driver.event({**event, **told})

    async def _heard(self) -> None:
        driver = self.town.driver
        if isinstance(driver, DiscordDriver) and not driver.discord.silent:
            await driver.settle()
