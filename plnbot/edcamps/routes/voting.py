"""Votes on cards: one after another in a chat window, or any on the board's page."""

from plnbot.edcamps.actions import voting
from plnbot.edcamps.cards import voting as cards
from plnbot.edcamps.model import Board, Vote
from plnbot.edcamps.pages.seen import shown
from plnbot.edcamps.parts import BOARD
from plnbot.edcamps.routes.objects import A_BOARD, A_CARD, OnBoard
from plnbot.edcamps.routes.shown import board_here
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes
from plnbot.errors import Refused
from plnbot.talk.cards import Card
from plnbot.talk.interactions import Answer, Press, Reply
from plnbot.talk.words import msg

routes = Routes()


@routes.command(
    "edcamp vote",
    needs=ANYONE,
    part=BOARD,
    about=msg("Vote on the cards, one after another"),
    example=msg("/pln edcamp vote"),
)
def vote_here(ctx: Context, _words: str) -> Answer:
    """Begin a quick vote."""
    return _begun(ctx, board_here(ctx))


@routes.press("edcamp.vote", needs=ANYONE, of=A_BOARD)
def vote_on(ctx: Context, _press: Press, board: Board) -> Answer:
    """Begin a quick vote."""
    return _begun(ctx, board)


def _begun(ctx: Context, board: Board) -> Answer:
    if why := voting.why_no_vote(board):
        raise Refused(why)
    return Reply(_next(ctx, board, None))


def _next(ctx: Context, board: Board, before: tuple[str, Vote] | None) -> Card:
    left = voting.left_to_vote(ctx.tx, board, ctx.person.id)
    if not left:
        return cards.all_voted(ctx.t, board, before)
    return cards.quick(ctx.t, shown(ctx, left[0]), len(left), before)


@routes.press("edcamp.interested", needs=ANYONE, of=A_CARD)
def interested(ctx: Context, _press: Press, on: OnBoard) -> Answer:
    """Take a vote, and ask about the next card."""
    return _voted(ctx, on, Vote.INTERESTED)


@routes.press("edcamp.maybe", needs=ANYONE, of=A_CARD)
def maybe(ctx: Context, _press: Press, on: OnBoard) -> Answer:
    """Take a vote, and ask about the next card."""
    return _voted(ctx, on, Vote.MAYBE)


@routes.press("edcamp.skip", needs=ANYONE, of=A_CARD)
def skip(ctx: Context, _press: Press, on: OnBoard) -> Answer:
    """Take a vote, and ask about the next card."""
    return _voted(ctx, on, Vote.SKIP)


def _voted(ctx: Context, on: OnBoard, given: Vote) -> Answer:
    card = voting.vote(ctx.tx, on.board, on.card, given, ctx.now, by=ctx.person)
    return Reply(_next(ctx, on.board, (card.words, given)))
