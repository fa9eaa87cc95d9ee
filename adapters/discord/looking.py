"""Who may look into a channel of a server, asked of Discord: its roles and what the channel takes and gives."""

import time
from collections.abc import Callable
from dataclasses import field
from http import HTTPStatus
from typing import Any

from adapters.discord import rights
from adapters.discord.api import Api, ApiError
from adapters.discord.codes import ChannelType, Permission
from adapters.discord.membership import Membership
from plnbot.engine.ports.looking import Look
from plnbot.refs import MemberRef, Place
from plnbot.values import dataclass

HOLDS_SECONDS = 60.0
_REMEMBERED = 2_000


@dataclass(slots=True)
class Looking:
    """Answers `AsksRoom` and `AsksThere`. What is not of one member is asked once a minute."""

    api: Api
    membership: Membership
    seconds: Callable[[], float] = time.monotonic
    _told: dict[str, tuple[float, Any]] = field(default_factory=dict)

    async def room(self, place: Place, user: str) -> Look:
        """Return what Discord says of a channel and of a member."""
        channel = await self._known(f"/channels/{place.channel}")
        guild = await self._known(f"/guilds/{place.workspace}")
        if channel is None or guild is None:
            return Look.OUTSIDE
        if str(channel.get("guild_id", "")) != place.workspace:
            return Look.OUTSIDE
        if channel.get("type") == ChannelType.PRIVATE_THREAD:
            return await self._in_thread(place, user)
        if _reads(channel, guild, {}, ""):
            return Look.EVERYBODY
        if not user:
            return Look.OUTSIDE
        if str(guild.get("owner_id", "")) == user:
            return Look.INSIDE
        member = await self._asked(f"/guilds/{place.workspace}/members/{user}")
        inside = member is not None and _reads(channel, guild, member, user)
        return Look.INSIDE if inside else Look.OUTSIDE

    async def _in_thread(self, place: Place, user: str) -> Look:
        """Return whether a member is in a private thread; its moderators are not asked for."""
        if not user:
            return Look.OUTSIDE
        found = await self._asked(f"/channels/{place.channel}/thread-members/{user}")
        return Look.OUTSIDE if found is None else Look.INSIDE

    async def there(self, who: MemberRef) -> bool:
        """Return whether an account is in its server; where the bot itself is not, Discord never says."""
        return await self.membership.holds(who) is not False

    async def _known(self, path: str) -> Any:
        until, told = self._told.get(path, (float("-inf"), None))
        if self.seconds() < until:
            return told
        told = await self._asked(path)
        if len(self._told) >= _REMEMBERED:
            self._told.clear()
        self._told[path] = (self.seconds() + HOLDS_SECONDS, told)
        return told

    async def _asked(self, path: str) -> Any:
        """Return what is there; None where nothing is, or the bot may not see it."""
        try:
            return await self.api.get(path)
        except ApiError as error:
            if error.status in (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND):
                return None
            raise


def _reads(channel: Any, guild: Any, member: Any, user: str) -> bool:
    wanted = Permission.VIEW_CHANNEL | Permission.READ_HISTORY
    return rights.in_channel(channel, guild, member, user) & wanted == wanted
