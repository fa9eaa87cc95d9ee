"""Words in channels, and people who come and go."""

import contextlib
import logging
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import field, replace
from datetime import UTC, datetime

from adapters.discord import inbound, render
from adapters.discord import store as kept
from adapters.discord.api import Api, ApiError, LostError, TooSoonError
from adapters.discord.marks import marking_in
from adapters.discord.markup import PLATFORM, Reader
from adapters.discord.said import NOBODY, Called, plain
from adapters.discord.sender import DiscordSender, nonce_of
from plnbot.engine.ports import Desk
from plnbot.errors import Unavailable
from plnbot.marking import Marking
from plnbot.refs import MemberRef, Place
from plnbot.talk.interactions import (
    Answer,
    Command,
    Interaction,
    Joined,
    Left,
    Nothing,
    Renamed,
    Reply,
    Said,
    What,
)
from plnbot.values import dataclass

log = logging.getLogger(__name__)

_MOST_NOTES = 1000
EPOCH = 1_420_070_400_000
"""From when Discord counts the milliseconds in its numbers."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message as Discord reports it. `version` tells an edit from the message itself.

    `name` is how the server shows its author, empty where Discord does not say; `handle` is what they
    are called everywhere. `reply_to` is the message that it replies to. `called` is what it names.
    `directly` says that it was written to the bot alone, where Discord gives us all words.
    """

    id: str
    place: Place
    user: str
    name: str
    words: str
    version: str = ""
    leads: bool = False
    handle: str = ""
    reply_to: str = ""
    called: Called = NOBODY
    directly: bool = False

    @property
    def at(self) -> datetime | None:
        """When it was written, or changed, by Discord's clock; None where it does not say."""
        try:
            if self.version:
                return datetime.fromisoformat(self.version).astimezone(UTC)
            return datetime.fromtimestamp(((int(self.id) >> 22) + EPOCH) / 1000, UTC)
        except (ValueError, OverflowError, OSError):
            return None

    def said(self, words: str) -> Said:
        """Return what it says to the core, once `words` are what is meant of it."""
        return Said(plain(words, self.called), self.id, self.version, self.reply_to)


