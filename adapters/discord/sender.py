"""Posts cards in Discord: channels, threads, forums, direct messages. One try each."""

import contextlib
import hashlib
import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime, timedelta
from typing import Protocol

from adapters.discord import events, render
from adapters.discord import store as kept
from adapters.discord.api import Api, ApiError, LostError, TooSoonError
from adapters.discord.codes import Code
from adapters.discord.markup import PLATFORM, Reader, bare
from adapters.discord.render import Json
from plnbot.engine.ports import Clock, Delivery, Outgoing, Rejected, Retry, Sent, Unknown
from plnbot.errors import Unavailable
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store
from plnbot.talk.words import Sentence, Translate, msg
from plnbot.values import dataclass

log = logging.getLogger(__name__)

THREAD_NAME = 100
DAY = 1440
REMEMBERED = 4096
NUDGE_AGAIN = timedelta(hours=1)
LOOK_BACK = 50
AWAY = timedelta(minutes=1)
OUTSIDE = timedelta(minutes=10)
QUIET_AFTER_REFUSAL = timedelta(minutes=1)
# What says nothing of the channel that a thread hangs in. One that is archived and locked says no more
# than that a right is missing, as one in which the bot may not write does.
_OF_A_THREAD = frozenset(
    {
        Code.UNKNOWN_CHANNEL,
        Code.LOCKED,
        Code.NO_TEXT_CHANNEL,
        Code.ARCHIVED,
        Code.MISSING_ACCESS,
        Code.MISSING_PERMISSION,
    }
)

NUDGE = msg(
    "I have something for you and may not write to you directly. Allow direct messages from this"
    " server in its privacy settings, or type `/pln home` here."
)
_WORDS: Mapping[int, Sentence] = {
    Code.MISSING_ACCESS: msg(
        "I cannot see that channel any more. Give me “View Channel” there, then I go on."
    ),
    Code.MISSING_PERMISSION: msg(
        "I may not write in that channel any more. Give me “Send Messages”, “Send Messages in"
        " Threads” and “Embed Links” there, then I go on."
    ),
    Code.UNKNOWN_CHANNEL: msg("That channel is no longer there."),
    Code.UNKNOWN_MESSAGE: msg("That message was deleted."),
    Code.LOCKED: msg("That thread is locked. Unlock it, then I go on."),
    Code.TOO_LARGE: msg("The file is larger than Discord takes from me."),
}
_OTHER = msg("Discord does not take this message. The log says why.")


class Guilds(Protocol):
    """Which servers the bot is in, as far as the gateway has told."""

    @property
    def told(self) -> bool:
        """Whether it has told anything: a process that does not listen only has the API to ask."""
        ...

    def there(self, guild: str) -> bool:
        """Return whether the bot is a member of this server."""
        ...

    def away(self, guild: str) -> bool:
        """Return whether Discord itself has lost this server for now."""
        ...

    def lobby(self, guild: str) -> str:
        """Return the channel for what everybody may see, or an empty string."""
        ...


