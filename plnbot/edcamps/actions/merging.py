"""Cards that say the same: suggested, made one by people, taken apart again."""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from plnbot.edcamps.actions import phases, posting
from plnbot.edcamps.actions.telling import tell_authors
from plnbot.edcamps.model import Board, BoardCard, CardState
from plnbot.edcamps.store import cards as store
from plnbot.edcamps.store import sessions
from plnbot.engine.ports import Directory, Person
from plnbot.errors import Refused
from plnbot.likeness import near_pairs
from plnbot.store.database import Tx
from plnbot.talk.words import msg

MERGED = "edcamps.merged"


def pairs(tx: Tx, board: Board, most: int) -> Sequence[tuple[BoardCard, BoardCard]]:
    """Return so many of each two cards of a board that are alike, the older of the two first."""
    there = store.of_board(tx, board.id)
    found = islice(near_pairs([each.words for each in there]), most)
    return [(there[earlier], there[later]) for earlier, later in found]


def merge(
    tx: Tx,
    one: BoardCard,
    into: BoardCard,
    now: datetime,
    directory: Directory,
    *,
    by: Person,
    organises: bool,
) -> BoardCard:
    """Make one card of two, with the people and votes of both; who alone asked for `one` may, and organisers."""
    board, one = posting.as_it_stands(tx, one)
    _board, into = posting.as_it_stands(tx, into)
    if one.authors != (by.id,) and not organises:
        raise Refused(msg("Others ask for it too, so an organiser decides whether it is the same."))
    if one.board != into.board or one.id == into.id:
        raise Refused(posting.GONE)
    if one.merged_into is not None or into.merged_into is not None:
        raise Refused(msg("They have been made one already."))
    if CardState.WITHDRAWN in {one.state, into.state}:
        raise Refused(msg("This card was withdrawn."))
    if sessions.of_card(tx, one.id):
        raise Refused(msg("It has a place in the grid. Take it out of there first."))
    store.merge(tx, one.id, into.id)
    made = posting.again(tx, into.id)
    tell_authors(tx, one, MERGED, now, directory, by=by)
    phases.changed(tx, board, now)
    return made


def take_apart(tx: Tx, card: BoardCard, now: datetime, *, by: Person, organises: bool) -> BoardCard:
    """Let what was merged into another stand by itself again."""
    board, card = posting.as_it_stands(tx, card)
    if card.authors != (by.id,) and not organises:
        raise Refused(msg("Only who asked for it, or an organiser, can take them apart."))
    store.change(tx, card.id, merged_into=None)
    phases.changed(tx, board, now)
    return posting.again(tx, card.id)
