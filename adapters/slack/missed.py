"""What was said while Slack could not reach us: read from the channels where words counted."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from adapters.slack.calls import Calls, Limited, TurnedDownError
from adapters.slack.payload import Payload, dict_of, dicts_of, text_of
from adapters.slack.text import PLATFORM, Json
from plnbot.engine.ports import Clock, Desk
from plnbot.errors import PlnError, Unavailable
from plnbot.refs import Place
from plnbot.values import dataclass

log = logging.getLogger(__name__)
_ROOMS, _PAGES, _PAGE = 60, 200, "200"
_HIDDEN: Final = frozenset({"bot_message", "channel_join", "channel_leave"})
_LONGEST_REST = timedelta(minutes=2)
"""Some apps may read one page a minute; what has begun waits for the next one."""


@dataclass(slots=True)
class Missed:
    """Takes in what was missed, as the events that never came; what did come is known already.

    `since` is when the present gap began, or None while there is none.
    """

    desk: Desk
    calls: Calls
    clock: Clock
    take: Callable[[Json], Awaitable[object]]
    since: datetime | None = None

    async def begin(self) -> None:
        """Note, before Slack reaches us, when it did so last."""
        self.since = self.since or await self.desk.gaps.last_heard(PLATFORM)

    def deaf(self) -> None:
        """Note that Slack reaches us no longer."""
        self.since = self.since or self.clock.now()

    async def catch_up(self) -> None:
        """Have every place read in which words counted in the gap, and look at who refused."""
        if self.since is not None:
            await self.desk.gaps.over(PLATFORM, self.since)
            self.since = None
        for where in list(await self.desk.refusing(PLATFORM))[:_ROOMS]:
            if await self._let_in(where):
                await self.desk.accepts(where)

    async def read(self, place: Place, since: datetime) -> None:
        """Take in what was said in a channel or thread since then; raises `Unavailable` for now."""
        trouble: Unavailable | None = None
        try:
            async for message in self._messages(place, since):
                try:
                    await self.take(_event(message, place))
                except Unavailable as error:
                    # One that Slack says too little of for now does not hold up the others.
                    trouble = trouble or error
        except TurnedDownError as no:
            log.warning("what was said meanwhile cannot be read: %s", no.error)
        if trouble is not None:
            raise trouble

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

    async def _messages(self, place: Place, since: datetime) -> AsyncIterator[Payload]:
        """Yield what people said since then, oldest first."""
        found, cursor = list[Payload](), ""
        for _page in range(_PAGES):
            answer = await self._page(place, since, cursor)
            found += dicts_of(answer.get("messages"))
            cursor = text_of(dict_of(answer.get("response_metadata")), "next_cursor")
            if not cursor:
                break
        else:
            log.warning("more was said meanwhile than is read")
        for each in sorted(found, key=lambda message: text_of(message, "ts")):
            if not each.get("bot_id") and text_of(each, "subtype") not in _HIDDEN:
                yield each

    async def _page(self, place: Place, since: datetime, cursor: str) -> Json:
        """Return one page; where Slack asks for patience, the first is left to another try."""
        method = "conversations.replies" if place.thread else "conversations.history"
        while True:
            try:
                return await self.calls.call(
                    place.workspace,
                    method,
                    channel=place.channel,
                    ts=place.thread,
                    oldest=f"{since.timestamp():.6f}",
                    limit=_PAGE,
                    cursor=cursor,
                )
            except Limited as limited:
                rest = limited.retry_after or timedelta(seconds=1)
                if not cursor or rest > _LONGEST_REST:
                    raise
                await asyncio.sleep(rest.total_seconds())


def _event(message: Payload, place: Place) -> Json:
    """Return a message as the event that would have told of it, or of its newest edit."""
    edited = text_of(dict_of(message.get("edited")), "ts")
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
