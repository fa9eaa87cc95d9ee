"""A member's part: joining, what matters, pausing, skipping, leaving, and the page of all of it."""

from datetime import datetime
from decimal import Decimal

from plnbot.engine.ports import Argument
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.errors import Refused
from plnbot.packs import choices
from plnbot.packs.teaching import grades, languages, subjects
from plnbot.peers.actions import joining as actions
from plnbot.peers.actions import naming
from plnbot.peers.actions.joining import NoPauseError
from plnbot.peers.cards import member as cards
from plnbot.peers.cards.member import (
    GO_ON,
    GUIDE,
    JOIN,
    LEAVE,
    NAME_IT,
    NAME_NOT,
    PAUSE,
    SKIP,
    WISHES,
)
from plnbot.peers.model import Likes, Membership, Named, Programme, Side, Wishes
from plnbot.peers.model.free import NotFreeError, read_free
from plnbot.peers.parts import PEERS
from plnbot.peers.routes.objects import A_MEMBERSHIP, A_PROGRAMME
from plnbot.peers.routes.shown import subject_said
from plnbot.peers.store import programmes
from plnbot.talk import limits
from plnbot.talk.cards import Actions, Button, Card, Option, Paragraph
from plnbot.talk.forms import (
    AnyInput,
    ChoiceInput,
    FieldErrors,
    Form,
    MultiChoiceInput,
    NumberInput,
    TextInput,
    chosen,
)
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.text import clean
from plnbot.talk.words import Sentence, Translate, msg

routes = Routes()
USUAL_ROOM, MOST_ROOM = 2, 20
_MOST_TOPICS, _LONGEST_TOPIC, _SHOWN = 10, 40, 60
_NOWHERE = msg("You take part in no programme. `/pln peers join` shows which there are.")
_LIKES = {
    Likes.ANY: msg("Any experience"),
    Likes.LIKE_MINE: msg("About as much as I have"),
    Likes.UNLIKE_MINE: msg("Rather more, or less, than I have"),
}


@routes.command(
    "peers join",
    needs=ANYONE,
    part=PEERS,
    about=msg("Take part, and be introduced to colleagues"),
    example=msg("/pln peers join"),
)
def join(ctx: Context, _words: str) -> Answer:
    """Show which programmes there are, each with its buttons."""
    first, *others = cards.to_join(
        ctx.t, programmes.of_network(ctx.tx, ctx.network.id)[: limits.ROWS]
    )
    return Reply(first, more=tuple(others))


@routes.press(JOIN, needs=ANYONE, of=A_PROGRAMME)
def joined(ctx: Context, _press: Press, of: Programme) -> Answer:
    """Take part with one press."""
    return _joined(ctx, of, Side.GUIDED if of.aim.guided else Side.PEER)


@routes.press(GUIDE, needs=ANYONE, of=A_PROGRAMME)
def joined_as_guide(ctx: Context, _press: Press, of: Programme) -> Answer:
    """Take part as who accompanies others."""
    return _joined(ctx, of, Side.GUIDE if of.aim.guided else Side.PEER)


def _joined(ctx: Context, of: Programme, side: Side) -> Answer:
    made = actions.join(
        ctx.tx, ctx.directory, of, ctx.now, by=ctx.person, side=side, room=USUAL_ROOM
    )
    soon = actions.open_round(ctx.tx, of)
    return Reply(cards.joined(ctx.t, of, made, soon=soon, subject=subject_said(ctx, made)))


@routes.press(NAME_IT, needs=ANYONE, of=A_MEMBERSHIP)
def name_it(ctx: Context, _press: Press, one: Membership) -> Answer:
    """Let introductions name the subject of who is the only one of a kind."""
    naming.name_it(ctx.tx, one, Named.YES)
    return Reply(cards.done(ctx.t("Noted"), ctx.t("Introductions name your subject.")))


@routes.press(NAME_NOT, needs=ANYONE, of=A_MEMBERSHIP)
def name_not(ctx: Context, _press: Press, one: Membership) -> Answer:
    """Let them name the field alone."""
    naming.name_it(ctx.tx, one, Named.NO)
    return Reply(cards.done(ctx.t("Noted"), ctx.t("Introductions name your field alone.")))


