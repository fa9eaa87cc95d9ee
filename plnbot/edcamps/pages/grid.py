"""The grid as organisers arrange it: as a whole, where one card could go, and what a move would do.

Every move is three links and a button, by keyboard and by touch alike: the card, the place, what it would cost,
and yes. A browser's script joins the first two into dragging; what it costs is read before yes in any case.
"""

from collections.abc import Callable, Mapping, Sequence

from plnbot import grids
from plnbot.edcamps.actions.grid_board import Laid, laid_out, sizes
from plnbot.edcamps.actions.suggesting import work_key
from plnbot.edcamps.cards import grid as shown_as
from plnbot.edcamps.cards.board import open_board
from plnbot.edcamps.cards.grid import Names, sentences
from plnbot.edcamps.model import Board, Room, Slot
from plnbot.edcamps.model.gridding import Suggestion
from plnbot.edcamps.pages.laid import ALL, WIDE
from plnbot.edcamps.pages.laid import laid_out as as_timetable
from plnbot.edcamps.store import boards, gridding
from plnbot.engine import work
from plnbot.engine.routes import Context
from plnbot.grids import Moves, Place, Range, reason, why_not
from plnbot.talk.cards import Actions, Button, Card, Field, Look, PageButton, Paragraph
from plnbot.talk.fallback import short_words
from plnbot.talk.pages import Fold, Head, Heading, Listing, Page, PageBlock, Rows
from plnbot.talk.text import EMPTY, Style, Text, When, bold, joined, verbatim
from plnbot.talk.walls import Cell, CellLook, Moving, Timetable, screens
from plnbot.values import dataclass

_SHORT = 60
_MOST_REASONS = 80


@dataclass(frozen=True, slots=True)
class Table:
    """A grid as one organiser looks at it: `seen` is the last step of it by now, `moves` are those it leaves."""

    ctx: Context
    board: Board
    laid: Laid
    slots: Mapping[int, Slot]
    rooms: Mapping[int, Room]
    names: Names
    comes: Mapping[int, Range]
    seen: int
    made: Suggestion | None
    moves: Moves

    def where(self, place: Place) -> Text:
        """Return when and where a place is."""
        begins = When(self.slots[place.slot].starts_at, Style.TIME)
        return self.ctx.t("{when}, {room}", when=begins, room=self.rooms[place.room].name)

    def hosts(self, what: int) -> Text:
        """Return who leads something."""
        found = [self.names.person(each) for each in self.laid.cards[what].hosts]
        return verbatim(", ".join(each for each in found if each))


def table_of(ctx: Context, board: Board) -> Table:
    """Return a board's grid as it stands now."""
    laid = laid_out(ctx.tx, board, ctx.now)
    hosts = {each for card in laid.cards.values() for each in card.hosts}
    found = ctx.directory.by_ids(ctx.tx, hosts)
    last = gridding.last_step(ctx.tx, board.id)
    return Table(
        ctx,
        board,
        laid,
        {each.id: each for each in boards.slots_of(ctx.tx, board.id)},
        {each.id: each for each in boards.rooms_of(ctx.tx, board)},
        Names(
            {each: one.name for each, one in found.items()},
            {each: one.words for each, one in laid.cards.items()},
        ),
        sizes(ctx.tx, board, laid, ctx.directory),
        last.id if last else 0,
        gridding.suggested(ctx.tx, board.id),
        Moves(laid.made_from, laid.places),
    )


def grid_page(ctx: Context, board: Board) -> Page:
    """Return the grid as organisers have it, with what was suggested, and why."""
    table = table_of(ctx, board)
    blocks: list[PageBlock] = [*_told(table)]
    if not board.counts_hidden:  # until then it is secret who wants what
        if table.laid.places:
            blocks += screens(_whole(table), columns=WIDE, rows=ALL)
        blocks += [*_without(table), *_reasons(table)]
    return Page(ctx.t("The grid"), tuple(blocks), live=board.scope, head=_head(table))


def _head(table: Table) -> Head:
    t, board, laid = table.ctx.t, table.board, table.laid
    waits = len(laid.unpublished)
    state = (
        t("Version {n} is what everybody sees.", n=board.version)
        if board.version
        else t("Nobody but organisers sees it yet.")
    )
    unseen = t.n("{n} change waits to be published.", "{n} changes wait to be published.", waits)
    facts = (
        Field(t("Sessions"), verbatim(str(len(laid.places)))),
        Field(t("Without a place"), verbatim(str(len(laid.cards) - len(laid.places)))),
    )
    back = open_board(t, board)
    if board.ended or board.counts_hidden:
        return Head(state, facts, (back,))
    actions: list[Button | PageButton] = []
    if waits:
        actions.append(shown_as.publish(t, board))
    if not laid.places:
        actions.append(shown_as.suggest(t, board, Look.PRIMARY))
    if undo := _undo(table):
        actions.append(undo)
    another = (shown_as.suggest(t, board),) if laid.places else ()
    about = sentences((state, unseen if waits and board.version else EMPTY))
    return Head(about, facts, tuple(actions), (*another, back))


