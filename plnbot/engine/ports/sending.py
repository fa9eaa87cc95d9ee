"""The port of sending: cards on their way out, what becomes of them, and who carries them."""

from datetime import timedelta
from typing import Protocol

from plnbot.refs import MemberRef, Place
from plnbot.talk.cards import Card
from plnbot.talk.happenings import Happening
from plnbot.talk.pages import File
from plnbot.values import dataclass

Destination = Place | MemberRef
"""A room or a thread of it, or one member directly."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One card on its way to a place, or to one member directly.

    `key` is the same at every attempt. `edits` holds the reference of an earlier message that this
    one replaces. `locale` and `zone` are the reader's, or the network's in a shared place. `file`
    goes with the card. `beside` marks a card that a platform may show beside a room by itself, and
    then need not post. `thread` names the thread that members talk in below it, for platforms on
    which a thread has to be opened. `happening` is what the card tells of, for platforms that have
    a calendar of their own. `again` says that the place refused it before, and may take it now. `timed`
    says that it was promised for an hour: it goes at once where others would wait for their turn.
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
    timed: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """It stands there, under this reference; an empty one where the platform shows it unposted."""

    ref: str


@dataclass(frozen=True, slots=True)
class Retry:
    """Not now; `after` is how long the platform asked us to wait, or None where it left it to us.

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
"""How one attempt to send ended."""


class Sender(Protocol):
    """Posts cards on one platform; never retries by itself, and is broken off after 30 seconds."""

    @property
    def platform(self) -> str:
        """The platform's name, as in `Place.platform`."""
        ...

    @property
    def finds(self) -> bool:
        """Whether `find` sees a post however long ago it was made."""
        ...

    @property
    def settles(self) -> timedelta:
        """How long after it was sent a post may still come to stand, although `find` saw nothing."""
        ...

    async def send(self, outgoing: Outgoing) -> Delivery:
        """Try once. Whatever the platform answers is a `Delivery`.

        `Unavailable`, raised where the sender's own store is not there, is as good as `Retry`.
        """
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
