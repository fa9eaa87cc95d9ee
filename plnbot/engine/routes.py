"""Routes: which command, button, form, view or due work leads to which function, and who may.

Every capability fills one `Routes`; the application merges them into the engine's.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from plnbot.engine.audit import Entry
from plnbot.engine.parts import Part
from plnbot.engine.personal import Holding, Personal
from plnbot.engine.ports import Argument, Destination, Directory, Network, Person, SignIns
from plnbot.engine.posts import Post
from plnbot.engine.retry import ORDINARY, RetryPolicy
from plnbot.engine.roles import Grant, Needs
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.talk.cards import Card, Option
from plnbot.talk.forms import Answered, Form
from plnbot.talk.happenings import Announced
from plnbot.talk.interactions import Answer, Press, Said
from plnbot.talk.pages import Attached, File, Missing, Page
from plnbot.talk.words import Message, Translate, Value


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a handler may use: one transaction, one instant, one person, one place.

    `whole` asks a page for everything: it is handed over as a file, from which nothing leads on.
    """

    tx: Tx
    now: datetime
    person: Person
    grants: frozenset[Grant]
    where: Place
    t: Translate
    directory: Directory
    catalogue: "Routes"
    sign_ins: SignIns
    whole: bool = False

    @property
    def address(self) -> str:
        """Where members here reach the pages, empty where they cannot."""
        return self.sign_ins.address(self.where.platform)

    def link(self, path: str) -> str:
        """Return an address that signs the person in once and opens `path`; `Refused` without."""
        return self.sign_ins.link(self.tx, self.person.ref, path, self.now)

    @property
    def network(self) -> Network:
        """The network this happens in."""
        return self.person.network

    def called(self, person: int) -> str:
        """Return the name of a member of this network; somebody erased has a number only."""
        found = self.directory.by_id(self.tx, person)
        return found.name if found else self.t.words("Former member {number}", number=person)

    def may(self, required: Needs, row: str = "") -> bool:
        """Return whether the person may do what asks for `required`."""
        return required.met_by(self.grants, row)

    def may_somewhere(self, required: Needs) -> bool:
        """Return whether the person may do this in the network, or in one thing of it."""
        held = {each.role for each in self.grants}
        return required.met_by(self.grants) or (
            bool(required.within) and bool(held & required.roles)
        )


@dataclass(frozen=True, slots=True)
class Showing:
    """What a card's builder may use when the card is sent: the readers' language, the present.

    `address` is where these readers reach the pages, empty where they cannot.
    """

    tx: Tx
    now: datetime
    network: Network
    t: Translate
    to: Destination
    directory: Directory
    address: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """What a work handler may use."""

    tx: Tx
    now: datetime
    due_at: datetime
    payload: Mapping[str, object]
    directory: Directory
    catalogue: "Routes"


Values = Mapping[str, Answered]
CommandHandler = Callable[[Context, str], Answer]
PressHandler = Callable[[Context, Press], Answer]
FormBuilder = Callable[[Context, str], Form]
SubmitHandler = Callable[[Context, str, Values], Answer]
SaidHandler = Callable[[Context, Said], Answer | None]
CardBuilder = Callable[[Showing, Mapping[str, str | int]], Card | Attached | Announced | None]
WorkHandler = Callable[[Due], None]
PageBuilder = Callable[[Context, str], Page | Missing]
FileBuilder = Callable[[Context, str], File | Missing]
PublicFileBuilder = Callable[[Tx, datetime, str], File | Missing]
BesideBuilder = Callable[[Context], Card | None]
Suggester = Callable[[Context, str], Sequence[Option]]
ToldValues = Callable[[Context, Entry], Mapping[str, Value]]


@dataclass(frozen=True, slots=True)
class CommandRoute:
    """A command, where the help shows it, what it is for, how it is typed, what may follow it."""

    name: str
    handler: CommandHandler
    needs: Needs
    part: Part
    about: Message
    example: Message
    argument: Argument | None = None
    suggest: Suggester | None = None


@dataclass(frozen=True, slots=True)
class PressRoute:
    """A button's action."""

    handler: PressHandler
    needs: Needs


@dataclass(frozen=True, slots=True)
class FormRoute:
    """A form: how it is made for a person, and what its values do."""

    build: FormBuilder
    submit: SubmitHandler
    needs: Needs


@dataclass(frozen=True, slots=True)
class PageRoute:
    """A page, and who may read it."""

    build: PageBuilder
    needs: Needs


@dataclass(frozen=True, slots=True)
class FileRoute:
    """A download, and who may have it."""

    build: FileBuilder
    needs: Needs


@dataclass(frozen=True, slots=True)
class AuditRoute:
    """How a line of the audit log is told: a sentence, and what fills it."""

    words: Message
    values: ToldValues


Named = TypeVar("Named")


