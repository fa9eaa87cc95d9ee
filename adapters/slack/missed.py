"""What was said while Slack could not reach us: read from the channels where words count."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from adapters.slack.calls import Calls
from adapters.slack.payload import Payload, dict_of, dicts_of, text_of
from adapters.slack.text import PLATFORM, Json
from plnbot.engine.ports import Desk, Ongoing
from plnbot.errors import PlnError
from plnbot.logs import cause
from plnbot.refs import Place

log = logging.getLogger(__name__)
_ROOMS, _PAGES, _PAGE = 60, 5, "200"
_HIDDEN: Final = frozenset({"bot_message", "channel_join", "channel_leave"})


@dataclass(frozen=True, slots=True)
class Missed:
    """Takes in what was missed, as the events that never came; what did come is known already."""

    desk: Desk
    calls: Calls
    take: Callable[[Json], Awaitable[object]]

    async def catch_up(self) -> None:
        """Look through every channel and thread in which a chat goes on, and those that refused."""
        for each in list(await self.desk.ongoing(PLATFORM))[:_ROOMS]:
            try:
                async for message in self._messages(each):
                    await self.take(_event(message, each))
            except PlnError as error:
                log.warning("what was said meanwhile cannot be read: %s", cause(error))
        for where in list(await self.desk.refusing(PLATFORM))[:_ROOMS]:
            if await self._let_in(where):
                await self.desk.accepts(where)

    async def _let_in(self, where: Place) -> bool:
        """Tell whether a channel is open and the bot in it."""
        try:
            told = await self.calls.call(
                where.workspace, "conversations.info", channel=where.channel
            )
        except PlnError:
            return False
        channel = dict_of(told.get("channel"))
        return bool(channel.get("is_member")) and not channel.get("is_archived")

    async def _messages(self, where: Ongoing) -> AsyncIterator[Payload]:
        """Yield what people said since words count there, oldest first."""
        place, found, cursor = where.place, list[Payload](), ""
        method = "conversations.replies" if place.thread else "conversations.history"
        for _page in range(_PAGES):
            answer = await self.calls.call(
                place.workspace,
                method,
                channel=place.channel,
                ts=place.thread,
                oldest=f"{where.since.timestamp():.6f}",
                limit=_PAGE,
                cursor=cursor,
            )
            found += dicts_of(answer.get("messages"))
            cursor = text_of(dict_of(answer.get("response_metadata")), "next_cursor")
            if not cursor:
                break
        else:
            log.warning("more was said meanwhile than is read")
        for each in sorted(found, key=lambda message: text_of(message, "ts")):
            if not each.get("bot_id") and text_of(each, "subtype") not in _HIDDEN:
                yield each


def _event(message: Payload, where: Ongoing) -> Json:
    """Return a message as the event that would have told of it, or of its newest edit."""
    place, edited = where.place, text_of(dict_of(message.get("edited")), "ts")
    event: Json = {
        "channel": place.channel,
        "channel_type": "channel",
        "type": "message",
        "missed": True,
    }
    if edited:
        event |= {"subtype": "message_changed", "message": dict(message), "event_ts": edited}
    else:
        event |= {**message, "event_ts": text_of(message, "ts")}
    return {"type": "event_callback", "team_id": place.workspace, "event": event}
