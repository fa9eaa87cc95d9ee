"""The port of commands: what members may type, for platforms that list it in menus."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from plnbot.talk.words import Sentence
from plnbot.values import dataclass


class ArgumentKind(StrEnum):
    """What may follow a command."""

    WORDS = "words"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Argument:
    """What may follow a command, for platforms that ask for it by name.

    `name` is one lower-case English word. A member is given by name or by the platform's own id.
    """

    name: str
    about: Sentence
    kind: ArgumentKind = ArgumentKind.WORDS
    required: bool = False


class On(StrEnum):
    """What a shortcut stands on."""

    ROOM = "room"
    MESSAGE = "message"
    MEMBER = "member"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A command that platforms also offer for one press, where they have a place for it.

    `name` is one English word, fixed: what is set up at a platform refers to it. On a member, that
    member follows the command; on a message, its words do where it `takes` them.
    """

    name: str
    label: Sentence
    on: On
    takes: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A command as platforms with menus show it.

    `name` is what is typed, such as `chat new`; `suggests` says that `Desk.suggest` helps with what
    follows. `words` are the English words of its name and argument, for menus in other languages.
    `was` is its name in menus that a client may still show; `shortcuts` stand elsewhere than in them.
    """

    name: str
    about: Sentence
    argument: Argument | None = None
    suggests: bool = False
    words: Mapping[str, Sentence] = field(default_factory=dict)
    was: str = ""
    shortcuts: tuple[Shortcut, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnMessage:
    """What one chooses on a message of one's own to have it heard, where we do not hear everything.

    `otherwise` is what is said to whoever chooses it on somebody else's.
    """

    label: Sentence
    otherwise: Sentence
