"""What EdCamps say on a member's home, and how an idea from elsewhere becomes a card."""

from plnbot.edcamps.actions import posting, voting
from plnbot.edcamps.cards.board import VOTE, phase_card
from plnbot.edcamps.model import TAKES_CARDS, Board, Phase
from plnbot.edcamps.pages.day import home_card
from plnbot.edcamps.pages.seen import boards_seen, standing
from plnbot.edcamps.routes.cards import opened
from plnbot.edcamps.store import boards
from plnbot.engine.at_home import Waiting
from plnbot.engine.offers import Idea, TakesOver
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes
from plnbot.errors import Refused
from plnbot.talk.cards import Button, Card
from plnbot.talk.interactions import Answer
from plnbot.talk.text import verbatim
from plnbot.talk.words import msg

routes = Routes()
_GOING_ON = (*TAKES_CARDS, Phase.GRID, Phase.LIVE, Phase.SHARE_OUT)


def next_board(ctx: Context) -> Card | None:
    """Show the EdCamp that is prepared or goes on, with what to do about it."""
    found = _seen(ctx, _GOING_ON)
    if not found:
        return None
    board = min(found, key=lambda each: each.starts_at)
    if board.phase is Phase.LIVE and (on_the_day := home_card(ctx, board)) is not None:
        return on_the_day
    return phase_card(ctx.t, board, board.phase, standing(ctx.tx, board))


def votes_waiting(ctx: Context) -> Waiting | None:
    """Tell of the cards that a member has not voted on, while they can."""
    for board in _seen(ctx, (Phase.VOTE,)):
        left = len(voting.left_to_vote(ctx.tx, board, ctx.person.id))
        if left:
            title = ctx.t.n("{n} card to vote on", "{n} cards to vote on", left)
            vote = Button(ctx.t("Vote"), VOTE, str(board.id))
            return Waiting(title, left, verbatim(board.title), vote)
    return None


def _seen(ctx: Context, phases: tuple[Phase, ...]) -> list[Board]:
    return boards_seen(ctx, boards.of_network(ctx.tx, ctx.network.id, phases))


def _from_an_idea(ctx: Context, idea: Idea) -> Answer:
    """Open the form for a card with the idea in it: on the board of its room, else on the next."""
    here = boards.in_room(ctx.tx, idea.place.channel_itself()) if idea.place else None
    found = [here] if here is not None and here.takes_cards else _seen(ctx, TAKES_CARDS)
    if not found:
        raise Refused(
            msg("No board takes cards now. An organiser lays one with `/pln edcamp new`.")
        )
    words = idea.title or idea.words
    about = idea.words if idea.title or len(idea.words) > posting.LONGEST else ""
    return opened(ctx, min(found, key=lambda each: each.starts_at), words, about)


TAKES_OVER = TakesOver(
    msg("Put it on the EdCamp’s board"),
    ANYONE,
    _from_an_idea,
    lambda ctx: bool(_seen(ctx, TAKES_CARDS)),
)
routes.home.append(next_board)
