"""What was said while Discord did not reach us: read from the rooms and threads where words counted."""

import logging
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from adapters.discord import inbound
from adapters.discord.api import Api, ApiError, LostError, TooSoonError
from adapters.discord.codes import ChannelType, Code
from adapters.discord.hearing import EPOCH, Hearing, Spoken
from adapters.discord.markup import PLATFORM
from adapters.discord.said import named
from plnbot.engine.gaps import ClosedError, Look, LookAt, Looked
from plnbot.errors import Unavailable
from plnbot.refs import MemberRef, Place
from plnbot.values import dataclass

log = logging.getLogger(__name__)

PAGE = 100
PEOPLE = 50
LISTED = 1000
_NOT_LET = timedelta(hours=1)
_TAKEN_IN = frozenset({0, 19})
"""Messages and replies: what Discord itself writes is nobody's."""


@dataclass(slots=True)
class Missed:
    """Takes in what was missed; what was heard is known already.

    `may_read` tells whether the bot may read what was said in a place, None where nobody knows: Discord
    itself answers with nothing where it may not. `everybody` says that it may list who is there.
    """

    api: Api
    hearing: Hearing
    may_read: Callable[[Place], bool | None]
    everybody: bool = False

    async def read(self, look: Look) -> Looked:
        """Take in a page of what was said in a room or thread, and find out what is gone."""
        place, after = look.place, look.further or _number(look.since)
        path = f"/channels/{place.thread or place.channel}/messages"
        if self.may_read(place) is False:
            raise ClosedError("what was said may not be read")
        try:
            if not self.hearing.bot:  # it listens in another process
                self.hearing.bot = str((await self.api.get("/users/@me"))["id"])
            found = await self.api.get(path, after=after, limit=PAGE)
            if not found and look.known and not look.further:
                await self._see_one(path, look.known[0])
        except ApiError as error:
            if error.code == Code.UNKNOWN_CHANNEL:
                return await self._no_channel(look)
            kind = ClosedError if error.status != HTTPStatus.UNAUTHORIZED else Unavailable
            raise kind(f"what was said cannot be read: {error}") from error
        except (LostError, TooSoonError) as error:
            raise _later(error) from error
        page = sorted(found or (), key=lambda one: int(one["id"]))
        directly = bool(page) and await self._is_direct(place)
        for one in page:
            ours = one["author"].get("bot") or one.get("webhook_id")
            if not ours and int(one.get("type", 0)) in _TAKEN_IN:
                await self.hearing.hear(_spoken(one, place, directly=directly), missed=True)
        whole = len(page) < PAGE
        further = "" if whole else str(page[-1]["id"])
        return Looked(_gone(look.known, page, after, further), _threads(page, after), further)

    async def people(self, look: LookAt) -> str:
        """Take in who is called otherwise by now, has left or came; some of them at a time."""
        try:
            if self.everybody:
                return await self._listed(look)
            return await self._one_by_one(look)
        except (LostError, TooSoonError) as error:
            raise _later(error) from error
        except ApiError as error:
            raise Unavailable(f"who is there cannot be read: {error}", _NOT_LET) from error

    async def _one_by_one(self, look: LookAt) -> str:
        ordered = sorted(look.members, key=lambda each: int(each.user))
        left = [e for e in ordered if not look.further or int(e.user) > int(look.further)]
        for each in left[:PEOPLE]:
            await self._look_at(each)
        return left[PEOPLE - 1].user if len(left) > PEOPLE else ""

    async def _look_at(self, who: MemberRef) -> None:
        place, look = Place(PLATFORM, who.workspace, ""), _this_look()
        try:
            told = await self.api.get(f"/guilds/{who.workspace}/members/{who.user}")
        except ApiError as error:
            if error.code in (Code.UNKNOWN_MEMBER, Code.UNKNOWN_USER):
                await self.hearing.left(place, who.user, look)
            return
        await self.hearing.renamed(place, who.user, _name(told), look)

    async def _listed(self, look: LookAt) -> str:
        place, this = Place(PLATFORM, look.workspace, ""), _this_look()
        after = look.further or "0"
        path = f"/guilds/{look.workspace}/members"
        found = await self.api.get(path, after=after, limit=LISTED) or ()
        there = {str(each["user"]["id"]): each for each in found}
        last = max(map(int, there), default=0) if len(found) >= LISTED else None
        for who in look.members:
            number = int(who.user)
            if who.user in there:
                await self.hearing.renamed(place, who.user, _name(there[who.user]), this)
            elif number > int(after) and (last is None or number <= last):
                await self.hearing.left(place, who.user, this)
        for user, each in there.items():
            at = _joined(each)
            if at is not None and at >= look.missed and not each["user"].get("bot"):
                await self.hearing.joined(place, user, _name(each), at.isoformat())
        return "" if last is None else str(last)

    async def _see_one(self, path: str, message: str) -> None:
        """Look for one message that should stand: raises where the bot may read nothing at all."""
        try:
            await self.api.get(f"{path}/{message}")
        except ApiError as error:
            if error.code != Code.UNKNOWN_MESSAGE:
                raise

    async def _is_direct(self, place: Place) -> bool:
        """Return whether words of a place were written to the bot alone, so that we may read them."""
        if self.hearing.everything or place.thread or self.may_read(place):
            return False
        try:
            told = await self.api.get(f"/channels/{place.channel}")
        except ApiError:
            return False
        except (LostError, TooSoonError) as error:
            raise _later(error) from error
        return bool(told.get("type") == ChannelType.DIRECT)

    async def _no_channel(self, look: Look) -> Looked:
        """Return that all of a deleted channel or thread is gone, unless the whole server is."""
        try:
            await self.api.get(f"/guilds/{look.place.workspace}")
        except ApiError as error:
            raise ClosedError(f"what was said cannot be read: {error}") from error
        except (LostError, TooSoonError) as error:
            raise _later(error) from error
        log.info("a channel in which words counted is no longer there")
        return Looked()


