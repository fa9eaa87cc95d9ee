"""What a button, form, page or post of EdCamps is about; a form that changes it names the version it saw."""

from plnbot.edcamps.actions import posting
from plnbot.edcamps.model import Board, BoardCard
from plnbot.edcamps.pages.seen import held_in
from plnbot.edcamps.store import boards, cards
from plnbot.engine.editing import seen_in
from plnbot.engine.objects import Object
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.words import msg
from plnbot.values import dataclass

A_BOARD: Object[Board] = Object(
    "board",
    load=lambda tx, row: boards.get(tx, row_number(seen_in(row)[0])),
    network=lambda board: board.network,
    scope=lambda board: str(board.id),
    gone=msg("This board is no longer there."),
    held_in=held_in,
)


@dataclass(frozen=True, slots=True)
class OnBoard:
    """A card, and its board."""

    card: BoardCard
    board: Board


def _on_board(tx: Tx, row: str) -> OnBoard | None:
    card = cards.get(tx, row_number(seen_in(row)[0]))
    board = boards.get(tx, card.board) if card else None
    return OnBoard(card, board) if card and board else None


A_CARD: Object[OnBoard] = Object(
    "card",
    load=_on_board,
    network=lambda on: on.board.network,
    scope=lambda on: str(on.board.id),
    gone=posting.GONE,
    held_in=lambda ctx, on: held_in(ctx, on.board),
)
