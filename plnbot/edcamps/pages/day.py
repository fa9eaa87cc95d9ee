"""The day as pages: the timetable on the board, the wall, the phone, paper, the notes of all."""

from collections.abc import Mapping, Sequence

from plnbot.edcamps.actions.organising import ORGANISES
from plnbot.edcamps.actions.walking import door_code
from plnbot.edcamps.cards import day as shown_as
from plnbot.edcamps.cards import session as session_cards
from plnbot.edcamps.cards.board import open_board
from plnbot.edcamps.cards.day import NowShown
from plnbot.edcamps.model import Board, BoardCard, Phase, Vote
from plnbot.edcamps.model.meetings import Announcement, Place, Takeaway, now_and_next
from plnbot.edcamps.pages.head import stands_at
from plnbot.edcamps.pages.laid import ALL, WIDE, laid_out
from plnbot.edcamps.pages.session import Eyes, eyes_of, notes_of, session_shown
from plnbot.edcamps.store import boards, cards, day, sessions, votes
from plnbot.edcamps.words import KIND_NAMES
from plnbot.engine.routes import Context
from plnbot.talk.cards import Actions, Block, Button, Card, Field, PageButton, Paragraph
from plnbot.talk.fallback import short_words
from plnbot.talk.pages import Head, Heading, Listing, Page, PageBlock, Quote
from plnbot.talk.text import EMPTY, Code, Text, When, joined, verbatim
from plnbot.talk.walls import (
    Cell,
    CellLook,
    Hung,
    QrCode,
    Tiles,
    Timetable,
    screens,
    tiled,
)
from plnbot.talk.words import Translate

PHONE, DOOR = "edcamp_board", "edcamp_door"


def timetable(
    eyes: Eyes, board: Board, there: Mapping[int, Place], member: int = 0
) -> Timetable | None:
    """Return the grid that everybody was told of, None before there is one; `member` finds their own."""
    if not there:
        return None
    at = {(each.slot.id, each.room.id): each for each in there.values()}
    led = cards.of_numbers(eyes.tx, [each.session.card for each in there.values()])
    here = day.where_is(eyes.tx, board.id, member) if member else None

    def cell(slot: int, room: int) -> Cell | None:
        place = at.get((slot, room))
        return _cell(eyes, place, led.get(place.session.card), member, here) if place else None

    slots, rooms = boards.slots_of(eyes.tx, board.id), boards.rooms_of(eyes.tx, board)
    return laid_out(eyes.t("The grid"), slots, rooms, cell, now=eyes.now)


def _cell(eyes: Eyes, place: Place, card: BoardCard | None, member: int, here: int | None) -> Cell:
    words = card.words if card else eyes.t.words("a card that is gone")
    names = eyes.names(card.hosts) if card else ()
    mine = place.session.id == here or (card is not None and member in card.hosts)
    note = eyes.t("run {n}", n=place.session.run) if place.session.run > 1 else EMPTY
    return Cell(
        verbatim(words),
        verbatim(", ".join(names)),
        note,
        CellLook.MINE if mine else CellLook.PLAIN,
        PageButton(verbatim(short_words(words, 60)), session_cards.PAGE, str(place.session.id))
        if eyes.directory is not None
        else None,  # whoever has no account has no page of it
    )


def grid_section(ctx: Context, board: Board) -> list[PageBlock]:
    """Return now and next, what organisers told, and the timetable, for a board's own page."""
    eyes, there = eyes_of(ctx), sessions.places_of(ctx.tx, board)
    found = timetable(eyes, board, there, ctx.person.id)
    blocks: list[PageBlock] = []
    if board.phase is Phase.LIVE and there:
        blocks.append(shown_as.now_and_next(ctx.t, now_shown(ctx, board, there), named=False))
    blocks += [shown_as.announced(ctx.t, None, each) for each in _told(ctx, board)]
    if found is not None:
        blocks += screens(found, columns=WIDE, rows=ALL)
    return blocks


def _told(ctx: Context, board: Board) -> Sequence[Announcement]:
    return () if board.ended else day.announcements_of(ctx.tx, board.id, most=2)


