"""A board as its page: when what happens, the cards, and where and when there is room.

What others add to it is one more function in `SECTIONS`.
"""

from collections.abc import Callable, Sequence

from plnbot.edcamps.actions.organising import LAYS, ORGANISES, topic_of
from plnbot.edcamps.cards import card as shown_as
from plnbot.edcamps.cards.board import BAD_TIMES, add_card, listed, vote
from plnbot.edcamps.cards.card import Shown
from plnbot.edcamps.cards.grid import open_grid
from plnbot.edcamps.cards.voting import tally, vote_buttons
from plnbot.edcamps.model import (
    PHASES,
    Board,
    BoardCard,
    CardState,
    Phase,
    Room,
    RoomKind,
    Tally,
    Vote,
)
from plnbot.edcamps.pages.day import grid_section
from plnbot.edcamps.pages.noticing import for_organisers
from plnbot.edcamps.pages.seen import boards_seen, names_on, shown, standing
from plnbot.edcamps.store import boards, cards, votes
from plnbot.edcamps.words import PHASE_NAMES, ROOM_KINDS
from plnbot.engine.routes import Context
from plnbot.talk.cards import Actions, Button, Card, Field, Look, PageButton, Paragraph
from plnbot.talk.pages import Head, Heading, Listing, Page, PageBlock, Rows
from plnbot.talk.text import EMPTY, Style, Text, When, bold, joined, verbatim
from plnbot.talk.words import msg

Section = Callable[[Context, Board], Sequence[PageBlock]]
_CALL_OFF = msg("No phase begins any more, and the room is told. The cards stay.")


def boards_page(ctx: Context) -> Page:
    """Return the boards of a network, those first that are not over."""
    t = ctx.t
    every = boards_seen(ctx, boards.of_network(ctx.tx, ctx.network.id))
    blocks: list[PageBlock] = []
    for title, anchor, found in (
        (t("Coming and going on"), "coming", [each for each in every if not each.ended]),
        (t("Over"), "over", [each for each in every if each.ended]),
    ):
        if found:
            blocks += [Heading(title, anchor), Rows(tuple(listed(t, each) for each in found))]
    if not every:
        blocks.append(Paragraph(t("No EdCamp is planned yet."), quiet=True))
    actions = (Button(t("Lay a board"), "edcamp.new"),) if ctx.may(LAYS) else ()
    about = t("Days that we plan together: ask, share, vote, meet.")
    head = Head(about, actions=actions)
    return Page(t("EdCamps"), tuple(blocks), head=head, live=topic_of(ctx.network.id))


def board_page(ctx: Context, board: Board) -> Page:
    """Return a board as this reader sees it."""
    blocks = [block for section in SECTIONS for block in section(ctx, board)]
    return Page(verbatim(board.title), tuple(blocks), live=board.scope, head=_head(ctx, board))


def _head(ctx: Context, board: Board) -> Head:
    t, stands = ctx.t, standing(ctx.tx, board)
    until = None if board.phase not in PHASES else board.ends_phase(board.phase)
    where = t.say(PHASE_NAMES[board.phase])
    about = t("{phase} until {when}", phase=where, when=When(until)) if until else where
    facts = [Field(t("Cards"), verbatim(str(stands.cards)))]
    if board.phase is Phase.VOTE:
        facts.append(Field(t("Have voted"), verbatim(str(stands.voters))))
    actions: list[Button | PageButton] = []
    if board.phase is Phase.VOTE:
        actions.append(vote(t, board))
    if board.takes_cards:
        look = Look.PLAIN if actions else Look.PRIMARY
        actions.append(add_card(t, board, look))
    if not board.counts_hidden and not board.ended and ctx.may(ORGANISES, str(board.id)):
        actions.append(open_grid(t, board))
    return Head(about, tuple(facts), tuple(actions), tuple(_more(ctx, board)))


def _more(ctx: Context, board: Board) -> list[Button | PageButton]:
    """Return what one does with a board now and then."""
    t, row = ctx.t, str(board.id)
    copy = [Button(t("Lay another like it"), "edcamp.copy", row)] if ctx.may(LAYS) else []
    if board.ended:
        return [*copy]
    found: list[Button | PageButton] = [Button(t("When I cannot lead"), BAD_TIMES, row)]
    if ctx.may(ORGANISES, row):
        sure = t.say(_CALL_OFF)
        found.append(Button(t("Change the board"), "edcamp.change", row))
        found.append(Button(t("Organise it together"), "edcamp.add_organiser", row))
        found.append(PageButton(t("Cards that are alike"), "edcamp.alike", row))
        found.append(Button(t("Call it off"), "edcamp.call_off", row, Look.DANGER, sure))
    return [*found, *copy]


def _about(_ctx: Context, board: Board) -> list[PageBlock]:
    return [Paragraph(verbatim(board.about))] if board.about else []


def _when(ctx: Context, board: Board) -> list[PageBlock]:
    """Return when each phase begins."""
    lines = [
        joined((ctx.t.say(PHASE_NAMES[each]), Text((When(board.times[each]),))), ": ")
        for each in PHASES
        if each in board.times
    ]
    return [Heading(ctx.t("When"), "when"), Listing(tuple(lines))]


def _cards(ctx: Context, board: Board) -> list[PageBlock]:
    """Return the cards, newcomers' requests first; once votes are told, what most want first."""
    came = {} if board.counts_hidden else votes.tally_of(ctx.tx, board.id)
    there = sorted(
        cards.of_board(ctx.tx, board.id),
        key=lambda each: (
            -came.get(each.id, Tally()).interested,
            not (each.newcomer and each.is_request),
            each.id,
        ),
    )
    blocks: list[PageBlock] = [Heading(ctx.t("Cards"), "cards")]
    if not there:
        blocks.append(Paragraph(ctx.t("The board is blank. The first card is yours."), quiet=True))
    mine = votes.of_member(ctx.tx, board.id, ctx.person.id)
    names = names_on(ctx, there)
    entries = [
        _entry(ctx, board, shown(ctx, each, names), came.get(each.id), mine.get(each.id))
        for each in there
    ]
    # While one votes, every card has its three votes in sight; a row has one.
    blocks += entries if board.phase is Phase.VOTE or not entries else [Rows(tuple(entries))]
    gone = [
        each
        for each in cards.of_board(ctx.tx, board.id, (CardState.WITHDRAWN,))
        if ctx.person.id in each.authors or ctx.may(ORGANISES, str(board.id))
    ]
    if gone:
        blocks.append(Heading(ctx.t("Taken back"), "gone"))
        blocks.append(
            Rows(tuple(_entry(ctx, board, shown(ctx, each), None, None) for each in gone))
        )
    return blocks


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
    """Return the slots and the rooms."""
    t = ctx.t
    slots = [
        joined(
            (
                t(
                    "{begins} to {ends}",
                    begins=When(each.starts_at),
                    ends=When(each.ends_at, Style.TIME),
                ),
                verbatim(each.name),
            ),
            " ",
        )
        for each in boards.slots_of(ctx.tx, board.id)
    ]
    rooms = [_room(ctx, each) for each in boards.rooms_of(ctx.tx, board)]
    return [
        Heading(t("Slots"), "slots"),
        Listing(tuple(slots)),
        Heading(t("Rooms"), "rooms"),
        Listing(tuple(rooms)),
    ]


def _room(ctx: Context, room: Room) -> Text:
    said = [bold(room.name)]
    if room.seats is not None:
        said.append(ctx.t.n("{n} seat", "{n} seats", room.seats))
    if room.kind is not RoomKind.REAL:
        said.append(ctx.t.say(ROOM_KINDS[room.kind]))
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
