"""The grid: suggested, looked at, arranged by hand, undone, published, and told."""

from collections.abc import Mapping
from dataclasses import replace

from plnbot.edcamps.actions import arranging, publishing, suggesting
from plnbot.edcamps.actions.grid_board import laid_out
from plnbot.edcamps.actions.organising import ORGANISES
from plnbot.edcamps.actions.suggesting import SUGGESTING
from plnbot.edcamps.cards import grid as shown_as
from plnbot.edcamps.model import Board
from plnbot.edcamps.pages.changes import changes_of
from plnbot.edcamps.pages.grid import grid_page, piece_page, place_page
from plnbot.edcamps.pages.seen import held_in
from plnbot.edcamps.parts import ORGANISING
from plnbot.edcamps.routes.objects import A_BOARD
from plnbot.edcamps.routes.shown import board_here
from plnbot.edcamps.store import boards, gridding, sessions
from plnbot.engine import work
from plnbot.engine.objects import Object
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Showing
from plnbot.engine.work import WorkState
from plnbot.errors import Refused
from plnbot.grids import Place
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.cards import Actions, Card, Paragraph, Tone
from plnbot.talk.fallback import short_words
from plnbot.talk.interactions import Answer, Press, Reply
from plnbot.talk.pages import Page
from plnbot.talk.words import msg
from plnbot.values import dataclass

routes = Routes()
routes.outside(SUGGESTING)
_PIECE, _PLACE = 2, 5


@dataclass(frozen=True, slots=True)
class Piece:
    """Something in a board's grid, by what it is known by there; perhaps a place for it, and what was seen."""

    board: Board
    what: int
    place: Place
    seen: int = 0


def _numbers(row: str, many: int) -> list[int]:
    """Return the numbers that a row names, what is none as 0; nothing where these are not so many."""
    parts = row.split(".")
    return list(map(_signed, parts)) if len(parts) == many else []


def _signed(words: str) -> int:
    number = row_number(words.removeprefix("-"))
    return -number if words.startswith("-") else number


def _piece(tx: Tx, row: str) -> Piece | None:
    found = _numbers(row, _PIECE)
    board = boards.get(tx, found[0]) if found else None
    return Piece(board, found[1], Place(0, 0)) if board else None


def _placed(tx: Tx, row: str) -> Piece | None:
    found = _numbers(row, _PLACE)
    board = boards.get(tx, found[0]) if found else None
    if board is None:
        return None
    _board, what, slot, room, seen = found
    return Piece(board, what, Place(slot, room), seen)


A_PIECE: Object[Piece] = Object(
    "session of a grid",
    load=_piece,
    network=lambda piece: piece.board.network,
    scope=lambda piece: str(piece.board.id),
    gone=arranging.GONE,
    held_in=lambda ctx, piece: held_in(ctx, piece.board),
)
A_PLACE = replace(A_PIECE, name="place in a grid", load=_placed)


@routes.command(
    "edcamp grid",
    needs=ANYONE,
    part=ORGANISING,
    about=msg("Suggest, arrange and publish the grid"),
    example=msg("/pln edcamp grid"),
)
def grid_here(ctx: Context, _words: str) -> Answer:
    """Show an organiser how the grid of this room's board stands."""
    board = board_here(ctx)
    if not ctx.may(ORGANISES, str(board.id)):
        raise Refused(ORGANISES.otherwise)
    arranging.made_by_now(board)
    return Reply(_as_it_is(ctx, board))


def _as_it_is(ctx: Context | Showing, board: Board) -> Card:
    laid, made = laid_out(ctx.tx, board, ctx.now), gridding.suggested(ctx.tx, board.id)
    left = len(laid.cards) - len(laid.places)
    return shown_as.as_it_is(
        ctx.t,
        board,
        made.quality if made else None,
        (len(laid.places), left, len(laid.unpublished)),
    )


@routes.press(shown_as.SUGGEST, needs=ORGANISES, of=A_BOARD)
def suggest(ctx: Context, _press: Press, board: Board) -> Answer:
    """Have a grid suggested."""
    suggesting.suggest(ctx.tx, board, ctx.now, by=ctx.person)
    return Reply(shown_as.on_its_way(ctx.t, 0, 0))


