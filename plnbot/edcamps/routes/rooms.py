"""The channel or voice room that a room of a board is: named by typing a command in it."""

from collections.abc import Sequence

from plnbot.edcamps.actions import laying
from plnbot.edcamps.actions.organising import ORGANISES
from plnbot.edcamps.model import NOT_ENDED, Board, Room, RoomKind
from plnbot.edcamps.parts import ORGANISING
from plnbot.edcamps.store import boards
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.errors import Refused
from plnbot.refs import Place
from plnbot.talk import limits
from plnbot.talk.cards import Card, Option, Paragraph, Tone
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import ChoiceInput, Form
from plnbot.talk.interactions import Answer, OpenForm, Reply
from plnbot.talk.text import Room as Named
from plnbot.talk.text import Text, verbatim
from plnbot.talk.words import msg

routes = Routes()
_ROOM, _NONE = "edcamp.room", "0"


@routes.command(
    "edcamp room",
    needs=ORGANISES,
    part=ORGANISING,
    about=msg("Say which room of a board this channel or voice room is"),
    example=msg("/pln edcamp room"),
)
def asked(ctx: Context, _words: str) -> Answer:
    """Ask which one."""
    return OpenForm(_form(ctx, ""))


def _form(ctx: Context, _row: str) -> Form:
    t, here = ctx.t, _here(ctx)
    found = _rooms(ctx, here)
    options = [
        Option(
            str(room.id), verbatim(short_words(f"{room.name}: {board.title}", limits.OPTION_LABEL))
        )
        for board, room in found[: limits.OPTIONS - 1]
    ]
    now = next((str(room.id) for _board, room in found if room.place == here), "")
    if now:
        options.append(Option(_NONE, t("None: sessions are held here no more")))
    intro = t("Sessions in that room are held here. Their cards come when they begin.")
    which = ChoiceInput(
        name="which",
        label=t("Which room is this?"),
        options=tuple(options),
        value=now,
        required=True,
    )
    return Form(_ROOM, t("A room of a board"), (which,), t("It is this one"), intro=intro)


@routes.form(_ROOM, build=_form, needs=ANYONE)  # it offers rooms of one's own boards alone
def named(ctx: Context, _row: str, values: Values) -> Answer:
    """Let sessions in a room be held here from now on, and in no other room of its board."""
    t, here, chosen = ctx.t, _here(ctx), str(values["which"])
    found = _rooms(ctx, here)
    board, room = next(
        (board, room)
        for board, room in found
        if (str(room.id) == chosen if chosen != _NONE else room.place == here)
    )
    laying.hold_in(ctx.tx, board, room, None if chosen == _NONE else here, ctx.now, by=ctx.person)
    if chosen == _NONE:
        said = t("Sessions in {room} get a thread in the board’s room again.", room=room.name)
    else:
        said = t(
            "Sessions in {room} of “{board}” are held in {here}. What has begun stays where it is.",
            room=room.name, board=board.title, here=Text((Named(here, here.channel),)),
        )  # fmt: skip
    return Reply(Card(t("Noted"), (Paragraph(said),), Tone.GOOD))


def _here(ctx: Context) -> Place:
    if not ctx.where.channel:
        raise Refused(msg("Type this in the channel or voice room that is meant."))
    return ctx.where.channel_itself()


def _rooms(ctx: Context, here: Place) -> Sequence[tuple[Board, Room]]:
    """Return what can be here, of boards in this workspace that the person looks after; `Refused` for nothing."""
    found: list[tuple[Board, Room]] = []
    for board in boards.of_network(ctx.tx, ctx.network.id, NOT_ENDED):
        its = board.place
        if its is None or not ctx.may(ORGANISES, str(board.id)):
            continue
        if its == here:
            raise Refused(msg("This is the board’s own room. Type it in the one that is meant."))
        if (its.platform, its.workspace) == (here.platform, here.workspace):
            found += [
                (board, each)
                for each in boards.rooms_of(ctx.tx, board)
                if each.kind in {RoomKind.CHANNEL, RoomKind.VOICE}
            ]
    if not found:
        raise Refused(
            msg(
                "No board that you look after has a room which this could be. Write one among its rooms"
                " with what it is, such as `Den, voice` or `Ideas, channel`."
            )
        )
    return found
