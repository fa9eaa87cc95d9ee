"""The connection to Discord: registers what the gateway tells, and nothing is decided here."""

import asyncio
import contextlib
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord import commands
from adapters.discord import store as kept
from adapters.discord.answering import Answering
from adapters.discord.api import Api, ApiError, LostError, TooSoonError
from adapters.discord.codes import Event
from adapters.discord.hearing import Hearing, Spoken
from adapters.discord.inbound import Incoming, place_of
from adapters.discord.intake import Intake
from adapters.discord.markup import PLATFORM
from adapters.discord.membership import Membership
from adapters.discord.sender import DiscordSender
from plnbot.engine.ports import Clock, Desk, Sender
from plnbot.errors import PlnError
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store

log = logging.getLogger(__name__)

READY_WITHIN = 60.0
_FILE = "PLNBOT_DISCORD_"
_MEMBER_CHANGED = "GUILD_MEMBER_UPDATE"
_NO_SUCH_TOKEN = (
    "Discord does not know this token. Copy it again from the developer portal (Bot, Reset Token)"
    f" into {_FILE}TOKEN."
)


class ConnectError(PlnError):
    """Discord cannot be used; the words say what to mend, `briefly` what is wrong."""

    def __init__(self, words: str, briefly: str) -> None:
        super().__init__(words)
        self.briefly = briefly


@dataclass(frozen=True, slots=True)
class Options:
    """How to connect. `gateway` is asked of the API where it is empty.

    `content` and `members` are Discord's two privileged intents; `patience` is how many seconds the
    first servers may take to be told.
    """

    token: str
    api: str = "https://discord.com/api/v10"
    gateway: str = ""
    content: bool = False
    members: bool = False
    threads: bool = True
    patience: float = 2.0


