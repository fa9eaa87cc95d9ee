"""Setting prompts up: the form, the schedule as it stands, and what is done to the whole of it."""

from collections.abc import Mapping
from dataclasses import replace

from plnbot.engine.ports import Argument, On, Shortcut
from plnbot.engine.routes import Context, Routes, Values
from plnbot.errors import Refused
from plnbot.prompts import actions, cards, store
from plnbot.prompts.actions import ORGANISES, OvertakenError
from plnbot.prompts.model import PromptSchedule, usual_staleness
from plnbot.prompts.packs import prompt_packs
from plnbot.prompts.parts import ASKING
from plnbot.prompts.routes.looks import dates_of, pack_title, panel_of, who_reads
from plnbot.prompts.routes.objects import A_SCHEDULE, version_in
from plnbot.prompts.routes.shown import asking_next
from plnbot.prompts.store import NewRoom, Wish
from plnbot.schedules import Only
from plnbot.talk import limits
from plnbot.talk.cards import Button, Option
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import ChoiceInput, FieldErrors, Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.lists import lines_of
from plnbot.talk.text import Style, When, clean, joined
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass

routes = Routes()
OWN, FIRST = "own", "what_worked"
"""What is chosen for who has no prompts of their own, and what is offered first."""
_MOST_OWN, _LONGEST = 200, 500
_IN_ITS_ROOM = msg("Type this in the room that is to be asked.")
_DAYS: Mapping[str, Sentence] = {
    "quiet": msg("Not in breaks and holidays"),
    "school": msg("Only on school days"),
    "any": msg("In breaks too"),
}


@dataclass(frozen=True, slots=True)
class _Read:
    """A form that was read: the wish, prompts of one's own for the bank, and what was assumed."""

    wish: Wish
    own: tuple[str, ...]
    notes: tuple[Sentence, ...]


@routes.command(
    "prompt new",
    needs=ORGANISES,
    part=ASKING,
    about=msg("Have this room asked a question, day by day or week by week"),
    example=msg("/pln prompt new first Monday 3:45 pm until May, not in breaks"),
    argument=Argument("when", msg("When, in words; the form asks for the rest")),
    shortcuts=(Shortcut("ask_here", msg("Ask prompts here"), On.ROOM),),
)
def new(ctx: Context, words: str) -> Answer:
    """Open the form, with what was written behind the command."""
    if not ctx.where.channel:
        raise Refused(_IN_ITS_ROOM)
    return OpenForm(_form(ctx, "", None, when=clean(words)))


@routes.command(
    "prompt list",
    needs=ORGANISES,
    part=ASKING,
    about=msg("See what is asked, where and when"),
    example=msg("/pln prompt list"),
)
def listed(ctx: Context, _words: str) -> Answer:
    """List the network's schedules."""
    from plnbot.talk.times import said

    found = store.schedules_of(ctx.tx, ctx.network.id)
    return Reply(
        cards.schedules(ctx.t, [(each, said(ctx.t, each.schedule, ctx.now)) for each in found])
    )


@routes.command(
    "prompt here",
    needs=ORGANISES,
    part=ASKING,
    about=msg("See what this room is asked: skip, move, pause, preview"),
    example=msg("/pln prompt here"),
)
def here(ctx: Context, _words: str) -> Answer:
    """Show the schedules of this room."""
    first, *others = asked_here(ctx)
    return Reply(panel_of(ctx, first), more=tuple(panel_of(ctx, each) for each in others[:4]))


def asked_here(ctx: Context) -> tuple[PromptSchedule, ...]:
    """Return the schedules of this room; raises `Refused` where there is none."""
    found = store.schedules_in(ctx.tx, ctx.where.channel_itself())
    own = tuple(each for each in found if each.network == ctx.network.id)
    if not own:
        raise Refused(msg("This room is asked nothing by itself. Start with `/pln prompt new`."))
    return own


@routes.press("prompts.open", needs=ORGANISES)
def opened(ctx: Context, press: Press) -> Answer:
    """Show the schedule that was chosen, or whose button this is."""
    return Reply(panel_of(ctx, A_SCHEDULE.find(ctx, press.value or press.row)))


@routes.press("prompts.dates", needs=ORGANISES, of=A_SCHEDULE)
def coming(ctx: Context, _press: Press, asks: PromptSchedule) -> Answer:
    """Show what comes."""
    return Reply(dates_of(ctx, asks))


@routes.press("prompts.preview", needs=ORGANISES, of=A_SCHEDULE)
def preview(ctx: Context, _press: Press, asks: PromptSchedule) -> Answer:
    """Show the next card as its room will see it: the very card."""
    actions.plan_ahead(ctx.tx, asks, ctx.now)
    found = asking_next(ctx, asks)
    if found is None:
        raise Refused(msg("Nothing is planned that could be shown."))
    note = cards.preview_note(ctx.t, asks, found.occurrence.at, tuple(who_reads(ctx, asks)))
    return Reply(cards.asked(replace(ctx.t, locale=ctx.network.locale), found), more=(note,))


