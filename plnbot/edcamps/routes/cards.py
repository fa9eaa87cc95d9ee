"""Cards: put on the board, asked for by more, led, taken back."""

from plnbot.edcamps.actions import posting
from plnbot.edcamps.actions.organising import ORGANISES
from plnbot.edcamps.actions.posting import CardWish
from plnbot.edcamps.cards import card as shown_as
from plnbot.edcamps.cards.board import POST
from plnbot.edcamps.layout import features_of
from plnbot.edcamps.model import Board, CardKind, Phase
from plnbot.edcamps.pages.seen import shown
from plnbot.edcamps.parts import BOARD
from plnbot.edcamps.routes.card_inputs import card_inputs
from plnbot.edcamps.routes.objects import A_BOARD, A_CARD, OnBoard
from plnbot.edcamps.routes.shown import board_here
from plnbot.engine.ports import Argument
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.errors import Refused
from plnbot.talk.cards import Option
from plnbot.talk.forms import ChoiceInput, Form
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.text import EMPTY
from plnbot.talk.words import msg

routes = Routes()
_LEADS, _ASKS = "lead", "ask"


@routes.command(
    "edcamp card",
    needs=ANYONE,
    part=BOARD,
    about=msg("Put a card on the board: ask, share, discuss or make"),
    example=msg("/pln edcamp card Feedback without grades"),
    argument=Argument("card", msg("What it is about. The form asks for the rest.")),
)
def add(ctx: Context, words: str) -> Answer:
    """Open the form for a card, with what was typed in it."""
    board = board_here(ctx)
    return opened(ctx, board, words)


def opened(ctx: Context, board: Board, words: str, about: str = "") -> Answer:
    """Open the form for a card with these words in it; raises `Refused` where none is taken now."""
    return OpenForm(_filled(ctx, board, words, about))


def _form(ctx: Context, _row: str, board: Board) -> Form:
    return _filled(ctx, board, "")


def _filled(ctx: Context, board: Board, words: str, about: str = "") -> Form:
    if why := posting.why_not_now(board):
        raise Refused(why)
    t, requests = ctx.t, board.phase is Phase.REQUEST
    kinds = [each for each in CardKind if not (requests and each is CardKind.SHARE)]
    leads = (Option(_ASKS, t("Whoever comes forward")), Option(_LEADS, t("I do")))
    what, invites, more, needs = card_inputs(t, kinds, {"words": words, "about": about})
    who = ChoiceInput(
        name="leads",
        label=t("Who leads it?"),
        options=leads[:1] if requests else leads,
        value=_ASKS,
        required=True,
    )
    return Form(
        POST,
        t("A card for the board"),
        (what, invites, who, more, needs),
        t("Put it on the board"),
        str(board.id),
        t.say(posting.requests_first(board)) if requests else EMPTY,
    )


@routes.form(POST, build=_form, needs=ANYONE, of=A_BOARD, opens=True)
def given(ctx: Context, _row: str, values: Values, board: Board) -> Answer:
    """Put a card on the board."""
    wish = CardWish(
        CardKind(str(values["invites"])),
        str(values["words"]),
        str(values["about"]),
        features_of(str(values["needs"])),
        leads=values["leads"] == _LEADS,
    )
    made = posting.post(ctx.tx, board, wish, ctx.now, by=ctx.person)
    alike = [shown(ctx, each) for each in made.alike]
    return Reply(shown_as.posted(ctx.t, board, shown(ctx, made.card), alike))


@routes.press("edcamp.too", needs=ANYONE, of=A_CARD)
def too(ctx: Context, _press: Press, on: OnBoard) -> Answer:
    """Let a member ask for a card too."""
    card = posting.too(ctx.tx, on.card, ctx.now, by=ctx.person)
    return Reply(shown_as.stands(ctx.t, ctx.t("You ask for it too"), shown(ctx, card)))


@routes.press("edcamp.not_too", needs=ANYONE, of=A_CARD)
def too_no_more(ctx: Context, _press: Press, on: OnBoard) -> Answer:
    """Let a member ask for a card no more."""
    card = posting.too_no_more(ctx.tx, on.card, ctx.now, by=ctx.person)
    return Reply(shown_as.stands(ctx.t, ctx.t("You no longer ask for it"), shown(ctx, card)))


@routes.press("edcamp.lead", needs=ANYONE, of=A_CARD)
def lead(ctx: Context, _press: Press, on: OnBoard) -> Answer:
    """Let a member lead a card."""
    card = posting.lead(ctx.tx, on.card, ctx.now, ctx.directory, by=ctx.person)
    return Reply(shown_as.stands(ctx.t, ctx.t("You lead it"), shown(ctx, card)))


@routes.press("edcamp.step_back", needs=ANYONE, of=A_CARD)
def step_back(ctx: Context, _press: Press, on: OnBoard) -> Answer:
    """Let a member lead a card no more."""
    card = posting.step_back(ctx.tx, on.card, ctx.now, by=ctx.person)
    return Reply(shown_as.stands(ctx.t, ctx.t("You no longer lead it"), shown(ctx, card)))


@routes.press("edcamp.withdraw", needs=ANYONE, of=A_CARD)
def withdraw(ctx: Context, _press: Press, on: OnBoard) -> Answer:
    """Take a card from the board."""
    organises = ctx.may(ORGANISES, str(on.board.id))
    card = posting.withdraw(ctx.tx, on.card, ctx.now, by=ctx.person, organises=organises)
    return Reply(shown_as.withdrawn(ctx.t, shown(ctx, card)))


@routes.press("edcamp.bring_back", needs=ANYONE, of=A_CARD)
def bring_back(ctx: Context, _press: Press, on: OnBoard) -> Answer:
    """Put a card on the board again."""
    organises = ctx.may(ORGANISES, str(on.board.id))
    card = posting.bring_back(ctx.tx, on.card, ctx.now, by=ctx.person, organises=organises)
    return Reply(shown_as.stands(ctx.t, ctx.t("It is on the board again"), shown(ctx, card)))