class DiscordConnection:
    """Discord's `Connection`."""

    def __init__(self, desk: Desk, store: Store, clock: Clock, options: Options) -> None:
        self._options = options
        self._desk = desk
        self._store = store
        self._api = Api(options.api, options.token)
        self._client: _Hears | None = None
        self._sender = DiscordSender(self._api, store, clock, self, threads=options.threads)
        answering = Answering(self._api, store, clock)
        self.membership = Membership(self._api)
        self.intake = Intake(desk, store, clock, answering, self.membership)
        self.hearing = Hearing(desk, self._api, self._sender, options.content)
        self._task: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()
        self._up = False
        self._trouble = ""

    @property
    def sender(self) -> Sender:
        """What posts there."""
        return self._sender

    @property
    def connected(self) -> bool:
        """Whether the gateway is up."""
        return self._up

    @property
    def trouble(self) -> str:
        """Why Discord was not let in the last time, or an empty string."""
        return self._trouble

    async def start(self) -> None:
        """Log in, register the commands, and wait until the servers are known."""
        try:
            await self._start()
        except BaseException as error:
            self._trouble = error.briefly if isinstance(error, ConnectError) else ""
            await self.stop()
            raise
        log.info("Discord: connected; %s", self.standing())

    async def _start(self) -> None:
        client = await self._logged_in()
        application = str(client.application_id)
        self.intake.answering.application = application
        self._sender.bot = self.hearing.bot = str(client.user.id) if client.user else ""
        await self._register(application)
        self._task = asyncio.create_task(client.connect(reconnect=True), name="discord")
        self._task.add_done_callback(self._ended)
        await self._wait_until_ready(self._task)

    async def _logged_in(self) -> "_Hears":
        # The library keeps both addresses in its classes.
        Route.BASE = self._options.api
        try:
            told = await self._api.get("/gateway/bot")
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(self._options.gateway or told["url"])
            self._client = _client(self, self._options, int(told["shards"]))
            await self._client.login(self._options.token)
        except (ApiError, discord.LoginFailure) as error:
            raise ConnectError(_NO_SUCH_TOKEN, "its token is refused") from error
        except (
            LostError,
            TooSoonError,
            discord.HTTPException,
            aiohttp.ClientError,
            OSError,
        ) as error:
            raise ConnectError(
                f"Discord cannot be reached at {self._options.api}: {type(error).__name__}. Check"
                " the connection of this machine, then start again.",
                "it cannot be reached",
            ) from error
        return self._client

    async def stop(self) -> None:
        """Close the gateway, then the rest."""
        if self._client is not None:
            await self._client.close()
        if self._task is not None:
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await asyncio.wait_for(self._task, 5)
        await self._api.close()
        self._up = False
        # It may begin again, and posts meanwhile by what the API knows.
        self._client = self._task = None
        self._ready.clear()

    @property
    def told(self) -> bool:
        """Whether the gateway has told of the servers."""
        return self._ready.is_set()

    def there(self, guild: str) -> bool:
        """Return whether the bot is a member of this server."""
        return self._guild(guild) is not None

    def away(self, guild: str) -> bool:
        """Return whether Discord has lost this server for now."""
        found = self._guild(guild)
        return found is not None and found.unavailable

    def lobby(self, guild: str) -> str:
        """Return the channel for what everybody may see, or an empty string."""
        found = self._guild(guild)
        channel = found.system_channel if found else None
        return str(channel.id) if channel else ""

    def standing(self) -> str:
        """Return, in words, which of the two ways of listening the bot has."""
        if self._options.content:
            return "it reads all messages, so answers typed freely count"
        return "it reads no messages but mentions; answers come through buttons, menus and mentions"

    async def ready(self) -> None:
        """Know the servers, and hear what was missed in live chats."""
        for guild in self._client.guilds if self._client else ():
            await self.settle(guild)
        self.back()
        self._ready.set()
        await self.permits_again()
        heard = await self.hearing.catch_up()
        if heard:
            log.info("Discord: %d messages were looked through after a gap", heard)

    async def settle(self, guild: discord.Guild) -> None:
        """Let a server belong to a network: the operator's own where only they can have invited us."""
        name, ours = (
            guild.name or str(guild.id),
            self._client is not None and self._client.ours(guild),
        )
        await self._desk.settle(PLATFORM, str(guild.id), name, joins=ours)

    def back(self) -> None:
        """Note that the gateway is up."""
        self._up = True
        self._trouble = ""

    def gone(self) -> None:
        """Note that the gateway is down; the library connects again by itself."""
        self._up = False

    async def permits_again(self, guild: discord.Guild | None = None) -> None:
        """Post what channels refused and now allow, in one server or in all."""
        self._sender.permits_again()
        for each in await self._desk.refusing(PLATFORM):
            there = self._guild(each.workspace)
            if there is not None and guild in (None, there) and _may_post(there, each.channel):
                await self._desk.accepts(each)

    def saw(self, nonce: str, ref: str) -> None:
        """Note that a message of ours stands."""
        self._sender.saw(nonce, ref)

    async def forget_event(self, guild: str, event: str) -> None:
        """Forget a scheduled event that is no longer there."""
        await self._store.run(lambda tx: kept.forget_event(tx, guild, event))

    def _ended(self, connecting: asyncio.Task[None]) -> None:
        """Note why the library gave the connection up: then it does not try again."""
        error = None if connecting.cancelled() else connecting.exception()
        if error is not None:
            why = _why(error)
            self._up, self._trouble = False, why.briefly
            if self._ready.is_set():  # before, whoever starts it says so
                log.error("%s", why)

    def _guild(self, row: str) -> discord.Guild | None:
        known = self._client is not None and row.isdigit()
        return self._client.get_guild(int(row)) if self._client and known else None

    async def _register(self, application: str) -> None:
        try:
            wanted = commands.registered(self.intake.offers)
            await self._api.put(f"/applications/{application}/commands", wanted)
        except (ApiError, LostError, TooSoonError) as error:
            # Those of the last start still stand; a chat is not to wait for a menu.
            log.warning("Discord: commands were not registered: %s", error)

    async def _wait_until_ready(self, connecting: asyncio.Task[None]) -> None:
        ready = asyncio.create_task(self._ready.wait())
        await asyncio.wait(
            {ready, connecting}, timeout=READY_WITHIN, return_when=asyncio.FIRST_COMPLETED
        )
        if connecting.done():
            ready.cancel()
            raise _why(connecting.exception())
        if not ready.done():
            ready.cancel()
            log.warning("Discord: the gateway is slow; the bot goes on and connects meanwhile")


def _why(error: BaseException | None) -> ConnectError:
    match error:
        case discord.PrivilegedIntentsRequired():
            return ConnectError(
                "Discord refuses an intent. Switch it on in the developer portal (Bot, Privileged"
                f" Gateway Intents), or set {_FILE}MESSAGE_CONTENT=off and {_FILE}MEMBERS=off.",
                "an intent is refused",
            )
        case discord.ConnectionClosed(code=4004):
            return ConnectError(_NO_SUCH_TOKEN, "its token is refused")
        case _:
            return ConnectError(
                f"Discord ended the connection: {type(error).__name__}.",
                "the connection was ended",
            )


