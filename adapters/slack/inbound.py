"""What Slack sends, as interactions. Pure: no request, no database.

Payloads come signed from Slack, yet nothing in them is trusted to have the shape it should: what
has not is read as nothing.
"""

import json
import re
from collections.abc import Mapping, Sequence

from adapters.slack import said
from adapters.slack.arrivals import (
    KEY,
    Arrival,
    Origin,
    Searched,
    Surface,
    Taken,
    member,
    thread_of,
)
from adapters.slack.events import read_event
from adapters.slack.payload import Payload, dict_of, dicts_of, text_of
from adapters.slack.said import Names
from adapters.slack.text import PLATFORM
from plnbot.engine.ports import Offer
from plnbot.refs import MemberRef, Place
from plnbot.talk.forms import Files
from plnbot.talk.interactions import Command, Interaction, Opened, Press, Submit, What
from plnbot.talk.uploads import AwaitedFile, clean_name
from plnbot.values import dataclass

_MENTIONS = re.compile(r"(\w+) <@([UW]\w+)(?:\|[^>]*)?>")


def read(body: Payload, names: Names, offers: Sequence[Offer] = ()) -> Arrival | None:
    """Return what a payload tells, or None for what means nothing to us; `offers` has the shortcuts."""
    if "command" in body:
        return _command(body, names)
    match body.get("type"):
        case "event_callback":
            return read_event(body, names)
        case "block_actions":
            return _actions(body)
        case "view_submission":
            return _submission(body)
        case "block_suggestion":
            return _search(body)
        case "shortcut" | "message_action":
            return _shortcut(body, names, offers)
        case _:
            return None


def mentioned(body: Payload) -> frozenset[str]:
    """Return the ids of people whose names are needed to read a payload."""
    inner = dict_of(body.get("event")) or body
    texts = (inner, dict_of(inner.get("message")))
    return frozenset().union(*(said.mentioned(each) for each in texts))


def _command(body: Payload, names: Names) -> Taken:
    who = member(text_of(body, "team_id"), text_of(body, "user_id"))
    channel = _room(text_of(body, "channel_id"))
    origin = Origin(
        Surface.COMMAND,
        who.workspace,
        who.user,
        text_of(body, "channel_id"),
        trigger=text_of(body, "trigger_id"),
        respond=text_of(body, "response_url"),
    )
    # A mention alone behind a word means that account, whoever else is called the same.
    alone = _MENTIONS.fullmatch(text_of(body, "text").strip())
    words = " ".join(alone.groups()) if alone else said.unmarked(text_of(body, "text"), names)
    words = words.strip()
    return Taken(_did(origin, who, channel, Command(words), text_of(body, "user_name")), origin)


def _actions(body: Payload) -> Taken | None:
    pressed = next(iter(dicts_of(body.get("actions"))), {})
    what = _pressed(pressed)
    if what is None:
        return None
    container, view, told = dict_of(body.get("container")), dict_of(body.get("view")), _told(body)
    surface = {"home": Surface.HOME, "modal": Surface.MODAL}.get(
        text_of(view, "type"), Surface.MESSAGE
    )
    held = _held(view)
    channel = text_of(dict_of(body.get("channel")), "id") or text_of(container, "channel_id")
    thread = thread_of(dict_of(body.get("message"))) or text_of(container, "thread_ts")
    origin = Origin(
        surface,
        told.who.workspace,
        told.who.user,
        channel or text_of(held, "channel"),
        thread or text_of(held, "thread"),
        text_of(body, "trigger_id"),
        text_of(body, "response_url"),
        text_of(view, "id"),
    )
    place = _room(origin.channel)
    key = f"{text_of(body, 'trigger_id')}/{text_of(pressed, 'action_id')}"
    did = _did(origin, told.who, place, what, told.name, key=key)
    return Taken(did, origin, told.stranger)


def _pressed(pressed: Payload) -> What | None:
    kind, _, rest = text_of(pressed, "action_id").partition("|")
    name, _, rest = rest.partition("|")
    row = rest.partition("|")[0]
    match kind:
        case "press":
            chosen = text_of(dict_of(pressed.get("selected_option")), "value")
            return Press(name, row, chosen)
        case "page":
            return Opened(name, row)
        case _:
            return None


def _search(body: Payload) -> Searched | None:
    mark, _, rest = text_of(body, "action_id").partition("|")
    source, _, free = rest.partition("|")
    told = _told(body)
    if mark != "search" or told.stranger:
        return None
    held = _held(dict_of(body.get("view")))
    place = Place(PLATFORM, told.who.workspace, _room(text_of(held, "channel")))
    return Searched(told.who, place, source, text_of(body, "value"), bool(free))


