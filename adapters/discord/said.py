"""What people write in Discord, as plain words: its codes for people, rooms, pictures and times as names."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import UTC, datetime

from plnbot.talk.plain import clock_words, day_with_year
from plnbot.talk.text import Style
from plnbot.values import dataclass

_CODE = re.compile(
    r"<(?:@!?(?P<user>\d+)|@&(?P<role>\d+)|\#(?P<room>\d+)|a?:(?P<emoji>\w+):\d+"
    r"|/(?P<command>[^:<>]+):\d+|t:(?P<time>-?\d+)(?::(?P<style>[tTdDfFR]))?"
    r"|id:(?P<place>\w+))>"
)


@dataclass(frozen=True, slots=True)
class Called:
    """What people, roles and rooms that a message names are called, by their numbers."""

    users: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    rooms: Mapping[str, str] = field(default_factory=dict)


NOBODY = Called()


def named(message: Mapping[str, object]) -> Called:
    """Return what a message itself tells of the names in it, as Discord reports it over REST."""
    users = {str(each.get("id")): _name(each) for each in _dicts(message.get("mentions"))}
    rooms = {
        str(each.get("id")): str(each.get("name"))
        for each in _dicts(message.get("mention_channels"))
    }
    return Called(users, {}, rooms)


def plain(words: str, called: Called = NOBODY) -> str:
    """Return the words as they are read, without codes; what is not known is said to be a member, a room."""
    return _CODE.sub(lambda found: _plain(found, called), words)


def _plain(found: re.Match[str], called: Called) -> str:
    match found.lastgroup:
        case "user":
            return f"@{called.users.get(found['user'], 'member')}"
        case "role":
            return f"@{called.roles.get(found['role'], 'role')}"
        case "room":
            return f"#{called.rooms.get(found['room'], 'channel')}"
        case "emoji":
            return f":{found['emoji']}:"
        case "command":
            return f"/{found['command']}"
        case "place":
            return f"#{found['place']}"
        case _:
            return _time(found)


def _time(found: re.Match[str]) -> str:
    """Return a time as everybody can read it: words that are kept know no reader's clock."""
    try:
        at = datetime.fromtimestamp(int(found["time"]), UTC)
    except (ValueError, OverflowError, OSError):
        return found[0]
    if found["style"] in ("t", "T"):
        return clock_words(at, Style.TIME, "UTC", "en")
    day = day_with_year(at, "UTC", "en")
    if found["style"] in ("d", "D"):
        return day
    return f"{day}, {clock_words(at, Style.TIME, 'UTC', 'en')}"


def _name(user: Mapping[str, object]) -> str:
    member = user.get("member")
    nick = member.get("nick") if isinstance(member, Mapping) else None
    names = (nick, user.get("global_name"), user.get("username"))
    return next((str(each) for each in names if each), "member")


def _dicts(found: object) -> Iterable[Mapping[str, object]]:
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []
