"""Boards as they are looked at: in their room, in a list, as pages."""

from collections.abc import Mapping

from plnbot.edcamps.actions import phases
from plnbot.edcamps.cards import board as cards
from plnbot.edcamps.model import NOT_ENDED, Board, Phase
from plnbot.edcamps.pages.board import board_page, boards_page
from plnbot.edcamps.pages.seen import boards_seen, standing
from plnbot.edcamps.parts import BOARD
from plnbot.edcamps.routes.objects import A_BOARD
from plnbot.edcamps.store import boards
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Showing
from plnbot.errors import Refused
from plnbot.talk.cards import Card
from plnbot.talk.interactions import Answer, Reply
from plnbot.talk.pages import Page
from plnbot.talk.words import msg

routes = Routes()
NO_BOARD = msg("No EdCamp is planned here yet. An organiser lays its board with `/pln edcamp new`.")


def board_here(ctx: Context) -> Board:
    """Return the board of this room, else that which comes next of those one may see; raises `Refused`."""
    here = boards.in_room(ctx.tx, ctx.where.channel_itself()) if ctx.where.channel else None
    if here is not None:
        return here
    found = boards_seen(ctx, boards.of_network(ctx.tx, ctx.network.id, NOT_ENDED))
    if not found:
        raise Refused(NO_BOARD)
    return min(found, key=lambda each: each.starts_at)


@routes.command(
    "edcamp",
    needs=ANYONE,
    part=BOARD,
    about=msg("See the EdCamp’s board"),
    example=msg("/pln edcamp"),
)
def show(ctx: Context, _words: str) -> Answer:
    """Show where the board of this room stands."""
    board = board_here(ctx)
    return Reply(
        cards.phase_card(ctx.t, board, board.phase, standing(ctx.tx, board))
        if board.phase is not Phase.PLANNED
        else cards.listed(ctx.t, board)
    )


@routes.page(cards.ALL, needs=ANYONE)
def all_boards(ctx: Context, _row: str) -> Page:
    """Show the boards of the network."""
    return boards_page(ctx)


@routes.page(cards.PAGE, needs=ANYONE, of=A_BOARD)
def one_board(ctx: Context, _row: str, board: Board) -> Page:
    """Show a board."""
    return board_page(ctx, board)


@routes.card(phases.PHASE)
def told(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Tell a board's room what has begun."""
    board = A_BOARD.told(to, args["board"])
    if board is None:
        return None
    return cards.phase_card(to.t, board, Phase(str(args["phase"])), standing(to.tx, board))
