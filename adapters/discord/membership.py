"""Who is in which server, asked of Discord: what somebody does directly only claims to be about one.

The server is named by a button of long ago, by a form half filled in, or by where they were last. They
may have been thrown out since, of which Discord tells the bot nothing without a privileged intent.
"""

import time
from collections.abc import Callable
from dataclasses import field

from adapters.discord.api import Api, ApiError
from adapters.discord.codes import Code
from plnbot.refs import MemberRef
from plnbot.values import dataclass

HOLDS_SECONDS = 300.0
_REMEMBERED = 10_000
_OUT = (Code.UNKNOWN_MEMBER, Code.UNKNOWN_USER)
_WE_ARE_OUT = (Code.UNKNOWN_GUILD, Code.MISSING_ACCESS)


@dataclass(slots=True)
class Membership:
    """Tells whether accounts are in their servers; what was seen holds for five minutes."""

    api: Api
    seconds: Callable[[], float] = time.monotonic
    _seen: dict[MemberRef, float] = field(default_factory=dict)

    def seen(self, who: MemberRef) -> None:
        """Note that somebody is in their server, as Discord just showed."""
        if len(self._seen) >= _REMEMBERED:
            self._seen.clear()
        self._seen[who] = self.seconds()

    def forget(self, who: MemberRef) -> None:
        """Ask anew the next time."""
        self._seen.pop(who, None)

    async def holds(self, who: MemberRef) -> bool | None:
        """Return whether somebody is in their server, or None where the bot itself is not.

        Raises `PlnError` where Discord cannot say.
        """
        if self.seconds() < self._seen.get(who, float("-inf")) + HOLDS_SECONDS:
            return True
        try:
            await self.api.get(f"/guilds/{who.workspace}/members/{who.user}")
        except ApiError as error:
            if error.code in _WE_ARE_OUT:
                return None
            if error.code in _OUT:
                return False
            raise
        self.seen(who)
        return True
