"""How a schedule's prompts are answered, how late one may come, and in which rooms besides."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from plnbot.engine.ports import Argument
from plnbot.engine.routes import Context, Routes, Values
from plnbot.engine.searching import DISTRICTS, ZONES
from plnbot.errors import Refused
from plnbot.prompts import actions, cards, store
from plnbot.prompts.actions import ORGANISES, OvertakenError
from plnbot.prompts.model import Kind, PromptRoom, PromptSchedule
from plnbot.prompts.model.staleness import CHOICES
from plnbot.prompts.parts import ASKING
from plnbot.prompts.routes.looks import panel_of
from plnbot.prompts.routes.objects import A_ROOM, A_SCHEDULE, version_in
from plnbot.prompts.store import NewRoom
from plnbot.refs import row_number
from plnbot.talk import limits
from plnbot.talk.cards import Button, Option
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import (
    ChoiceInput,
    FieldErrors,
    Form,
    MultiChoiceInput,
    Picked,
    SearchInput,
    chosen,
)
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.text import Room, Text, verbatim
from plnbot.talk.words import Sentence, msg
from plnbot.talk.zones import zone_title

routes = Routes()
_AS_EACH = "each"
_ANSWERS: Mapping[str, Sentence] = {
    _AS_EACH: msg("As each prompt says"),
    Kind.OPEN: msg("In words"),
    Kind.SCALE: msg("One tap on a scale, words if they like"),
    Kind.EMOJI: msg("One tap on an emoji, words if they like"),
}
_ALLOWED: Mapping[str, Sentence] = {
    "anonymous": msg("Answers without a name"),
    "nudge": msg("One nudge, for who asked for it"),
    "round_up": msg("A round-up the next morning"),
    "shuffled": msg("Chance orders the prompts, not their pack"),
    "fill_ins": msg("In breaks, light ones that nobody need answer"),
}


@routes.press("prompts.settings", needs=ORGANISES, of=A_SCHEDULE)
def settings(ctx: Context, _press: Press, asks: PromptSchedule) -> Answer:
    """Open the form for how prompts are answered."""
    return OpenForm(_form(ctx, f"{asks.id}.{asks.version}", asks))


def _form(ctx: Context, row: str, asks: PromptSchedule) -> Form:
    t = ctx.t
    lengths = dict.fromkeys((*CHOICES, asks.stale_after))
    inputs = (
        ChoiceInput(
            name="answers",
            label=t("How are they answered?"),
            options=tuple(Option(name, t.say(each)) for name, each in _ANSWERS.items()),
            value=asks.answers or _AS_EACH,
            required=True,
        ),
        MultiChoiceInput(
            name="allowed",
            label=t("What else?"),
            options=tuple(Option(name, t.say(each)) for name, each in _ALLOWED.items()),
            value=tuple(name for name in _ALLOWED if getattr(asks, name)),
        ),
        ChoiceInput(
            name="late",
            label=t("After an outage, not asked when late by"),
            options=tuple(
                Option(str(each // timedelta(minutes=1)), cards.lasting(t, each))
                for each in sorted(lengths)
            ),
            value=str(asks.stale_after // timedelta(minutes=1)),
            required=True,
        ),
    )
    return Form("prompts.settings", t("How it is answered"), inputs, t("Save"), row)


@routes.form("prompts.settings", build=_form, needs=ORGANISES, of=A_SCHEDULE)
def given(ctx: Context, row: str, values: Values, asks: PromptSchedule) -> Answer:
    """Change how prompts are answered."""
    try:
        asks = actions.as_seen(ctx.tx, asks, version_in(row), ctx.directory, by=ctx.person)
    except OvertakenError as error:
        return FieldErrors({"answers": error.why})
    allowed = chosen(values["allowed"])
    kind = values["answers"]
    wish = replace(
        store.wish_of(asks),
        answers=None if kind == _AS_EACH else Kind(str(kind)),
        stale_after=timedelta(minutes=int(str(values["late"]))),
        anonymous="anonymous" in allowed,
        nudge="nudge" in allowed,
        round_up="round_up" in allowed,
        shuffled="shuffled" in allowed,
        fill_ins="fill_ins" in allowed,
    )
    asks = actions.change(ctx.tx, asks, wish, ctx.now, by=ctx.person)
    return Reply(panel_of(ctx, asks, ctx.t("Saved.")))


@routes.command(
    "prompt also",
    needs=ORGANISES,
    part=ASKING,
    about=msg("Ask this room too what another is asked, at its own hour"),
    example=msg("/pln prompt also"),
    argument=Argument("title", msg("Which prompts? Left out, a list asks for it.")),
)
def also(ctx: Context, words: str) -> Answer:
    """Open the form by which one more room is asked the same."""
    if not ctx.where.channel:
        raise Refused(msg("Type this in the room that is to be asked."))
    return OpenForm(_also_form(ctx, words[: limits.ROW]))


def _also_form(ctx: Context, row: str) -> Form:
    t, found = ctx.t, store.schedules_of(ctx.tx, ctx.network.id, most=limits.OPTIONS)
    if not found:
        raise Refused(
            msg("Nothing is asked by itself yet. Start in a room with `/pln prompt new`.")
        )
    meant = [each for each in found if row and row.casefold() in each.title.casefold()]
    inputs = (
        ChoiceInput(
            name="asks",
            label=t("Which prompts?"),
            options=tuple(
                Option(str(each.id), verbatim(short_words(each.title, limits.OPTION_LABEL)))
                for each in found
            ),
            value=str((meant or found)[0].id),
            required=True,
        ),
        SearchInput(
            name="zone",
            label=t("The zone of this room's clocks"),
            hint=t("Empty: the same as yours"),
            source=ZONES,
            chosen=Option(ctx.person.zone, verbatim(zone_title(ctx.person.zone, t.locale))),
        ),
        ChoiceInput(
            name="hour",
            label=t("When is it asked?"),
            options=(
                Option("same", t("At the same hour on its own clocks")),
                Option("together", t("In the same moment as the others")),
            ),
            value="same",
            required=True,
        ),
        SearchInput(
            name="district",
            label=t("Whose school calendar counts here?"),
            hint=t("A district; empty for the whole network"),
            source=DISTRICTS,
        ),
    )
    return Form("prompts.also", t("Ask this room too"), inputs, t("Ask here too"), row)


@routes.form("prompts.also", build=_also_form, needs=ORGANISES)
def joined(ctx: Context, _row: str, values: Values) -> Answer:
    """Ask this room too."""
    if not ctx.where.channel:
        raise Refused(msg("Type this in the room that is to be asked."))
    asks = A_SCHEDULE.find(ctx, str(values["asks"]))
    zone, district = values["zone"], values["district"]
    room = NewRoom(
        ctx.where.channel_itself(),
        zone.row if isinstance(zone, Picked) else ctx.person.zone,
        row_number(district.row) if isinstance(district, Picked) else None,
    )
    asks = actions.join(
        ctx.tx, asks, room, ctx.now, by=ctx.person, same_hour=values["hour"] == "same"
    )
    said = ctx.t("This room is asked too from now on. All answers come together.")
    return Reply(panel_of(ctx, asks, said))


@routes.press("prompts.leave", needs=ORGANISES, of=A_SCHEDULE)
def leave(ctx: Context, press: Press, asks: PromptSchedule) -> Answer:
    """Ask no more in the room that was chosen."""
    room = A_ROOM.find(ctx, press.value)
    if room.schedule != asks.id:
        raise Refused(msg("This room is not asked any more."))
    asks = actions.leave(ctx.tx, asks, room, ctx.now, by=ctx.person)
    said = ctx.t("{room} is not asked any more; what was asked there stays.", room=_room(room))
    undo = Button(ctx.t("Ask it there again"), "prompts.back_in", str(room.id))
    return Reply(cards.done(asks, said, undo))


@routes.press("prompts.back_in", needs=ORGANISES, of=A_ROOM)
def back_in(ctx: Context, _press: Press, room: PromptRoom) -> Answer:
    """Ask again in a room that was taken out, by its own clocks as before."""
    asks = actions.again(ctx.tx, room.schedule)
    new = NewRoom(room.place, room.zone, room.district)
    asks = actions.join(ctx.tx, asks, new, ctx.now, by=ctx.person, same_hour=asks.same_hour)
    return Reply(panel_of(ctx, asks, ctx.t("This room is asked too from now on.")))


def _room(room: PromptRoom) -> Text:
    return Text((Room(room.place, room.place.channel),))
