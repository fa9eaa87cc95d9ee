"""Posts cards in Slack. A post carries a mark of its work key, by which a lost one is found again."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import field, replace
from datetime import timedelta
from typing import Final

from adapters.slack.calls import Calls, Limited, LostError, NotReached, TurnedDownError
from adapters.slack.pace import Pace
from adapters.slack.payload import Payload, dict_of, dicts_of, text_of
from adapters.slack.refusals import why
from adapters.slack.render import message
from adapters.slack.text import PLATFORM, Json, Reader
from plnbot.engine.ports import Delivery, Outgoing, Rejected, Retry, Sent, Unknown
from plnbot.errors import Unavailable
from plnbot.refs import MemberRef, Place
from plnbot.talk.cards import Card, Image
from plnbot.talk.pages import File
from plnbot.values import dataclass

EVENT_TYPE = "plnbot_post"
_PAGES, _PAGE = 15, 200
_LONGEST_TURN = 10  # seconds; what waits longer waits in the queue, where newer ones take its place
_CANNOT_BE_SHOWN: Final = "invalid_blocks"
# What looking for a post in vain means: it stands nowhere.
_NOWHERE: Final = frozenset({"channel_not_found", "thread_not_found", "not_in_channel"})


# What a thread refuses its channel may take.
_OF_A_THREAD: Final = frozenset(
    {
        "thread_not_found",
        "cannot_reply_to_message",
        "restricted_action_thread_locked",
        "restricted_action_non_threadable_channel",
    }
)


class _TooFarBackError(Exception):
    """A channel's history was longer than we look."""


@dataclass(frozen=True, slots=True)
class _Us:
    """Who we are in a workspace. Anybody may copy a mark; Slack itself says who posted it."""

    bot: str
    user: str

    def wrote(self, message: Payload) -> bool:
        """Tell whether a message is ours; a file's names our account alone."""
        return text_of(message, "bot_id") == self.bot or text_of(message, "user") == self.user