@routes.press("prompts.now", needs=ORGANISES, of=A_SCHEDULE)
def now(ctx: Context, _press: Press, asks: PromptSchedule) -> Answer:
    """Ask one more prompt at once."""
    actions.post_now(ctx.tx, asks, ctx.network.locale, ctx.now, by=ctx.person)
    said = ctx.t("Asked just now. The dates of the schedule stay as they are.")
    return Reply(cards.done(asks, said))


@routes.press("prompts.change", needs=ORGANISES, of=A_SCHEDULE)
def change(ctx: Context, _press: Press, asks: PromptSchedule) -> Answer:
    """Open the form with the schedule in it."""
    return OpenForm(_form(ctx, f"{asks.id}.{asks.version}", asks))


@routes.press("prompts.end", needs=ORGANISES, of=A_SCHEDULE)
def end(ctx: Context, press: Press, asks: PromptSchedule) -> Answer:
    """End a schedule, as it was seen; it can be brought back."""
    try:
        asks = _as_seen(ctx, press.row, asks)
    except OvertakenError as error:
        note = ctx.t(
            "{name} has changed this since you looked. It is like this now; press again to end it.",
            name=error.name or ctx.t("Somebody"),
        )
        return Reply(panel_of(ctx, asks, note))
    if asks.ended_at is None:
        asks = actions.end(ctx.tx, asks, ctx.now, by=ctx.person)
    said = ctx.t("Ended. Nothing more is asked; what was asked stays with its answers.")
    undo = Button(ctx.t("Bring it back"), "prompts.bring_back", str(asks.id))
    return Reply(cards.done(asks, said, undo))


@routes.press("prompts.bring_back", needs=ORGANISES, of=A_SCHEDULE)
def bring_back(ctx: Context, _press: Press, asks: PromptSchedule) -> Answer:
    """Let an ended schedule go on."""
    if asks.ended_at is not None:
        asks = actions.bring_back(ctx.tx, asks, ctx.now, by=ctx.person)
    return Reply(panel_of(ctx, asks, ctx.t("It goes on.")))


@routes.press("prompts.pause", needs=ORGANISES, of=A_SCHEDULE)
def pause(ctx: Context, press: Press, asks: PromptSchedule) -> Answer:
    """Ask until when."""
    return OpenForm(_pause_form(ctx, press.row, asks))


def _pause_form(ctx: Context, row: str, _asks: PromptSchedule) -> Form:
    until = TextInput(
        name="until",
        label=ctx.t("Until which day?"),
        hint=ctx.t("4 January, or Monday; it goes on by itself then"),
        required=True,
        most=100,
    )
    return Form("prompts.pause", ctx.t("Pause"), (until,), ctx.t("Pause"), row)


@routes.form("prompts.pause", build=_pause_form, needs=ORGANISES, of=A_SCHEDULE)
def paused(ctx: Context, row: str, values: Values, asks: PromptSchedule) -> Answer:
    """Pause until that day."""
    from plnbot.talk.times import day_of

    until = day_of(str(values["until"]), ctx.now, asks.schedule.zone, ctx.t.locale)
    if isinstance(until, Sentence):
        return FieldErrors({"until": until})
    try:
        asks = _as_seen(ctx, row, asks)
        asks = actions.pause(ctx.tx, asks, until, ctx.now, by=ctx.person)
    except OvertakenError as error:
        return FieldErrors({"until": error.why})
    said = ctx.t("Paused. It goes on by itself on {day}.", day=When(until, Style.DAY))
    undo = Button(ctx.t("Go on now"), "prompts.go_on", str(asks.id))
    return Reply(cards.done(asks, said, undo))


@routes.press("prompts.go_on", needs=ORGANISES, of=A_SCHEDULE)
def go_on(ctx: Context, _press: Press, asks: PromptSchedule) -> Answer:
    """Let a paused schedule go on at once."""
    if asks.paused_until is not None:
        asks = actions.go_on(ctx.tx, asks, ctx.now, by=ctx.person)
    return Reply(panel_of(ctx, asks, ctx.t("It goes on.")))


def _as_seen(ctx: Context, row: str, asks: PromptSchedule) -> PromptSchedule:
    return actions.as_seen(ctx.tx, asks, version_in(row), ctx.directory, by=ctx.person)


def _packs(ctx: Context, asks: PromptSchedule | None) -> tuple[Option, ...]:
    """Return what a schedule may draw from, and what this one does though it is not offered any more."""
    packs = prompt_packs()
    kept = [asks.pack] if asks and asks.pack and asks.pack not in packs else []
    named = [Option(name, pack_title(ctx, name)) for name in (*kept, *packs)]
    return (Option(OWN, ctx.t("Our own prompts, written below")), *named)[: limits.OPTIONS]


