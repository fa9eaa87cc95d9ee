"""The Discord driver: people in a server, played through everything between Discord and the core."""

import asyncio
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from adapters.discord.app import DiscordConnection
from plnbot.app import Parts
from plnbot.engine.ports import ArgumentKind
from plnbot.refs import MemberRef
from plnbot.store.database import Store
from plnbot.testing import FrozenClock
from tests.adapters.discord.fake import BOT, GUILD, ROOM, FakeDiscord
from tests.adapters.discord.seen import Json, parts_of, words_of
from tests.scenarios.browsing import Browsing, InBrowser
from tests.scenarios.driver import Document, Given, InTime

NAMES = {
    "maya": "Maya Torres",
    "sam": "Sam Okafor",
    "priya": "Priya Nair",
    "luis": "Luis Herrera",
    "emma": "Emma Lindqvist",
    "dwayne": "Dwayne Carter",
}
USERS = {name: f"10000000000000000{at}" for at, name in enumerate(NAMES, 1)}
_COMMAND, _PRESSED, _SENT = 2, 3, 5
_MESSAGE, _DIALOG = 4, 9


@dataclass(slots=True)
class DiscordDriver(InTime, InBrowser):
    """Plays people in a server; where pages have an address, they open them in a browser."""

    discord: FakeDiscord
    connection: DiscordConnection
    parts: Parts
    store: Store
    clock: FrozenClock
    browsing: Browsing = field(init=False)
    _alone: dict[str, Json] = field(default_factory=dict)
    _there: set[str] = field(default_factory=set)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    async def say(self, who: str, words: str, *, under: str = "") -> None:
        """Write in the channel or a thread, or choose a command."""
        await self.come(who)
        if words.startswith("/pln"):
            await self.command(who, words.removeprefix("/pln").strip())
            return
        channel = await self._thread(who, under) if under else ROOM
        await self.discord.say(USERS[who], words, channel)
        await self._told_directly(who)

    async def edit(self, who: str, words: str, into: str) -> None:
        """Change one's own message."""
        told = self._own(who, words)
        at = self.clock.now() + timedelta(milliseconds=next(self._numbers))
        told |= {"content": into, "edited_timestamp": at.isoformat()}
        await self.discord.tell("MESSAGE_UPDATE", {**told, "guild_id": GUILD})
        await self._told_directly(who)

    async def delete(self, who: str, words: str) -> None:
        """Delete one's own message."""
        told = self._own(who, words)
        gone = {"id": told["id"], "channel_id": told["channel_id"], "guild_id": GUILD}
        self.discord.messages[told["channel_id"]].remove(told)
        await self.discord.tell("MESSAGE_DELETE", gone)
        await self._told_directly(who)

    async def reply(self, who: str, words: str, to: str) -> None:
        """Reply in the room to the message that shows `to`."""
        await self.come(who)
        await self.discord.say(USERS[who], words, reply_to=await self._shown(who, to))
        await self._told_directly(who)

    async def count(self, who: str, words: str) -> None:
        """Choose *Count as my answer* on one's own message."""
        told = self._own(who, words)
        data = {"id": "1", "type": 3, "name": "Count as my answer", "target_id": told["id"],
                "resolved": {"messages": {told["id"]: told}}}  # fmt: skip
        await self._act(who, _COMMAND, data, ROOM)

    def _own(self, who: str, words: str) -> Json:
        said = [each for standing in self.discord.messages.values() for each in standing]
        mine = [each for each in said if each["author"]["id"] == USERS[who]]
        return next(each for each in mine if each["content"] == words)

    async def command(self, who: str, words: str) -> None:
        """Choose a command in the menus; what they do not have, write to the bot."""
        data = self._chosen(words)
        if data is None:
            await self.discord.say(USERS[who], f"<@{BOT}> /pln {words}")
            await self._told_directly(who)
            return
        await self._act(who, _COMMAND, data, ROOM)

    async def press(self, who: str, label: str, *, choose: str = "") -> None:
        """Press the newest button of this label: what is theirs alone, the room, direct messages."""
        await self.come(who)
        for channel, body in self._spots(who):
            for part in parts_of(body):
                if label in (part.get("label"), part.get("placeholder")) and "custom_id" in part:
                    await self._pressed(who, channel, body, part, choose)
                    return
        raise AssertionError(f"{who} sees no button {label!r} in: {await self.see(who)}")

    async def submit(self, who: str, **values: Given) -> None:
        """Fill in the open form, step by step, or the one that is open in the browser."""
        if await self.filled_in_browser(who, values):
            return
        for part in parts_of(self._alone[who]):
            if part.get("label") == "Mend it":
                await self._pressed(who, ROOM, self._alone[who], part, "")
        dialog = self._alone[who]
        while True:
            inputs = [each for each in parts_of(dialog) if each.get("type") in (3, 4, 5, 19)]
            assert inputs, f"{who} has no form open: {words_of(dialog)}"
            files = {
                each["custom_id"]: self.discord.keep(given)
                for each in inputs
                if isinstance(given := values.get(each["custom_id"]), Document)
            }
            components = [
                {"type": 18, "component": _filled(each, values, files)} for each in inputs
            ]
            sent = {"custom_id": dialog["custom_id"], "components": components}
            if files:
                sent["resolved"] = {"attachments": {each["id"]: each for each in files.values()}}
            await self._act(who, _SENT, sent, ROOM)
            further = [p for p in parts_of(self._alone[who]) if p.get("label") == "Go on"]
            if not further or not further[0]["custom_id"].startswith("n|"):
                return
            await self._pressed(who, ROOM, self._alone[who], further[0], "")
            dialog = self._alone[who]

    async def see(self, who: str) -> str:
        """Return the channel with its threads, the direct messages and what is theirs alone."""
        await self.come(who)
        zone = await self._zone(who)
        places = [ROOM, *self.discord.threads]
        room = [words_of(each, zone) for place in places for each in self.discord.messages[place]]
        return " ".join([*room, await self.messages(who), await self.alone(who)])

    async def alone(self, who: str) -> str:
        """Return the newest thing that only this person sees."""
        if who in self.browsing.sheets:
            return self.browsing.alone(who)
        return words_of(self._alone.get(who, {}), await self._zone(who))

    async def lets_write(self, who: str) -> None:
        """Say that the bot may write to them directly."""
        await self.say(who, "/pln me notices")
        await self.press(who, "Write to me directly")

    async def messages(self, who: str) -> str:
        """Return what the bot wrote to them directly."""
        zone = await self._zone(who)
        return " ".join(words_of(each, zone) for each in self.discord.messages[f"7{USERS[who]}"])

    async def come(self, who: str) -> None:
        """Let somebody come into the server, once."""
        if who in self._there:
            return
        self._there.add(who)
        joined = {"joined_at": "2026-11-20T00:00:00+00:00", "roles": [], "flags": 0}
        user = self.discord.members[USERS[who]]
        await self.discord.tell("GUILD_MEMBER_ADD", {"guild_id": GUILD, "user": user, **joined})
        await self._told_directly(who)

    async def link(self, who: str) -> str:
        """Return a personal link, asked for as a person does."""
        before = self._alone.get(who, {})
        await self.command(who, "web")
        url = next(str(part["url"]) for part in parts_of(self._alone[who]) if "url" in part)
        self._alone[who] = before
        return url

    async def _told_directly(self, who: str) -> None:
        """Let what follows happen; a direct message that answers at once is what they see."""
        if self.discord.silent:
            return
        direct = self.discord.messages[f"7{USERS[who]}"]
        before = len(direct)
        await self.handled()
        if len(direct) > before:
            self._alone[who] = direct[before]
        await self.parts.runner.run_all_due()

    async def settle(self) -> None:
        """Let what follows from something happen: handlers of the library, and work that is due."""
        await self.handled()
        await self.parts.runner.run_all_due()

    async def handled(self) -> None:
        """Let the library's handlers of everything told so far end."""
        barrier = f"PLNBOT_{next(self._numbers)}"
        client = self.connection._client
        assert client is not None
        seen = asyncio.ensure_future(
            client.wait_for("socket_event_type", check=lambda told: told == barrier)
        )
        await asyncio.sleep(0)
        await self.discord.tell(barrier, {})
        await asyncio.wait_for(seen, 10)
        while begun := [each for each in asyncio.all_tasks() if _is_handler(each)]:
            await asyncio.gather(*begun)

    async def _act(self, who: str, kind: int, data: Json, channel: str, **more: object) -> None:
        number = await self.discord.act(USERS[who], kind, data, channel=channel, **more)
        answer = await self.discord.answered(number)
        if answer["type"] in (_MESSAGE, _DIALOG):
            body = answer["data"]
            assert answer["type"] == _DIALOG or body.get("flags", 0) & 64, "others read this"
            self._alone[who] = body
        await self.parts.runner.run_all_due()  # the answer may wait for it
        await self.settle()
        if number in self.discord.edited:
            self._alone[who] = self.discord.edited[number]
        for each in self.discord.follows[number]:
            before = self._alone[who]
            self._alone[who] = {
                **each,
                "embeds": [*before["embeds"], *each["embeds"]],
                "components": [*each.get("components", ()), *before.get("components", ())],
            }

    async def _pressed(self, who: str, channel: str, body: Json, part: Json, choose: str) -> None:
        data = {"custom_id": part["custom_id"], "component_type": part["type"]}
        if choose:
            data["values"] = [choose]
        told = {"id": self.discord.id(), "type": 0, "channel_id": channel, **_standing(body)}
        await self._act(who, _PRESSED, data, channel, message=told)
        if part["custom_id"].startswith("c|"):
            asked = self._alone[who]
            sure = next(each for each in parts_of(asked) if "custom_id" in each)
            await self._pressed(who, channel, asked, sure, "")

    def _spots(self, who: str) -> list[tuple[str, Json]]:
        """Return where somebody may press something, the nearest first."""
        direct = f"7{USERS[who]}"
        spots = [(ROOM, self._alone.get(who, {}))]
        for channel in (ROOM, *self.discord.threads, direct):
            standing = reversed(self.discord.messages[channel])
            spots += [(channel, body) for body in standing]
        return spots

    def _chosen(self, words: str) -> Json | None:
        """Return a command as Discord reports it when it was chosen in the menus."""
        offers = {each.name: each for each in self.parts.desk.offers()}
        name, said = self.parts.desk.routes.typed(words)  # in the menus as it is called now
        words = words if name == "help" else f"{name} {said}".strip()
        typed = words.split()
        for length in range(len(typed), 0, -1):
            name = " ".join(typed[:length]).lower()
            if name not in offers:
                continue
            argument, rest = offers[name].argument, words.split(maxsplit=length)[length:]
            given: list[Json] = []
            if argument is not None and rest:
                member = argument.kind is ArgumentKind.MEMBER
                value = _user_named(rest[0]) if member else rest[0]
                given = [{"type": 6 if member else 3, "name": argument.name, "value": value}]
            elif rest:
                return None
            grouped = any(each.startswith(f"{typed[0].lower()} ") for each in offers)
            sub: Json = {"type": 1, "name": "-".join(name.split()[1:]) or name, "options": given}
            if grouped:
                sub["name"] = "-".join(name.split()[1:]) or "open"
                sub = {"type": 2, "name": name.split()[0], "options": [sub]}
            return {"id": "1", "type": 1, "name": "pln", "options": [sub]}
        return None

    async def _zone(self, who: str) -> str:
        # Everybody's Discord is set to the zone that they told us.
        person = await self.parts.desk.person(MemberRef("discord", GUILD, USERS[who]))
        return person.zone if person else "UTC"

    async def _thread(self, who: str, shown: str) -> str:
        number = await self._shown(who, shown)
        if number not in self.discord.threads:
            await self.discord.open_thread(number, "A thread of our own")
        return number

    async def _shown(self, who: str, shown: str) -> str:
        zone = await self._zone(who)
        for each in reversed(self.discord.messages[ROOM]):
            if shown in words_of(each, zone):
                return str(each["id"])
        raise AssertionError(f"{who} sees no message with {shown!r}")


