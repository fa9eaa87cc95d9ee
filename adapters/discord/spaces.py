"""Places for a few in Discord: a private thread in a room that was named, direct messages for one who asked.

A thread has no key of its own, so its name ends in something of ours: one whose making had no answer is
found by it among those that are active. A thread is a place by its own number and never by its parent's:
what it does not take must not fall into the room above, where others read.
"""

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any

from adapters.discord.api import Api, ApiError, LostError, TooSoonError
from adapters.discord.codes import ChannelType, Code
from adapters.discord.markup import PLATFORM, cut
from plnbot.engine.ports.looking import AsksRoom, Look
from plnbot.engine.ports.spaces import Alone, NotOpened, Opened, SeenBy, Together
from plnbot.errors import Unavailable
from plnbot.refs import MemberRef, Place
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass

WEEK = 10_080
"""Minutes of silence after which Discord puts a thread away; a message brings it back."""
_LONGEST_NAME, _TAIL = 100, 4
NO_ROOM = msg("No room in Discord was named in which a private thread could hang.")
NOT_ALL_SEE = msg(
    "Not all of them may look into the Discord channel in which the thread would hang."
)
NOT_ASKED = msg("In Discord I write directly only to people who asked me to.")
_WORDS = {
    Code.MISSING_ACCESS: msg("I cannot see the Discord channel in which the thread would hang."),
    Code.MISSING_PERMISSION: msg(
        "I may not make private threads in that Discord channel: I need “Create Private Threads” and"
        " “Send Messages in Threads” there."
    ),
    Code.UNKNOWN_CHANNEL: msg("The Discord channel in which the thread would hang is gone."),
    Code.MOST_THREADS: msg("That Discord server has as many active threads as it may have."),
    Code.DM_CLOSED: msg("They do not let me write to them directly in Discord."),
    Code.NO_COMMON_SERVER: msg("They are in no Discord server any more that I am in."),
    Code.UNKNOWN_MEMBER: msg("Somebody is not in that Discord server any more."),
    Code.UNKNOWN_USER: msg("Somebody is not in that Discord server any more."),
}
_OTHER = msg("Discord does not make that place. The log says why.")


@dataclass(frozen=True, slots=True)
class DiscordSpaces:
    """Discord's `OpensSpaces`. `hears` says that what is written in channels can be read."""

    api: Api
    looks: AsksRoom
    bot: Callable[[], Awaitable[str]]
    hears: bool = False

    async def together(self, wanted: Together) -> Opened | NotOpened:
        """Make a private thread with these members."""
        if wanted.room is None:
            return NotOpened(NO_ROOM.source)
        users = [each.user for each in wanted.accounts]
        return await self._tried(self._thread(wanted.key, wanted.title, wanted.room, users))

    async def alone(self, wanted: Alone) -> Opened | NotOpened:
        """Open direct messages with who asked for them; for others a private thread of their own."""
        if wanted.directly:
            return await self._tried(self._direct(wanted))
        if wanted.room is None or not self.hears:
            return NotOpened(NOT_ASKED.source)
        users = [wanted.who.user]
        return await self._tried(self._thread(wanted.key, wanted.title, wanted.room, users))

    async def close(self, place: Place, accounts: tuple[MemberRef, ...]) -> bool:
        """Put a thread away. Who is in it may bring it back: only moderators can lock one."""
        del accounts
        try:
            await self.api.patch(f"/channels/{place.channel}", {"archived": True})
        except ApiError as error:
            return error.code == Code.UNKNOWN_CHANNEL
        except (LostError, TooSoonError) as error:
            raise Unavailable(str(error)) from error
        return False

    async def let_out(self, place: Place, who: MemberRef) -> bool:
        """Leave it to Discord: who left the server is out of its threads, and others leave them themselves."""
        del place, who
        return False

    async def _tried(self, making: Any) -> Opened | NotOpened:
        try:
            made: Opened | NotOpened = await making
        except TooSoonError as error:
            raise Unavailable(str(error), error.after) from error
        except LostError as error:
            raise Unavailable(str(error)) from error
        except ApiError as error:
            words: Sentence = next((w for code, w in _WORDS.items() if code == error.code), _OTHER)
            return NotOpened(words.source)
        return made

    async def _direct(self, wanted: Alone) -> Opened:
        made = await self.api.post("/users/@me/channels", {"recipient_id": wanted.who.user})
        place = Place(PLATFORM, wanted.workspace, str(made["id"]))
        return Opened(place, SeenBy.MEMBERS, direct=True)

    async def _thread(
        self, key: str, title: str, room: Place, users: list[str]
    ) -> Opened | NotOpened:
        above = room.channel_itself()
        for each in users:  # being added is not enough for who may not look into the room above
            if await self.looks(above, each) is Look.OUTSIDE:
                return NotOpened(NOT_ALL_SEE.source)
        name = thread_name(title, key)
        thread = await self._ours(above, name) or await self._made(above, name)
        for each in users:
            await self.api.put(f"/channels/{thread}/thread-members/{each}", None)
        return Opened(Place(PLATFORM, room.workspace, thread), SeenBy.MODERATORS)

    async def _made(self, room: Place, name: str) -> str:
        body = {
            "name": name,
            "type": ChannelType.PRIVATE_THREAD,
            "invitable": False,
            "auto_archive_duration": WEEK,
        }
        made = await self.api.post(f"/channels/{room.channel}/threads", body)
        return str(made["id"])

    async def _ours(self, room: Place, name: str) -> str:
        """Return the thread of this name that we made in a room, or an empty string."""
        told, bot = await self.api.get(f"/guilds/{room.workspace}/threads/active"), await self.bot()
        for each in told.get("threads") or ():
            mine = str(each.get("owner_id", "")) == bot
            if mine and each.get("name") == name and str(each.get("parent_id")) == room.channel:
                return str(each["id"])
        return ""


def thread_name(title: str, key: str) -> str:
    """Return a thread's name: what people read, and a tail by which we find it again."""
    tail = f" · {hashlib.sha256(key.encode()).hexdigest()[:_TAIL]}"
    return cut(title, _LONGEST_NAME - len(tail)) + tail
