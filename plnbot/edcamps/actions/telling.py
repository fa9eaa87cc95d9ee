"""What boards tell one member unasked: somebody leads what they asked for, or made it one with another."""

from collections.abc import Sequence
from datetime import datetime

from plnbot.edcamps.model import BoardCard
from plnbot.edcamps.store import boards
from plnbot.edcamps.store import cards as store
from plnbot.engine import notices, outbox
from plnbot.engine.notices import NoticeKind, Wanted
from plnbot.engine.ports import Directory, Person
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def _while_theirs(tx: Tx, member: int, args: outbox.Args, was: Wanted) -> Wanted | None:
    """Tell of a card while they ask for it and its board is not over."""
    card = store.get(tx, int(args["card"]))
    board = boards.get(tx, card.board) if card else None
    stands = card is not None and board is not None and not board.ended and member in card.authors
    return was if stands else None


YOUR_CARDS = NoticeKind(
    name="edcamps.cards",
    title=msg("Your cards"),
    about=msg("When somebody leads what you asked for, or makes your card one with another"),
    may_be_muted=True,
    wanted=_while_theirs,
)
KINDS: Sequence[NoticeKind] = (YOUR_CARDS,)


def tell_authors(
    tx: Tx, card: BoardCard, what: str, now: datetime, directory: Directory, *, by: Person
) -> None:
    """Tell those who ask for a card what became of it, but never who did it."""
    board = boards.get(tx, card.board)
    platform = board.place.platform if board and board.place else by.ref.platform
    others = directory.by_ids(tx, [each for each in card.authors if each != by.id], platform)
    args: outbox.Args = {"card": card.id, "by": by.id}
    key = f"{what}/{card.id}/{by.id}"
    notices.tell_each(tx, YOUR_CARDS, others.values(), what, args, key=key, now=now)
