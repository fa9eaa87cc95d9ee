"""A capability: one thing that the bot can do for people, as one declared value.

**One value, read by all.** Everything that has to know of every capability reads it from here: the
application its `routes` and `posts`, help its `parts`, menus its `words` and the shortcuts of its
commands, the calendar its `happenings`, settings its `notices`, whoever gives roles its `roles`, backups what is `counted`, doctor the
rooms of its `posts`, members what is kept of them (`personal`), and the tests all of it. Nobody keeps a
list of their own.

**Nothing is forgotten in silence.** What can be is a required field: either what is done, or
`NothingToDo` with the reason (`plnbot.engine.posts`). What contradicts itself is found at the start: a
card that no post speaks of, a post that no card makes, words that are gathered below a card which says
that they are not, or for which nobody looks after a gap; a role that a route asks for and nobody can
be given; and in `plnbot.capabilities`, between several,
two routes of one name, or a command that help would not show.

**It knows nobody above it.** A capability imports the engine and what stands below; no other capability
but for one model, and no adapter. What is of a platform is asked of all: adapters show what is
declared, each where it has a place for it.

**Who may** is said with each route (`needs=…, of=…`) and looked at in one place (`plnbot.engine.objects`)
before a handler runs: a handler gets the object, never a row number that it has to look into itself.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from plnbot.command_words import CommandWord
from plnbot.engine import objects
from plnbot.engine.at_home import Figure, Waits
from plnbot.engine.menu import MenuPage
from plnbot.engine.notices.model import NoticeKind
from plnbot.engine.offers import OnOfferFinder, TakesOver
from plnbot.engine.parts import Part
from plnbot.engine.people import PeopleHooks
from plnbot.engine.personal import Personal
from plnbot.engine.posts import Gathered, Listens, NothingToDo, Post
from plnbot.engine.roles import LOCAL, NETWORK, Role, RoleUse
from plnbot.engine.routes import Happenings, Routes
from plnbot.packs import Pack, PackFolder
from plnbot.talk.words import Sentence
from plnbot.values import dataclass


class Gathering(Protocol):
    """What gathers words below cards, by the cards' names; `plnbot.gathering` says the rest."""

    @property
    def below(self) -> Mapping[str, object]:
        """The cards."""
        ...


class Meeting(Protocol):
    """What a capability does with spaces, by its own name; `plnbot.spaces.Tenant` says the rest."""

    @property
    def name(self) -> str:
        """The tenant's name."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability:
    """One capability; `name` is that of its folder.

    `title` is what people call it; one that is `optional` can be switched off in a
    network. `parts` are those of the help that are its own. `words` are the
    English ones in its commands and their arguments, one each, for menus in other languages.
    `happenings` returns what takes place in a network, for its calendar; `on_offer` what its members can take part in, and `takes_over` is how an idea from
    elsewhere becomes one of its own (`plnbot.engine.offers`). `waits` and `figures` stand on
    members' homes (`plnbot.engine.at_home`). `gathers` says what
    words below its posts are about (`plnbot.gathering.Gathers`). `notices` are the
    kinds of what it tells one member unasked, and `roles` those that it uses: nobody is offered others.
    `people` is what becomes of its things when members leave, are back, merged or erased.
    `counted` names tables by what they hold many of, which a backup counts; `command_words` are its own on the command line. `packs` are the lists in
    `config/packs` that it reads. `hint` stands in the empty field in which one writes in a room.
    `menu` are its pages in the menu (`plnbot.engine.menu`). `spaces` are what it does with places for a few
    people (`plnbot.spaces.Tenant`).
    """

    name: str
    title: Sentence
    optional: bool
    routes: Routes
    parts: Sequence[Part]
    words: Sequence[Sentence]
    posts: Sequence[Post]
    happenings: Happenings | NothingToDo
    on_offer: OnOfferFinder | NothingToDo
    takes_over: TakesOver | NothingToDo
    waits: Sequence[Waits] | NothingToDo
    figures: Sequence[Figure] | NothingToDo
    notices: Sequence[NoticeKind]
    roles: Sequence[RoleUse]
    people: PeopleHooks
    gathers: Sequence[Gathering]
    personal: Personal
    counted: Mapping[str, str]
    command_words: Sequence[CommandWord]
    packs: Sequence[Pack[Any] | PackFolder[Any, Any]] = ()
    hint: Sentence | None = None
    menu: Sequence[MenuPage] = ()
    spaces: Sequence[Meeting] = ()

    def __post_init__(self) -> None:
        """Find what was forgotten, or does not go together."""
        if lost := sorted({each.page for each in self.menu} - self.routes.pages.keys()):
            raise ValueError(f"{self.name}: the menu has pages of it that it has not: {lost}")
        self._check_cards()
        self._check_roles()

    def _check_roles(self) -> None:
        """Find roles that are asked for and not declared, so that nobody could be given them."""
        guarded = [
            each
            for table in (
                self.routes.presses,
                self.routes.forms,
                self.routes.pages,
                self.routes.files,
            )
            for each in table.values()
        ]
        asked = [each.needs for each in (*self.routes.commands.values(), *guarded)]
        of_all = {Role.MEMBER, Role.ADMINISTRATOR, *(each.role for each in self.roles)}
        if lost := sorted({role for each in asked for role in each.roles} - of_all):
            raise ValueError(f"{self.name}: asks for roles that it does not declare: {lost}")
        known = {NETWORK, *LOCAL, *self.routes.scopes}
        if nameless := sorted({scope for each in self.roles for scope in each.scopes} - known):
            raise ValueError(f"{self.name}: roles are held in what has no name: {nameless}")
        if nowhere := sorted(
            each.of.name
            for each in guarded
            if each.needs.local and each.of is not None and each.of.lies_in is objects.nowhere
        ):
            raise ValueError(
                f"{self.name}: roles of a district count for what lies in none: {nowhere}"
            )

    def _check_cards(self) -> None:
        declared, made = [each.card for each in self.posts], set(self.routes.cards)
        if len(set(declared)) < len(declared):
            raise ValueError(f"{self.name}: a card is declared twice: {sorted(declared)}")
        if missing := sorted(made - set(declared)):
            raise ValueError(f"{self.name}: cards without a declared Post: {missing}")
        if unknown := sorted(set(declared) - made):
            raise ValueError(f"{self.name}: declared posts that no card makes: {unknown}")
        below = {card for each in self.gathers for card in each.below}
        said = {each.card for each in self.posts if each.words is Gathered.BELOW}
        if differ := sorted(below ^ said):
            raise ValueError(f"{self.name}: posts and gathers disagree about words below {differ}")
        listens = {each.card for each in self.posts if isinstance(each.gap, Listens)}
        for each in self.gathers:
            if not listens & set(each.below):
                deaf = sorted(each.below)
                raise ValueError(f"{self.name}: words below {deaf} are gathered but for gaps")