def _is_handler(task: "asyncio.Task[object]") -> bool:
    return task.get_name().startswith("discord.py: on_") and not task.done()


def _user_named(words: str) -> str:
    found = (
        USERS[handle]
        for handle, name in NAMES.items()
        if words.casefold().lstrip("@") in (handle, name.casefold())
    )
    return next(found, words)


def _standing(body: Json) -> Json:
    return {
        "author": {"id": BOT, "username": "plnbot", "discriminator": "0", "avatar": None},
        "content": "",
        "timestamp": "2026-11-24T01:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "pinned": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": body.get("embeds", []),
        "components": body.get("components", []),
    }


def _filled(part: Json, values: Mapping[str, Given], files: Mapping[str, Json]) -> Json:
    """Return an input as it is sent: what is filled in now, else what stood in it."""
    given = values.get(part["custom_id"])
    if part["type"] == 4:
        value = part.get("value", "") if given is None else given
        return {"type": 4, "custom_id": part["custom_id"], "value": value}
    if part["type"] == 19:
        here = [files[part["custom_id"]]["id"]] if part["custom_id"] in files else []
        return {"type": 19, "custom_id": part["custom_id"], "values": here}
    if part["type"] == 5:
        users = [USERS[who] for who, name in NAMES.items() if name == given]
        return {"type": 5, "custom_id": part["custom_id"], "values": users}
    chosen = [each["value"] for each in part["options"] if each.get("default")]
    if given is not None:
        assert not isinstance(given, Document)
        chosen = [given] if isinstance(given, str) else list(given)
    return {"type": 3, "custom_id": part["custom_id"], "values": chosen}