def _undo(table: Table) -> Button | None:
    last = gridding.last_step(table.ctx.tx, table.board.id)
    if last is None:
        return None
    t, by = table.ctx.t, table.ctx.directory.by_id(table.ctx.tx, last.by)
    mine = last.by == table.ctx.person.id or by is None
    label = (
        t("Undo")
        if mine or by is None
        else t("Undo what {name} did", name=short_words(by.name, 30))
    )
    return shown_as.undo(t, table.board, label)


def _told(table: Table) -> list[PageBlock]:
    """Return how far a suggestion is, how good the last one was, and what to look at."""
    t, blocks = table.ctx.t, list[PageBlock]()
    far = work.progress(table.ctx.tx, work_key(table.board.id))
    if far is not None and far.goes_on:
        blocks.append(shown_as.on_its_way(t, far.done, far.of))
    if table.board.counts_hidden:
        said = t("Votes are still being given. The grid is made when that is over.")
        blocks.append(Paragraph(said))
    elif table.made is not None:
        blocks.append(Paragraph(shown_as.quality(t, table.made.quality)))
    if warnings := _warnings(table):
        blocks += [Heading(t("To look at"), "look"), Listing(tuple(warnings))]
    return blocks


def _warnings(table: Table) -> list[Text]:
    moves, found = table.moves, list[Text]()
    for what, place in table.laid.places.items():
        for one in moves.broken(what, place):
            if one.rule.name not in {"BEGUN", "CLOSED"}:
                said = shown_as.broken(table.ctx.t, one, table.names)
                found.append(_about(table, what, said))
    return found


def _about(table: Table, what: int, said: Text) -> Text:
    return joined((bold(table.names.card(what)), said), ": ")


def _whole(table: Table) -> Timetable:
    at = {place: what for what, place in table.laid.places.items()}
    moves = table.moves

    def cell(place: Place) -> Cell | None:
        what = at.get(place)
        return None if what is None else _standing(table, what, moves)

    over = table.board.ended or table.board.counts_hidden
    moving = None if over else Moving(shown_as.PIECE, shown_as.PLACE)
    return _timetable(table, table.ctx.t("The grid"), cell, moving)


def _standing(table: Table, what: int, moves: Moves) -> Cell:
    t, session = table.ctx.t, table.laid.sessions[what]
    notes = []
    if what in table.comes:
        comes = table.comes[what]
        notes.append(t("{low}–{high} will come", low=comes.low, high=comes.high))
    if clash := moves.clashes(what):
        notes.append(t.n("{n} would clash", "{n} would clash", clash))
    new = (session.slot, session.room) != (session.shown_slot, session.shown_room)
    return Cell(
        verbatim(table.names.card(what)),
        table.hosts(what),
        joined(notes, " · "),
        CellLook.CHANGED if new and table.board.version else CellLook.PLAIN,
        PageButton(verbatim(table.names.card(what)), shown_as.PIECE, f"{table.board.id}.{what}"),
    )


def _timetable(
    table: Table,
    caption: Text,
    cell: Callable[[Place], Cell | None],
    moving: Moving | None = None,
) -> Timetable:
    slots, rooms = table.slots.values(), table.rooms.values()

    def at(slot: int, room: int) -> Cell | None:
        return cell(Place(slot, room))

    return as_timetable(
        caption, slots, rooms, at, now=table.ctx.now, moving=moving, seen=table.seen
    )


def _without(table: Table) -> list[PageBlock]:
    """Return what has no place, and why, the most wanted first."""
    t, laid = table.ctx.t, table.laid
    wanted = {each.id: len(each.wanted) for each in laid.made_from.cards}
    left = sorted(laid.cards.keys() - laid.places.keys(), key=lambda each: (-wanted[each], each))
    if not left:
        return []
    found = []
    for what in left:
        many = t.n("{n} wants to come.", "{n} want to come.", wanted[what])
        said = [many]
        if table.made is not None:
            said.append(shown_as.why_not(t, why_not(laid.made_from, laid.places, what)))
        way = PageButton(t("Give it a place"), shown_as.PIECE, f"{table.board.id}.{what}")
        title = verbatim(table.names.card(what))
        found.append(Card(title, (Paragraph(sentences(said)), Actions((way,)))))
    return [Heading(t("Without a place"), "without"), Rows(tuple(found))]


