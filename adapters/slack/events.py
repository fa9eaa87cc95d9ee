"""What happens in a workspace, as the Events API tells it. Pure."""

from dataclasses import field
from datetime import UTC, datetime

from adapters.slack import said
from adapters.slack.arrivals import (
    KEY,
    Accepts,
    Arrival,
    Changed,
    Deactivated,
    Deleted,
    Gone,
    HomeOpened,
    Origin,
    Out,
    Surface,
    Taken,
    member,
    thread_of,
)
from adapters.slack.payload import Payload, dict_of, dicts_of, text_of
from adapters.slack.said import Names
from adapters.slack.text import PLATFORM
from plnbot.refs import Place
from plnbot.talk.interactions import Command, Interaction, Joined, Left, Said
from plnbot.values import dataclass

COMMAND = "/pln"
_MESSAGES = frozenset({"", "file_share", "me_message", "thread_broadcast", "reply_broadcast"})


@dataclass(frozen=True, slots=True)
class _Event:
    """An event of the Events API with what is around it."""

    workspace: str
    key: str
    body: Payload
    at: datetime
    names: Names = field(default_factory=dict)


def read_event(body: Payload, names: Names) -> Arrival | None:  # noqa: C901 - one a kind
    """Return what an event tells, or None."""
    seconds = body.get("event_time")
    at = datetime.fromtimestamp(seconds if isinstance(seconds, int) else 0, UTC)
    event = _Event(
        text_of(body, "team_id"), text_of(body, "event_id"), dict_of(body.get("event")), at, names
    )
    user = text_of(event.body, "user")
    if user and any(
        text_of(each, "user_id") == user and each.get("is_bot")
        for each in dicts_of(body.get("authorizations"))
    ):
        return _came_ourselves(event)
    match event.body.get("type"):
        case "message" if _says_gone(event.body):
            return _deleted(event)
        case "message":
            return _message(event)
        case "member_joined_channel":
            return _came(event, Joined())
        case "member_left_channel":
            return _came(event, Left())
        case "channel_left" | "group_left":
            return Out(Place(PLATFORM, event.workspace, text_of(event.body, "channel")))
        case "channel_unarchive" | "group_unarchive":
            return Accepts(Place(PLATFORM, event.workspace, text_of(event.body, "channel")))
        case "app_home_opened" if event.body.get("tab") != "messages" and user:
            return HomeOpened(member(event.workspace, user))
        case "user_change":
            changed = dict_of(event.body.get("user"))
            who = member(event.workspace, text_of(changed, "id"))
            key = event.key[:KEY]
            return Deactivated(key, who) if changed.get("deleted") else Changed(key, who, changed)
        case "app_uninstalled":
            return Gone(event.workspace, at)
        case "tokens_revoked" if dict_of(event.body.get("tokens")).get("bot"):
            return Gone(event.workspace, at)
        case _:
            return None


def _came_ourselves(event: _Event) -> Accepts | Out | None:
    """Return what the bot itself did: of that only coming into a channel, and leaving it, is news."""
    where = Place(PLATFORM, event.workspace, text_of(event.body, "channel"))
    match event.body.get("type"):
        case "member_joined_channel":
            return Accepts(where)
        case "member_left_channel":
            return Out(where)
        case _:
            return None


def _message(event: _Event) -> Taken | None:
    told, kind = event.body, text_of(event.body, "subtype")
    message: Payload
    match kind:
        case "message_changed":
            message = dict_of(told.get("message"))
            before = dict_of(told.get("previous_message"))
            # Slack tells of link previews and of replies below as changes too.
            if said.words_of(message, {}) == said.words_of(before, {}):
                return None
            words = said.words_of(message, event.names)
        case _ if kind in _MESSAGES:
            message, words = told, said.words_of(told, event.names)
        case _:
            return None
    user, ts = text_of(message, "user"), text_of(message, "ts")
    if not user or not ts or message.get("bot_id") or user == "USLACKBOT":
        return None
    again = kind == "message_changed"
    directly = told.get("channel_type") == "im"
    who = member(event.workspace, user)
    channel, thread = text_of(told, "channel"), thread_of(message)
    command = _directly(event, user, words) if directly and not again else None
    if directly and not thread:
        return command
    origin = Origin(Surface.EVENT, who.workspace, who.user, channel, thread, direct=directly)
    place = Place(PLATFORM, event.workspace, channel, thread)
    version = text_of(told, "event_ts") or ts
    # Not the event's own id: what was missed is read again from the channel, which has none.
    key = f"{channel}/{ts}/{version}"
    missed = told.get("missed") is True
    what = Said(words, ts, version if again else "")
    did = Interaction(key[:KEY], who, place, what, missed=missed, at=_instant(version))
    return Taken(did, origin, _is_strange(event, message), command)


def _instant(ts: str) -> datetime | None:
    """Return when something happened, as its `ts` says; None where that is no such number."""
    try:
        return datetime.fromtimestamp(float(ts), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _says_gone(told: Payload) -> bool:
    """Tell whether a message is gone. One with replies below leaves a tombstone: a change of it."""
    left = text_of(dict_of(told.get("message")), "subtype")
    kind = text_of(told, "subtype")
    return kind == "message_deleted" or (kind == "message_changed" and left == "tombstone")


def _deleted(event: _Event) -> Deleted | None:
    """Return which message is gone; Slack need not tell what it was, nor whose."""
    told = event.body
    before = dict_of(told.get("previous_message"))
    left = dict_of(told.get("message"))
    ts = text_of(told, "deleted_ts") or text_of(before, "ts") or text_of(left, "ts")
    thread = thread_of({"ts": ts, **before})
    only_to_us = told.get("channel_type") == "im" and not thread
    if not ts or before.get("bot_id") or only_to_us:
        return None
    return Deleted(Place(PLATFORM, event.workspace, text_of(told, "channel"), thread), ts)


def _directly(event: _Event, user: str, words: str) -> Taken:
    """Return what somebody writes to the bot directly: a command, with or without its slash."""
    who = member(event.workspace, user)
    channel = text_of(event.body, "channel")
    origin = Origin(Surface.EVENT, who.workspace, who.user, channel, direct=True)
    command = Command(words.strip().removeprefix(COMMAND).strip() or "help")
    did = Interaction(event.key[:KEY], who, Place(PLATFORM, who.workspace, ""), command)
    return Taken(did, origin)


def _came(event: _Event, what: Joined | Left) -> Taken:
    who, channel = (
        member(event.workspace, text_of(event.body, "user")),
        text_of(event.body, "channel"),
    )
    origin = Origin(Surface.EVENT, who.workspace, who.user, channel)
    place = Place(PLATFORM, event.workspace, channel)
    did = Interaction(event.key[:KEY], who, place, what)
    return Taken(did, origin, _is_strange(event, event.body))


def _is_strange(event: _Event, message: Payload) -> bool:
    """Tell whether a message's author belongs to another organisation (Slack Connect)."""
    home = (
        text_of(message, "user_team")
        or text_of(message, "source_team")
        or text_of(event.body, "team")
    )
    return bool(home) and home != event.workspace
