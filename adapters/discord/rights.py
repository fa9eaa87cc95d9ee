"""The rights that the bot asks for, each with its reason, and which of them it has where. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from adapters.discord.codes import Permission

# Name in Discord's settings, and what goes wrong without it.
IN_A_ROOM: Mapping[Permission, tuple[str, str]] = {
    Permission.VIEW_CHANNEL: ("View Channel", "chats cannot be seen there"),
    Permission.SEND_MESSAGES: ("Send Messages", "questions cannot be posted"),
    Permission.EMBED_LINKS: ("Embed Links", "every message would be empty"),
    Permission.ATTACH_FILES: ("Attach Files", "the archive cannot be given as a file"),
    Permission.READ_HISTORY: ("Read Message History", "answers during a gap would be missed"),
}
FOR_THREADS: Mapping[Permission, tuple[str, str]] = {
    Permission.CREATE_THREADS: ("Create Public Threads", "questions have no thread of their own"),
    Permission.SEND_IN_THREADS: ("Send Messages in Threads", "answers are not shown in threads"),
}
IN_THE_SERVER: Mapping[Permission, tuple[str, str]] = {
    Permission.CREATE_EVENTS: ("Create Events", "chats are not in the server's calendar"),
}
BETTER_WITH: Mapping[Permission, tuple[str, str]] = {
    Permission.ADD_REACTIONS: ("Add Reactions", "messages do not show that they count"),
    Permission.CREATE_PRIVATE_THREADS: (
        "Create Private Threads",
        "a few people have no private place of their own",
    ),
}
ALL = Permission(0)
for _each in (*IN_A_ROOM, *FOR_THREADS, *IN_THE_SERVER, *BETTER_WITH):
    ALL |= _each

Json = Mapping[str, Any]
EVERY_ONE = ~0
_ROLE, _MEMBER = 0, 1


def invitation(application: str) -> str:
    """Return the address at which a server's owner invites the bot, with no right too many."""
    query = {
        "client_id": application,
        "scope": "bot applications.commands",
        "permissions": int(ALL),
    }
    return f"https://discord.com/oauth2/authorize?{urlencode(query)}"


def in_server(guild: Json, member: Json) -> int:
    """Return the bot's rights in a server, as bits."""
    held = {str(guild["id"]), *map(str, member.get("roles", ()))}
    rights = 0
    for role in guild.get("roles", ()):
        if str(role["id"]) in held:
            rights |= int(role["permissions"])
    return EVERY_ONE if rights & Permission.ADMINISTRATOR else rights


def in_channel(channel: Json, guild: Json, member: Json, bot: str) -> int:
    """Return the bot's rights in a channel: the server's, as the channel takes and gives."""
    rights = in_server(guild, member)
    if rights == EVERY_ONE:
        return rights
    overwrites: Sequence[Json] = channel.get("permission_overwrites") or ()
    everyone = [each for each in overwrites if str(each["id"]) == str(guild["id"])]
    roles = set(map(str, member.get("roles", ())))
    of_roles = [e for e in overwrites if int(e["type"]) == _ROLE and str(e["id"]) in roles]
    own = [each for each in overwrites if int(each["type"]) == _MEMBER and str(each["id"]) == bot]
    for group in (everyone, of_roles, own):
        for each in group:
            rights &= ~int(each["deny"])
        for each in group:
            rights |= int(each["allow"])
    return rights


def missing(rights: int, wanted: Iterable[Mapping[Permission, tuple[str, str]]]) -> list[str]:
    """Return what is missing, each as its name and what goes wrong without it."""
    return [
        f"“{name}” ({without})"
        for group in wanted
        for right, (name, without) in group.items()
        if not rights & right
    ]
