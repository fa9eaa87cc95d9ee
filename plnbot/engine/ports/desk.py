"""The port of the desk: what adapters may ask of the engine."""

from collections.abc import Callable, Collection, Hashable, Mapping, MutableMapping, Sequence
from datetime import datetime
from typing import Protocol

from plnbot.engine.files_in import FilesIn
from plnbot.engine.gaps import Gaps
from plnbot.engine.ports.commands import Offer, OwnMessage
from plnbot.engine.ports.looking import Looking
from plnbot.engine.ports.people import SEEMS_NOTHING, Listed, Network, Person, Seems
from plnbot.engine.ports.spaces import Spaces
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Tx
from plnbot.talk.cards import Card, Option
from plnbot.talk.forms import Form
from plnbot.talk.interactions import Answer, Interaction, Reply, Submit
from plnbot.talk.pages import File, Missing, Page
from plnbot.talk.words import Sentence
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a room for one reader: their panel, and above it all what goes on there."""

    panel: Card | None = None
    above: Card | None = None


@dataclass(frozen=True, slots=True)
class Ongoing:
    """A room, or a thread of it, in which words count, and since when they do."""

    place: Place
    since: datetime


PagesMade = MutableMapping[Hashable, Page]
"""Pages as they were made, by what they depend on; empty anew after every change."""

BesideMade = MutableMapping[Hashable, Beside]
"""What stands beside a room, by what it depends on; empty anew after every change."""

Menu = Sequence[tuple[Sentence, Sequence[tuple[str, Sentence]]]]
"""The parts of the menu of pages by their titles, each with its pages by name and title."""


class Desk(Protocol):
    """What an adapter asks of the engine.

    Every method may raise only `PlnError`: `Unavailable` where the store is not there for now. Who
    asks is an account as the adapter has verified it; places, rows and words are as they came in.
    """

    async def handle(self, interaction: Interaction) -> Answer:
        """Take in one interaction, durably, and return what to show at once.

        Once it returns, what was said or done is kept; where it raises, nothing is, and the same
        interaction (the same `key`) may be handed in again. One that was taken in before does
        nothing and answers `Nothing`. Refusals, and bugs of ours, are answers in plain words.
        """
        ...

    async def too_quick(self, interaction: Interaction) -> Reply | None:
        """Return what to say to a member who has to wait first; None where it may be handled.

        For whoever shows words to others before they are handled; `handle` looks by itself.
        """
        ...

    async def page(
        self,
        who: MemberRef,
        name: str,
        row: str,
        seems: Seems = SEEMS_NOTHING,
        *,
        made: PagesMade | None = None,
        sought: str = "",
    ) -> Page | Missing:
        """Return a page as this reader may see it; `Missing` also where they may not.

        `name` is that of the page, `row` the id of what it shows, or empty; `seems` is what is to be
        seen of the reader's language and clock, `sought` what they search the page for. Where a page is asked for by many at once, `made`
        keeps those that were made since the same change, for others who see the same.
        """
        ...

    async def pages(
        self, readers: Collection[MemberRef], name: str, row: str, made: PagesMade, sought: str = ""
    ) -> Mapping[MemberRef, Page | Missing]:
        """Return what `page` does for each of many readers, read at once.

        Left out is who has to be asked for alone: a page that each sees otherwise, or somebody of
        whom their platform has to be asked first.
        """
        ...

    async def download(self, who: MemberRef, name: str, row: str) -> File | Missing:
        """Return a file as this reader may have it; `Missing` also where they may not.

        A public file anybody may have who knows its address: `row` is then the secret in it.
        """
        ...

    async def public_page(
        self, name: str, row: str, locale: str, *, made: PagesMade | None = None
    ) -> Page | Missing:
        """Return a page that anybody may see who has its address; `row` is what stands in that.

        `made` is as for `page`: all who have the address see the same.
        """
        ...

    async def outcome(self, who: MemberRef, form: int, within: float = 60) -> Reply | None:
        """Wait so many seconds for what came of a form whose answer `awaits` it.

        Unless `outcome_shown` is called within seconds, it is written to the member directly. None where
        it took too long, or is on its way to them already.
        """
        ...

    async def outcome_shown(self, who: MemberRef, form: int) -> None:
        """Say that a member was shown what came of a form, so that nothing else tells them."""
        ...

    async def keep_form(self, who: MemberRef, where: Place, submit: Submit) -> None:
        """Keep what is typed into a form so far, where the form keeps it; it is not sent by that."""
        ...

    async def form_on_the_web(self, who: MemberRef, where: Place, form: Form) -> str:
        """Return a one-time link to a form on our pages, or an empty string where there are none.

        `where` is where it was opened, and where it counts as sent from.
        """
        ...

    async def form_again(self, who: MemberRef, row: str) -> Form | Missing:
        """Return a form of this reader's that was opened elsewhere, as it is made now."""
        ...

    async def beside(self, who: MemberRef, where: Place, made: BesideMade | None = None) -> Beside:
        """Return the cards that stand beside a room for this reader, by their roles and language.

        `made` keeps what was made since the same change, for others of the same roles.
        """
        ...

    async def person(self, who: MemberRef) -> Person | None:
        """Return who this account is, or None; nobody is made known by it."""
        ...

    async def is_there(self, who: MemberRef) -> bool:
        """Return whether an account is still in its workspace, as its platform says.

        What it says holds for minutes. Of one that is not, it is noted that it left, as if the platform
        had told so: its sessions end. Where the platform cannot say, it is there.
        """
        ...

    @property
    def looks(self) -> Looking:
        """Where an adapter says how its platform is asked who may look where."""
        ...

    async def beside_a_room(self, who: MemberRef) -> Sequence[tuple[str, Sentence]]:
        """Return the shortcuts that this account may use beside a room: commands and their labels."""
        ...

    async def reader(self, who: MemberRef) -> tuple[Person, Menu] | None:
        """Return who this account is, and the pages that they find in the menu; None where it is nobody."""
        ...

    def own_message(self) -> OwnMessage | None:
        """Return what one may choose on a message of one's own to have it heard, if anything."""
        ...

    def hint(self, network: Network) -> Sentence | None:
        """Return what stands in the empty field in which one writes in a room, if anything."""
        ...

    def offers(self) -> Sequence[Offer]:
        """Return every command, by name, for platforms that list them."""
        ...

    async def suggest(self, who: MemberRef, where: Place, command: str, typed: str) -> list[Option]:
        """Return what may follow a command, given what is typed of it so far; 25 at most.

        Nothing where there is no such command, it has no suggestions, or they may not type it.
        """
        ...

    async def search(
        self, who: MemberRef, where: Place, source: str, typed: str
    ) -> Sequence[Option]:
        """Return what of a form's `SearchInput` fits the words typed so far, best first.

        `source` is the input's own. The value of each is what the form is to be sent with, 25 at
        most.
        """
        ...

    async def hears(self, where: Place, message: str = "") -> bool:
        """Return whether words said here, or somebody's coming, may mean something to us.

        Where not, they are to be left alone: nobody is made a member by talking to others. `message`
        is the platform's id of words that were said before: they may mean something wherever they stand.
        """
        ...

    @property
    def gaps(self) -> Gaps:
        """Where an adapter says that it missed something."""
        ...

    @property
    def files_in(self) -> FilesIn:
        """Where an adapter says how files of its platform are read."""
        ...

    @property
    def spaces(self) -> Spaces:
        """Where an adapter says how places for a few are made on its platform."""
        ...

    async def ongoing(self, platform: str) -> Sequence[Ongoing]:
        """Return where words count right now, for whoever has missed some."""
        ...

    async def refusing(self, platform: str) -> Sequence[Place]:
        """Return the rooms that refused something which still matters."""
        ...

    async def deleted(self, where: Place, messages: Sequence[str]) -> None:
        """Let what these messages of a room said go with them, whoever wrote or deleted them.

        `messages` are the platform's ids. What is told of them later on, being older, counts no more.
        """
        ...

    async def accepts(self, where: Place) -> None:
        """Post what a room refused and still matters: it may accept it now."""
        ...

    async def there_again(self, platform: str, workspace: str) -> None:
        """Send at once what waits for a workspace: it is there again."""
        ...

    async def people(self, platform: str, workspace: str) -> Sequence[Listed]:
        """Return everybody with an account in this workspace, by name, with their roles."""
        ...

    async def whose_link(self, token: str) -> Person | None:
        """Return who a one-time link is for, without using it; None where it opens nothing."""
        ...

    async def sign_in(
        self, token: str, enter: Callable[[Tx, MemberRef], None]
    ) -> tuple[MemberRef, str] | None:
        """Use up a one-time link: who it was made for and the path it opens, or None.

        `enter` opens the session, in the same unit of work; as all of that it may run twice.
        """
        ...

    async def settle(
        self, platform: str, workspace: str, name: str, *, joins: bool = True
    ) -> Network:
        """Return the network of a workspace, which gets one at its first connection.

        `name` is the workspace's own, for a network made for it. Unless it `joins`, that is one of
        its own: anybody may have connected it, and who administers the first network is asked.
        """
        ...

    def follow(self, listener: Callable[[str], None]) -> Callable[[], None]:
        """Call `listener(topic)` on the loop after each change that pages show; return the way out."""
        ...
