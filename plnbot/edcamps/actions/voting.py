"""Votes on cards, while they are secret and time is."""

from datetime import datetime

from plnbot.edcamps.actions import phases, posting
from plnbot.edcamps.model import Board, BoardCard, CardState, Phase, Vote, quick_order
from plnbot.edcamps.store import boards, votes
from plnbot.edcamps.store import cards as store
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.store.database import Tx
from plnbot.talk.text import When
from plnbot.talk.words import Sentence, msg


def why_no_vote(board: Board) -> Sentence | None:
    """Say why nobody votes on a board now, where that is so."""
    if board.phase is Phase.VOTE:
        return None
    begins = board.times.get(Phase.VOTE)
    if begins is None or board.phase is Phase.CALLED_OFF:
        return msg("There is no vote on this board.")
    if board.counts_hidden:
        return msg("Voting begins {when}.", when=When(begins))
    return msg("Voting ended {when}.", when=When(board.ends_phase(Phase.VOTE) or begins))


def vote(
    tx: Tx, board: Board, card: BoardCard, given: Vote, now: datetime, *, by: Person
) -> BoardCard:
    """Take what a member thinks of a card, instead of what they thought before."""
    board = boards.get(tx, board.id, lock=True) or board
    if why := why_no_vote(board):
        raise Refused(why)
    head = posting.again(tx, card.id)
    if CardState.WITHDRAWN in {card.state, head.state}:
        raise Refused(msg("This card was withdrawn, so it takes no votes."))
    votes.cast(tx, head.id, by.id, given, now)
    phases.changed(tx, board, now)
    return head


def left_to_vote(tx: Tx, board: Board, member: int) -> list[BoardCard]:
    """Return what a member has not voted on, in the order of a quick vote; not what they lead."""
    there = {each.id: each for each in store.of_board(tx, board.id)}
    asked = [each.id for each in there.values() if member not in each.hosts]
    seen = votes.of_member(tx, board.id, member)
    order = quick_order(asked, votes.counts(tx, board.id), seen, board.seed, member)
    return [there[each] for each in order]