def _this_look() -> str:
    """Return what tells the changes that one look finds from those of another."""
    return secrets.token_hex(8)


def _name(member: Mapping[str, Any]) -> str:
    user = member.get("user") or {}
    return str(member.get("nick") or user.get("global_name") or user.get("username") or "")


def _joined(member: Mapping[str, Any]) -> datetime | None:
    try:
        return datetime.fromisoformat(str(member.get("joined_at")))
    except ValueError:
        return None


def _later(error: LostError | TooSoonError) -> Unavailable:
    after = error.after if isinstance(error, TooSoonError) else None
    return Unavailable(str(error), after)


def _gone(
    known: Collection[str], page: Sequence[Mapping[str, Any]], after: str, further: str
) -> Sequence[str]:
    """Return which known messages should stand on this page, and do not."""
    stands = {str(one["id"]) for one in page}
    until = int(further) if further else None
    return [
        each
        for each in known
        if each not in stands
        and each.isdigit()
        and int(after) < int(each)
        and (until is None or int(each) <= until)
    ]


def _threads(page: Sequence[Mapping[str, Any]], after: str) -> Sequence[str]:
    """Return the threads below these messages in which somebody wrote since then."""
    threads = [one["thread"] for one in page if isinstance(one.get("thread"), Mapping)]
    return [str(e["id"]) for e in threads if int(e.get("last_message_id") or 0) > int(after)]


def _number(since: datetime) -> str:
    return str(max(0, (int(since.timestamp() * 1000) - EPOCH) << 22))


def _spoken(one: Mapping[str, Any], place: Place, *, directly: bool = False) -> Spoken:
    author = one["author"]
    name = author.get("global_name") or author.get("username") or ""
    return Spoken(
        str(one["id"]),
        place,
        str(author["id"]),
        "",
        str(one.get("content", "")),
        str(one.get("edited_timestamp") or ""),
        handle=str(name),
        reply_to=inbound.reply_to(one),
        called=named(one),
        directly=directly,
    )