def _reasons(table: Table) -> list[PageBlock]:
    """Return why each card stands where it does; of very many only who opens one reads it."""
    laid, moves = table.laid, table.moves
    if not laid.places or len(laid.places) > _MOST_REASONS:
        return []
    placed = laid.as_placed
    lines = tuple(_about(table, what, _why(table, what, moves, placed)) for what in laid.places)
    return [Fold(table.ctx.t("Why they stand there"), "why", Listing(lines))]


def _why(table: Table, what: int, moves: Moves, placed: grids.Board) -> Text:
    waived = table.made.waived.get(what) if table.made else None
    why = shown_as.reason(table.ctx.t, reason(placed, table.laid.places, what, moves))
    lacks = shown_as.lacks(table.ctx.t, waived, table.names) if waived else EMPTY
    return sentences((why, lacks))


def piece_page(ctx: Context, board: Board, what: int) -> Page:
    """Return where something stands and why, and every place where it could go with what that costs."""
    t, table = ctx.t, table_of(ctx, board)
    place, moves = table.laid.places.get(what), table.moves
    about = t("It has no place yet.")
    if place is not None:
        comes = shown_as.comes(t, table.comes[what]) if what in table.comes else EMPTY
        about = sentences(
            (
                table.where(place) + verbatim("."),
                comes,
                _why(table, what, moves, table.laid.as_placed),
            )
        )
    back = PageButton(t("The whole grid"), shown_as.PAGE, str(board.id))
    cell = _choice(table, what, moves)
    blocks: list[PageBlock] = [
        Heading(t("Where could it go?"), "where"),
        Paragraph(t("Choose a place; what stands there changes places with it."), quiet=True),
        *screens(_timetable(table, t("Places"), cell), columns=WIDE, rows=ALL),
    ]
    head = Head(about, actions=(back, *_ends(table, what)))
    return Page(verbatim(table.names.card(what)), tuple(blocks), live=board.scope, head=head)


def _choice(table: Table, what: int, moves: Moves) -> Callable[[Place], Cell]:
    at = {place: each for each, place in table.laid.places.items()}
    t, here = table.ctx.t, table.laid.places.get(what)

    def cell(place: Place) -> Cell:
        other = at.get(place)
        title = verbatim(table.names.card(other)) if other is not None else t("Free")
        if place == here:
            return Cell(title, note=t("It is here."), look=CellLook.MINE)
        if why := moves.refused(what, place):
            return Cell(title, note=shown_as.broken(t, why, table.names), look=CellLook.OFF)
        cost = moves.cost(what, place)
        said = [
            shown_as.clashes(t, cost.clash),
            shown_as.lost(t, cost.lost) if cost.lost < 0 else EMPTY,
        ]
        said += [shown_as.broken(t, each, table.names) for each in moves.broken(what, place)]
        row = f"{table.board.id}.{what}.{place.slot}.{place.room}.{table.seen}"
        look = CellLook.GOOD if cost.lost < 0 else CellLook.PLAIN
        leads = PageButton(title, shown_as.PLACE, row)
        return Cell(title, note=sentences(said), look=look, leads=leads)

    return cell


def _ends(table: Table, what: int) -> tuple[Button, ...]:
    """Return how something leaves the grid."""
    t, session = table.ctx.t, table.laid.sessions.get(what)
    row = f"{table.board.id}.{what}"
    if session is None or table.board.ended:
        return ()
    if not session.version:
        return (Button(t("Take it out of the grid"), shown_as.OUT, row, Look.DANGER),)
    sure = t("It does not take place. Those who wanted to come are told.")
    return (Button(t("Call it off"), shown_as.OFF, row, Look.DANGER, sure),)


def place_page(ctx: Context, board: Board, what: int, place: Place, seen: int) -> Page:
    """Return what moving something to a place would do, before it is done."""
    t, table = ctx.t, table_of(ctx, board)
    moves, name = table.moves, table.names.card(what)
    back = PageButton(t("Another place"), shown_as.PIECE, f"{board.id}.{what}")
    if why := moves.refused(what, place):
        said = [shown_as.broken(t, why, table.names)]
        actions: tuple[Button | PageButton, ...] = (back,)
    else:
        said = shown_as.costs(t, moves.cost(what, place), table.names)
        said += [shown_as.broken(t, each, table.names) for each in moves.broken(what, place)]
        row = f"{board.id}.{what}.{place.slot}.{place.room}.{seen}"
        actions = (Button(t("Move it there"), shown_as.MOVE, row, Look.PRIMARY), back)
    head = Head(t("To {place}?", place=table.where(place)), actions=actions)
    blocks: Sequence[PageBlock] = tuple(Paragraph(each) for each in said)
    return Page(verbatim(name), tuple(blocks), head=head)