def now_shown(ctx: Context, board: Board, there: Mapping[int, Place]) -> NowShown:
    """Return what now and next show to a member."""
    eyes = eyes_of(ctx)
    on, coming = now_and_next(boards.slots_of(ctx.tx, board.id), ctx.now)
    here = there.get(day.where_is(ctx.tx, board.id, ctx.person.id) or 0)
    if here is not None and here.closes_at <= ctx.now:
        here = None
    led = cards.of_numbers(ctx.tx, [each.session.card for each in there.values()])
    interested = votes.of_member(ctx.tx, board.id, ctx.person.id)

    def wanted(place: Place) -> bool:
        card = led.get(place.session.card)
        leads = card is not None and ctx.person.id in card.hosts
        return leads or interested.get(place.session.card) is Vote.INTERESTED

    def shown(place: Place) -> session_cards.SessionShown:
        return session_shown(eyes, place, led.get(place.session.card))

    held = [each for each in there.values() if on is not None and each.slot.id == on.id]
    after = [each for each in there.values() if coming is not None and each.slot.id == coming.id]
    return NowShown(
        board,
        shown(here) if here else None,
        [shown(each) for each in held if here is None or each.session.id != here.session.id],
        coming,
        [shown(each) for each in after if wanted(each)],
        ctx.now,
        len(after),
    )


def wall_page(eyes: Eyes, board: Board) -> Page:
    """Return a board for the projector: what does not fit turns, and a code leads phones to it."""
    blocks: list[PageBlock] = []
    if board.public:
        label = eyes.t("Read it on your phone. To vote and to move, open it from the bot.")
        blocks.append(QrCode(PHONE, board.secret, label))
    told = day.announcements_of(eyes.tx, board.id, most=1)
    blocks += [shown_as.announced(eyes.t, None, each) for each in told]
    blocks += _hung(eyes, board)
    return _public(eyes, board, blocks, wall=True)


def phone_page(eyes: Eyes, board: Board) -> Page:
    """Return a board for whoever has its address: the grid, or the cards and how many have voted."""
    told = day.announcements_of(eyes.tx, board.id, most=3)
    blocks: list[PageBlock] = [shown_as.announced(eyes.t, None, each) for each in told]
    found = timetable(eyes, board, sessions.places_of(eyes.tx, board))
    if found is not None:
        blocks += screens(found, columns=WIDE, rows=ALL)
    else:
        blocks += [_tiles(eyes, board)]
    how = eyes.t("To vote, to move and to take notes, send `/pln edcamp` to plnbot.")
    blocks.append(Paragraph(how, quiet=True))
    return _public(eyes, board, blocks, wall=False)


def _public(eyes: Eyes, board: Board, blocks: Sequence[PageBlock], *, wall: bool) -> Page:
    t, facts = eyes.t, list[Field]()
    if board.phase in {Phase.REQUEST, Phase.PROPOSE, Phase.VOTE}:
        many = len(cards.of_board(eyes.tx, board.id))
        facts.append(Field(t("Cards"), verbatim(str(many))))
    if board.phase is Phase.VOTE:
        facts.append(Field(t("Have voted"), verbatim(str(votes.many(eyes.tx, board.id)))))
    return Page(
        verbatim(board.title),
        tuple(blocks),
        live=board.scope,
        head=Head(stands_at(t, board), tuple(facts)),
        wall=wall,
        zone=board.zone,
        door=None if wall else open_board(t, board),
    )


def _hung(eyes: Eyes, board: Board) -> Sequence[Hung]:
    """Return what turns on a wall: the grid from what goes on, what is taken home, or the cards."""
    if board.phase in {Phase.SHARE_OUT, Phase.OVER}:
        taken = day.takeaways_of(eyes.tx, board.id)
        cells = tuple(Cell(verbatim(short_words(each.words, 240))) for each in taken)
        if cells:
            return tiled(Tiles(eyes.t("Takeaways"), cells))
    found = timetable(eyes, board, sessions.places_of(eyes.tx, board))
    if found is not None:
        over = [at for at, each in enumerate(found.slots) if each.ends <= eyes.now]
        return screens(found, first=len(over))
    return tiled(_tiles(eyes, board))


def _tiles(eyes: Eyes, board: Board) -> Tiles:
    there = cards.of_board(eyes.tx, board.id)
    there = tuple(
        sorted(there, key=lambda each: (not (each.newcomer and each.is_request), each.id))
    )
    return Tiles(eyes.t("Cards"), tuple(_tile(eyes.t, each) for each in there))


def _tile(t: Translate, card: BoardCard) -> Cell:
    kind = t.say(KIND_NAMES[card.kind])
    about = joined((kind, t("looking for a host")), " · ") if card.is_request else kind
    return Cell(verbatim(card.words), about)