def _form(ctx: Context, row: str, asks: PromptSchedule | None, *, when: str = "") -> Form:
    from plnbot.talk.times import as_written_again  # only who sets a schedule up needs it

    t, options = ctx.t, _packs(ctx, asks)
    known = [each.value for each in options]
    first = FIRST if FIRST in known else known[-1]
    days = _days_of(asks.schedule.only) if asks else "quiet"
    inputs = (
        TextInput(
            name="when",
            label=t("When?"),
            hint=t("first Monday 3:45 pm until May · every day 8 am · every second Thursday 4 pm"),
            required=True,
            most=300,
            value=as_written_again(t, asks.schedule)[:300] if asks else when[:300],
        ),
        ChoiceInput(
            name="pack",
            label=t("Prompts from"),
            options=options,
            value=(asks.pack or OWN) if asks else first,
            required=True,
        ),
        TextInput(
            name="own",
            label=t("Prompts of our own, one a line"),
            hint=t("May stay empty. They come first, and stay in the bank."),
            long=True,
            most=limits.INPUT_LENGTH,
        ),
        ChoiceInput(
            name="days",
            label=t("When school is out"),
            options=tuple(Option(name, t.say(each)) for name, each in _DAYS.items()),
            value=days,
            required=True,
        ),
        TextInput(
            name="title",
            label=t("Title"),
            hint=t("May stay empty: then the pack names it."),
            most=80,
            value=asks.title if asks else "",
        ),
    )
    title = t("Change prompts") if asks else t("Ask prompts")
    return Form("prompts.new", title, inputs, t("Save") if asks else t("Start"), row)


@routes.form("prompts.new", build=_form, needs=ORGANISES, of=A_SCHEDULE, without=ORGANISES)
def given(ctx: Context, row: str, values: Values, asks: PromptSchedule | None) -> Answer:
    """Set a schedule up, or change it, and read it back with its next three times."""
    if asks is None and not ctx.where.channel:
        raise Refused(_IN_ITS_ROOM)
    read = _read(ctx, values, asks)
    if isinstance(read, FieldErrors):
        return read
    if asks is not None:
        try:
            asks = _as_seen(ctx, row, asks)
        except OvertakenError as error:
            return FieldErrors({"when": error.why})
    actions.stock_up(ctx.tx, ctx.person, read.wish.pack, read.own, ctx.now)
    if asks is None:
        room = NewRoom(ctx.where.channel_itself(), read.wish.schedule.zone)
        asks = actions.make(ctx.tx, read.wish, (room,), ctx.now, by=ctx.person)
        note = ctx.t("It runs by itself from now on. This is what I understood:")
    else:
        asks = actions.change(ctx.tx, asks, read.wish, ctx.now, by=ctx.person)
        note = ctx.t("Changed. This is what I understood:")
    notes = [*map(ctx.t.say, read.notes), note]
    return Reply(panel_of(ctx, asks, joined(notes, " ")))


def _read(ctx: Context, values: Values, asks: PromptSchedule | None) -> _Read | FieldErrors:
    from plnbot.talk.times import schedule_of

    understood = schedule_of(str(values["when"]), ctx.now, ctx.person.zone, ctx.t.locale)
    own = tuple(lines_of(str(values["own"])))
    pack = "" if values["pack"] == OWN else str(values["pack"])
    errors: dict[str, Sentence] = {}  # all that is in the way is said at once
    if any(len(each) > _LONGEST for each in own) or len(own) > _MOST_OWN:
        errors["own"] = msg(
            "A prompt has at most {most} characters, each on a line of its own.", most=_LONGEST
        )
    elif not pack and not own and not store.bank_of(ctx.tx, ctx.network.id):
        errors["own"] = msg("Write at least one prompt, or choose a pack above.")
    if isinstance(understood, Sentence):
        return FieldErrors({**errors, "when": understood})
    if errors:
        return FieldErrors(errors)
    schedule = replace(understood.schedule, only=_only(understood.schedule.only, values["days"]))
    first = schedule.coming(ctx.now, 3)
    if not first:
        return FieldErrors({"when": msg("That never comes: all of its times are over.")})
    title = str(values["title"]) or short_words(pack_title(ctx, pack).bare(), 80)
    if asks is None:
        wish = Wish(title, schedule, pack, usual_staleness(first))
        return _Read(wish, own, understood.notes)
    wish = replace(store.wish_of(asks), title=title, schedule=schedule, pack=pack)
    return _Read(wish, own, understood.notes)


def _only(said: Only, chosen: object) -> Only:
    """Return which days count: what the words say, or what was chosen where that is stricter."""
    if Only.SCHOOL_DAYS in (said, _ONLY.get(str(chosen))):
        return Only.SCHOOL_DAYS
    return said if said is Only.OUTSIDE_BREAKS else _ONLY[str(chosen)]


_ONLY = {"quiet": Only.OUTSIDE_BREAKS, "school": Only.SCHOOL_DAYS, "any": Only.ANY_DAY}


def _days_of(only: Only) -> str:
    return next(name for name, each in _ONLY.items() if each is only)
