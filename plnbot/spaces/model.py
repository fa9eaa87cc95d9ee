"""What a space is, and what is decided about one: where it may be, who may speak in it, what is carried."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum

from plnbot.refs import MemberRef, Place
from plnbot.values import dataclass

LOBBY = "web"
_FIRST = ("slack", "discord", LOBBY)
"""In this order a shared workspace is taken: where people sit anyway comes before our own pages."""
_HANGS_IN_A_ROOM = frozenset({"discord"})
LONGEST_TITLE = 80


class Kind(StrEnum):
    """What sort of place a space is."""

    TOGETHER = "together"
    """One place of one platform that all of them can enter."""
    ROOM = "room"
    """A room of the lobby that only they enter, whatever platform they are of."""
    RELAY = "relay"
    """An end for each where they are, and their words carried between."""
    PUBLIC = "public"
    """A thread or forum post below a card, for everybody in its room."""


class State(StrEnum):
    """Where a space stands."""

    ASKED = "asked"
    OPENING = "opening"
    OPEN = "open"
    REFUSED = "refused"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a space may come to be."""

    kind: Kind
    platform: str = ""
    workspace: str = ""

    @property
    def name(self) -> str:
        """What it is written down as, once it was tried."""
        return f"{self.kind}/{self.platform}/{self.workspace}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A space that a tenant wants.

    `tenant` names who declared it, and `row` what of theirs it is for. `members` are numbers; `agreed`
    those of them who have said already that their words may be carried. `room` is where it is to hang
    where a platform needs that; of a public one it is the room that it stands in. `prefer` is tried
    first where it can be.
    """

    tenant: str
    row: int
    members: Sequence[int]
    title: str
    network: int
    room: Place | None = None
    prefer: Kind = Kind.TOGETHER
    agreed: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a space, on the account with which they are in it.

    `end` is where they read and write, of a relay; `direct` says that it is their direct messages.
    `below` says that only words below our first card count, and `thread` of `end` is that card once it
    stands. `agreed` is None until they said something.
    """

    id: int
    who: MemberRef
    agreed: bool | None
    inside: bool
    end: Place | None = None
    direct: bool = False
    below: bool = False
    seen_by: str = ""
    spoke_at: datetime | None = None
    room_instead: bool = False


@dataclass(frozen=True, slots=True)
class Space:
    """A space as it stands. `tried` names the ways that did not do, and `reason` says why not."""

    id: int
    network: int
    tenant: str
    row: int
    title: str
    kind: Kind
    state: State
    place: Place | None
    room: Place | None
    seen_by: str
    reason: str
    tried: tuple[str, ...]
    opened_at: datetime | None
    members: tuple[Member, ...] = ()

    def member(self, number: int) -> Member | None:
        """Return somebody who is in it."""
        return next((each for each in self.members if each.id == number and each.inside), None)

    @property
    def inside(self) -> tuple[Member, ...]:
        """Those who are in it and have not left."""
        return tuple(each for each in self.members if each.inside)

    def others(self, number: int) -> tuple[Member, ...]:
        """Those whom the words of a member go to."""
        return tuple(each for each in self.inside if each.id != number)


def ways(
    accounts: Sequence[Sequence[MemberRef]], prefer: Kind, room: Place | None, lobby: str
) -> tuple[Way, ...]:
    """Return how people with these accounts may meet, best first.

    A workspace that all of them are in comes first, then the relay. Where a platform hangs places in a
    room, `room` has to be one of that workspace. `lobby` is the network's own lobby, or empty; only a
    wish leads people of elsewhere there.
    """
    shared = set.intersection(*({(e.platform, e.workspace) for e in mine} for mine in accounts))
    found = [
        Way(Kind.TOGETHER, platform, workspace)
        for platform, workspace in sorted(shared, key=lambda each: (_rank(each[0]), each[1]))
        if platform not in _HANGS_IN_A_ROOM or _is_in(room, platform, workspace)
    ]
    if room is not None:  # the workspace of a room that was named is where it is wanted
        found.sort(key=lambda each: not _is_in(room, each.platform, each.workspace))
    meets = [Way(Kind.ROOM, LOBBY, lobby)] if lobby else []
    if prefer is Kind.ROOM:
        return (*meets, *found, Way(Kind.RELAY))
    if prefer is Kind.RELAY:
        return (Way(Kind.RELAY), *found)
    return (*found, Way(Kind.RELAY))


def account_in(accounts: Sequence[MemberRef], way: Way) -> MemberRef:
    """Return which account of a member takes part: that of the workspace, else their first."""
    here = [e for e in accounts if (e.platform, e.workspace) == (way.platform, way.workspace)]
    return (here or sorted(accounts, key=lambda each: _rank(each.platform)))[0]


def _rank(platform: str) -> int:
    return _FIRST.index(platform) if platform in _FIRST else len(_FIRST)


def _is_in(room: Place | None, platform: str, workspace: str) -> bool:
    return room is not None and (room.platform, room.workspace) == (platform, workspace)


class Heard(StrEnum):
    """What becomes of a message in somebody's end."""

    CARRY = "carry"
    CHANGE = "change"
    TAKE_BACK = "take_back"
    STOP = "stop"
    NOTHING = "nothing"
    NO_WORDS = "no_words"


STOP_WORDS = frozenset({"stop", "alto", "parar"})


@dataclass(frozen=True, slots=True)
class Word:
    """A message that was carried, or is about to be. `words` are empty once it has arrived.

    `version` is that of the newest change of it; `parts` how many cards it took.
    """

    id: int
    space: int
    member: int
    source: str
    words: str
    version: str
    parts: int
    gone: bool
    at: datetime


def heard(words: str, version: str, before: Word | None) -> Heard:
    """Return what becomes of a message, given what is known of it.

    Platforms tell of one message in any order and more than once: what is older than the newest that
    was taken in counts no more, and nothing does once it is gone.
    """
    if before is not None and (before.gone or version <= before.version):
        return Heard.NOTHING
    if words == "":
        if before is not None:
            return Heard.TAKE_BACK
        return Heard.NOTHING if version else Heard.NO_WORDS
    if before is None:
        stops = words.strip().strip(".!¡").casefold() in STOP_WORDS
        return Heard.STOP if stops and not version else Heard.CARRY
    return Heard.CHANGE


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What is known of whether all agree: who is still to be asked, and whether anybody said no."""

    asked: tuple[int, ...] = ()
    declined: bool = False


def consent(members: Sequence[Member]) -> Meanwhile:
    """Return who is still to be asked whether words may be carried, and whether anybody said no."""
    inside = [each for each in members if each.inside]
    asked = tuple(each.id for each in inside if each.agreed is None)
    return Meanwhile(asked, declined=any(each.agreed is False for each in inside))