def paper_page(ctx: Context, board: Board) -> Page:
    """Return the grid for the printer: the slots of a day below each other, the rooms side by side."""
    found = timetable(eyes_of(ctx), board, sessions.places_of(ctx.tx, board))
    blocks: list[PageBlock] = list(screens(found, columns=WIDE, rows=ALL)) if found else []
    printed = ctx.t("As it was {when}, version {n}.", when=When(ctx.now), n=board.version)
    blocks.append(Paragraph(printed, quiet=True))
    head = Head(actions=(open_board(ctx.t, board),), prints=True)
    return Page(verbatim(board.title), tuple(blocks), live=board.scope, head=head)


def doors_page(ctx: Context, board: Board) -> Page:
    """Return a sign for each real room's door: its name, a code to scan, and a word to type."""
    t = ctx.t
    blocks: list[PageBlock] = []
    for room in boards.rooms_of(ctx.tx, board):
        code = door_code(board, room)
        how = t("No code reader? Send {typed} to plnbot.", typed=_typed(code))
        blocks.append(Heading(verbatim(room.name), f"room{room.id}"))
        blocks.append(QrCode(DOOR, code, t("Scan it, and you are here: your minutes count.")))
        blocks.append(Paragraph(how))
    about = t("Print these, and hang each at its door.")
    head = Head(about, actions=(open_board(t, board),), prints=True)
    return Page(t("Codes for doors"), tuple(blocks), head=head)


def notes_page(ctx: Context, board: Board) -> Page:
    """Return all notes of a board and what everybody takes home."""
    t = ctx.t
    taken = day.takeaways_of(ctx.tx, board.id)
    blocks: list[PageBlock] = [Heading(t("Takeaways"), "takeaways")]
    if taken and ctx.may(ORGANISES, str(board.id)):
        blocks += [_takeaway(ctx, board, each) for each in taken]
    elif taken:
        lines = (
            joined((verbatim(each.words), verbatim(ctx.called(each.member))), " — ")
            for each in taken
        )
        blocks.append(Listing(tuple(lines)))
    else:
        blocks.append(Paragraph(t("Nobody has said yet what they take home."), quiet=True))
    begun = sorted(day.meetings_of(ctx.tx, board.id).values(), key=lambda each: each.starts_at)
    held = {each.id: each.card for each in sessions.of_board(ctx.tx, board.id)}
    titles = cards.of_numbers(ctx.tx, list(held.values()))
    noted = day.notes_of(ctx.tx, [each.session for each in begun])
    silent = []
    for each in begun:
        card = titles.get(held.get(each.session, 0))
        title = verbatim(card.words) if card else t("a card that is gone")
        if each.session in noted:
            blocks += [
                Heading(title, f"session{each.session}"),
                *notes_of(ctx, board, each.session),
            ]
        else:
            silent.append(title)
    if silent:
        blocks += [Heading(t("Nothing is noted yet"), "silent"), Listing(tuple(silent))]
    mine = Button(t("My takeaway"), session_cards.TAKEAWAY, str(board.id))
    back = open_board(t, board)
    head = Head(t("What was noted, session by session."), actions=(mine, back))
    title = t("Notes of {board}", board=short_words(board.title, 100))
    return Page(title, tuple(blocks), contents=True, live=board.scope, head=head)


def _takeaway(ctx: Context, board: Board, one: Takeaway) -> Quote:
    """Return what somebody takes home, with the way in which organisers take it away."""
    row = f"{board.id}.{one.member}"
    away = Actions((session_cards.take_away(ctx.t, session_cards.UNTAKE, row),))
    who, words = verbatim(ctx.called(one.member)), verbatim(one.words)
    return Quote(who, one.at, words, f"takeaway{one.member}", EMPTY, (away,))


def door_blocks(eyes: Eyes, code: str, title: str) -> tuple[Block, ...]:
    """Return what a door shows to somebody whom the browser does not know."""
    what = eyes.t("Behind this door: {title}", title=title) if title else EMPTY
    how = eyes.t("Send this to plnbot in your chat, and you are here:")
    return tuple(Paragraph(each) for each in (what, how, Text((_typed(code),))) if each)


def _typed(code: str) -> Code:
    """Return what one sends who cannot scan: a command is the same in each language."""
    return Code(f"/pln edcamp here {code}")


def home_card(ctx: Context, board: Board) -> Card | None:
    """Return now and next of a board that goes on, for a member's home; None without a grid."""
    there = sessions.places_of(ctx.tx, board)
    return shown_as.now_and_next(ctx.t, now_shown(ctx, board, there)) if there else None