@dataclass(slots=True)
class DiscordSender:
    """Discord's `Sender`. `threads` opens a thread below each question."""

    api: Api
    store: Store
    clock: Clock
    guilds: Guilds
    bot: str = ""
    threads: bool = True
    platform: str = PLATFORM
    finds: bool = False
    settles: timedelta = timedelta()
    _stands: OrderedDict[str, str] = field(default_factory=OrderedDict)
    _direct: dict[str, str] = field(default_factory=dict)
    _nudged: dict[MemberRef, datetime] = field(default_factory=dict)
    _refusing: dict[str, tuple[datetime, int]] = field(default_factory=dict)

    async def send(self, outgoing: Outgoing) -> Delivery:
        """Post, edit, or write directly."""
        guild = outgoing.to.workspace
        if self.guilds.away(guild):
            return Retry("the server is away; Discord has an outage", AWAY)
        if self.guilds.told and not self.guilds.there(guild):
            return Retry("the bot is not in this server", OUTSIDE)
        try:
            return await self._deliver(outgoing)
        except TooSoonError as error:
            return Retry(str(error), error.after)
        except LostError as error:
            return Unknown(str(error))
        except ApiError as error:
            return await self._refused(outgoing, error)

    async def find(self, outgoing: Outgoing) -> Sent | Unknown | None:
        """Look where an attempt stands: in what the gateway showed, then in the channel itself."""
        nonce = nonce_of(outgoing.key)
        ref = self._stands.get(nonce)
        if ref is None:
            try:
                ref = await self._looked_up(outgoing, nonce)
            except (TooSoonError, LostError) as error:
                raise Unavailable(str(error)) from error
            except ApiError:
                ref = None
        if ref is None:
            # Discord itself refuses the same nonce for some minutes, so that sending again is safe
            # then; after that nobody can tell.
            return Unknown("no message with this nonce is to be seen")
        if isinstance(outgoing.to, Place):
            try:
                await self._around(outgoing, outgoing.to, ref)
            except (TooSoonError, LostError) as error:
                raise Unavailable(str(error)) from error
        return Sent(ref)

    def saw(self, nonce: str, ref: str) -> None:
        """Note that a message of ours stands, as the gateway shows it."""
        self._stands[nonce] = ref
        while len(self._stands) > REMEMBERED:
            self._stands.popitem(last=False)

    def permits_again(self) -> None:
        """Forget who refused: rights have changed."""
        self._refusing.clear()

    async def me(self) -> str:
        """Return the bot's own number, also where another process listens."""
        if not self.bot:
            self.bot = str((await self.api.get("/users/@me"))["id"])
        return self.bot

    async def direct_channel(self, user: str) -> str:
        """Return the channel for writing to a member directly, opened where needed."""
        if user not in self._direct:
            made = await self.api.post("/users/@me/channels", {"recipient_id": user})
            self._direct[user] = str(made["id"])
        return self._direct[user]

    async def nudge(self, who: MemberRef, locale: str, zone: str, channel: str = "") -> None:
        """Tell a member in a channel, without saying what, that something waits for them.

        At most once an hour, and never what the message holds: others read along.
        """
        now = self.clock.now()
        last = self._nudged.get(who)
        if last is not None and now - last < NUDGE_AGAIN:
            return
        at = channel or await self.store.read(lambda tx: kept.channel_of(tx, who))
        at = at or self.guilds.lobby(who.workspace)
        if not at:
            return
        self._nudged[who] = now
        words = Translate(locale).say(NUDGE)
        once = {"nonce": nonce_of(f"nudge/{who.user}/{now.timestamp()}"), "enforce_nonce": True}
        body = {**render.nudge(who.user, words, Reader(locale, zone)), **once}
        try:
            await self.api.post(f"/channels/{at}/messages", body)
        except (ApiError, TooSoonError, LostError) as error:
            log.info("a nudge was not posted: %s", error)

    async def _deliver(self, outgoing: Outgoing) -> Delivery:
        if isinstance(outgoing.to, MemberRef):
            return await self._write_to(outgoing, outgoing.to)
        return await self._post(outgoing, outgoing.to)

    async def _write_to(self, outgoing: Outgoing, who: MemberRef) -> Delivery:
        body = _body(outgoing, guild=who.workspace)
        try:
            channel = await self.direct_channel(who.user)
            if outgoing.edits:
                await self.api.patch(f"/channels/{channel}/messages/{outgoing.edits}", body)
                return Sent(outgoing.edits)
            made = await self.api.post(f"/channels/{channel}/messages", body, outgoing.file)
        except ApiError as error:
            if error.code != Code.DM_CLOSED:
                raise
            await self.nudge(who, outgoing.locale, outgoing.zone)
            return Sent("")
        ref = str(made["id"])
        self.saw(nonce_of(outgoing.key), ref)
        return Sent(ref)

    async def _post(self, outgoing: Outgoing, place: Place) -> Delivery:
        if not outgoing.again and (code := self._refuses(place.channel)):
            return Rejected(_said(outgoing, code))
        if outgoing.edits:
            return await self._edit(outgoing, place)
        made = await self._posted(outgoing, place)
        ref = str(made["id"])
        self.saw(nonce_of(outgoing.key), ref)
        # What a forum made is a thread already.
        await self._around(outgoing, place, ref, threaded="parent_id" in made)
        return Sent(ref)

    async def _posted(self, outgoing: Outgoing, place: Place) -> Json:
        body = _body(outgoing)
        if place.thread and self.threads and not self._refuses(place.thread):
            try:
                return await self._in_thread(place.thread, body, outgoing)
            except ApiError as error:
                # Not opened, deleted, locked, or closed to us: below its question in the channel.
                if error.code not in _OF_A_THREAD:
                    raise
                self._note_refusal(place.thread, error.code)
        if place.thread:
            below = {"message_id": place.thread, "fail_if_not_exists": False}
            body = {**body, "message_reference": below}
        try:
            made: Json = await self._in_thread(place.channel, body, outgoing)
        except ApiError as error:
            if error.code != Code.NO_TEXT_CHANNEL:
                raise
            return await self._in_forum(place, outgoing)
        return made

    async def _in_thread(self, thread: str, body: Json, outgoing: Outgoing) -> Json:
        try:
            made: Json = await self.api.post(f"/channels/{thread}/messages", body, outgoing.file)
        except ApiError as error:
            if error.code != Code.ARCHIVED:
                raise
            await self.api.patch(f"/channels/{thread}", {"archived": False})
            made = await self.api.post(f"/channels/{thread}/messages", body, outgoing.file)
        return made

    async def _in_forum(self, place: Place, outgoing: Outgoing) -> Json:
        """Make a post of its own in a forum; its first message has the number of the post."""
        body = {
            name: value
            for name, value in _body(outgoing).items()
            if name not in ("nonce", "enforce_nonce")
        }
        named = {"name": _thread_name(outgoing), "message": body, "auto_archive_duration": DAY}
        made: Json = await self.api.post(f"/channels/{place.channel}/threads", named)
        return made

    async def _edit(self, outgoing: Outgoing, place: Place) -> Delivery:
        body = _body(outgoing)
        last: ApiError | None = None
        thread = place.thread if self.threads else ""
        for channel in filter(None, dict.fromkeys((thread, place.channel, outgoing.edits))):
            path = f"/channels/{channel}/messages/{outgoing.edits}"
            try:
                await self._changed(path, channel, body)
            except ApiError as error:
                # It may stand in the thread, in the channel below its question, or as a forum post.
                elsewhere = _OF_A_THREAD if channel == thread else {Code.UNKNOWN_CHANNEL}
                if error.code not in {Code.UNKNOWN_MESSAGE, *elsewhere}:
                    raise
                last = last or error
            else:
                await self._around(outgoing, place, outgoing.edits, threaded=True)
                return Sent(outgoing.edits)
        return Rejected(_said(outgoing, last.code if last else 0))

    async def _changed(self, path: str, channel: str, body: Json) -> None:
        try:
            await self.api.patch(path, body)
        except ApiError as error:
            if error.code != Code.ARCHIVED:
                raise
            await self.api.patch(f"/channels/{channel}", {"archived": False})
            await self.api.patch(path, body)

    async def _around(
        self, outgoing: Outgoing, place: Place, ref: str, *, threaded: bool = False
    ) -> None:
        """Open the thread of a post and enter it into the server's calendar, where that may be."""
        if outgoing.thread and self.threads and not threaded and not place.thread:
            await self._open_thread(outgoing, place, ref)
        if outgoing.happening is not None:
            await events.enter(self.api, self.store, outgoing, outgoing.happening, place)

    async def _open_thread(self, outgoing: Outgoing, place: Place, ref: str) -> None:
        path = f"/channels/{place.channel}/messages/{ref}/threads"
        named = {"name": _thread_name(outgoing), "auto_archive_duration": DAY}
        try:
            await self.api.post(path, named)
        except ApiError as error:
            # The question stands, and answers count in the channel too.
            if error.code != Code.HAS_THREAD:
                log.warning("no thread was opened: %s", error)

    async def _is_outside(self, guild: str) -> bool:
        try:
            await self.api.get(f"/guilds/{guild}")
        except (TooSoonError, LostError):
            return False
        except ApiError:
            return True
        return False

    async def _looked_up(self, outgoing: Outgoing, nonce: str) -> str | None:
        await self.me()
        match outgoing.to:
            case MemberRef(user=user):
                return await self._found_in(await self.direct_channel(user), nonce)
            case Place(channel=channel, thread=thread) if thread and self.threads:
                # What a thread refused stands in its channel.
                with contextlib.suppress(ApiError):
                    if found := await self._found_in(thread, nonce):
                        return found
                return await self._found_in(channel, nonce)
            case Place(channel=channel):
                return await self._found_in(channel, nonce)

    async def _found_in(self, channel: str, nonce: str) -> str | None:
        found = await self.api.get(f"/channels/{channel}/messages", limit=LOOK_BACK)
        ours = (
            str(each["id"])
            for each in found or ()
            if str(each.get("nonce", "")) == nonce and each["author"]["id"] == self.bot
        )
        return next(ours, None)

    async def _refused(self, outgoing: Outgoing, error: ApiError) -> Delivery:
        if not self.guilds.told and await self._is_outside(outgoing.to.workspace):
            return Retry("the bot is not in this server", OUTSIDE)
        return self._rejected(outgoing, error)

    def _rejected(self, outgoing: Outgoing, error: ApiError) -> Delivery:
        log.warning("%s", error)
        if isinstance(outgoing.to, Place) and error.code in (
            Code.MISSING_ACCESS,
            Code.MISSING_PERMISSION,
        ):
            self._note_refusal(outgoing.to.channel, error.code)
        return Rejected(_said(outgoing, error.code))

    def _note_refusal(self, channel: str, code: int) -> None:
        """Leave a channel, or a thread, alone for a while: Discord counts what it refuses."""
        self._refusing[channel] = (self.clock.now() + QUIET_AFTER_REFUSAL, code)

    def _refuses(self, channel: str) -> int:
        """Return with which code a channel, or a thread, refused just now; or 0."""
        until, code = self._refusing.get(channel, (None, 0))
        return code if until is not None and self.clock.now() < until else 0


def nonce_of(key: str) -> str:
    """Return what Discord tells two attempts of one post by: 25 characters of its key."""
    return hashlib.sha256(key.encode()).hexdigest()[:25]


def _body(outgoing: Outgoing, *, guild: str = "") -> Json:
    reader = Reader(outgoing.locale, outgoing.zone)
    body = render.message(outgoing.card, reader, guild=guild)
    if outgoing.edits:
        return body
    return {**body, "nonce": nonce_of(outgoing.key), "enforce_nonce": True}


def _thread_name(outgoing: Outgoing) -> str:
    reader = Reader(outgoing.locale, outgoing.zone)
    return bare(outgoing.card.title, reader, THREAD_NAME) if not outgoing.thread else (
        outgoing.thread[:THREAD_NAME]
    )  # fmt: skip


def _said(outgoing: Outgoing, code: int) -> str:
    return Translate(outgoing.locale).say(_WORDS.get(code, _OTHER)).bare()
