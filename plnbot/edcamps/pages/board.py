"""A board as its page: when what happens, the cards, and where and when there is room.

What others add to it is one more function in `SECTIONS`.
"""

from collections.abc import Callable, Sequence

from plnbot.edcamps.actions.organising import LAYS, ORGANISES, topic_of
from plnbot.edcamps.cards import card as shown_as
from plnbot.edcamps.cards.board import listed
from plnbot.edcamps.cards.card import Shown
from plnbot.edcamps.cards.voting import tally, vote_buttons
from plnbot.edcamps.model import (
    ENDED,
    NOT_ENDED,
    PHASES,
    Board,
    BoardCard,
    CardState,
    Phase,
    Room,
    RoomKind,
    Slot,
    Tally,
    Vote,
)
from plnbot.edcamps.pages.day import grid_section
from plnbot.edcamps.pages.head import head_of
from plnbot.edcamps.pages.noticing import for_organisers
from plnbot.edcamps.pages.seen import boards_seen, names_on, shown
from plnbot.edcamps.store import boards, cards, sessions, votes
from plnbot.edcamps.words import PHASE_NAMES, ROOM_KINDS
from plnbot.engine.routes import Context
from plnbot.talk.cards import Actions, Button, Card, Look, Paragraph
from plnbot.talk.pages import Fold, Head, Heading, Listing, Page, PageBlock, Rows
from plnbot.talk.text import EMPTY, Style, Text, When, bold, joined, verbatim
from plnbot.talk.text import Room as Named
from plnbot.talk.words import Translate

_MOST_OVER = 50
Section = Callable[[Context, Board], Sequence[PageBlock]]


def boards_page(ctx: Context) -> Page:
    """Return the boards of a network, those first that are not over."""
    t = ctx.t
    coming = boards_seen(ctx, boards.of_network(ctx.tx, ctx.network.id, NOT_ENDED))
    over = boards_seen(ctx, boards.of_network(ctx.tx, ctx.network.id, ENDED, most=_MOST_OVER + 1))
    blocks: list[PageBlock] = []
    for title, anchor, found in (
        (t("Coming and going on"), "coming", coming),
        (t("Over"), "over", over[:_MOST_OVER]),
    ):
        if found:
            blocks += [Heading(title, anchor), Rows(tuple(listed(t, each) for each in found))]
    if len(over) > _MOST_OVER:
        blocks.append(Paragraph(t("The newest {n} are shown.", n=_MOST_OVER), quiet=True))
    if not (coming or over):
        blocks.append(Paragraph(t("No EdCamp is planned yet."), quiet=True))
    actions = (Button(t("Lay a board"), "edcamp.new"),) if ctx.may(LAYS) else ()
    about = t("Days that we plan together: ask, share, vote, meet.")
    head = Head(about, actions=actions)
    return Page(t("EdCamps"), tuple(blocks), head=head, live=topic_of(ctx.network.id))


def board_page(ctx: Context, board: Board) -> Page:
    """Return a board as this reader sees it."""
    blocks = [block for section in SECTIONS for block in section(ctx, board)]
    return Page(verbatim(board.title), tuple(blocks), live=board.scope, head=head_of(ctx, board))


def _about(_ctx: Context, board: Board) -> list[PageBlock]:
    return [Paragraph(verbatim(board.about))] if board.about else []


def _when(ctx: Context, board: Board) -> list[PageBlock]:
    """Return when each phase begins, for who asks; the one that goes on stands out."""
    lines = []
    for each in PHASES:
        if each in board.times:
            name = ctx.t.say(PHASE_NAMES[each])
            name = bold(name.bare()) if each is board.phase else name
            lines.append(joined((name, Text((When(board.times[each]),))), ": "))
    return [Fold(ctx.t("When what begins"), "when", Listing(tuple(lines)))]


def _cards(ctx: Context, board: Board) -> list[PageBlock]:
    """Return the cards, newcomers' requests first; once votes are told, what most want first.

    Once there is a grid it is what one reads: of the cards only those without a place stand in sight.
    """
    t, came = ctx.t, {} if board.counts_hidden else votes.tally_of(ctx.tx, board.id)
    there = sorted(
        cards.of_board(ctx.tx, board.id),
        key=lambda each: (
            -came.get(each.id, Tally()).interested,
            not (each.newcomer and each.is_request),
            each.id,
        ),
    )
    if not there:
        blank = Paragraph(t("The board is blank. The first card is yours."), quiet=True)
        return [Heading(t("Cards"), "cards"), blank, *_gone(ctx, board)]
    mine = votes.of_member(ctx.tx, board.id, ctx.person.id)
    names = names_on(ctx, there)
    entries = {
        each.id: _entry(ctx, board, shown(ctx, each, names), came.get(each.id), mine.get(each.id))
        for each in there
    }
    placed = {each.session.card for each in sessions.places_of(ctx.tx, board).values()}
    left = tuple(entry for card, entry in entries.items() if card not in placed)
    blocks: list[PageBlock] = []
    if left:
        title = t("Without a place") if placed else t("Cards")
        blocks.append(Heading(title, "cards"))
        # One's vote changes one row, so that each of them is a piece of the page by itself.
        votes_on = board.phase is Phase.VOTE
        blocks += [Rows((each,), asks=True) for each in left] if votes_on else [Rows(left)]
    if found := tuple(entry for card, entry in entries.items() if card in placed):
        label = t.n("{n} card with a place", "{n} cards with a place", len(found))
        blocks.append(Fold(label, "placed", Rows(found)))
    return [*blocks, *_gone(ctx, board)]