@dataclass(frozen=True, slots=True)
class Routes:
    """Handlers by name. Two under one name is a mistake found at the start."""

    commands: dict[str, CommandRoute] = field(default_factory=dict)
    presses: dict[str, PressRoute] = field(default_factory=dict)
    forms: dict[str, FormRoute] = field(default_factory=dict)
    cards: dict[str, CardBuilder] = field(default_factory=dict)
    work: dict[str, WorkHandler] = field(default_factory=dict)
    retries: dict[str, RetryPolicy] = field(default_factory=dict)
    pages: dict[str, PageRoute] = field(default_factory=dict)
    files: dict[str, FileRoute] = field(default_factory=dict)
    public_files: dict[str, PublicFileBuilder] = field(default_factory=dict)
    audited: dict[str, AuditRoute] = field(default_factory=dict)
    heard: list[SaidHandler] = field(default_factory=list)
    joined: list[Callable[[Context], Answer | None]] = field(default_factory=list)
    besides: list[BesideBuilder] = field(default_factory=list)
    home: list[Callable[[Context], Card | None]] = field(default_factory=list)
    posts: dict[str, Post] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    personal: list[Personal] = field(default_factory=list)

    @property
    def holdings(self) -> Sequence[Holding]:
        """Everything that is kept of members."""
        return [each for part in self.personal for each in part.holdings]

    def typed(self, words: str) -> tuple[str, str]:
        """Return the name of the command that words begin with, and what follows it.

        No words are `home`; words that begin with no command are `help` on all of them.
        """
        parts = words.split()
        # Trying all of a long text would hold up every writer for seconds.
        longest = max((len(name.split()) for name in self.commands), default=0)
        for length in range(min(len(parts), longest), 0, -1):
            name = " ".join(parts[:length]).lower()
            if self.commands.get(name) is not None:
                rest = words.split(maxsplit=length)[length:]
                return name, "".join(rest).strip()
        return ("help" if parts else "home"), words.strip()

    def command(  # noqa: PLR0913 - the parts of a command
        self,
        name: str,
        *,
        needs: Needs,
        part: Part,
        about: Message,
        example: Message,
        argument: Argument | None = None,
        suggest: Suggester | None = None,
    ) -> Callable[[CommandHandler], CommandHandler]:
        """Answer `/pln name …`; the handler gets the words after the name.

        `suggest` returns what may follow, given what is typed of it so far.
        """

        def register(handler: CommandHandler) -> CommandHandler:
            route = CommandRoute(name, handler, needs, part, about, example, argument, suggest)
            return _once(self.commands, name, route, handler)

        return register

    def press(self, action: str, *, needs: Needs) -> Callable[[PressHandler], PressHandler]:
        """Answer a button or select of this action."""

        def register(handler: PressHandler) -> PressHandler:
            return _once(self.presses, action, PressRoute(handler, needs), handler)

        return register

    def form(
        self, name: str, *, build: FormBuilder, needs: Needs
    ) -> Callable[[SubmitHandler], SubmitHandler]:
        """Take the checked values of a form."""

        def register(handler: SubmitHandler) -> SubmitHandler:
            return _once(self.forms, name, FormRoute(build, handler, needs), handler)

        return register

    def card(self, name: str) -> Callable[[CardBuilder], CardBuilder]:
        """Make the card of this name when it is sent; None when there is nothing to say now."""
        return lambda builder: _once(self.cards, name, builder, builder)

    def when_due(
        self, kind: str, *, retry: RetryPolicy = ORDINARY
    ) -> Callable[[WorkHandler], WorkHandler]:
        """Run work of this kind inside one transaction, and try it again as `retry` says."""

        def register(handler: WorkHandler) -> WorkHandler:
            self.retries[kind] = retry
            return _once(self.work, kind, handler, handler)

        return register

    def retry(self, kind: str) -> RetryPolicy:
        """Return how work of this kind is tried again."""
        return self.retries.get(kind, ORDINARY)

    def page(self, name: str, *, needs: Needs) -> Callable[[PageBuilder], PageBuilder]:
        """Show the page of this name."""
        return lambda builder: _once(self.pages, name, PageRoute(builder, needs), builder)

    def file(self, name: str, *, needs: Needs) -> Callable[[FileBuilder], FileBuilder]:
        """Give the file of this name."""
        return lambda builder: _once(self.files, name, FileRoute(builder, needs), builder)

    def public_file(self, name: str) -> Callable[[PublicFileBuilder], PublicFileBuilder]:
        """Give a file to whoever knows its secret row, such as a calendar's address."""
        return lambda builder: _once(self.public_files, name, builder, builder)

    def audit(self, told: Mapping[str, Message]) -> Callable[[ToldValues], ToldValues]:
        """Tell lines of the audit log by their action; `{who}` is filled in besides."""

        def register(values: ToldValues) -> ToldValues:
            _merge(self.audited, {name: AuditRoute(words, values) for name, words in told.items()})
            return values

        return register

    def include(self, other: "Routes") -> None:
        """Add another capability's routes."""
        _merge(self.commands, other.commands)
        _merge(self.presses, other.presses)
        _merge(self.forms, other.forms)
        _merge(self.cards, other.cards)
        _merge(self.work, other.work)
        self.retries.update(other.retries)
        _merge(self.pages, other.pages)
        _merge(self.files, other.files)
        _merge(self.public_files, other.public_files)
        _merge(self.audited, other.audited)
        self.heard.extend(other.heard)
        self.joined.extend(other.joined)
        self.besides.extend(other.besides)
        self.home.extend(other.home)
        _merge(self.posts, other.posts)
        self.parts.extend(other.parts)
        self.personal.extend(other.personal)


Handler = TypeVar("Handler")


def _once(table: dict[str, Named], name: str, route: Named, handler: Handler) -> Handler:
    _merge(table, {name: route})
    return handler


def _merge(mine: dict[str, Named], theirs: Mapping[str, Named]) -> None:
    twice = mine.keys() & theirs.keys()
    if twice:
        msg = f"two routes under one name: {sorted(twice)}"
        raise ValueError(msg)
    mine.update(theirs)
