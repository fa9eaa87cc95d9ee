"""Leave, by command and by form."""

from plnbot.engine.parts import YOU
from plnbot.engine.ports import Argument
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.members.actions import leave as actions
from plnbot.members.actions.leave import LeaveError, Wish
from plnbot.members.cards import notices as cards
from plnbot.talk.forms import FieldErrors, Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.words import msg

routes = Routes()


@routes.command(
    "me leave",
    was="leave",
    needs=ANYONE,
    part=YOU,
    about=msg("Be left alone until a day"),
    example=msg("/pln me leave until 4 January"),
    argument=Argument("until", msg("Until when?")),
)
def leave(ctx: Context, words: str) -> Answer:
    """Let a member be on leave; without words, show their leave, or the form for one."""
    if words:
        taken = actions.take(ctx.tx, ctx.person, actions.wish_in(words), ctx.now)
        return Reply(cards.on_leave(ctx.t, taken, ctx.now))
    there = actions.leave_of(ctx.tx, ctx.person.id, ctx.now)
    if there is not None:
        return Reply(cards.on_leave(ctx.t, there, ctx.now))
    return OpenForm(_form(ctx, ""))


@routes.press("members.leave", needs=ANYONE)
def pressed(ctx: Context, _press: Press) -> Answer:
    """Open the form for a leave."""
    return OpenForm(_form(ctx, ""))


@routes.press("members.back", needs=ANYONE)
def back(ctx: Context, _press: Press) -> Answer:
    """Let a member be back now."""
    actions.come_back(ctx.tx, ctx.person, ctx.now)
    return Reply(cards.back(ctx.t))


def _form(ctx: Context, _row: str) -> Form:
    from plnbot.talk.times import as_written  # only who goes on leave needs it

    there = actions.leave_of(ctx.tx, ctx.person.id, ctx.now)
    ends = as_written(there.ends, ctx.person.zone) if there else ""
    planned = there is not None and there.begins > ctx.now
    begins = as_written(there.begins, ctx.person.zone) if there and planned else ""
    return Form(
        "members.leave",
        ctx.t("Leave"),
        (
            TextInput(
                name="ends",
                label=ctx.t("When are you back?"),
                hint=ctx.t("4 January, or Monday"),
                required=True,
                most=100,
                value=ends,
            ),
            TextInput(
                name="begins",
                label=ctx.t("From when on?"),
                hint=ctx.t("May stay empty: from now on"),
                most=100,
                value=begins,
            ),
        ),
        ctx.t("Save"),
    )


@routes.form("members.leave", build=_form, needs=ANYONE)
def given(ctx: Context, _row: str, values: Values) -> Answer:
    """Let a member be on leave as the form says."""
    wish = Wish(str(values["begins"]), str(values["ends"]))
    try:
        taken = actions.take(ctx.tx, ctx.person, wish, ctx.now)
    except LeaveError as error:
        return FieldErrors({error.field: error.why})
    return Reply(cards.on_leave(ctx.t, taken, ctx.now))
