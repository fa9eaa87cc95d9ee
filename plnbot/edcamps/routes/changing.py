"""Changing a board or a card: a form with its words, and what two made of it at once."""

from collections.abc import Sequence

from plnbot.edcamps.actions import changing, laying
from plnbot.edcamps.actions.organising import BOARD, ORGANISES
from plnbot.edcamps.cards.board import open_board
from plnbot.edcamps.model import Board, BoardCard, CardKind
from plnbot.edcamps.pages.seen import held_in
from plnbot.edcamps.routes.board_inputs import board_inputs
from plnbot.edcamps.routes.card_inputs import card_inputs
from plnbot.edcamps.routes.objects import A_BOARD, A_CARD, OnBoard
from plnbot.edcamps.store import boards, cards
from plnbot.engine import editing
from plnbot.engine.clashing import FieldNames, clashed
from plnbot.engine.editing import Aside, Clash
from plnbot.engine.objects import Object
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.errors import Refused
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.cards import Actions, Card, Tone
from plnbot.talk.forms import FieldErrors, Form, TextInput
from plnbot.talk.interactions import Answer, Press, Reply
from plnbot.talk.words import msg
from plnbot.values import dataclass

routes = Routes()
_BOARD, _CARD, _TAKE = "edcamp.change", "edcamp.change_card", "edcamp.take_mine"
_FIELDS: FieldNames = {
    "title": msg("Title"),
    "about": msg("Description"),
    "day": msg("Day"),
    "slots": msg("Slots"),
    "rooms": msg("Rooms"),
    "phases": msg("Phases"),
    "words": msg("Card"),
    "invites": msg("Kind"),
    "needs": msg("Needs"),
}
_NOT_YOURS = msg("A card is changed by those who asked for it or lead it, and by organisers.")


@dataclass(frozen=True, slots=True)
class Kept:
    """Words that were kept aside, with the board they are about, and the card where they are of one."""

    aside: Aside
    board: Board
    card: BoardCard | None


def _kept(tx: Tx, row: str) -> Kept | None:
    aside = editing.kept_aside(tx, row_number(row))
    kind, number = aside.of if aside else ("", 0)
    card = cards.get(tx, number) if kind == "edcamp_card" else None
    # Words about what is no board, with the same number, are not about one.
    known = card.board if card else number if kind == BOARD else 0
    board = boards.get(tx, known)
    return Kept(aside, board, card) if aside and board else None


A_KEPT: Object[Kept] = Object(
    "words kept aside",
    load=_kept,
    network=lambda kept: kept.board.network,
    scope=lambda kept: str(kept.board.id),
    gone=msg("Those words are no longer kept."),
    held_in=lambda ctx, kept: held_in(ctx, kept.board),
)


def _board_form(ctx: Context, row: str, board: Board) -> Form:
    t = ctx.t
    present = changing.board_fields(ctx.tx, board, changing.asks_of(board, ctx.person, ctx.now))
    about = TextInput(
        name="about",
        label=t("What people should know of it"),
        long=True,
        most=laying.LONGEST_ABOUT,
        value=present["about"],
    )
    return Form(
        _BOARD,
        t("Change the board"),
        (*board_inputs(t, present, new=False), about),
        t("Change it"),
        editing.form_row(ctx.tx, row, board.id, board.scope),
    )


@routes.form(_BOARD, build=_board_form, needs=ORGANISES, of=A_BOARD, opens=True)
def board_changed(ctx: Context, row: str, values: Values, board: Board) -> Answer:
    """Change a board, as far as nobody else changed the same."""
    given = {name: str(value) for name, value in values.items()}
    version = editing.seen_in(row)[1] or 0
    made = changing.change_board(ctx.tx, board, version, given, ctx.now, by=ctx.person)
    return made if isinstance(made, FieldErrors) else _told(ctx, board, made)


def _card_form(ctx: Context, row: str, on: OnBoard) -> Form:
    _may_change(ctx, on)
    return Form(
        _CARD,
        ctx.t("Change the card"),
        card_inputs(ctx.t, CardKind, changing.card_fields(on.card)),
        ctx.t("Change it"),
        editing.form_row(ctx.tx, row, on.card.id, on.card.scope),
    )


def _may_change(ctx: Context, on: OnBoard) -> None:
    theirs = ctx.person.id in (*on.card.authors, *on.card.hosts)
    if not theirs and not ctx.may(ORGANISES, str(on.board.id)):
        raise Refused(_NOT_YOURS)


@routes.form(_CARD, build=_card_form, needs=ANYONE, of=A_CARD, opens=True)
def card_changed(ctx: Context, row: str, values: Values, on: OnBoard) -> Answer:
    """Change a card, as far as nobody else changed the same."""
    given = {name: str(value) for name, value in values.items()}
    version = editing.seen_in(row)[1] or 0
    made = changing.change_card(ctx.tx, on.card, version, given, ctx.now, by=ctx.person)
    return _told(ctx, on.board, made)


@routes.press(_TAKE, needs=ANYONE, of=A_KEPT)
def take_mine(ctx: Context, _press: Press, kept: Kept) -> Answer:
    """Let one's own words stand after all."""
    if kept.aside.member != ctx.person.id:
        raise Refused(msg("Only who wrote these words can take them."))
    if kept.card is not None:
        _may_change(ctx, OnBoard(kept.card, kept.board))
    elif not ctx.may(ORGANISES, str(kept.board.id)):
        raise Refused(ORGANISES.otherwise)
    changing.take_mine(ctx.tx, kept.aside, kept.board, kept.card, ctx.now, by=ctx.person)
    return _told(ctx, kept.board, ())


def _told(ctx: Context, board: Board, clashes: Sequence[Clash]) -> Answer:
    leads = open_board(ctx.t, board)
    if clashes:
        return Reply(clashed(ctx, clashes, _FIELDS, _TAKE, leads))
    return Reply(Card(ctx.t("Changed"), (Actions((leads,)),), Tone.GOOD))
