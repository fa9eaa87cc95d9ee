"""What people do, as every platform reports it, and what they get back at once."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime

from plnbot.refs import MemberRef, Place
from plnbot.talk.cards import Card
from plnbot.talk.forms import FieldErrors, Files, Form
from plnbot.talk.pages import File
from plnbot.talk.text import EMPTY, Text
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """`/pln` and what follows it: `words` is everything typed after `/pln`."""

    words: str


@dataclass(frozen=True, slots=True)
class Press:
    """A button pressed, or a select chosen (`value`)."""

    action: str
    row: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Submit:
    """A form sent, its values unchecked, and the files that came with it by the names of inputs."""

    form: str
    values: Mapping[str, str | Sequence[str]]
    row: str = ""
    files: Files = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Said:
    """Words written in a room or thread; `message` is the platform's id of them.

    The same `message` again means that it was edited; empty `words` that none are left of it.
    `version` orders what is told of one message: versions compare as text, and what was never edited
    has none. `reply_to` is the message in the same room that it replies to, where a platform has
    that. `meant` says that its author calls it an answer.
    """

    words: str
    message: str
    version: str = ""
    reply_to: str = ""
    meant: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """A member came into the room."""


@dataclass(frozen=True, slots=True)
class Left:
    """A member left the room; where the place names no channel, the whole workspace."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """A member is called otherwise from now on, as the interaction's `name` says."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One of our pages was asked for in a chat: its name, such as `home`, and its row."""

    view: str
    row: str = ""


What = Command | Press | Submit | Said | Joined | Left | Renamed | Opened


@dataclass(frozen=True, slots=True)
class Interaction:
    """One thing one person did. `key` is the platform's own id of the event, used once.

    `name` is how the platform shows the person at this moment, or empty where that is not known; it
    identifies nobody, and who is called otherwise than before is called so from now on. `handle` is
    what to call somebody new where there is no name. `zone` is the IANA zone the platform knows of
    them, and `leads` says that they administer the workspace there.
    `missed` marks what happened while nobody listened and is told afterwards, all at once; `at` is when
    it happened, by everybody's clocks, where the platform says so.
    """

    key: str
    who: MemberRef
    where: Place
    what: What
    locale: str = ""
    name: str = ""
    zone: str = ""
    leads: bool = False
    handle: str = ""
    missed: bool = False
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """A card back, and those that follow it, to the person alone unless `public`.

    `awaits` is the number of a form of which more is to come: `Desk.outcome` has it then. `unheard` says
    that it is about words that do not count: it may go once other words there do.
    """

    card: Card
    public: bool = False
    more: tuple[Card, ...] = ()
    awaits: int = 0
    unheard: bool = False


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form to fill in."""

    form: Form


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page to open: its address, and a card saying so where a page cannot be opened by itself.

    `path` is the same for whoever is on the pages already, who needs no address that signs them in.
    """

    url: str
    card: Card
    path: str = ""


@dataclass(frozen=True, slots=True)
class Handed:
    """A page as a file, to the person alone, where pages have no address; cards may follow."""

    card: Card
    file: File
    more: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class Nothing:
    """Done, with nothing to say; `note` is shown in passing where that disturbs nobody.

    `counts` names what the words that were heard count for, for platforms that can show it beside them.
    """

    note: Text = EMPTY
    counts: str = ""


Answer = Reply | OpenForm | OpenPage | Handed | FieldErrors | Nothing
NOTHING = Nothing()
