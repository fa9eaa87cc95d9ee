"""The library's client: hears what the gateway tells, and says it in our words."""

import json
import logging
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

import discord

from adapters.discord.codes import Event
from adapters.discord.hearing import Hearing, Spoken
from adapters.discord.inbound import Incoming, place_of
from adapters.discord.intake import Intake
from adapters.discord.markup import PLATFORM
from adapters.discord.membership import Membership
from adapters.discord.said import Called
from adapters.discord.unread import Unread
from plnbot.errors import PlnError
from plnbot.refs import MemberRef, Place
from plnbot.values import dataclass

log = logging.getLogger(__name__)

_MEMBER_CHANGED = "GUILD_MEMBER_UPDATE"


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


class Owner(Protocol):
    """Whom the client tells what it hears."""

    membership: Membership
    intake: Intake
    hearing: Hearing

    async def ready(self) -> None:
        """Know the servers, and hear what was missed in live chats."""

    async def permits_again(self, guild: discord.Guild | None = None) -> None:
        """Post what channels refused and now allow, in one server or in all."""

    async def forget_event(self, guild: str, event: str) -> None:
        """Forget a scheduled event that is no longer there."""

    async def came_back(self, guild: discord.Guild) -> None:
        """Go on in a server that is there for the first time, or again."""

    async def lost(self, guild: discord.Guild) -> None:
        """Note that a server is gone, for now or for good."""

    def missed(self) -> None:
        """Look soon for what was told and could not be read, or not be taken in."""

    def back(self) -> None:
        """Note that the gateway is up."""

    def resumed(self) -> None:
        """Note that the gateway is up again, and that nothing was missed."""

    def gone(self) -> None:
        """Note that the gateway is down."""

    def saw(self, nonce: str, ref: str) -> None:
        """Note that a message of ours stands."""


# It has no voice, and need not say so at each start.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


def client_of(owner: Owner, options: Options, shards: int) -> "Client":
    """Return a client with as many connections as Discord asks for."""
    if shards > 1:
        return Shards(owner, options, shard_count=shards)
    return Client(owner, options)


