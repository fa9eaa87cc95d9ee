"""What the engine asks of the outside, and what adapters may ask of the engine."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from plnbot.engine.gaps import Gaps
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Tx
from plnbot.talk.cards import Card, Option
from plnbot.talk.happenings import Happening
from plnbot.talk.interactions import Answer, Interaction, Reply
from plnbot.talk.pages import File, Missing, Page
from plnbot.talk.words import Message

Destination = Place | MemberRef


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One card on its way to a place, or to one member directly.

    `key` is the same at every attempt. `edits` holds the reference of an earlier message that this
    one replaces. `locale` and `zone` are the reader's, or the network's in a shared place. `file`
    goes with the card. `beside` marks a card that a platform may show beside a room by itself, and
    then need not post. `thread` names the thread that members talk in below it, for platforms on
    which a thread has to be opened. `happening` is what the card tells of, for platforms that have
    a calendar of their own. `again` says that the place refused it before, and may take it now.
    """

    key: str
    to: Destination
    card: Card
    locale: str
    zone: str
    edits: str = ""
    file: File | None = None
    beside: bool = False
    thread: str = ""
    happening: Happening | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """It stands there, under this reference; an empty one where the platform shows it unposted."""

    ref: str


@dataclass(frozen=True, slots=True)
class Retry:
    """Not now; the platform said when, or left it to us.

    Reasons, here and below, are for operators: they are logged, so they hold no member's words or
    name, and no secret.
    """

    reason: str
    after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """Never; trying again would not help. `reason` is for people to read."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """The reply was lost: it may stand there or not. Look before sending again."""

    reason: str


Delivery = Sent | Retry | Rejected | Unknown


class Sender(Protocol):
    """Posts cards on one platform; never retries by itself."""

    @property
    def platform(self) -> str:
        """The platform's name, as in `Place.platform`."""
        ...

    @property
    def finds(self) -> bool:
        """Whether `find` sees a post however long ago it was made."""
        ...

    async def send(self, outgoing: Outgoing) -> Delivery:
        """Try once."""
        ...

    async def find(self, outgoing: Outgoing) -> Sent | Unknown | None:
        """Return where an attempt with this key stands already; None where it certainly does not.

        `Unknown` says that the platform has no way to tell. It is then sent again, and whoever looks
        after the bot is told that it may stand there twice. Where the look-up itself fails for now,
        raise `Unavailable`.
        """
        ...


class Connection(Protocol):
    """One platform, connected: what posts there, and what takes in from there."""

    @property
    def sender(self) -> Sender:
        """What posts there."""
        ...

    @property
    def connected(self) -> bool:
        """Whether it takes in at this moment; asked often, so it only looks at what it knows."""
        ...

    @property
    def trouble(self) -> str:
        """Why it does not take in, in a few fixed words, or an empty string where nobody knows."""
        ...

    async def start(self) -> None:
        """Begin to take in; raises `PlnError`, in words that say what to mend, where it cannot."""
        ...

    async def stop(self) -> None:
        """Take in nothing new, and finish what was begun."""
        ...


class Clock(Protocol):
    """The time: the real one, a rehearsal's, or a test's."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...

    def real_seconds_until(self, instant: datetime) -> float:
        """Return how many real seconds pass until `instant`; negative when it is past."""
        ...

    def passing(self, real: timedelta) -> timedelta:
        """Return how far this clock moves on in a length of real time."""
        ...

    def real(self, shown: datetime) -> datetime:
        """Return what everybody's clocks showed when this one showed an instant."""
        ...


@dataclass(frozen=True, slots=True)
class Network:
    """One community: who belongs together, and how it speaks where everybody reads."""

    id: int
    name: str
    locale: str
    zone: str


@dataclass(frozen=True, slots=True)
class Person:
    """A member as the engine knows one; `ref` is the account they are using now."""

    id: int
    network: Network
    ref: MemberRef
    name: str
    locale: str
    zone: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody in a list of who is here, with what they are called beside member."""

    person: Person
    roles: tuple[Message, ...] = ()


class Kind(StrEnum):
    """What may follow a command."""

    WORDS = "words"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Argument:
    """What may follow a command, for platforms that ask for it by name.

    `name` is one lower-case English word. A member is given by name or by the platform's own id.
    """

    name: str
    about: Message
    kind: Kind = Kind.WORDS
    required: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A command as platforms with menus show it; `suggests` says that `Desk.suggest` helps."""

    name: str
    about: Message
    argument: Argument | None = None
    suggests: bool = False


@dataclass(frozen=True, slots=True)
class Ongoing:
    """A room, or a thread of it, in which words count, and since when they do."""

    place: Place
    since: datetime