# It has no voice, and need not say so at each start.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


def _client(owner: DiscordConnection, options: Options, shards: int) -> "_Hears":
    """Return a client with as many connections as Discord asks for."""
    if shards > 1:
        return _Shards(owner, options, shard_count=shards)
    return _Hears(owner, options)


class _Hears(discord.Client):
    """The library's client: hears, and says what it heard in our words."""

    def __init__(self, owner: DiscordConnection, options: Options, **more: Any) -> None:
        intents = discord.Intents.none()
        intents.guilds = True
        intents.guild_messages = True
        intents.dm_messages = True
        intents.guild_scheduled_events = True
        intents.message_content = options.content
        intents.members = options.members
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            guild_ready_timeout=options.patience,
            max_ratelimit_timeout=30.0,
            enable_debug_events=options.members,
            **more,
        )
        self._owner = owner

    def ours(self, guild: discord.Guild) -> bool:
        """Return whether a server is the operator's own, as far as Discord tells.

        A bot that is not public is invited by who made its application and by nobody else.
        """
        made = self.application
        if made is None:
            return False
        makers = [each.id for each in made.team.members] if made.team else [made.owner.id]
        return not made.bot_public or guild.owner_id in makers

    async def on_ready(self) -> None:
        """Run also after a refused resume."""
        await _kept_going(self._owner.ready)

    async def on_resumed(self) -> None:
        """Go on: nothing was missed."""
        self._owner.back()

    async def on_disconnect(self) -> None:
        """Note the gap."""
        self._owner.gone()

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Connect a server, for the first time or again."""
        await _kept_going(lambda: self._owner.settle(guild))

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Connect a server that Discord had lost for a while."""
        await _kept_going(lambda: self._owner.settle(guild))

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Take an interaction in."""
        if interaction.type is not discord.InteractionType.ping:
            await _kept_going(lambda: self._owner.intake.take(incoming(interaction)))

    async def on_message(self, message: discord.Message) -> None:
        """Hear what was written; of what we wrote ourselves, note that it stands."""
        if self.user is not None and message.author.id == self.user.id:
            if message.nonce is not None:
                self._owner.saw(str(message.nonce), str(message.id))
            return
        spoken = _spoken(message)
        if spoken is not None:
            await _kept_going(lambda: self._owner.hearing.hear(spoken))

    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        """Hear what was changed."""
        spoken = _spoken(event.message, str(event.data.get("edited_timestamp") or ""))
        if spoken is not None and spoken.version:
            await _kept_going(lambda: self._owner.hearing.hear(spoken))

    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """Take back what was deleted."""
        await self._gone(event.guild_id, event.channel_id, (event.message_id,))

    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """Take back what was deleted all at once."""
        await self._gone(event.guild_id, event.channel_id, sorted(event.message_ids))

    async def _gone(self, guild: int | None, channel: int, messages: Sequence[int]) -> None:
        there = self.get_guild(guild) if guild is not None else None
        if there is None:
            return
        parent: str | None = None
        match there.get_channel_or_thread(channel):
            case discord.Thread(parent_id=above):
                parent = str(above)
            case discord.abc.GuildChannel():
                parent = ""
        rows = [str(each) for each in messages]
        await _kept_going(lambda: self._owner.hearing.gone(str(guild), str(channel), parent, rows))

    async def on_member_join(self, member: discord.Member) -> None:
        """Take in who came."""
        if member.bot:
            return
        channel = member.guild.system_channel
        place = Place(PLATFORM, str(member.guild.id), str(channel.id) if channel else "")
        at = member.joined_at.isoformat() if member.joined_at else ""
        await _kept_going(
            lambda: self._owner.hearing.joined(place, str(member.id), member.display_name, at)
        )

    async def on_raw_member_remove(self, event: discord.RawMemberRemoveEvent) -> None:
        """Take in who left."""
        place = Place(PLATFORM, str(event.guild_id), "")
        self._owner.membership.forget(MemberRef(PLATFORM, place.workspace, str(event.user.id)))
        at = discord.utils.utcnow().isoformat(timespec="seconds")
        await _kept_going(lambda: self._owner.hearing.left(place, str(event.user.id), at))

    async def on_socket_raw_receive(self, told: str) -> None:
        """Hear of changed members: of those whom the library does not keep it says nothing."""
        if _MEMBER_CHANGED not in told:
            return
        event = json.loads(told)
        if event.get("t") == _MEMBER_CHANGED:
            data = event["d"]
            user, place = data["user"], Place(PLATFORM, str(data["guild_id"]), "")
            name = data.get("nick") or user.get("global_name") or user["username"]
            at = discord.utils.utcnow().isoformat()
            await _kept_going(
                lambda: self._owner.hearing.renamed(place, str(user["id"]), str(name), at)
            )

    async def on_guild_channel_update(
        self, _before: object, after: discord.abc.GuildChannel
    ) -> None:
        """Rights of a channel may have changed."""
        await _kept_going(lambda: self._owner.permits_again(after.guild))

    async def on_guild_role_update(self, _before: object, after: discord.Role) -> None:
        """Rights of a role may have changed."""
        await _kept_going(lambda: self._owner.permits_again(after.guild))

    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """Let be what the role denied: it is denied no more."""
        await _kept_going(lambda: self._owner.permits_again(role.guild))

    async def on_member_update(self, _before: discord.Member, after: discord.Member) -> None:
        """Somebody's roles may have changed: ours count."""
        if self.user is not None and after.id == self.user.id:
            await _kept_going(lambda: self._owner.permits_again(after.guild))

    async def on_scheduled_event_delete(self, event: discord.ScheduledEvent) -> None:
        """Forget an event that somebody deleted, so that it is not missed."""
        await _kept_going(lambda: self._owner.forget_event(str(event.guild_id), str(event.id)))


