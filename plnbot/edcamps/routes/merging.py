"""Cards that say the same: made one by who asked for one of them, or by an organiser, and taken apart."""

from collections.abc import Mapping

from plnbot.edcamps.actions import merging, posting
from plnbot.edcamps.actions.organising import ORGANISES
from plnbot.edcamps.cards import card as shown_as
from plnbot.edcamps.model import Board, BoardCard
from plnbot.edcamps.pages.alike import alike_page
from plnbot.edcamps.pages.seen import held_in, shown
from plnbot.edcamps.routes.objects import A_BOARD, A_CARD, OnBoard
from plnbot.edcamps.store import boards, cards
from plnbot.engine.objects import Object
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Showing
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.cards import Card
from plnbot.talk.interactions import Answer, Press, Reply
from plnbot.talk.pages import Page
from plnbot.values import dataclass

routes = Routes()


@dataclass(frozen=True, slots=True)
class Two:
    """Two cards of one board: `one` is to be the same as `other`."""

    one: BoardCard
    other: BoardCard
    board: Board


def _two(tx: Tx, row: str) -> Two | None:
    first, _, second = row.partition(".")
    one, other = (cards.get(tx, row_number(each)) for each in (first, second))
    board = boards.get(tx, one.board) if one else None
    same = one is not None and other is not None and one.board == other.board
    return Two(one, other, board) if one and other and board and same else None


TWO_CARDS: Object[Two] = Object(
    "two cards",
    load=_two,
    network=lambda two: two.board.network,
    scope=lambda two: str(two.board.id),
    gone=posting.GONE,
    held_in=lambda ctx, two: held_in(ctx, two.board),
)


@routes.page("edcamp.alike", needs=ORGANISES, of=A_BOARD)
def alike(ctx: Context, _row: str, board: Board) -> Page:
    """Show organisers which cards are alike, and which were made one."""
    return alike_page(ctx, board)


@routes.press("edcamp.same", needs=ANYONE, of=TWO_CARDS)
def same(ctx: Context, _press: Press, two: Two) -> Answer:
    """Make two cards one."""
    made = merging.merge(
        ctx.tx,
        two.one,
        two.other,
        ctx.now,
        ctx.directory,
        by=ctx.person,
        organises=ctx.may(ORGANISES, str(two.board.id)),
    )
    return Reply(shown_as.made_one(ctx.t, shown(ctx, made), two.one.id))


@routes.press("edcamp.apart", needs=ANYONE, of=A_CARD)
def apart(ctx: Context, _press: Press, on: OnBoard) -> Answer:
    """Take two cards apart that were made one."""
    organises = ctx.may(ORGANISES, str(on.board.id))
    alone = merging.take_apart(ctx.tx, on.card, ctx.now, by=ctx.person, organises=organises)
    return Reply(shown_as.stands(ctx.t, ctx.t("It stands by itself again"), shown(ctx, alone)))


@routes.card(posting.LED)
def led(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Tell who asked for a card that somebody leads it."""
    on = A_CARD.told(to, args["card"])
    by = to.directory.by_id(to.tx, int(args["by"]))
    leads = on is not None and by is not None and by.id in on.card.hosts
    return shown_as.led(to.t, on.board, on.card, by.name) if on and by and leads else None


@routes.card(merging.MERGED)
def merged(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Tell who asked for a card that it was made one with another."""
    on = A_CARD.told(to, args["card"])
    if on is None or on.card.merged_into is None:
        return None
    head = posting.again(to.tx, on.card.id)
    return shown_as.merged(to.t, on.board, on.card.words, shown(to, head))
