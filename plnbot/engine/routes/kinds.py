"""The kinds of routes that have more to them than a function: who may, of what, how it is shown."""

from collections.abc import Callable, Hashable
from typing import Any

from plnbot.engine.objects import Object
from plnbot.engine.outside import FileOutside
from plnbot.engine.parts import Part
from plnbot.engine.ports import Argument, Shortcut
from plnbot.engine.roles import Needs
from plnbot.engine.routes.handlers import (
    CommandHandler,
    Suggester,
    ToldValues,
)
from plnbot.talk.forms import Form
from plnbot.talk.interactions import Answer
from plnbot.talk.pages import File, Missing, Page
from plnbot.talk.words import Sentence
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class CommandRoute:
    """A command, where the help shows it, what it is for, how it is typed, what may follow it."""

    name: str
    handler: CommandHandler
    needs: Needs
    part: Part
    about: Sentence
    example: Sentence
    argument: Argument | None = None
    suggest: Suggester | None = None
    was: str = ""
    shortcuts: tuple[Shortcut, ...] = ()
    capability: str = ""


@dataclass(frozen=True, slots=True)
class PressRoute:
    """A button's action. With `of`, the handler is given the object besides, as in those below."""

    handler: Callable[..., Answer]
    needs: Needs
    of: Object[Any] | None = None
    without: Needs | None = None
    capability: str = ""


@dataclass(frozen=True, slots=True)
class FormRoute:
    """A form: how it is made for a person, and what its values do."""

    build: Callable[..., Form]
    submit: Callable[..., Answer]
    needs: Needs
    of: Object[Any] | None = None
    without: Needs | None = None
    capability: str = ""


@dataclass(frozen=True, slots=True)
class PageRoute:
    """A page, and who may read it.

    `alike`, given what `build` is, returns what of its reader the page depends on beside their language,
    zone and network: two with equal values see the same, so it is made once for both.
    """

    build: Callable[..., Page | Missing]
    needs: Needs
    of: Object[Any] | None = None
    without: Needs | None = None
    capability: str = ""
    alike: Callable[..., Hashable] | None = None


@dataclass(frozen=True, slots=True)
class FileRoute:
    """A download, and who may have it."""

    build: Callable[..., File | FileOutside | Missing]
    needs: Needs
    of: Object[Any] | None = None
    without: Needs | None = None
    capability: str = ""


@dataclass(frozen=True, slots=True)
class AuditRoute:
    """How a line of the audit log is told: a sentence, and what fills it."""

    words: Sentence
    values: ToldValues