@dataclass(slots=True)
class Hearing:
    """Lets the core hear what is said. `everything` says that Discord gives us all words."""

    desk: Desk
    api: Api
    sender: DiscordSender
    everything: bool = False
    bot: str = ""
    marking: Marking = field(init=False)
    _notes: OrderedDict[tuple[MemberRef, Place], tuple[str, str]] = field(
        default_factory=OrderedDict
    )
    """Where somebody was told that words of theirs in a room do not count: until they do."""

    def __post_init__(self) -> None:
        self.marking = marking_in(self.api)

    async def hear(self, spoken: Spoken, *, missed: bool = False) -> None:
        """Take in what somebody wrote, once; `missed` where it is only now read."""
        everything = self.everything or spoken.directly
        words = inbound.said(spoken.words, self.bot, everything=everything)
        if words is None or (words == "" and not spoken.version):
            return
        if isinstance(words, str) and not await self._matters(spoken):
            return  # nobody becomes a member by talking to others
        what: What = words if isinstance(words, Command) else spoken.said(words)
        key = f"{spoken.id}/{spoken.version}" if spoken.version else spoken.id
        who = MemberRef(PLATFORM, spoken.place.workspace, spoken.user)
        given = Interaction(
            key,
            who,
            spoken.place,
            what,
            name=spoken.name,
            leads=spoken.leads,
            handle=spoken.handle,
            missed=missed,
            at=spoken.at,
        )
        answer = await self.desk.handle(given)
        if isinstance(what, Said) and not missed:
            counts = isinstance(answer, Nothing) and bool(answer.counts)
            self.marking.heard(spoken.place, spoken.id, spoken.version, counts=counts)
        await self._answered(given, answer)

    async def hear_directly(self, spoken: Spoken) -> None:
        """Take in what somebody wrote to the bot alone, where that means something to us.

        Discord does not say of which server it is: it is one in which the core hears them there.
        """
        place = await self._heard_in(spoken.place.channel, spoken.user)
        if place is not None:
            await self.hear(replace(spoken, place=place))

    async def gone_directly(self, channel: str, messages: Sequence[str]) -> None:
        """Take in that messages to the bot alone were deleted."""
        try:
            told = await self.api.get(f"/channels/{channel}")
        except ApiError:
            return
        except (LostError, TooSoonError) as error:
            raise Unavailable(str(error)) from error
        for each in told.get("recipients") or ():
            place = await self._heard_in(channel, str(each.get("id", "")))
            if place is not None:
                await self.desk.deleted(place, messages)

    async def _heard_in(self, channel: str, user: str) -> Place | None:
        """Return as what place of which server the core hears somebody in their direct messages."""
        known = await self.sender.store.read(lambda tx: kept.workspaces_of(tx, user))
        for guild in known:
            place = Place(PLATFORM, guild, channel)
            there = MemberRef(PLATFORM, guild, user)
            if await self.desk.hears(place) and await self.desk.is_there(there):
                return place
        return None

    async def gone(
        self, guild: str, channel: str, parent: str | None, messages: Sequence[str]
    ) -> None:
        """Take in that messages were deleted.

        `parent` is the channel of a thread, empty where it is none, and None where it is not known:
        Discord tells the bot of no thread that is archived.
        """
        parent = await self._parent(channel) if parent is None else parent
        await self.desk.deleted(inbound.place_of(guild, channel, parent), messages)

    async def _matters(self, spoken: Spoken) -> bool:
        place = spoken.place
        if await self.desk.hears(place, spoken.id if spoken.version else ""):
            return True
        below = place.in_thread(spoken.reply_to)
        return bool(spoken.reply_to) and not place.thread and await self.desk.hears(below)

    async def _parent(self, channel: str) -> str:
        try:
            found = await self.api.get(f"/channels/{channel}")
        except (ApiError, LostError, TooSoonError):
            return ""
        return str(found.get("parent_id") or "") if found.get("thread_metadata") else ""

    async def joined(self, place: Place, user: str, name: str, at: str) -> None:
        """Take in that somebody came into the server, where something goes on there."""
        who = MemberRef(PLATFORM, place.workspace, user)
        going_on = [
            each.place
            for each in await self.desk.ongoing(PLATFORM)
            if each.place.workspace == place.workspace and not each.place.thread
        ]
        for room in going_on:
            key = f"joined/{user}/{at}/{room.channel}"
            given = Interaction(key, who, room, Joined(), "", name)
            await self._answered(given, await self.desk.handle(given))

    async def renamed(self, place: Place, user: str, name: str, at: str) -> None:
        """Call a member as the server does now. It tells of everybody there, and of much else."""
        who = MemberRef(PLATFORM, place.workspace, user)
        person = await self.desk.person(who)
        if person is not None and name not in ("", person.name):
            key = f"renamed/{user}/{at}"
            await self.desk.handle(Interaction(key, who, place, Renamed(), name=name))

    async def left(self, place: Place, user: str, at: str) -> None:
        """Take in that somebody left the server."""
        who = MemberRef(PLATFORM, place.workspace, user)
        if await self.desk.person(who) is not None:
            await self.desk.handle(Interaction(f"left/{user}/{at}", who, place, Left()))

    async def _answered(self, given: Interaction, answer: Answer) -> None:
        """Answer words directly: others read along in the channel, and nothing there is private."""
        who, place = given.who, given.where
        if isinstance(answer, Nothing) and answer.counts:
            await self._mended(who, place)
        if not isinstance(answer, Reply):
            return
        person = await self.desk.person(who)
        reader = Reader(person.locale, person.zone) if person else Reader()
        here = place.thread or place.channel
        body = render.message(answer.card, reader, guild="" if answer.public else who.workspace)
        once = {"nonce": nonce_of(f"{given.key}/answer"), "enforce_nonce": True}
        try:
            to = here if answer.public else await self.sender.direct_channel(who.user)
            made = await self.api.post(f"/channels/{to}/messages", {**body, **once})
            if answer.unheard:
                await self._mended(who, place)
                self._notes[who, place.channel_itself()] = (to, str(made["id"]))
                while len(self._notes) > _MOST_NOTES:
                    self._notes.popitem(last=False)
        except ApiError:
            await self.sender.nudge(who, reader.locale, reader.zone, here)
        except (LostError, TooSoonError) as error:
            log.info("an answer to words did not arrive: %s", error)

    async def _mended(self, who: MemberRef, place: Place) -> None:
        """Take away what somebody was told of words in a room that did not count."""
        channel, message = self._notes.pop((who, place.channel_itself()), ("", ""))
        if message:
            with contextlib.suppress(ApiError, LostError, TooSoonError):
                await self.api.delete(f"/channels/{channel}/messages/{message}")
