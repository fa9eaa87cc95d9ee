"""What spaces say of each kind of post that they make."""

from collections.abc import Sequence
from datetime import datetime

from plnbot.engine.ports import Ongoing
from plnbot.engine.posts import Gathered, Listens, NothingToDo, Post
from plnbot.spaces import posting, store
from plnbot.spaces.model import Kind
from plnbot.store.database import Tx


def _listening(tx: Tx, platform: str, _since: datetime | None) -> Sequence[Ongoing]:
    """Return the places of spaces on a platform, so that what was said in a gap is carried after it."""
    found = []
    for space in store.opened_in(tx, platform):
        ends = [each.end for each in space.inside] if space.kind is Kind.RELAY else [space.place]
        found += [
            Ongoing(place, space.opened_at)
            for place in ends
            if place is not None and place.platform == platform and space.opened_at is not None
        ]
    return found


_NOBODY = NothingToDo("it stands in a place that was made for it, or in somebody's own messages")
_TOLD = NothingToDo("whoever is told that a post has ended does what follows")
_OWN = NothingToDo("words there are heard by the spaces themselves, wherever they stand")
_NAMED = NothingToDo("it bears the name that somebody had when it was written")
_OUTLIVED = NothingToDo("what it would say is over by then")


def _of(card: str, gap: Listens | NothingToDo, words: Gathered | NothingToDo = _OWN) -> Post:
    return Post(
        card=card,
        rooms=_NOBODY,
        refused=_TOLD,
        wanted=_OUTLIVED,
        words=words,
        gap=gap,
        renamed=_NAMED,
    )


_QUIET = NothingToDo("nothing is said below it that its space does not hear")
POSTS = (
    _of(
        posting.ABOUT,
        Listens(_listening, NothingToDo("whoever spoke in a gap sees that nothing came back")),
    ),
    _of(posting.SESSION, _QUIET),
    _of(posting.WORD, _QUIET),
    _of(posting.LOST, _QUIET),
    _of(posting.CLOSED, _QUIET),
    _of(posting.ASKED, _QUIET),
    _of(posting.THERE, _QUIET),
    _of(posting.WAITS, _QUIET),
)
