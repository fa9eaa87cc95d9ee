"""`Routes`: handlers by name, filled by decorators, one for each capability and one for all."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import field, fields
from typing import Any, TypeVar, overload

from plnbot.engine.at_home import Figure, Waits
from plnbot.engine.context import Context
from plnbot.engine.menu import MenuPage
from plnbot.engine.notices.model import NoticeKind
from plnbot.engine.objects import Object, Thing
from plnbot.engine.offers import OnOfferFinder, TakesOver
from plnbot.engine.outside import AnyOutsideWork
from plnbot.engine.parts import Part
from plnbot.engine.people import PeopleHooks
from plnbot.engine.personal import Holding, Personal
from plnbot.engine.ports import Argument, Shortcut
from plnbot.engine.posts import Post
from plnbot.engine.retry import ORDINARY, RetryPolicy
from plnbot.engine.roles import Needs, RoleUse, ScopeNamer
from plnbot.engine.routes.handlers import (
    Admits,
    BesideBuilder,
    CardBuilder,
    CommandHandler,
    Ears,
    FileBuilder,
    FileBuilderOf,
    FormBuilder,
    FormBuilderOf,
    Happenings,
    PageBuilder,
    PageBuilderOf,
    PostEnded,
    PressHandler,
    PressHandlerOf,
    PublicFileBuilder,
    PublicPageBuilder,
    SubmitHandler,
    SubmitHandlerOf,
    Suggester,
    ToldValues,
    UnseenScopes,
    WorkHandler,
)
from plnbot.engine.routes.kinds import (
    AuditRoute,
    CommandRoute,
    FileRoute,
    FormRoute,
    PageRoute,
    PressRoute,
)
from plnbot.engine.searching import SearchRoute
from plnbot.sealing import Seal
from plnbot.store.database import Tx
from plnbot.talk.cards import Card
from plnbot.talk.forms import Form
from plnbot.talk.interactions import Answer, OpenForm, Press
from plnbot.talk.words import Sentence
from plnbot.values import dataclass

Named = TypeVar("Named")
_SAID_AGAIN = {"retries", "words", "optional", "gathered"}
"""What two may say of one name; all else under one name twice is a mistake."""


def _nothing_unseen(_context: Context, _numbers: Collection[int]) -> Collection[int]:
    return ()


@dataclass(frozen=True, slots=True)
class Routes:
    """Handlers by name. Two under one name is a mistake found at the start."""

    commands: dict[str, CommandRoute] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)
    presses: dict[str, PressRoute] = field(default_factory=dict)
    forms: dict[str, FormRoute] = field(default_factory=dict)
    cards: dict[str, CardBuilder] = field(default_factory=dict)
    work: dict[str, WorkHandler] = field(default_factory=dict)
    outside_work: dict[str, AnyOutsideWork] = field(default_factory=dict)
    retries: dict[str, RetryPolicy] = field(default_factory=dict)
    pages: dict[str, PageRoute] = field(default_factory=dict)
    files: dict[str, FileRoute] = field(default_factory=dict)
    public_files: dict[str, PublicFileBuilder] = field(default_factory=dict)
    public_pages: dict[str, PublicPageBuilder] = field(default_factory=dict)
    audited: dict[str, AuditRoute] = field(default_factory=dict)
    ears: list[Ears] = field(default_factory=list)
    joined: list[Callable[[Context], Answer | None]] = field(default_factory=list)
    besides: list[BesideBuilder] = field(default_factory=list)
    aboves: list[BesideBuilder] = field(default_factory=list)
    home: list[Callable[[Context], Card | None]] = field(default_factory=list)
    waits: list[Waits] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    posts: dict[str, Post] = field(default_factory=dict)
    posts_ended: dict[str, PostEnded] = field(default_factory=dict)
    admits: list[Admits] = field(default_factory=list)
    reseals: list[Callable[[Tx, Seal], None]] = field(default_factory=list)
    """Each has what a capability keeps sealed sealed by the present secret, after that was changed."""
    notices: dict[str, NoticeKind] = field(default_factory=dict)
    asks_first: set[str] = field(default_factory=set)
    """Platforms where nobody is written to directly who did not say so."""
    read_afterwards: set[str] = field(default_factory=set)
    """Platforms on which what was missed can be read afterwards."""
    parts: list[Part] = field(default_factory=list)
    hints: dict[str, Sentence] = field(default_factory=dict)
    menu: list[MenuPage] = field(default_factory=list)
    happenings: list[Happenings] = field(default_factory=list)
    on_offer: list[OnOfferFinder] = field(default_factory=list)
    takes_over: dict[str, TakesOver] = field(default_factory=dict)
    words: dict[str, Sentence] = field(default_factory=dict)
    optional: dict[str, Sentence] = field(default_factory=dict)
    gathered: dict[str, str] = field(default_factory=dict)
    people: list[PeopleHooks] = field(default_factory=list)
    """What capabilities do when members leave, are back, merged or erased."""
    personal: list[Personal] = field(default_factory=list)
    searches: dict[str, SearchRoute] = field(default_factory=dict)
    roles: list[RoleUse] = field(default_factory=list)
    """The roles that capabilities use."""
    scopes: dict[str, ScopeNamer] = field(default_factory=dict)
    unseen_scopes: dict[str, UnseenScopes] = field(default_factory=dict)

    @property
    def holdings(self) -> Sequence[Holding]:
        """Everything that is kept of members."""
        return [each for part in self.personal for each in part.holdings]

    def typed(self, words: str) -> tuple[str, str]:
        """Return the name of the command that words begin with, and what follows it.

        What it was called before leads to it too. No words are `home`; words that begin with no
        command are `help` on all of them.
        """
        parts = words.split()
        # Trying all of a long text would hold up every writer for seconds.
        longest = max((1 + name.count(" ") for name in (*self.commands, *self.before)), default=0)
        for length in range(min(len(parts), longest), 0, -1):
            said = " ".join(parts[:length]).lower()
            name = self.before.get(said, said)
            if name in self.commands:
                rest = words.split(maxsplit=length)[length:]
                return name, "".join(rest).strip()
        return ("help" if parts else "home"), words.strip()

    def command(
        self,
        name: str,
        *,
        needs: Needs,
        part: Part,
        about: Sentence,
        example: Sentence,
        argument: Argument | None = None,
        suggest: Suggester | None = None,
        was: str = "",
        shortcuts: tuple[Shortcut, ...] = (),
    ) -> Callable[[CommandHandler], CommandHandler]:
        """Answer `/pln name …`; the handler gets the words after the name.

        `suggest` returns what may follow, given what is typed of it so far. `was` is what the command
        was called before, which goes on working where it is typed. `shortcuts` offer it elsewhere.
        """

        def register(handler: CommandHandler) -> CommandHandler:
            if was:
                _merge(self.before, {was: name})
            route = CommandRoute(
                name, handler, needs, part, about, example, argument, suggest, was, shortcuts
            )
            return _once(self.commands, name, route, handler)

        return register

    @overload
    def press(self, action: str, *, needs: Needs) -> Callable[[PressHandler], PressHandler]: ...

    @overload
    def press(
        self, action: str, *, needs: Needs, of: Object[Thing]
    ) -> Callable[[PressHandlerOf[Thing]], PressHandlerOf[Thing]]: ...

    @overload
    def press(
        self, action: str, *, needs: Needs, of: Object[Thing], without: Needs
    ) -> Callable[[PressHandlerOf[Thing | None]], PressHandlerOf[Thing | None]]: ...

    def press(
        self,
        action: str,
        *,
        needs: Needs,
        of: Object[Any] | None = None,
        without: Needs | None = None,
    ) -> Callable[[Any], Any]:
        """Answer a button or select of this action; with `without`, the row may be empty."""
        return lambda handler: _once(
            self.presses, action, PressRoute(handler, needs, of, without), handler
        )

    @overload
    def form(
        self, name: str, *, build: FormBuilder, needs: Needs, opens: bool = ...
    ) -> Callable[[SubmitHandler], SubmitHandler]: ...

    @overload
    def form(
        self,
        name: str,
        *,
        build: FormBuilderOf[Thing],
        needs: Needs,
        of: Object[Thing],
        opens: bool = ...,
    ) -> Callable[[SubmitHandlerOf[Thing]], SubmitHandlerOf[Thing]]: ...

    @overload
    def form(
        self,
        name: str,
        *,
        build: FormBuilderOf[Thing | None],
        needs: Needs,
        of: Object[Thing],
        without: Needs,
        opens: bool = ...,
    ) -> Callable[[SubmitHandlerOf[Thing | None]], SubmitHandlerOf[Thing | None]]: ...

    def form(
        self,
        name: str,
        *,
        build: Callable[..., Form],
        needs: Needs,
        of: Object[Any] | None = None,
        without: Needs | None = None,
        opens: bool = False,
    ) -> Callable[[Any], Any]:
        """Take the checked values of a form; with `without`, the row may be empty.

        Where it `opens`, a button of the same name opens it, for whoever may send it.
        """

        def opened(ctx: Context, press: Press, *of_what: Any) -> Answer:
            return OpenForm(build(ctx, press.row, *of_what))

        if opens:
            _merge(self.presses, {name: PressRoute(opened, needs, of, without)})
        return lambda handler: _once(
            self.forms, name, FormRoute(build, handler, needs, of, without), handler
        )

    def scope(self, kind: str, namer: ScopeNamer, unseen: UnseenScopes = _nothing_unseen) -> None:
        """Name the things of a kind in which a role may be held, such as `chat`.

        `unseen` returns which of them somebody may not see: to them they have numbers alone.
        """
        _merge(self.scopes, {kind: namer})
        _merge(self.unseen_scopes, {kind: unseen})

    def search(self, source: str, route: SearchRoute) -> None:
        """Let forms look through something by this name."""
        _merge(self.searches, {source: route})

    def card(self, name: str) -> Callable[[CardBuilder], CardBuilder]:
        """Make the card of this name when it is sent; None when there is nothing to say now."""
        return lambda builder: _once(self.cards, name, builder, builder)

    def post_ended(self, name: str) -> Callable[[PostEnded], PostEnded]:
        """Be told when a post of this card, or a change of it, has ended, in the unit that ends it."""
        return lambda handler: _once(self.posts_ended, name, handler, handler)

    def when_due(
        self, kind: str, *, retry: RetryPolicy = ORDINARY
    ) -> Callable[[WorkHandler], WorkHandler]:
        """Run work of this kind inside one transaction, and try it again as `retry` says."""

        def register(handler: WorkHandler) -> WorkHandler:
            self.retries[kind] = retry
            return _once(self.work, kind, handler, handler)

        return register

    def outside(self, declared: AnyOutsideWork) -> None:
        """Run work of this kind outside any transaction, as declared."""
        self.retries[declared.kind] = declared.retry
        _merge(self.outside_work, {declared.kind: declared})

    def retry(self, kind: str) -> RetryPolicy:
        """Return how work of this kind is tried again."""
        return self.retries.get(kind, ORDINARY)

    @overload
    def page(self, name: str, *, needs: Needs) -> Callable[[PageBuilder], PageBuilder]: ...

    @overload
    def page(
        self,
        name: str,
        *,
        needs: Needs,
        of: Object[Thing],
        alike: Callable[[Context, str, Thing], Hashable] | None = None,
    ) -> Callable[[PageBuilderOf[Thing]], PageBuilderOf[Thing]]: ...

    @overload
    def page(
        self, name: str, *, needs: Needs, of: Object[Thing], without: Needs
    ) -> Callable[[PageBuilderOf[Thing | None]], PageBuilderOf[Thing | None]]: ...

    def page(
        self,
        name: str,
        *,
        needs: Needs,
        of: Object[Any] | None = None,
        without: Needs | None = None,
        alike: Callable[..., Hashable] | None = None,
    ) -> Callable[[Any], Any]:
        """Show the page of this name; with `without`, the row may be empty."""
        return lambda builder: _once(
            self.pages, name, PageRoute(builder, needs, of, without, alike=alike), builder
        )

    @overload
    def file(self, name: str, *, needs: Needs) -> Callable[[FileBuilder], FileBuilder]: ...

    @overload
    def file(
        self, name: str, *, needs: Needs, of: Object[Thing]
    ) -> Callable[[FileBuilderOf[Thing]], FileBuilderOf[Thing]]: ...

    def file(
        self, name: str, *, needs: Needs, of: Object[Any] | None = None
    ) -> Callable[[Any], Any]:
        """Give the file of this name."""
        return lambda builder: _once(self.files, name, FileRoute(builder, needs, of), builder)

    def public_file(self, name: str) -> Callable[[PublicFileBuilder], PublicFileBuilder]:
        """Give a file to whoever knows its secret row, such as a calendar's address."""
        return lambda builder: _once(self.public_files, name, builder, builder)

    def public_page(self, name: str) -> Callable[[PublicPageBuilder], PublicPageBuilder]:
        """Show a page to whoever has its address, `/open/name/row`: its row is what they know.

        It changes nothing, and shows nothing of anybody who did not agree. Its title names nobody:
        platforms show the titles of addresses to whole rooms.
        """
        return lambda builder: _once(self.public_pages, name, builder, builder)

    def audit(self, told: Mapping[str, Sentence]) -> Callable[[ToldValues], ToldValues]:
        """Tell lines of the audit log by their action; `{who}` is filled in besides."""

        def register(values: ToldValues) -> ToldValues:
            _merge(self.audited, {name: AuditRoute(words, values) for name, words in told.items()})
            return values

        return register

    def include(self, other: "Routes") -> None:
        """Add another capability's routes."""
        for each in fields(self):
            mine, theirs = getattr(self, each.name), getattr(other, each.name)
            if isinstance(mine, list):
                mine.extend(theirs)
            elif isinstance(mine, set) or each.name in _SAID_AGAIN:
                mine.update(theirs)
            else:
                _merge(mine, theirs)


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