class Directory(Protocol):
    """Who people are. The members' rooms answer."""

    def resolve(self, tx: Tx, interaction: Interaction, now: datetime) -> Person:
        """Return who did this, made known when new; `Refused` where nobody may be.

        Who is called otherwise by now is so from here on.
        """
        ...

    def left(self, tx: Tx, ref: MemberRef, now: datetime) -> None:
        """Note that an account left its workspace: until it comes back, nobody is behind it."""
        ...

    def known(self, tx: Tx, ref: MemberRef) -> Person | None:
        """Return who this account is, or None; never writes."""
        ...

    def by_id(self, tx: Tx, person: int, platform: str = "") -> Person | None:
        """Return a member by id, on the account of `platform` when they have one there."""
        ...

    def free_moment(self, tx: Tx, person: int, wanted: datetime) -> datetime:
        """Return the last moment, not after `wanted`, that lies outside a member's quiet hours."""
        ...

    def network_of(self, tx: Tx, place: Place) -> Network | None:
        """Return the network a workspace belongs to."""
        ...

    def in_workspace(self, tx: Tx, platform: str, workspace: str) -> Sequence[Person]:
        """Return everybody with an account in this workspace, by name."""
        ...

    def settle(
        self, tx: Tx, platform: str, workspace: str, name: str, now: datetime, *, joins: bool = True
    ) -> Network:
        """Return the network of a workspace, which gets one at its first connection."""
        ...


class SignIns(Protocol):
    """One-time links, from a chat to a page."""

    def address(self, platform: str) -> str:
        """Return where a platform's members reach the pages, without a closing slash; or empty."""
        ...

    def link(self, tx: Tx, who: MemberRef, path: str, now: datetime) -> str:
        """Return an address that signs `who` in once and opens `path`; `Refused` without one."""
        ...

    def whose(self, tx: Tx, token: str, now: datetime) -> MemberRef | None:
        """Return who a link was made for, while it can be used; it still can be afterwards."""
        ...

    def use(self, tx: Tx, token: str, now: datetime) -> tuple[MemberRef, str] | None:
        """Use up a link: who it was made for and the path it opens, or None."""
        ...

    def close(self, tx: Tx, accounts: Sequence[MemberRef]) -> None:
        """End every session of these accounts, and let no link of theirs open another."""
        ...


class Desk(Protocol):
    """What an adapter asks of the engine. Every method may raise only `PlnError`."""

    async def handle(self, interaction: Interaction) -> Answer:
        """Take in one interaction, durably, and return what to show at once."""
        ...

    async def too_quick(self, interaction: Interaction) -> Reply | None:
        """Return what to say to a member who has to wait first; None where it may be handled.

        For whoever shows words to others before they are handled; `handle` looks by itself.
        """
        ...

    async def page(self, who: MemberRef, name: str, row: str) -> Page | Missing:
        """Return a page as this reader may see it."""
        ...

    async def download(self, who: MemberRef, name: str, row: str) -> File | Missing:
        """Return a file as this reader may have it."""
        ...

    async def beside(self, who: MemberRef, where: Place) -> Card | None:
        """Return the private card that stands beside a room for this reader, if any."""
        ...

    async def person(self, who: MemberRef) -> Person | None:
        """Return who this account is, or None."""
        ...

    async def may(self, who: MemberRef, command: str) -> bool:
        """Return whether this account may type a command, such as `chat new`."""
        ...

    def offers(self) -> Sequence[Offer]:
        """Return every command, by name, for platforms that list them."""
        ...

    async def suggest(self, who: MemberRef, where: Place, command: str, typed: str) -> list[Option]:
        """Return what may follow a command, given what is typed of it so far."""
        ...

    async def search(
        self, who: MemberRef, where: Place, source: str, typed: str
    ) -> Sequence[Option]:
        """Return what of a form's `SearchInput` fits the words typed so far, best first.

        The value of each is what the form is to be sent with, 25 at most.
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

    async def ongoing(self, platform: str) -> Sequence[Ongoing]:
        """Return where words count right now, for whoever has missed some."""
        ...

    async def refusing(self, platform: str) -> Sequence[Place]:
        """Return the rooms that refused something which still matters."""
        ...

    async def deleted(self, where: Place, messages: Sequence[str]) -> None:
        """Let what these messages of a room said go with them, whoever wrote or deleted them.

        What is told of them later on, being older, counts no more.
        """
        ...

    async def accepts(self, where: Place) -> None:
        """Post what a room refused and still matters: it may accept it now."""
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

        `enter` opens the session, in the same unit of work.
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


class Watch(Protocol):
    """How the bot is, for whoever watches over it. Nothing in it names a member or a network."""

    async def ready(self) -> Mapping[str, str]:
        """Return how each part is: `ok`, or in a few fixed words what is wrong with it."""
        ...

    async def metrics(self) -> bytes:
        """Return what was counted, in Prometheus' text form; raises only `PlnError`."""
        ...
