"""The connection to Discord: registers what the gateway tells, and nothing is decided here."""

import asyncio
import contextlib
import logging
from collections.abc import Mapping
from datetime import datetime
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
from adapters.discord.client import Client, Options, client_of
from adapters.discord.endings import ConnectError, Pauses, no_such_token, why_ended
from adapters.discord.files import DiscordFiles
from adapters.discord.hearing import Hearing
from adapters.discord.intake import Intake
from adapters.discord.looking import Looking
from adapters.discord.markup import PLATFORM
from adapters.discord.membership import Membership
from adapters.discord.missed import Missed
from adapters.discord.sender import DiscordSender
from adapters.discord.spaces import DiscordSpaces
from plnbot.engine.listening import Listening
from plnbot.engine.ports import Clock, Desk, Sender
from plnbot.refs import Place
from plnbot.store.database import Store

log = logging.getLogger(__name__)

READY_WITHIN = 60.0
AGAIN = 30.0
_FEW_BEGINNINGS = 200
# The library's own pauses grow to seventeen minutes.
discord.client.ExponentialBackoff = Pauses  # type: ignore[attr-defined, assignment]
discord.shard.ExponentialBackoff = Pauses  # type: ignore[attr-defined, assignment]


class DiscordConnection:
    """Discord's `Connection`."""

    def __init__(self, desk: Desk, store: Store, clock: Clock, options: Options) -> None:
        self._options = options
        self._desk = desk
        self._store = store
        self._api = Api(options.api, options.token)
        self._client: Client | None = None
        self._sender = DiscordSender(self._api, store, clock, self, threads=options.threads)
        answering = Answering(self._api, store, clock)
        self.membership = Membership(self._api)
        self.intake = Intake(desk, store, clock, answering, self.membership)
        self.hearing = Hearing(desk, self._api, self._sender, options.content)
        self.gap = Listening(desk.gaps, PLATFORM, clock)
        missed = Missed(self._api, self.hearing, self._may_read, options.members)
        desk.gaps.read_by(PLATFORM, missed.read, missed.people)
        self._clock = clock
        self._lost: dict[str, datetime] = {}
        self.files = DiscordFiles()
        desk.files_in.read_by(PLATFORM, self.files.read)
        self.looking = Looking(self._api, self.membership)
        desk.looks.asked_of(PLATFORM, self.looking.room, self.looking.there)
        me = self._sender.me
        opens = DiscordSpaces(self._api, self.looking.room, me, hears=options.content)
        desk.spaces.opened_by(PLATFORM, opens)
        self._task: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()
        self._stopped = asyncio.Event()
        self._begun = False
        self._up = False
        self._trouble = ""
        self._told = ""
        self._scarce = 0.0
        self._later: asyncio.Task[None] | None = None

    @property
    def sender(self) -> Sender:
        """What posts there."""
        return self._sender

    @property
    def connected(self) -> bool:
        """Whether the gateway is up, and Discord is spoken to."""
        return self._up and not self._api.quiet

    @property
    def trouble(self) -> str:
        """Why Discord was not let in the last time, or is not spoken to; or an empty string."""
        return "Discord refused too much" if self._api.quiet else self._trouble

    async def start(self) -> None:
        """Log in, register the commands, and wait until the servers are known.

        From then on a connection that ends is begun again, until `stop`; so is one that could not be
        begun because Discord was not there. Raises `ConnectError` for what only somebody can mend.
        """
        self._stopped.clear()
        try:
            await self._start()
        except ConnectError as error:
            if error.lasting:
                await self._given_up(error)
                raise
            self._say(error)
            self._later = asyncio.create_task(self._start_later(), name="discord: start later")
            return
        except BaseException as error:
            await self._given_up(error)
            raise
        self._has_begun()

    def _has_begun(self) -> None:
        self._begun = True
        log.info("Discord: connected; %s", self.standing())

    async def _given_up(self, error: BaseException) -> None:
        self._trouble = error.briefly if isinstance(error, ConnectError) else ""
        await self.stop()

    async def _start_later(self) -> None:
        pauses = Pauses()
        while True:
            await self._pause(pauses.delay())
            if self._stopped.is_set():
                return
            try:
                await self._start()
            except ConnectError as error:
                self._say(error)
            else:
                self._has_begun()
                return

    async def _start(self) -> None:
        await self.gap.begins()
        client = await self._logged_in()
        application = str(client.application_id)
        self.intake.answering.application = application
        self._sender.bot = self.hearing.bot = str(client.user.id) if client.user else ""
        await self._register(application)
        self._task = asyncio.create_task(self._keep_listening(client), name="discord")
        await self._wait_until_ready(self._task)

    async def _keep_listening(self, client: Client) -> None:
        """Listen until `stop`. Whatever else ends a connection, another one is begun."""
        pauses = Pauses()
        while True:
            why = await _listened(client)
            if self._stopped.is_set():
                return
            if not self._begun and not self._ready.is_set():
                raise why  # whoever starts it says so
            self._ready.clear()
            new = None
            while new is None:
                self._say(why)
                await self._pause(max(AGAIN if why.lasting else pauses.delay(), self._scarce))
                if self._stopped.is_set():
                    return
                try:
                    new = await self._logged_in()
                except ConnectError as error:
                    why = error
            client = new

    def _say(self, why: ConnectError) -> None:
        """Log why nothing is heard, once for as long as it stays so."""
        self._up, self._trouble = False, why.briefly
        if self._told != why.briefly:
            self._told = why.briefly
            log.error("%s It is tried again.", why)

    async def _pause(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopped.wait()

    async def _logged_in(self) -> Client:
        # The library keeps both addresses in its classes.
        Route.BASE = self._options.api
        try:
            told = await self._api.get("/gateway/bot")
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(self._options.gateway or told["url"])
            self._scarce = _between_beginnings(told.get("session_start_limit") or {})
            if self._client is not None:
                await self._client.close()
            self._client = client_of(self, self._options, int(told["shards"]))
            await self._client.login(self._options.token)
        except (ApiError, discord.LoginFailure) as error:
            raise no_such_token() from error
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
        self._stopped.set()
        if self._later is not None and self._later is not asyncio.current_task():
            self._later.cancel()
        await self.gap.stop()
        if self._client is not None:
            await self._client.close()
        if self._task is not None:
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await asyncio.wait_for(self._task, 5)
        await self.hearing.marking.stop()
        await self._api.close()
        self._up = False
        # It may begin again, and posts meanwhile by what the API knows.
        self._client = self._task = self._later = None
        self._begun = False
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
        await self.gap.over()

    def missed(self) -> None:
        """Look soon for what was told in a way that could not be read, or not be taken in."""
        self.gap.missed()

    async def came_back(self, guild: discord.Guild) -> None:
        """Go on in a server that is there for the first time, or again: read and post what waits."""
        await self.settle(guild)
        if not self._ready.is_set():
            return  # they are told of one after another, and looked at together
        now = self._clock.now()
        since = self._lost.pop(str(guild.id), now)
        await self._desk.gaps.over_in(Place(PLATFORM, str(guild.id), ""), since)
        await self.permits_again(guild)
        await self._desk.there_again(PLATFORM, str(guild.id))

    async def lost(self, guild: discord.Guild) -> None:
        """Note that a server is gone: Discord has lost it for now, or threw the bot out of it."""
        now = self._clock.now()
        self._lost.setdefault(str(guild.id), now)
        await self._desk.gaps.over_in(Place(PLATFORM, str(guild.id), ""), now)

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
        if self._told:
            self._told = ""
            log.info("Discord: connected again")

    def resumed(self) -> None:
        """Note that the gateway is up again; Discord tells all there was to tell, which is looked at."""
        self.gap.hears()
        self.back()

    def gone(self) -> None:
        """Note that the gateway is down; the library connects again by itself."""
        self._up = False
        self.gap.ends()

    async def permits_again(self, guild: discord.Guild | None = None) -> None:
        """Post what channels refused and now allow, in one server or in all."""
        self._sender.permits_again()
        for each in await self._desk.refusing(PLATFORM):
            there = self._guild(each.workspace)
            if there is not None and guild in (None, there) and _may_post(there, each.channel):
                await self._desk.accepts(each)
        await self._read_again(guild)

    async def _read_again(self, guild: discord.Guild | None) -> None:
        """Note which rooms the bot may no longer read, and read those that it may again."""
        closed = set(await self._desk.gaps.closed(PLATFORM))
        going_on = [each.place.channel_itself() for each in await self._desk.ongoing(PLATFORM)]
        for room in dict.fromkeys([*closed, *going_on]):
            mine = guild is None or str(guild.id) == room.workspace
            if mine and self._may_read(room) is (room in closed):
                await self._desk.gaps.over_in(room, self._clock.now())

    def _may_read(self, place: Place) -> bool | None:
        guild, channel = self._guild(place.workspace), place.channel
        found = guild.get_channel(int(channel)) if guild and channel.isdigit() else None
        if guild is None or found is None or guild.me is None:
            return None
        rights = found.permissions_for(guild.me)
        return rights.view_channel and rights.read_message_history

    def saw(self, nonce: str, ref: str) -> None:
        """Note that a message of ours stands."""
        self._sender.saw(nonce, ref)

    async def forget_event(self, guild: str, event: str) -> None:
        """Forget a scheduled event that is no longer there."""
        await self._store.run(lambda tx: kept.forget_event(tx, guild, event))

    def _guild(self, row: str) -> discord.Guild | None:
        known = self._client is not None and row.isdigit()
        return self._client.get_guild(int(row)) if self._client and known else None

    async def _register(self, application: str) -> None:
        try:
            wanted = commands.registered(self.intake.offers, self._desk.own_message())
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
            connecting.result()
            raise why_ended(None)
        if not ready.done():
            ready.cancel()
            log.warning("Discord: the gateway is slow; the bot goes on and connects meanwhile")


async def _listened(client: Client) -> ConnectError:
    """Listen until the library gives the connection up; return why it did."""
    try:
        await client.connect(reconnect=True)
    except Exception as error:  # noqa: BLE001 - a frame may be anything
        return why_ended(error)
    return why_ended(None)


def _between_beginnings(limit: Mapping[str, Any]) -> float:
    """Return how many seconds to leave between new sessions; they are counted by the day."""
    try:
        left, until_more = int(limit["remaining"]), float(limit["reset_after"]) / 1000
    except (KeyError, TypeError, ValueError):
        return 0.0
    return until_more / (left + 1) if left < _FEW_BEGINNINGS else 0.0


def _may_post(guild: discord.Guild, channel: str) -> bool:
    """Return whether the bot may post there, as far as the gateway has told."""
    found = guild.get_channel(int(channel)) if channel.isdigit() else None
    if found is None or guild.me is None:
        return False
    rights = found.permissions_for(guild.me)
    return rights.view_channel and rights.send_messages and rights.embed_links
