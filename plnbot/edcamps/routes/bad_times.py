"""When somebody cannot lead: their own, seen by the grid alone."""

from collections.abc import Sequence

from plnbot.edcamps.actions import phases
from plnbot.edcamps.actions.organising import OVER
from plnbot.edcamps.model import Board, Slot
from plnbot.edcamps.routes.objects import A_BOARD
from plnbot.edcamps.store import boards
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.errors import Refused
from plnbot.talk import limits
from plnbot.talk.cards import Card, Option, Paragraph, Tone
from plnbot.talk.forms import Form, MultiChoiceInput, chosen
from plnbot.talk.interactions import Answer, Reply
from plnbot.talk.text import Text, When, joined, verbatim
from plnbot.walltime import local

routes = Routes()
_ASK = "edcamp.bad_times"


def _form(ctx: Context, row: str, board: Board) -> Form:
    if board.ended:
        raise Refused(OVER)
    slots = boards.slots_of(ctx.tx, board.id)
    mine = boards.bad_times(ctx.tx, board.id).get(ctx.person.id, frozenset())
    parts = [slots[at : at + limits.OPTIONS] for at in range(0, len(slots), limits.OPTIONS)]
    inputs = tuple(
        MultiChoiceInput(
            name=f"slots{number}",
            label=ctx.t("When can you not lead?"),
            hint=ctx.t("The grid keeps these free of sessions that you lead."),
            options=tuple(Option(str(each.id), verbatim(_said(each, board))) for each in part),
            value=tuple(str(each.id) for each in part if each.id in mine),
        )
        for number, part in enumerate(parts, 1)
    )
    return Form(_ASK, ctx.t("When I cannot lead"), inputs, ctx.t("Keep it"), row)


def _said(slot: Slot, board: Board) -> str:
    begins, ends = local(slot.starts_at, board.zone), local(slot.ends_at, board.zone)
    return f"{begins:%Y-%m-%d %H:%M}–{ends:%H:%M} {slot.name}".strip()[: limits.OPTION_LABEL]


@routes.form(_ASK, build=_form, needs=ANYONE, of=A_BOARD, opens=True)
def kept(ctx: Context, _row: str, values: Values, board: Board) -> Answer:
    """Keep at which times somebody cannot lead."""
    given = [int(each) for answered in values.values() for each in chosen(answered)]
    boards.set_bad_times(ctx.tx, board.id, ctx.person.id, given)
    phases.changed(ctx.tx, board, ctx.now)
    slots = [each for each in boards.slots_of(ctx.tx, board.id) if each.id in given]
    return Reply(Card(ctx.t("Kept"), (Paragraph(_told(ctx, slots)),), Tone.GOOD))


def _told(ctx: Context, slots: Sequence[Slot]) -> Text:
    if not slots:
        return ctx.t("You can lead at any time.")
    times = joined([Text((When(each.starts_at),)) for each in slots])
    return ctx.t("You lead nothing at these times: {times}.", times=times)
