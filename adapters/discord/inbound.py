"""What Discord reports, as interactions of the core. Pure: no connection, no database."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from adapters.discord import commands, names
from adapters.discord.codes import CommandType, Event, OptionType, Permission
from adapters.discord.markup import PLATFORM
from adapters.discord.names import Name
from adapters.discord.said import named, plain
from plnbot.engine.ports import Offer, OwnMessage
from plnbot.refs import MemberRef, Place
from plnbot.talk.interactions import Command, Interaction, Opened, Press, Said, What
from plnbot.values import dataclass

COMMAND = "/pln"
_REPLY = 19
_LEADS = Permission.ADMINISTRATOR | Permission.MANAGE_GUILD

Data = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One interaction as Discord reports it, apart from where the library keeps it.

    `guild` is empty in direct messages; `parent` is the channel of a thread. `data` is Discord's
    own; `footer` and `labels` are what the pressed message shows.
    """

    id: str
    token: str
    event: Event
    data: Data
    user: str
    name: str
    guild: str = ""
    channel: str = ""
    parent: str = ""
    locale: str = ""
    permissions: int = 0
    owns: bool = False
    footer: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def named(self) -> Name | None:
        """The custom id of what was pressed or sent, taken apart."""
        return names.read(str(self.data.get("custom_id", "")))

    @property
    def leads(self) -> bool:
        """Whether the person administers the server."""
        return self.owns or bool(self.permissions & _LEADS)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A command as it was chosen in the menus: which, what follows, and whether it is written yet."""

    offer: Offer
    words: str


def place_of(guild: str, channel: str, parent: str = "") -> Place:
    """Return a channel, or a thread of one."""
    if parent:
        return Place(PLATFORM, guild, parent, channel)
    return Place(PLATFORM, guild, channel)


def interaction(given: Incoming, what: What, guild: str) -> Interaction:
    """Return an interaction of the core; `guild` is the server it is about."""
    here = given.channel if given.guild else ""
    return Interaction(
        given.id,
        MemberRef(PLATFORM, guild, given.user),
        place_of(guild, here, given.parent if given.guild else ""),
        what,
        given.locale,
        # Directly, Discord tells what somebody is called everywhere, not how the server shows them.
        given.name if given.guild else "",
        leads=given.leads and given.guild == guild,
        handle=given.name,
    )


def what_of(given: Incoming, offers: Sequence[Offer], own: OwnMessage | None = None) -> What | None:
    """Return what a command or a press means to the core, or None where it means nothing there."""
    match given.event:
        case Event.COMMAND:
            return _command(given, offers, own)
        case Event.PRESSED:
            return _press(given)
        case _:
            return None


def typing(given: Incoming, offers: Sequence[Offer]) -> Chosen | None:
    """Return the command somebody is typing, and what of it stands there so far."""
    return _chosen(given.data, offers)


def said(words: str, bot: str, *, everything: bool) -> str | Command | None:
    """Return what words in a channel mean: a command, words to count, or nothing for us.

    Without `everything`, only what mentions the bot is meant for us.
    """
    mention = re.compile(rf"<@!?{re.escape(bot)}>")
    mentioned = bool(mention.search(words))
    if not mentioned and not everything:
        return None
    meant = mention.sub(" ", words).strip() if mentioned else words.strip()
    if mentioned and not meant:
        return Command("")
    # Whatever blank a keyboard makes ends a word; a message may be a picture alone.
    first, *rest = meant.split(maxsplit=1) or [""]
    if first.casefold() in {COMMAND, COMMAND[1:]} and (mentioned or first.startswith("/")):
        return Command("".join(rest).strip())
    return meant


def _press(given: Incoming) -> What | None:
    name = given.named
    if name is None:
        return None
    match name.kind:
        case names.PRESS:
            values = given.data.get("values")
            value = str(values[0]) if isinstance(values, list) and values else ""
            return Press(name.action, name.row, value)
        case names.PAGE:
            return Opened(name.action, name.row)
        case _:
            return None


def _command(given: Incoming, offers: Sequence[Offer], own: OwnMessage | None) -> What | None:
    data = given.data
    match data.get("type", CommandType.TYPED):
        case CommandType.MEMBER:
            found = commands.shortcut_of(CommandType.MEMBER, str(data.get("name", "")), offers)
            return Command(f"{found[0]} {data.get('target_id', '')}") if found else None
        case CommandType.MESSAGE:
            return _on_a_message(given, offers, own)
        case _:
            chosen = _chosen(data, offers)
            return Command(f"{chosen.offer.name} {chosen.words}".strip()) if chosen else None


def _on_a_message(given: Incoming, offers: Sequence[Offer], own: OwnMessage | None) -> What | None:
    data, name = given.data, str(given.data.get("name", ""))
    message = _resolved(data, "messages", str(data.get("target_id", "")))
    found = commands.shortcut_of(CommandType.MESSAGE, name, offers)
    if found is not None:
        command, takes = found
        words = plain(str(message.get("content", "")), named(message)) if takes else ""
        return Command(f"{command}\n{words}".strip())
    author = message.get("author")
    is_theirs = isinstance(author, Mapping) and str(author.get("id", "")) == given.user
    if own is None or not is_theirs or not commands.is_called(own.label, name):
        return None
    words = plain(str(message.get("content", "")), named(message))
    version = str(message.get("edited_timestamp") or "")
    return Said(words, str(message.get("id", "")), version, reply_to(message), meant=True)


def reply_to(message: Data) -> str:
    """Return which message one replies to, as Discord reports it, or an empty string."""
    above = message.get("message_reference") if message.get("type") == _REPLY else None
    return str(above.get("message_id") or "") if isinstance(above, Mapping) else ""


def attachments(data: Data) -> Data:
    """Return what Discord tells of the files that came with a dialog, by their numbers."""
    return _all_resolved(data, "attachments")


def _all_resolved(data: Data, kind: str) -> Data:
    resolved = data.get("resolved")
    found = resolved.get(kind) if isinstance(resolved, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _resolved(data: Data, kind: str, row: str) -> Data:
    one = _all_resolved(data, kind).get(row)
    return one if isinstance(one, Mapping) else {}


def _chosen(data: Data, offers: Sequence[Offer]) -> Chosen | None:
    path: list[str] = []
    words = ""
    for option in _walked(data):
        if option.get("type") in (OptionType.SUB_COMMAND, OptionType.GROUP):
            path.append(str(option.get("name", "")))
        else:
            words = str(option.get("value", ""))
    offer = commands.command_of(path, offers)
    return Chosen(offer, words) if offer else None


def _walked(data: Data) -> Iterator[Data]:
    options = data.get("options")
    for option in options if isinstance(options, list) else ():
        if isinstance(option, Mapping):
            yield option
            yield from _walked(option)