@routes.press(WISHES, needs=ANYONE, of=A_MEMBERSHIP)
def wishes(ctx: Context, press: Press, one: Membership) -> Answer:
    """Ask what matters."""
    return OpenForm(_form(ctx, press.row, one))


def _form(ctx: Context, row: str, one: Membership) -> Form:
    t, now = ctx.t, one.wishes
    inputs: list[AnyInput] = [
        ChoiceInput(
            name="subject",
            label=t("By which subject?"),
            hint=t("Left empty: the first of your profile"),
            options=choices(subjects(), t.locale, (now.subject,)),
            value=now.subject,
        ),
        MultiChoiceInput(
            name="grades",
            label=t("Grades"),
            hint=t("Left empty: those of your profile"),
            options=choices(grades(), t.locale, now.grades),
            value=now.grades,
        ),
        TextInput(
            name="topics",
            label=t("What would you like to talk about?"),
            hint=t("feedback, sight-reading, first weeks"),
            value=", ".join(now.topics),
        ),
        TextInput(
            name="free",
            label=t("When are you free?"),
            hint=t("One a line: Tuesdays after 3 · period 3: 10:05-10:55 · Monday period 3"),
            long=True,
            most=1000,
            value=now.free_words,
        ),
        *_likings(t, now),
    ]
    if one.side is Side.GUIDE:
        inputs.append(_room(t, one))
    return Form(WISHES, t("What matters to me"), tuple(inputs), t("Save"), row)


def _likings(t: Translate, now: Wishes) -> tuple[AnyInput, ...]:
    return (
        ChoiceInput(
            name="likes",
            label=t("With whom?"),
            options=tuple(Option(each.value, t.say(said)) for each, said in _LIKES.items()),
            value=now.likes.value,
            required=True,
        ),
        NumberInput(
            name="years",
            label=t("Your years of experience"),
            hint=t("For matching alone, never shown"),
            most=70,
            value=None if now.years is None else Decimal(now.years),
        ),
        MultiChoiceInput(
            name="languages",
            label=t("Languages"),
            options=choices(languages(), t.locale, now.languages),
            value=now.languages,
        ),
    )


def _room(t: Translate, one: Membership) -> NumberInput:
    label = t("For how many do you have room?")
    return NumberInput(
        name="capacity", label=label, most=MOST_ROOM, value=Decimal(one.room), required=True
    )


@routes.form(WISHES, build=_form, needs=ANYONE, of=A_MEMBERSHIP)
def wished(ctx: Context, _row: str, values: Values, one: Membership) -> Answer:
    """Keep what matters."""
    free = clean(str(values["free"]))
    try:
        spans = read_free(free)
    except NotFreeError as error:
        return FieldErrors({"free": _not_free(error)})
    topics = [each.strip().casefold()[:_LONGEST_TOPIC] for each in str(values["topics"]).split(",")]
    years, room = values["years"], values.get("capacity")
    made = Wishes(
        str(values["subject"]),
        chosen(values["grades"]),
        tuple(dict.fromkeys(filter(None, topics)))[:_MOST_TOPICS],
        Likes(str(values["likes"])),
        chosen(values["languages"]),
        int(years) if isinstance(years, Decimal) else None,
        free,
        spans,
    )
    many = int(room) if isinstance(room, Decimal) else one.room
    kept = actions.wish(ctx.tx, ctx.directory, one, made, many)
    return Reply(cards.wished(ctx.t, kept, subject_said(ctx, kept)))


def _not_free(error: NotFreeError) -> Sentence:
    return msg(
        "“{line}” is no time of a week. Write it like “Tuesdays after 3”, or name a period first:"
        " “period 3: 10:05-10:55”, then “Monday period 3”.",
        line=error.line[:_SHOWN],
    )


@routes.command(
    "peers pause",
    needs=ANYONE,
    part=PEERS,
    about=msg("Be introduced to nobody until a day"),
    example=msg("/pln peers pause until 4 January"),
    argument=Argument("until", msg("Until when?")),
)
def pause(ctx: Context, words: str) -> Answer:
    """Pause everywhere until a day, or ask until when."""
    mine = _mine(ctx)
    if not words.strip():
        return OpenForm(_pause_form(ctx, str(mine[0].id), mine[0]))
    until = _day(ctx, words)
    if isinstance(until, Sentence):
        raise Refused(until)
    actions.pause(ctx.tx, mine, until, ctx.now)
    return Reply(cards.paused(ctx.t, until))