def _submission(body: Payload) -> Taken | None:
    view, told = dict_of(body.get("view")), _told(body)
    held = _held(view)
    if not text_of(held, "form"):
        return None
    blocks = dicts_of(view.get("blocks"))
    origin = Origin(
        Surface.FORM,
        told.who.workspace,
        told.who.user,
        text_of(held, "channel"),
        text_of(held, "thread"),
        text_of(body, "trigger_id"),
        view=text_of(view, "id"),
        fields=tuple(text_of(each, "block_id") for each in blocks if each.get("type") == "input"),
    )
    state = dict_of(view.get("state"))
    what = Submit(text_of(held, "form"), _values(state), text_of(held, "row"), _files(state))
    key = text_of(body, "trigger_id") or f"{text_of(view, 'id')}/{text_of(view, 'hash')}"
    did = _did(origin, told.who, _room(origin.channel), what, told.name, key=key)
    return Taken(did, origin, told.stranger)


def _values(state: Payload) -> Mapping[str, str | Sequence[str]]:
    values: dict[str, str | Sequence[str]] = {}
    for name, actions in dict_of(state.get("values")).items():
        given = next(iter(dict_of(actions).values()), None)
        values[str(name)] = _value(dict_of(given))
    return values


def _files(state: Payload) -> Files:
    """Return the files that were chosen, by input: Slack keeps them, and tells which they are."""
    found: dict[str, Sequence[AwaitedFile]] = {}
    for name, actions in dict_of(state.get("values")).items():
        given = dict_of(next(iter(dict_of(actions).values()), None))
        if isinstance(given.get("files"), list):
            found[str(name)] = tuple(_file(each) for each in dicts_of(given["files"]))
    return found


def _file(given: Payload) -> AwaitedFile:
    size = given.get("size")
    return AwaitedFile(
        clean_name(text_of(given, "name")),
        size if isinstance(size, int) else 0,
        text_of(given, "id")[:KEY],
    )


def _value(given: Payload) -> str | Sequence[str]:
    if isinstance(given.get("selected_options"), list):
        return tuple(text_of(each, "value") for each in dicts_of(given["selected_options"]))
    chosen = given.get("selected_option")
    if isinstance(chosen, dict):
        return text_of(chosen, "value")
    for name in ("value", "selected_date", "selected_time"):
        if isinstance(given.get(name), str):
            return str(given[name])
    return ""


def _shortcut(body: Payload, names: Names, offers: Sequence[Offer]) -> Taken | None:
    told, message = _told(body), dict_of(body.get("message"))
    name = text_of(body, "callback_id")
    found = ((each, offer) for offer in offers for each in offer.shortcuts if each.name == name)
    shortcut, offer = next(found, (None, None))
    if shortcut is None or offer is None:
        return None
    channel = text_of(dict_of(body.get("channel")), "id")
    origin = Origin(
        Surface.SHORTCUT,
        told.who.workspace,
        told.who.user,
        channel,
        thread_of(message),
        text_of(body, "trigger_id"),
        text_of(body, "response_url"),
    )
    pasted = said.words_of(message, names) if shortcut.takes else ""
    what = Command(f"{offer.name}\n{pasted}".strip())
    return Taken(_did(origin, told.who, _room(channel), what, told.name), origin, told.stranger)


@dataclass(frozen=True, slots=True)
class _Doer:
    who: MemberRef
    name: str
    stranger: bool


def _told(body: Payload) -> _Doer:
    user, team = dict_of(body.get("user")), dict_of(body.get("team"))
    workspace = text_of(team, "id") or text_of(user, "team_id")
    name = text_of(user, "name") or text_of(user, "username")
    home = text_of(user, "team_id") or workspace
    return _Doer(member(workspace, text_of(user, "id")), name, home != workspace)


def _did(
    origin: Origin, who: MemberRef, channel: str, what: What, name: str, *, key: str = ""
) -> Interaction:
    place = Place(PLATFORM, who.workspace, channel, origin.thread)
    # It is the handle: how somebody is shown, Slack tells when asked.
    return Interaction((key or origin.trigger)[:KEY], who, place, what, handle=name)


def _room(channel: str) -> str:
    """Return the channel where a chat could take place: none in a direct message."""
    return "" if channel.startswith("D") else channel


def _held(view: Payload) -> Payload:
    try:
        return dict_of(json.loads(text_of(view, "private_metadata") or "{}"))
    except ValueError:
        return {}