@dataclass(slots=True)
class SlackSender:
    """Slack's `Sender`. A member's messages go into their direct messages with the bot."""

    calls: Calls
    pace: Pace = field(default_factory=Pace)
    platform: str = PLATFORM
    finds: bool = True
    settles: timedelta = timedelta(seconds=20)  # a post was seen to stand 13 s after it was sent
    _direct: dict[MemberRef, str] = field(default_factory=dict)

    async def send(self, outgoing: Outgoing) -> Delivery:
        """Try once."""
        try:
            return Sent(await self._sent(outgoing))
        except Limited as limited:
            return Retry(str(limited), limited.retry_after)
        except NotReached as not_reached:
            return Retry(str(not_reached))
        except LostError as lost:
            return Unknown(str(lost))
        except TurnedDownError as no:
            return Rejected(why(no.error))

    async def find(self, outgoing: Outgoing) -> Sent | Unknown | None:
        """Return where an attempt with this key stands already.

        In a channel where more than some thousand messages came since, it is not known.
        """
        try:
            place = await self._place(outgoing)
            ref = await self._standing(place, mark_of(outgoing.key))
            whole = ref and (outgoing.file is None or await self._holds(place, outgoing.file, ref))
        except TurnedDownError as no:
            if no.error in _NOWHERE:
                return None
            raise Unavailable(why(no.error), timedelta(minutes=1)) from no
        except _TooFarBackError:
            return Unknown("too much was said since to look for it")
        return Sent(ref) if whole else None

    async def _sent(self, outgoing: Outgoing) -> str:
        try:
            return await self._sent_as(outgoing, outgoing.card)
        except TurnedDownError as no:
            # Slack loads pictures itself, and turns a whole message down for one that it cannot load.
            rest = tuple(each for each in outgoing.card.blocks if not isinstance(each, Image))
            if no.error != _CANNOT_BE_SHOWN or len(rest) == len(outgoing.card.blocks):
                raise
            return await self._sent_as(outgoing, replace(outgoing.card, blocks=rest))

    async def _sent_as(self, outgoing: Outgoing, card: Card) -> str:
        place = await self._place(outgoing)
        body = message(card, Reader(outgoing.locale, outgoing.zone))
        if outgoing.edits:
            left = await self.pace.edit(Place(PLATFORM, place.workspace, ""), _LONGEST_TURN)
            if left:
                raise Limited("edits wait for their turn", timedelta(seconds=left))
            await self._call(place, "chat.update", ts=outgoing.edits, **body)
            return outgoing.edits
        if outgoing.file is None:
            return await self._post(place, outgoing, body)
        # The card may stand from an attempt that ended before its file.
        ref = await self._standing(place, mark_of(outgoing.key))
        ref = ref or await self._post(place, outgoing, body)
        if not await self._holds(place, outgoing.file, ref):
            await upload(self.calls, place, outgoing.file)
        return ref

    async def _post(self, place: Place, outgoing: Outgoing, body: Json) -> str:
        try:
            return await self._posted(place, outgoing, body)
        except TurnedDownError as no:
            if not place.thread or no.error not in _OF_A_THREAD:
                raise
            return await self._posted(place.channel_itself(), outgoing, body)

    async def _posted(self, place: Place, outgoing: Outgoing, body: Json) -> str:
        await self.pace.turn(place.channel_itself(), at_once=outgoing.timed)
        answer = await self._call(
            place,
            "chat.postMessage",
            thread_ts=place.thread,
            unfurl_links=False,
            unfurl_media=False,
            metadata={"event_type": EVENT_TYPE, "event_payload": {"mark": mark_of(outgoing.key)}},
            **body,
        )
        return text_of(answer, "ts")

    async def _place(self, outgoing: Outgoing) -> Place:
        match outgoing.to:
            case Place() as place:
                return place
            case MemberRef() as who:
                if who not in self._direct:
                    opened = await self.calls.call(
                        who.workspace, "conversations.open", users=who.user
                    )
                    self._direct[who] = text_of(dict_of(opened.get("channel")), "id")
                return Place(PLATFORM, who.workspace, self._direct[who])

    async def _standing(self, place: Place, mark: str) -> str:
        """Return where what bears a mark stands; what its thread refused stands in the channel."""
        if not place.thread:
            return await self._marked(place, mark)
        try:
            if found := await self._marked(place, mark):
                return found
        except TurnedDownError as no:
            if no.error not in _OF_A_THREAD:
                raise
        return await self._marked(place.channel_itself(), mark)

    async def _marked(self, place: Place, mark: str) -> str:
        us = await self._us(place.workspace)
        async for each in self._messages(place):
            metadata = dict_of(each.get("metadata"))
            payload = dict_of(metadata.get("event_payload"))
            marked = metadata.get("event_type") == EVENT_TYPE and payload.get("mark") == mark
            if marked and us.wrote(each):
                return text_of(each, "ts")
        return ""

    async def _holds(self, place: Place, file: File, since: str) -> bool:
        us = await self._us(place.workspace)
        async for each in self._messages(place, since):
            named = (text_of(held, "name") for held in dicts_of(each.get("files")))
            if us.wrote(each) and file.name in named:
                return True
        return False

    async def _us(self, workspace: str) -> _Us:
        # Asked anew at each look, of which there are few: who installs us again gets another bot.
        told = await self.calls.call(workspace, "auth.test")
        return _Us(text_of(told, "bot_id") or "-", text_of(told, "user_id") or "-")

    async def _messages(self, place: Place, since: str = "") -> AsyncIterator[Payload]:
        """Yield the messages of a channel, newest first, or of a thread of it."""
        method = "conversations.replies" if place.thread else "conversations.history"
        cursor = ""
        for _page in range(_PAGES):
            answer = await self._call(
                place,
                method,
                ts=place.thread,
                limit=str(_PAGE),
                cursor=cursor,
                oldest=since,
                include_all_metadata="true",
            )
            for each in dicts_of(answer.get("messages")):
                yield each
            cursor = text_of(dict_of(answer.get("response_metadata")), "next_cursor")
            if not cursor:
                return
        raise _TooFarBackError

    async def _call(self, place: Place, method: str, **arguments: object) -> Json:
        return await self.calls.call(place.workspace, method, channel=place.channel, **arguments)


def mark_of(key: str) -> str:
    """Return what a post is found again by; it tells nothing to other apps that may read it."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


async def upload(calls: Calls, place: Place, file: File, comment: str = "") -> None:
    """Share a file in a channel, a thread or direct messages."""
    length = str(len(file.content))
    begun = await calls.call(
        place.workspace, "files.getUploadURLExternal", filename=file.name, length=length
    )
    await calls.send_bytes(text_of(begun, "upload_url"), file.content)
    await calls.call(
        place.workspace,
        "files.completeUploadExternal",
        files=[{"id": text_of(begun, "file_id"), "title": file.name}],
        channel_id=place.channel,
        thread_ts=place.thread,
        initial_comment=comment,
    )
