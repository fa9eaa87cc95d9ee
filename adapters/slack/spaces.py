"""Places for a few in Slack: a group message, a private channel where they are more, direct messages for one.

A group message of the same people is always the same one, so it is found again by being opened again. A
channel has a name that ends in something of its own key, so that it is never taken by another, and one
whose making had no answer is found by it.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from adapters.slack.calls import Calls, TurnedDownError
from adapters.slack.payload import dict_of, dicts_of, text_of
from adapters.slack.refusals import why
from adapters.slack.text import PLATFORM
from plnbot.engine.ports.spaces import Alone, NotOpened, Opened, SeenBy, Together
from plnbot.refs import MemberRef, Place
from plnbot.values import dataclass

MOST_IN_GROUP = 8
"""Besides the bot, which is in it by itself."""
_LONGEST_NAME = 80
_TAIL = 6
_INVITED_AT_ONCE = 100
_PAGE, _PAGES = "200", 20
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_THERE_ALREADY = frozenset({"already_in_channel", "cant_invite_self"})


@dataclass(frozen=True, slots=True)
class SlackSpaces:
    """Slack's `OpensSpaces`."""

    calls: Calls

    async def together(self, wanted: Together) -> Opened | NotOpened:
        """Open a group message, or make a private channel where they are too many for one."""
        users = sorted({each.user for each in wanted.accounts})
        try:
            if len(users) <= MOST_IN_GROUP:
                channel = await self._opened(wanted.workspace, users)
            else:
                channel = await self._channel(wanted, users)
        except TurnedDownError as no:
            return NotOpened(why(no.error))
        return Opened(Place(PLATFORM, wanted.workspace, channel), SeenBy.MEMBERS)

    async def alone(self, wanted: Alone) -> Opened | NotOpened:
        """Open somebody's direct messages with the bot, in which words count below our card alone."""
        try:
            channel = await self._opened(wanted.workspace, [wanted.who.user])
        except TurnedDownError as no:
            return NotOpened(why(no.error))
        return Opened(Place(PLATFORM, wanted.workspace, channel), SeenBy.MEMBERS, below=True)

    async def close(self, place: Place, accounts: tuple[MemberRef, ...]) -> bool:
        """Archive a channel. A group message cannot be: it stays with those who are in it."""
        del accounts
        try:
            told = await self.calls.call(
                place.workspace, "conversations.info", channel=place.channel
            )
            channel = dict_of(told.get("channel"))
            if channel.get("is_mpim") or channel.get("is_im"):  # their ids may begin with a C too
                return False
            await self.calls.call(place.workspace, "conversations.archive", channel=place.channel)
        except TurnedDownError as no:
            return no.error in {"already_archived", "channel_not_found"}
        return True

    async def let_out(self, place: Place, who: MemberRef) -> bool:
        """Leave it to Slack: who left the workspace is out of its channels, and others leave them themselves."""
        del place, who
        return False

    async def _opened(self, workspace: str, users: Sequence[str]) -> str:
        told = await self.calls.call(workspace, "conversations.open", users=",".join(users))
        return text_of(dict_of(told.get("channel")), "id")

    async def _channel(self, wanted: Together, users: Sequence[str]) -> str:
        name = channel_name(wanted.title, wanted.key)
        try:
            told = await self.calls.call(
                wanted.workspace, "conversations.create", name=name, is_private="true"
            )
            channel = text_of(dict_of(told.get("channel")), "id")
        except TurnedDownError as no:
            found = await self._ours(wanted.workspace, name) if no.error == "name_taken" else ""
            if not found:
                raise
            channel = found
        for at in range(0, len(users), _INVITED_AT_ONCE):
            await self._invite(wanted.workspace, channel, users[at : at + _INVITED_AT_ONCE])
        return channel

    async def _invite(self, workspace: str, channel: str, users: Sequence[str]) -> None:
        """Invite people; where some are in it from an attempt before, each by themselves."""
        try:
            await self.calls.call(
                workspace, "conversations.invite", channel=channel, users=",".join(users)
            )
        except TurnedDownError as no:
            if no.error not in _THERE_ALREADY:
                raise
            for each in users if len(users) > 1 else ():
                await self._invite(workspace, channel, [each])

    async def _ours(self, workspace: str, name: str) -> str:
        """Return the private channel of this name in which the bot is, or an empty string."""
        cursor = ""
        for _page in range(_PAGES):
            told = await self.calls.call(
                workspace,
                "users.conversations",
                types="private_channel",
                exclude_archived="true",
                limit=_PAGE,
                cursor=cursor,
            )
            for each in dicts_of(told.get("channels")):
                if text_of(each, "name") == name:
                    return text_of(each, "id")
            cursor = text_of(dict_of(told.get("response_metadata")), "next_cursor")
            if not cursor:
                break
        return ""


def channel_name(title: str, key: str) -> str:
    """Return a name that Slack takes: small letters without accents, digits, dashes; and a tail."""
    bare = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    tail = hashlib.sha256(key.encode()).hexdigest()[:_TAIL]
    stem = _NOT_A_WORD.sub("-", bare).strip("-")[: _LONGEST_NAME - _TAIL - 1].strip("-")
    return f"{stem}-{tail}" if stem else tail