def _gone(ctx: Context, board: Board) -> list[PageBlock]:
    """Return the cards that were taken back, to whom they belong."""
    gone = [
        each
        for each in cards.of_board(ctx.tx, board.id, (CardState.WITHDRAWN,))
        if ctx.person.id in each.authors or ctx.may(ORGANISES, str(board.id))
    ]
    entries = tuple(_entry(ctx, board, shown(ctx, each), None, None) for each in gone)
    return [Heading(ctx.t("Taken back"), "gone"), Rows(entries)] if entries else []


def _entry(ctx: Context, board: Board, this: Shown, came: Tally | None, given: Vote | None) -> Card:
    card = this.card
    rows: list[Actions] = []
    if board.phase is Phase.VOTE and card.state is CardState.OPEN:
        rows.append(vote_buttons(ctx.t, card.id, given))
    if ways := _ways(ctx, board, card):
        rows.append(Actions(tuple(ways)))
    return shown_as.entry(ctx.t, this, rows, tally(ctx.t, came) if came is not None else EMPTY)


def _ways(ctx: Context, board: Board, card: BoardCard) -> list[Button]:
    """Return what this reader may do with a card."""
    t, row, me = ctx.t, str(card.id), ctx.person.id
    if board.ended:
        return []
    if card.state is CardState.WITHDRAWN:
        return [Button(t("Bring it back"), "edcamp.bring_back", row)]
    found: list[Button] = []
    if me not in card.authors:
        found.append(Button(t("I want this too"), "edcamp.too", row))
    elif card.authors != (me,):
        found.append(Button(t("I no longer want this"), "edcamp.not_too", row))
    if me in card.hosts:
        found.append(Button(t("I no longer lead it"), "edcamp.step_back", row))
    else:
        label = t("I lead it") if card.is_request else t("I lead it with them")
        found.append(Button(label, "edcamp.lead", row))
    organises = ctx.may(ORGANISES, str(board.id))
    if me in (*card.authors, *card.hosts) or organises:
        found.append(Button(t("Change"), "edcamp.change_card", row))
    if card.authors == (me,) or organises:
        found.append(Button(t("Take it back"), "edcamp.withdraw", row, Look.DANGER))
    return found


def _where(ctx: Context, board: Board) -> list[PageBlock]:
    """Return the slots and the rooms, for who asks; once there is a grid, its rows are the slots."""
    t = ctx.t
    slots = () if board.version else tuple(boards.slots_of(ctx.tx, board.id))
    rooms = boards.rooms_of(ctx.tx, board)
    found: list[PageBlock] = []
    if slots:
        lines = Listing(tuple(_slot(t, each) for each in slots))
        found.append(Fold(t.n("{n} slot", "{n} slots", len(slots)), "slots", lines))
    lines = Listing(tuple(_room(ctx, each) for each in rooms))
    return [*found, Fold(t.n("{n} room", "{n} rooms", len(rooms)), "rooms", lines)]


def _slot(t: Translate, slot: Slot) -> Text:
    ends = When(slot.ends_at, Style.TIME)
    said = t("{begins} to {ends}", begins=When(slot.starts_at), ends=ends)
    return joined((said, verbatim(slot.name)), " ")


def _room(ctx: Context, room: Room) -> Text:
    said = [bold(room.name)]
    if room.seats is not None:
        said.append(ctx.t.n("{n} seat", "{n} seats", room.seats))
    if room.kind is not RoomKind.REAL:
        said.append(ctx.t.say(ROOM_KINDS[room.kind]))
    if room.place is not None:
        said.append(Text((Named(room.place, room.place.channel),)))
    return joined((*said, *map(verbatim, room.features)), " · ")


SECTIONS: tuple[Section, ...] = (
    grid_section,
    _about,
    for_organisers,
    _cards,
    _when,
    _where,
)
"""What stands on a board's page, from top to bottom."""
