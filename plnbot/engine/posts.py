"""What a capability says of each kind of post that it makes.

A card that stands in a room goes on living there: the room may refuse it, people talk below it while
nobody listens, they delete what they said, they are called otherwise. A capability that forgets one of
these works on every day but that one. So a `Post` has a field for each, and every field is required:
either what is done, or `NothingToDo` with the reason. A card without a `Post`, and a `Post` without a
card, are found at the start.

Functions that several posts of a capability share are called once for all of them.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import TypeVar

from plnbot.engine import work
from plnbot.engine.ports import Ongoing, Person
from plnbot.engine.refusals import Refusal
from plnbot.engine.unheard import Unheard
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.values import dataclass

RefusedHandler = Callable[[Tx, work.Payload, str, datetime], None]
"""Called with a refused post's payload, the room's reason for people to read, and now."""
WantedHandler = Callable[[Tx, Sequence[Refusal], datetime], Sequence[str]]
"""Returns the keys, out of what rooms refused, that are to be posted even now."""
GapFinder = Callable[[Tx, str, datetime | None], Sequence[Ongoing]]
"""Returns the places of a platform where words count right now; since then, where they counted at any
moment of it too."""
UnreadHandler = Callable[[Tx, Unheard, datetime], None]
"""Called with a place that cannot be read after a gap, for now at least, and now: once a gap."""
PlacesFinder = Callable[[Tx, Mapping[str, str | int]], Sequence[Ongoing]]
"""Returns the places of which a post, by its arguments, tells what was said there."""
RenamedHandler = Callable[[Tx, Person, datetime], None]
"""Called with a member who is called otherwise by now."""
RoomsFinder = Callable[[Tx, str], Sequence[Place]]
"""Returns the rooms of a platform in which such posts are to come."""


@dataclass(frozen=True, slots=True)
class NothingToDo:
    """Why nothing is done, as a sentence for whoever reads the declaration."""

    why: str

    def __post_init__(self) -> None:
        """Refuse an empty reason."""
        if not self.why.strip():
            raise ValueError("say why there is nothing to do")


class Gathered(Enum):
    """That words below a post are gathered: said, changed and deleted as `plnbot.gathering` has it.

    The capability's `gathers` says what they are about.
    """

    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Listens:
    """Where words count: what was said there in a gap is read afterwards.

    `unread` is what is done where that is not possible, or not for minutes.
    """

    where: GapFinder
    unread: UnreadHandler | NothingToDo


@dataclass(frozen=True, slots=True)
class HearsFirst:
    """That a post publishes what was said: the places are read once more before it goes out.

    So it holds nothing that is gone by then, and whatever was missed. It waits `longest` at most.
    """

    places: PlacesFinder
    longest: timedelta = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One kind of post, by the name of its card.

    `rooms` finds where it is to be posted, so that doctor looks whether that is possible; `refused`
    is what happens when the room says no, and `wanted` which of what it refused still matters once it
    says yes. `words` is what becomes of words in the thread below it, `gap` where words count that
    were said while nobody listened, or what is read before it goes out, and `renamed` what becomes of
    what it shows when somebody is called otherwise.
    """

    card: str
    rooms: RoomsFinder | NothingToDo
    refused: RefusedHandler | NothingToDo
    wanted: WantedHandler | NothingToDo
    words: Gathered | NothingToDo
    gap: Listens | HearsFirst | NothingToDo
    renamed: RenamedHandler | NothingToDo


_DIRECT = NothingToDo("it is written to one person, in no room")
CALLED_THEN = "it says what somebody was called when it was written"
_NO_WORDS = NothingToDo("it asks for a press or a form, never for words below it")


def to_one_person(card: str, instead: str, renamed: str = "it names nobody") -> Post:
    """Return a post that is written to one person, in no room.

    `instead` says where they find the same where they cannot be written to, `renamed` why names in it stay.
    """
    return Post(
        card=card,
        rooms=_DIRECT,
        refused=NothingToDo(instead),
        wanted=_DIRECT,
        words=_NO_WORDS,
        gap=_DIRECT,
        renamed=NothingToDo(renamed),
    )


Posts = Mapping[str, Post]
Done = TypeVar("Done")


def _each(found: Sequence[Done | NothingToDo]) -> Sequence[Done]:
    """Return what is to be done, each once."""
    return list(dict.fromkeys(each for each in found if not isinstance(each, NothingToDo)))


def refused(posts: Posts, tx: Tx, payload: work.Payload, reason: str, now: datetime) -> None:
    """Do what the capability does whose post a room refused."""
    post = posts.get(str(payload["card"]))
    if post is not None and not isinstance(post.refused, NothingToDo):
        post.refused(tx, payload, reason, now)


def still_wanted(posts: Posts, tx: Tx, refusals: Sequence[Refusal], now: datetime) -> Sequence[str]:
    """Return the keys of what rooms refused and capabilities want to be posted even now."""
    asked: dict[WantedHandler, list[Refusal]] = {}
    for each in refusals:
        post = posts.get(each.card)
        if post is not None and not isinstance(post.wanted, NothingToDo):
            asked.setdefault(post.wanted, []).append(each)
    return [key for wanted, mine in asked.items() for key in wanted(tx, mine, now)]


def ongoing(
    posts: Posts, tx: Tx, platform: str, since: datetime | None = None
) -> Sequence[Ongoing]:
    """Return every place of a platform where words count, or counted at any moment since then."""
    return [found for each in _listening(posts) for found in each.where(tx, platform, since)]


def unread(posts: Posts, tx: Tx, what: Unheard, now: datetime) -> None:
    """Do what capabilities do where a place cannot be read in which words counted."""
    for each in _each([each.unread for each in _listening(posts)]):
        each(tx, what, now)


def _listening(posts: Posts) -> Sequence[Listens]:
    return list(dict.fromkeys(e.gap for e in posts.values() if isinstance(e.gap, Listens)))


def renaming(posts: Posts) -> Sequence[RenamedHandler]:
    """Return everything that is told of members who are called otherwise."""
    return _each([each.renamed for each in posts.values()])


def rooms(posts: Posts, tx: Tx, platform: str) -> Sequence[Place]:
    """Return the rooms of a platform in which something is to be posted, each once."""
    finders = _each([each.rooms for each in posts.values()])
    return list(dict.fromkeys(place for find in finders for place in find(tx, platform)))
