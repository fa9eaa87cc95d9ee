"""What organisers should notice on their board before its grid is made, and who changed it last."""

from collections.abc import Sequence

from plnbot.edcamps.actions.organising import ORGANISES
from plnbot.edcamps.model import Board, BoardCard, Room
from plnbot.edcamps.store import boards, cards, votes
from plnbot.engine import editing
from plnbot.engine.routes import Context
from plnbot.talk.cards import Paragraph
from plnbot.talk.fallback import short_words
from plnbot.talk.pages import Heading, Listing, PageBlock
from plnbot.talk.text import Text, When

_MOST = 5


def for_organisers(ctx: Context, board: Board) -> list[PageBlock]:
    """Return what organisers should notice, until there is a grid, and who changed the board last."""
    if board.ended or not ctx.may(ORGANISES, str(board.id)):
        return []
    return [*_noticed(ctx, board), *_changed_last(ctx, board)]


def _noticed(ctx: Context, board: Board) -> list[PageBlock]:
    if board.version:
        return []
    there = cards.of_board(ctx.tx, board.id)
    rooms = boards.rooms_of(ctx.tx, board)
    places = len(rooms) * len(boards.slots_of(ctx.tx, board.id))
    found = [
        *_few_places(ctx, len(there), places),
        *_many_hosts(ctx, board, there),
        *_unmet_needs(ctx, there, rooms),
    ]
    if not found:
        return []
    return [Heading(ctx.t("For organisers"), "noticing"), Listing(tuple(found))]


def _changed_last(ctx: Context, board: Board) -> list[PageBlock]:
    latest = editing.latest(ctx.tx, board.scope)
    if latest is None:
        return []
    who, at = latest
    said = ctx.t("{name} changed the board last, {when}.", name=ctx.called(who), when=When(at))
    return [Paragraph(said, quiet=True)]


def _few_places(ctx: Context, many: int, places: int) -> list[Text]:
    if many <= places:
        return []
    said = ctx.t.n(
        "{n} card for {places} places: not every card will be in the grid.",
        "{n} cards for {places} places: not every card will be in the grid.",
        many,
        places=places,
    )
    return [said]


def _many_hosts(ctx: Context, board: Board, there: Sequence[BoardCard]) -> list[Text]:
    """Say where more lead something than could come to it."""
    hosts = {member for each in there for member in each.hosts}
    people = {member for each in there for member in each.authors}
    others = len((people | votes.voters(ctx.tx, board.id)) - hosts)
    if not hosts or len(hosts) <= others:
        return []
    many = ctx.t.n("{n} person leads something", "{n} people lead something", len(hosts))
    said = ctx.t(
        "{hosts}, and only {others} others are on the board so far: somebody may sit alone.",
        hosts=many,
        others=others,
    )
    return [said]


def _unmet_needs(ctx: Context, there: Sequence[BoardCard], rooms: Sequence[Room]) -> list[Text]:
    """Say which cards need what no one room has."""
    unmet = [
        each for each in there if not any(set(each.needs) <= set(room.features) for room in rooms)
    ]
    return [
        ctx.t(
            "“{card}” needs {needs}, and no room has that.",
            card=short_words(each.words, 60),
            needs=", ".join(each.needs),
        )
        for each in unmet[:_MOST]
    ]
