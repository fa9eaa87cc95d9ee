"""What was said while Slack could not reach us: read from the channels where words counted."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from adapters.slack.arrivals import member
from adapters.slack.calls import Calls, Limited, TurnedDownError
from adapters.slack.pages import Pages
from adapters.slack.payload import Payload, dict_of, dicts_of, text_of
from adapters.slack.text import PLATFORM, Json
from plnbot.engine.gaps import ClosedError, Look, LookAt, Looked
from plnbot.engine.listening import Listening
from plnbot.engine.ports import Clock, Desk
from plnbot.errors import PlnError, Unavailable
from plnbot.refs import Place
from plnbot.values import dataclass

log = logging.getLogger(__name__)
_ROOMS, _PAGE, _PEOPLE = 60, "200", "200"
_SHORT_REST = timedelta(seconds=10)
"""How long the next page is waited for at once; for longer, the place is left and taken up again."""
_SEEN_WHOLE = timedelta(hours=23)
"""Slack keeps messages for a day at least: what is missing and younger was deleted by somebody."""
_NOBODYS: Final = frozenset({"bot_message", "channel_leave", "tombstone"})
# Whoever mends one of these lets us read again.
_CLOSED: Final = frozenset(
    {
        "access_denied",
        "account_inactive",
        "channel_not_found",
        "ekm_access_denied",
        "invalid_auth",
        "missing_scope",
        "no_permission",
        "not_authed",
        "not_in_channel",
        "not_installed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
    }
)


@dataclass(slots=True)
class Missed:
    """Takes in what was missed, as the events that never came; what did come is known already."""

    desk: Desk
    calls: Calls
    clock: Clock
    take: Callable[[Json], Awaitable[object]]
    listening: Listening

    async def catch_up(self) -> None:
        """Have every place read in which words counted in the gap, and look at who refused."""
        await self.listening.over()
        for where in list(await self.desk.refusing(PLATFORM))[:_ROOMS]:
            if await self._let_in(where):
                await self.desk.accepts(where)

    async def read(self, look: Look) -> Looked:
        """Take in a page of what was said in a channel or thread, and find out what is gone."""
        where = Pages.read_from(look.further)
        try:
            answer = await self._page(look, where.cursor)
        except TurnedDownError as no:
            return await self._not_read(look, no)
        messages = sorted(dicts_of(answer.get("messages")), key=lambda each: text_of(each, "ts"))
        await self._take_in(look, messages)
        cursor = text_of(dict_of(answer.get("response_metadata")), "next_cursor")
        # The message that a thread hangs below comes with every page of it.
        thread = look.place.thread
        stands = [
            text_of(each, "ts")
            for each in messages
            if text_of(each, "ts") != thread and text_of(each, "subtype") != "tombstone"
        ]
        where = where.after(stands, cursor)
        sure = max(_ts(look.since), min([self._oldest_seen_whole(), *stands[:1]]))
        gone = () if answer.get("is_limited") else where.gone(look.known, stands, sure)
        return Looked(gone, _threads(messages, look), where.written)

    async def people(self, look: LookAt) -> str:
        """Take in who is called otherwise by now, or was deactivated; a page of all of them."""
        try:
            told = await self.calls.call(
                look.workspace, "users.list", limit=_PEOPLE, cursor=look.further
            )
        except TurnedDownError as no:
            if no.error == "invalid_cursor":
                return ""
            raise Unavailable(f"who is there cannot be read: {no.error}") from no
        ours = set(look.members)
        for each in dicts_of(told.get("members")):
            if member(look.workspace, text_of(each, "id")) in ours:
                await self.take(_changed(each, look.workspace))
        return text_of(dict_of(told.get("response_metadata")), "next_cursor")

    async def _take_in(self, look: Look, messages: Sequence[Payload]) -> None:
        trouble: Unavailable | None = None
        for each in messages:
            event = _event(each, look)
            if event is None:
                continue
            try:
                await self.take(event)
            except Unavailable as error:
                # One that Slack says too little of for now does not hold up the others.
                trouble = trouble or error
        if trouble is not None:
            raise trouble

    async def _not_read(self, look: Look, no: TurnedDownError) -> Looked:
        if no.error == "invalid_cursor" and look.further:
            return await self.read(Look(look.place, look.since, look.missed, look.known))
        if no.error == "thread_not_found":
            return Looked()  # what it hung below is gone, and nobody had written there
        kind = ClosedError if no.error in _CLOSED else Unavailable
        raise kind(f"what was said cannot be read: {no.error}") from no

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

    async def _page(self, look: Look, cursor: str) -> Json:
        """Return one page; where Slack asks for more than a moment's patience, that is passed on."""
        place = look.place
        method = "conversations.replies" if place.thread else "conversations.history"
        while True:
            try:
                return await self.calls.call(
                    place.workspace,
                    method,
                    channel=place.channel,
                    ts=place.thread,
                    oldest=_ts(look.since),
                    limit=_PAGE,
                    cursor=cursor,
                )
            except Limited as limited:
                rest = limited.retry_after or timedelta(seconds=1)
                if not cursor or rest > _SHORT_REST:
                    raise
                await asyncio.sleep(rest.total_seconds())

    def _oldest_seen_whole(self) -> str:
        return _ts(self.clock.real(self.clock.now()) - _SEEN_WHOLE)


def _threads(messages: Sequence[Payload], look: Look) -> Sequence[str]:
    """Return the threads of a channel in which somebody wrote since then."""
    if look.place.thread:
        return ()
    since = _ts(look.since)
    return [text_of(e, "ts") for e in messages if text_of(e, "latest_reply") >= since]


def _event(message: Payload, look: Look) -> Json | None:
    """Return a message as the event that would have told of it, or of its newest edit."""
    place, kind, ts = look.place, text_of(message, "subtype"), text_of(message, "ts")
    event: Json = {"channel": place.channel, "channel_type": "channel", "missed": True}
    if message.get("bot_id") or kind in _NOBODYS:
        return None
    if kind in {"channel_join", "group_join"}:
        if look.missed is None or ts < _ts(look.missed):
            return None  # it was told when it happened
        event |= {"type": "member_joined_channel", "user": message.get("user"), "event_ts": ts}
        key = f"joined/{place.channel}/{ts}"
        return {
            "type": "event_callback", "team_id": place.workspace, "event_id": key, "event": event
        }  # fmt: skip
    edited = text_of(dict_of(message.get("edited")), "ts")
    if edited:
        told: Json = {"subtype": "message_changed", "message": dict(message), "event_ts": edited}
    else:
        told = {**message, "event_ts": ts}
    event = {**event, **told, "type": "message"}
    return {"type": "event_callback", "team_id": place.workspace, "event": event}


def _changed(user: Payload, workspace: str) -> Json:
    """Return somebody as the event that would have told of a change of theirs; each look is another."""
    event: Json = {"type": "user_change", "user": dict(user)}
    key = f"changed/{text_of(user, 'id')}/{secrets.token_hex(8)}"
    return {"type": "event_callback", "team_id": workspace, "event_id": key, "event": event}


def _ts(at: datetime) -> str:
    return f"{at.astimezone(UTC).timestamp():.6f}"
