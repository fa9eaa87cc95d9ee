"""An organiser's part: a board is laid, laid again, shared and called off."""

from dataclasses import replace

from plnbot.edcamps.actions import laying
from plnbot.edcamps.actions.organising import LAYS, ORGANISES
from plnbot.edcamps.cards import board as cards
from plnbot.edcamps.layout import Asks, Written, read_layout, room_line, slot_lines
from plnbot.edcamps.model import Board, Phase
from plnbot.edcamps.pages.seen import standing
from plnbot.edcamps.parts import ORGANISING
from plnbot.edcamps.routes.board_inputs import board_inputs
from plnbot.edcamps.routes.objects import A_BOARD
from plnbot.edcamps.store import boards
from plnbot.engine.ports import Argument
from plnbot.engine.routes import Context, Routes, Values
from plnbot.engine.searching import MEMBERS, whose
from plnbot.refs import Place
from plnbot.talk.cards import Card, Paragraph, Tone
from plnbot.talk.forms import FieldErrors, Form, SearchInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.words import msg

routes = Routes()
_LAY, _AGAIN, _SHARE = "edcamp.new", "edcamp.copy", "edcamp.add_organiser"


@routes.command(
    "edcamp new",
    needs=LAYS,
    part=ORGANISING,
    about=msg("Lay the board of an EdCamp in this room"),
    example=msg("/pln edcamp new Spring EdCamp"),
    argument=Argument("title", msg("What it is called. The form asks for the rest.")),
)
def new(ctx: Context, words: str) -> Answer:
    """Open the form for a board."""
    return OpenForm(_filled(ctx, words))


def _form(ctx: Context, _row: str) -> Form:
    return _filled(ctx, "")


def _filled(ctx: Context, title: str, slots: str = "", rooms: str = "") -> Form:
    present = {"title": title, "slots": slots, "rooms": rooms}
    t, inputs = ctx.t, board_inputs(ctx.t, present, new=True)
    return Form(_LAY, t("Lay a board"), inputs, t("Lay it"))


@routes.form(_LAY, build=_form, needs=LAYS, opens=True)
def laid(ctx: Context, _row: str, values: Values) -> Answer:
    """Lay a board; all that is in the way is said at once."""
    here = ctx.where.channel_itself() if ctx.where.channel else None
    return _laid(ctx, values, here, ctx.person.zone)


def _laid(ctx: Context, values: Values, place: Place | None, zone: str) -> Answer:
    written = Written(
        str(values["day"]), str(values["slots"]), str(values["rooms"]), str(values["phases"])
    )
    layout = read_layout(written, Asks(ctx.now, zone, ctx.t.locale))
    if isinstance(layout, FieldErrors):
        return layout
    title, now = str(values["title"]), ctx.now
    board = laying.lay(ctx.tx, title, layout, place, now, by=ctx.person, zone=zone)
    first = min(board.times.values())
    return Reply(cards.laid(ctx.t, board, first if first > ctx.now else None))


def _copied(ctx: Context, row: str, board: Board) -> Form:
    slots = slot_lines(boards.slots_of(ctx.tx, board.id), board.zone, again=True)
    rooms = map(room_line, boards.rooms_of(ctx.tx, board))
    form = _filled(ctx, board.title, "\n".join(slots), "\n".join(rooms))
    return replace(form, name=_AGAIN, row=row)


@routes.form(_AGAIN, build=_copied, needs=LAYS, of=A_BOARD, opens=True)
def laid_again(ctx: Context, _row: str, values: Values, board: Board) -> Answer:
    """Lay another board like one, in its room and at its clock."""
    return _laid(ctx, values, board.place, board.zone)


@routes.press("edcamp.call_off", needs=ORGANISES, of=A_BOARD)
def call_off(ctx: Context, _press: Press, board: Board) -> Answer:
    """Call a board off."""
    board = laying.call_off(ctx.tx, board, ctx.now, by=ctx.person)
    return Reply(cards.phase_card(ctx.t, board, Phase.CALLED_OFF, standing(ctx.tx, board)))


def _share_form(ctx: Context, row: str, _board: Board) -> Form:
    who = SearchInput(name="person", label=ctx.t("Who?"), source=MEMBERS, here=True, required=True)
    intro = ctx.t("They can do all that you can do with this board.")
    return Form(_SHARE, ctx.t("Organise it together"), (who,), ctx.t("Make organiser"), row, intro)


@routes.form(_SHARE, build=_share_form, needs=ORGANISES, of=A_BOARD, opens=True)
def shared(ctx: Context, _row: str, values: Values, board: Board) -> Answer:
    """Make somebody an organiser of one board."""
    who = whose(ctx, values["person"])
    laying.share(ctx.tx, board, who, ctx.now, by=ctx.person)
    said = ctx.t("{name} looks after “{title}” with you now.", name=who.name, title=board.title)
    return Reply(Card(ctx.t("Organised together"), (Paragraph(said),), Tone.GOOD))