@routes.press(PAUSE, needs=ANYONE, of=A_MEMBERSHIP)
def pause_pressed(ctx: Context, press: Press, one: Membership) -> Answer:
    """Ask until when."""
    return OpenForm(_pause_form(ctx, press.row, one))


def _pause_form(ctx: Context, row: str, _one: Membership) -> Form:
    until = TextInput(
        name="until",
        label=ctx.t("Until when?"),
        hint=ctx.t("4 January, or Monday. It ends by itself."),
        required=True,
        most=100,
    )
    return Form(PAUSE, ctx.t("Pause"), (until,), ctx.t("Pause"), row)


@routes.form(PAUSE, build=_pause_form, needs=ANYONE, of=A_MEMBERSHIP)
def paused(ctx: Context, row: str, values: Values, one: Membership) -> Answer:
    """Pause one programme."""
    until = _day(ctx, str(values["until"]))
    if isinstance(until, Sentence):
        return FieldErrors({"until": until})
    try:
        actions.pause(ctx.tx, [one], until, ctx.now)
    except NoPauseError as error:
        return FieldErrors({"until": error.why})
    return Reply(cards.paused(ctx.t, until, row))


def _day(ctx: Context, words: str) -> datetime | Sentence:
    from plnbot.talk.times import day_of  # only who pauses needs it

    return day_of(words, ctx.now, ctx.person.zone, ctx.person.locale)


@routes.command(
    "peers skip",
    needs=ANYONE,
    part=PEERS,
    about=msg("Sit the next round out"),
    example=msg("/pln peers skip"),
)
def skip(ctx: Context, _words: str) -> Answer:
    """Skip the next round everywhere."""
    return _skipped(ctx, _mine(ctx))


@routes.press(SKIP, needs=ANYONE, of=A_MEMBERSHIP)
def skip_pressed(ctx: Context, _press: Press, one: Membership) -> Answer:
    """Skip the next round of one programme."""
    return _skipped(ctx, [one])


def _skipped(ctx: Context, mine: list[Membership]) -> Answer:
    actions.skip(ctx.tx, mine)
    said = ctx.t("You sit the next round out, and take part again after it by yourself.")
    back = Actions((Button(ctx.t("Go on now"), GO_ON, str(mine[0].id)),))
    return Reply(Card(ctx.t("Skipped"), (Paragraph(said), back)))


@routes.press(GO_ON, needs=ANYONE, of=A_MEMBERSHIP)
def go_on(ctx: Context, _press: Press, one: Membership) -> Answer:
    """End a pause, or a wish to skip."""
    actions.go_on(ctx.tx, [one], ctx.now)
    return Reply(cards.done(ctx.t("Welcome back"), ctx.t("You take part again.")))


@routes.command(
    "peers leave",
    needs=ANYONE,
    part=PEERS,
    about=msg("Leave all programmes at once"),
    example=msg("/pln peers leave"),
)
def leave(ctx: Context, _words: str) -> Answer:
    """Leave everything."""
    for each in _mine(ctx):
        actions.leave(ctx.tx, ctx.directory, each, ctx.now)
    return _left(ctx)


@routes.press(LEAVE, needs=ANYONE, of=A_MEMBERSHIP)
def leave_pressed(ctx: Context, _press: Press, one: Membership) -> Answer:
    """Leave one programme."""
    actions.leave(ctx.tx, ctx.directory, one, ctx.now)
    return _left(ctx)


def _left(ctx: Context) -> Answer:
    said = ctx.t("You are introduced to nobody any more. `/pln peers join` brings you back.")
    return Reply(cards.done(ctx.t("You have left"), said))


def _mine(ctx: Context) -> list[Membership]:
    found = list(programmes.of_member(ctx.tx, ctx.person.id))
    if not found:
        raise Refused(_NOWHERE)
    return found
