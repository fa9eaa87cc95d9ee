"""The port of spaces: a place for a few accounts, or an end for one, made by its platform."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

from plnbot.refs import MemberRef, Place
from plnbot.values import dataclass


class SeenBy(StrEnum):
    """Who may read what is written in a place."""

    MEMBERS = "members"
    """Those in it, and whoever may export a whole workspace."""
    MODERATORS = "moderators"
    """Those in it, and whoever moderates the server."""
    OPERATOR = "operator"
    """Those in it, and whoever runs this bot."""


@dataclass(frozen=True, slots=True)
class Together:
    """A place that is wanted for these accounts, who are all to be in it.

    `key` is the same at every attempt and of this place alone. `workspace` is the one it is to be in,
    `title` what people read, and `room` the channel that it is to hang in, for platforms on which it
    hangs in one.
    """

    key: str
    workspace: str
    accounts: tuple[MemberRef, ...]
    title: str
    room: Place | None = None


@dataclass(frozen=True, slots=True)
class Alone:
    """Where one account is to read what is carried to it, and to write what is carried away.

    `directly` says that they may be written to directly. `workspace` is where it is to be, which is
    another than theirs where somebody of elsewhere gets a room of the lobby.
    """

    key: str
    workspace: str
    who: MemberRef
    title: str
    directly: bool
    room: Place | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """It stands at `place`. With `direct` what is posted there is written to its one account.

    With `below`, words count only in the thread below our first card there, since all else that is
    written in that place is meant for the bot.
    """

    place: Place
    seen_by: SeenBy
    direct: bool = False
    below: bool = False


@dataclass(frozen=True, slots=True)
class NotOpened:
    """It will not be. `reason` is an English sentence of our catalogue, for people to read."""

    reason: str


class OpensSpaces(Protocol):
    """Makes places on one platform. Every method may raise only `PlnError`.

    `Unavailable` says that it is tried again. Each is harmless twice: what an attempt made whose
    reply was lost is found again.
    """

    async def together(self, wanted: Together) -> Opened | NotOpened:
        """Make a place for several, or find the one that an earlier attempt made."""
        ...

    async def alone(self, wanted: Alone) -> Opened | NotOpened:
        """Make an end for one, or find it."""
        ...

    async def close(self, place: Place, accounts: tuple[MemberRef, ...]) -> bool:
        """Close a place as far as the platform can; return whether nobody can write there any more."""
        ...

    async def let_out(self, place: Place, who: MemberRef) -> bool:
        """Let an account read no more in a place that was made; return whether it cannot from now on.

        Where the platform itself says who is in it, this may leave it to the platform.
        """
        ...


Openers = Mapping[str, OpensSpaces]
"""What makes places, by platform."""


class Spaces(Protocol):
    """Where an adapter says how places are made on its platform."""

    def opened_by(self, platform: str, opens: OpensSpaces) -> None:
        """Let this make the places of a platform."""
        ...