@routes.card(suggesting.SUGGEST)
def suggested(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Show an organiser how far their suggestion is, and what it came to."""
    board = A_BOARD.told(to, args["board"])
    if board is None:
        return None
    far = work.progress(to.tx, suggesting.work_key(board.id))
    if far is not None and far.goes_on:
        return shown_as.on_its_way(to.t, far.done, far.of)
    if far is None or far.state is not WorkState.DONE:
        return shown_as.not_made(to.t, board)
    return _as_it_is(to, board)


@routes.page(shown_as.PAGE, needs=ORGANISES, of=A_BOARD)
def whole(ctx: Context, _row: str, board: Board) -> Page:
    """Show the grid as organisers have it."""
    return grid_page(ctx, board)


@routes.page(shown_as.PIECE, needs=ORGANISES, of=A_PIECE)
def piece(ctx: Context, _row: str, one: Piece) -> Page:
    """Show where something could go."""
    return piece_page(ctx, one.board, _known(ctx, one))


@routes.page(shown_as.PLACE, needs=ORGANISES, of=A_PLACE)
def place(ctx: Context, _row: str, one: Piece) -> Page:
    """Show what a move would do."""
    _there(ctx, one)
    return place_page(ctx, one.board, _known(ctx, one), one.place, one.seen)


def _there(ctx: Context, one: Piece) -> None:
    """Raise `Refused` where the board has no such slot or room any more."""
    slots = {each.id for each in boards.slots_of(ctx.tx, one.board.id)}
    rooms = {each.id for each in boards.rooms_of(ctx.tx, one.board)}
    if one.place.slot not in slots or one.place.room not in rooms:
        raise Refused(arranging.GONE)


def _known(ctx: Context, one: Piece) -> int:
    arranging.told_by_now(one.board)
    if one.what not in laid_out(ctx.tx, one.board, ctx.now).cards:
        raise Refused(arranging.GONE)
    return one.what


@routes.press(shown_as.MOVE, needs=ORGANISES, of=A_PLACE)
def move(ctx: Context, _press: Press, one: Piece) -> Answer:
    """Move something."""
    _there(ctx, one)
    laid = arranging.move(
        ctx.tx,
        one.board,
        one.what,
        one.place,
        ctx.now,
        seen=one.seen,
        directory=ctx.directory,
        by=ctx.person,
    )
    said = ctx.t("Nobody is told before you publish it.")
    ways = Actions((shown_as.open_grid(ctx.t, one.board), shown_as.undo(ctx.t, one.board)))
    title = ctx.t("“{card}” is moved", card=short_words(laid.cards[one.what].words, 60))
    return Reply(Card(title, (Paragraph(said), ways), Tone.GOOD))


@routes.press(shown_as.OUT, needs=ORGANISES, of=A_PIECE)
def take_out(ctx: Context, _press: Press, one: Piece) -> Answer:
    """Take something out of the grid that nobody was told of."""
    arranging.take_out(ctx.tx, one.board, one.what, ctx.now, by=ctx.person)
    return Reply(_as_it_is(ctx, one.board))


@routes.press(shown_as.OFF, needs=ORGANISES, of=A_PIECE)
def call_off(ctx: Context, _press: Press, one: Piece) -> Answer:
    """Call off what everybody was told of."""
    publishing.call_off_session(ctx.tx, one.board, one.what, ctx.now, ctx.directory, by=ctx.person)
    said = ctx.t("Those whom it concerns read it in one message.")
    ways = Actions((shown_as.open_grid(ctx.t, one.board),))
    return Reply(Card(ctx.t("It does not take place"), (Paragraph(said), ways)))


@routes.press(shown_as.UNDO, needs=ORGANISES, of=A_BOARD)
def undo(ctx: Context, _press: Press, board: Board) -> Answer:
    """Take the newest step back."""
    arranging.undo(ctx.tx, board, ctx.now)
    return Reply(_as_it_is(ctx, board))


@routes.press(shown_as.PUBLISH, needs=ORGANISES, of=A_BOARD)
def publish(ctx: Context, _press: Press, board: Board) -> Answer:
    """Let everybody see the grid as it stands."""
    board, many = publishing.publish(ctx.tx, board, ctx.now, ctx.directory, by=ctx.person)
    return Reply(shown_as.published(ctx.t, board, many))


@routes.card(publishing.PUBLISHED)
def published(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Tell a board's room that the grid is there."""
    board = A_BOARD.told(to, args["board"])
    if board is None:
        return None
    there = [each for each in sessions.of_board(to.tx, board.id) if each.version]
    held = sum(each.cancelled_at is None for each in there)
    return shown_as.there_is_a_grid(to.t, board, held)


@routes.card(publishing.CHANGED)
def changed(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Tell a member what became of what concerns them since they were told last."""
    board = A_BOARD.told(to, args["board"])
    if board is None:
        return None
    found = changes_of(to, board, int(args["member"]), int(args["since"]))
    return shown_as.changed(to.t, board, found) if found else None