class _Shards(_Hears, discord.AutoShardedClient):
    """The same over several connections, for thousands of servers."""


async def _kept_going(doing: Callable[[], Awaitable[object]]) -> None:
    """Do it; what fails reaches the log and nobody's connection."""
    try:
        await doing()
    except PlnError as error:
        log.warning("Discord: %s", error)
    except Exception:
        log.exception("an event of Discord failed")


def _may_post(guild: discord.Guild, channel: str) -> bool:
    """Return whether the bot may post there, as far as the gateway has told."""
    found = guild.get_channel(int(channel)) if channel.isdigit() else None
    if found is None or guild.me is None:
        return False
    rights = found.permissions_for(guild.me)
    return rights.view_channel and rights.send_messages and rights.embed_links


def incoming(given: discord.Interaction) -> Incoming:
    """Return an interaction of the library as plain values."""
    guild = given.guild
    channel = given.channel
    parent = getattr(channel, "parent_id", None)
    message = given.message
    labels: dict[str, str] = {}
    footer = ""
    if message is not None and given.type is discord.InteractionType.component:
        footer = "\n".join(each.footer.text or "" for each in message.embeds)
        labels = {
            part.custom_id: part.label or ""
            for row in message.components
            if isinstance(row, discord.ActionRow)
            for part in row.children
            if isinstance(part, discord.Button) and part.custom_id
        }
    return Incoming(
        str(given.id),
        given.token,
        Event(given.type.value),
        dict(given.data or {}),
        str(given.user.id),
        given.user.display_name,
        str(given.guild_id or ""),
        str(given.channel_id or ""),
        str(parent or ""),
        str(given.locale.value),
        given.permissions.value if given.guild_id else 0,
        guild is not None and guild.owner_id == given.user.id,
        footer,
        labels,
    )


def _spoken(message: discord.Message, version: str = "") -> Spoken | None:
    """Return a member's message, or None for everything else."""
    plain = message.type in (discord.MessageType.default, discord.MessageType.reply)
    if message.guild is None or message.author.bot or message.webhook_id or not plain:
        return None
    author = message.author
    leads = message.guild.owner_id == author.id
    place = _place(message.guild, message.channel)
    words = message.content
    name, handle = author.display_name, author.display_name
    if not isinstance(author, discord.Member):
        name = ""  # an edit may tell nothing of the server's own name for them
    return Spoken(str(message.id), place, str(author.id), name, words, version, leads, handle)


def _place(guild: discord.Guild, channel: Any) -> Place:
    parent = getattr(channel, "parent_id", None) if isinstance(channel, discord.Thread) else None
    return place_of(str(guild.id), str(channel.id), str(parent or ""))