class Client(discord.Client):
    """The library's client, which tells its owner what it heard."""

    def __init__(self, owner: Owner, options: Options, **more: Any) -> None:
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
        self._unread = Unread(owner.missed)
        self._unread.guard(self._connection.parsers)

    def ours(self, guild: discord.Guild) -> bool:
        """Return whether a server is the operator's own, as far as Discord tells.

        A bot that is not public is invited by who made its application and by nobody else.
        """
        made = self.application
        if made is None:
            return False
        makers = [each.id for each in made.team.members] if made.team else [made.owner.id]
        return not made.bot_public or guild.owner_id in makers

    async def on_error(self, event_method: str, /, *_args: Any, **_more: Any) -> None:
        """Pass over what was read and yet is not as Discord describes it."""
        error = sys.exception() or Exception()
        self._unread.skipped(event_method.removeprefix("on_").upper(), error)

    async def on_ready(self) -> None:
        """Run also after a refused resume."""
        await _kept_going(self._owner.ready)

    async def on_resumed(self) -> None:
        """Go on: nothing was missed."""
        self._owner.resumed()

    async def on_disconnect(self) -> None:
        """Note the gap."""
        self._owner.gone()

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Connect a server, for the first time or again."""
        await _kept_going(lambda: self._owner.came_back(guild))

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Connect a server that Discord had lost for a while."""
        await _kept_going(lambda: self._owner.came_back(guild))

    async def on_guild_unavailable(self, guild: discord.Guild) -> None:
        """Note that Discord has lost a server for now."""
        await _kept_going(lambda: self._owner.lost(guild))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note that the bot was thrown out."""
        await _kept_going(lambda: self._owner.lost(guild))

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Take an interaction in."""
        if interaction.type is not discord.InteractionType.ping:
            given = incoming(interaction)
            await _kept_going(lambda: self._owner.intake.take(given))

    async def on_message(self, message: discord.Message) -> None:
        """Hear what was written; of what we wrote ourselves, note that it stands."""
        if self.user is not None and message.author.id == self.user.id:
            if message.nonce is not None:
                self._owner.saw(str(message.nonce), str(message.id))
            return
        spoken = _spoken(message)
        if spoken is not None:
            await self._taken_in(lambda: self._heard(spoken))

    async def _heard(self, spoken: Spoken) -> None:
        hearing = self._owner.hearing
        await (hearing.hear_directly(spoken) if spoken.directly else hearing.hear(spoken))

    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        """Hear what was changed."""
        spoken = _spoken(event.message, str(event.data.get("edited_timestamp") or ""))
        if spoken is not None and spoken.version:
            await self._taken_in(lambda: self._heard(spoken))

    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """Take back what was deleted."""
        await self._gone(event.guild_id, event.channel_id, (event.message_id,))

    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """Take back what was deleted all at once."""
        await self._gone(event.guild_id, event.channel_id, sorted(event.message_ids))

    async def _gone(self, guild: int | None, channel: int, messages: Sequence[int]) -> None:
        rows = [str(each) for each in messages]
        if guild is None:
            hearing = self._owner.hearing
            await self._taken_in(lambda: hearing.gone_directly(str(channel), rows))
            return
        there = self.get_guild(guild)
        if there is None:
            return
        parent: str | None = None
        match there.get_channel_or_thread(channel):
            case discord.Thread(parent_id=above):
                parent = str(above)
            case discord.abc.GuildChannel():
                parent = ""
        await self._taken_in(
            lambda: self._owner.hearing.gone(str(guild), str(channel), parent, rows)
        )

    async def _taken_in(self, doing: Callable[[], Awaitable[object]]) -> None:
        """Take in what Discord tells only once: where that fails, it is looked for afterwards."""
        if not await _kept_going(doing):
            self._owner.missed()

    async def on_member_join(self, member: discord.Member) -> None:
        """Take in who came."""
        if member.bot:
            return
        channel = member.guild.system_channel
        place = Place(PLATFORM, str(member.guild.id), str(channel.id) if channel else "")
        at = member.joined_at.isoformat() if member.joined_at else ""
        await self._taken_in(
            lambda: self._owner.hearing.joined(place, str(member.id), member.display_name, at)
        )

    async def on_raw_member_remove(self, event: discord.RawMemberRemoveEvent) -> None:
        """Take in who left."""
        place = Place(PLATFORM, str(event.guild_id), "")
        self._owner.membership.forget(MemberRef(PLATFORM, place.workspace, str(event.user.id)))
        at = discord.utils.utcnow().isoformat(timespec="seconds")
        await self._taken_in(lambda: self._owner.hearing.left(place, str(event.user.id), at))

    async def on_socket_raw_receive(self, told: str) -> None:
        """Hear of changed members: of those whom the library does not keep it says nothing."""
        if _MEMBER_CHANGED not in told:
            return
        event = json.loads(told)
        if event.get("t") == _MEMBER_CHANGED:
            data = event["d"]
            user, place = data["user"], Place(PLATFORM, str(data["guild_id"]), "")
            number = str(user["id"])
            name = str(data.get("nick") or user.get("global_name") or user["username"])
            at = discord.utils.utcnow().isoformat()
            await self._taken_in(lambda: self._owner.hearing.renamed(place, number, name, at))

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


class Shards(Client, discord.AutoShardedClient):
    """The same over several connections, for thousands of servers."""


async def _kept_going(doing: Callable[[], Awaitable[object]]) -> bool:
    """Do it, and return whether that went well; what fails reaches the log and nobody's connection."""
    try:
        await doing()
    except PlnError as error:
        log.warning("Discord: %s", error)
        return False
    except Exception:
        log.exception("an event of Discord failed")
        return False
    return True


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
    if message.author.bot or message.webhook_id or not plain:
        return None
    author, guild = message.author, message.guild
    directly = guild is None
    leads = guild is not None and guild.owner_id == author.id
    if guild is None and not isinstance(
        message.channel, discord.DMChannel | discord.PartialMessageable
    ):
        return None
    place = (
        Place(PLATFORM, "", str(message.channel.id))
        if guild is None
        else _place(guild, message.channel)
    )
    words = str(message.content or "")
    name, handle = author.display_name, author.display_name
    if not isinstance(author, discord.Member):
        name = ""  # an edit may tell nothing of the server's own name for them
    above = message.reference if message.type is discord.MessageType.reply else None
    reply_to = str(above.message_id or "") if above is not None else ""
    number, user = str(message.id), str(author.id)
    called = Called(
        {str(each.id): each.display_name for each in message.mentions},
        {str(each.id): each.name for each in message.role_mentions},
        {str(each.id): each.name for each in message.channel_mentions if hasattr(each, "name")},
    )
    return Spoken(
        number, place, user, name, words, version, leads, handle, reply_to, called, directly
    )


def _place(guild: discord.Guild, channel: Any) -> Place:
    parent = getattr(channel, "parent_id", None) if isinstance(channel, discord.Thread) else None
    return place_of(str(guild.id), str(channel.id), str(parent or ""))
