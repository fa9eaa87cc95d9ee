"""Who may see a board, and how its cards are shown."""

from collections.abc import Collection, Iterable, Mapping

from plnbot.edcamps.cards.board import Standing
from plnbot.edcamps.cards.card import Shown
from plnbot.edcamps.model import Board, BoardCard
from plnbot.edcamps.store import cards, votes
from plnbot.engine.routes import Context, Showing
from plnbot.refs import Place
from plnbot.store.database import Tx


def held_in(_ctx: Context, board: Board) -> Collection[Place]:
    """Return the room that a member has to be able to look into, whatever their role.

    What anybody may read has an address of its own for that, which cannot be guessed.
    """
    return () if board.place is None else (board.place,)


def boards_seen(ctx: Context, boards: Iterable[Board]) -> list[Board]:
    """Return those of some boards that a member may see."""
    found = list(boards)
    unseen = ctx.unseen({place for each in found for place in held_in(ctx, each)})
    return [each for each in found if not set(held_in(ctx, each)) & unseen]


def shown(to: Context | Showing, card: BoardCard, names: Mapping[int, str] | None = None) -> Shown:
    """Return a card as it is shown, with the names of those who are still here.

    Who shows many looks the names up once, with `names_on`.
    """
    known = names_on(to, [card]) if names is None else names
    asked, led = (
        tuple(known[each] for each in people if each in known)
        for people in (card.authors, card.hosts)
    )
    return Shown(card, asked, led)


def names_on(to: Context | Showing, there: Iterable[BoardCard]) -> Mapping[int, str]:
    """Return what those are called who ask for cards or lead them, and are still here."""
    members = {each for card in there for each in (*card.authors, *card.hosts)}
    return {each.id: each.name for each in to.directory.by_ids(to.tx, members).values()}


def standing(tx: Tx, board: Board) -> Standing:
    """Return how a board stands."""
    there = cards.of_board(tx, board.id)
    requests = sum(each.is_request for each in there)
    return Standing(len(there), requests, votes.many(tx, board.id))
