"""An organiser's part: a programme is opened, tried out, committed, looked at, taken along, ended."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from plnbot.engine.at_home import Waiting
from plnbot.engine.routes import Context, Routes, Values
from plnbot.engine.which_room import ROOM, room_in, room_input
from plnbot.errors import Refused
from plnbot.packs import choices
from plnbot.packs.teaching import subjects
from plnbot.peers.actions import joining, rounds
from plnbot.peers.actions.keys import LEADS, topic
from plnbot.peers.cards import member as words
from plnbot.peers.cards import organiser as cards
from plnbot.peers.cards.organiser import COMMIT, DRY, END, NEW, PROGRAMME_PAGE
from plnbot.peers.model import Aim, Cause, Introduction, Programme, Round, RoundState
from plnbot.peers.model.figures import went
from plnbot.peers.parts import ORGANISING
from plnbot.peers.routes.objects import A_PROGRAMME, A_ROUND
from plnbot.peers.routes.told import comes_to, rhythm
from plnbot.peers.store import private, programmes
from plnbot.peers.store import rounds as store
from plnbot.schedules import Only, Schedule
from plnbot.talk import limits, spreadsheets
from plnbot.talk.cards import Actions, Button, Card, Look, Option, PageButton, Paragraph
from plnbot.talk.fallback import short_words
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
from plnbot.talk.pages import Downloads, File, Head, Heading, Page, PageBlock, Rows
from plnbot.talk.text import one_line, verbatim
from plnbot.talk.words import Sentence, msg

routes = Routes()
_USUAL_GAP, _USUAL_WEEKS, _MOST_ROUNDS, _MOST_REPORTS = 8, 12, 12, 20
_HEAD = (
    "round", "introduced_at", "member", "step", "rounds_since_met", "cause", "answer", "minutes",
)  # fmt: skip
_SIZES = {2: msg("Two, or three if one is over"), 3: msg("Three")}


@routes.command(
    "peers new",
    needs=LEADS,
    part=ORGANISING,
    about=msg("Open a programme of introductions in this room"),
    example=msg("/pln peers new"),
)
def new(ctx: Context, _words: str) -> Answer:
    """Open the form."""
    return OpenForm(_form(ctx, ""))


@routes.press(NEW, needs=LEADS)
def new_pressed(ctx: Context, _press: Press) -> Answer:
    """Open the form for who comes from a page; it asks for the room too, where the rooms are known."""
    return OpenForm(_form(ctx, ""))


def _form(ctx: Context, _row: str) -> Form:
    t = ctx.t
    chooses = not ctx.where.channel and bool(ctx.rooms())
    inputs = (
        *((room_input(ctx),) if chooses else ()),
        TextInput(name="name", label=t("What is it called?"), most=80, required=True),
        ChoiceInput(
            name="aim",
            label=t("For whom?"),
            options=tuple(Option(each.value, t.say(said)) for each, said in words.AIMS.items()),
            value=Aim.PEERS.value,
            required=True,
        ),
        TextInput(
            name="when",
            label=t("When does a round begin?"),
            hint=t("first Monday of the month 9 am · every 3 weeks on Monday 9 am"),
            required=True,
        ),
        ChoiceInput(
            name="size",
            label=t("How many meet?"),
            options=tuple(Option(str(each), t.say(said)) for each, said in _SIZES.items()),
            value="2",
            required=True,
        ),
        *_rules(ctx),
    )
    return Form(NEW, t("New programme"), inputs, t("Open it"))


def _rules(ctx: Context) -> tuple[AnyInput, ...]:
    t = ctx.t
    yes_no = (Option("yes", t("Yes")), Option("no", t("No")))
    return (
        ChoiceInput(
            name="districts",
            label=t("From different districts?"),
            options=yes_no,
            value="yes",
            required=True,
        ),
        MultiChoiceInput(
            name="subjects",
            label=t("Whose teachers may join?"),
            hint=t("Left empty: all"),
            options=choices(subjects(), t.locale),
        ),
        NumberInput(
            name="gap",
            label=t("Rounds before two may meet again"),
            most=100,
            value=Decimal(_USUAL_GAP),
            required=True,
        ),
        NumberInput(
            name="weeks",
            label=t("Weeks that mentoring or coaching lasts"),
            least=4,
            most=52,
            value=Decimal(_USUAL_WEEKS),
            required=True,
        ),
    )


@routes.form(NEW, build=_form, needs=LEADS)
def made(ctx: Context, _row: str, values: Values) -> Answer:
    """Open a programme."""
    from plnbot.talk.times import schedule_of  # only who opens one needs it

    understood = schedule_of(str(values["when"]), ctx.now, ctx.person.zone, ctx.t.locale)
    if isinstance(understood, Sentence):
        return FieldErrors({"when": understood})
    schedule = _in_school(understood.schedule)
    if schedule.after(ctx.now) is None:
        return FieldErrors({"when": msg("That never comes: all of its times are over.")})
    name = str(values["name"])
    said = f"{ctx.network.id}/{name}/{ctx.now.timestamp()}".encode()
    place = ctx.where.channel_itself() if ctx.where.channel else None
    if place is None and ROOM in values:
        place = room_in(ctx, values)
    programme = joining.add(
        ctx.tx,
        Programme(
            0, ctx.network.id, name, Aim(str(values["aim"])), int(str(values["size"])), schedule,
            place, chosen(values["subjects"]),
            values["districts"] == "yes", _number(values["gap"]), _number(values["weeks"]),
            int.from_bytes(hashlib.sha256(said).digest()[:6]), None, ctx.person.id,
        ),
        ctx.now,
        by=ctx.person,
    )  # fmt: skip
    return Reply(cards.made(ctx.t, programme, rhythm(ctx.t, programme, ctx.now)))


def _in_school(schedule: Schedule) -> Schedule:
    """Return a schedule whose rounds do not begin in breaks, unless its words say more."""
    return (
        replace(schedule, only=Only.OUTSIDE_BREAKS) if schedule.only is Only.ANY_DAY else schedule
    )


def _number(value: object) -> int:
    return int(value) if isinstance(value, Decimal) else 0


@routes.command(
    "peers programmes",
    needs=LEADS,
    part=ORGANISING,
    about=msg("Look after programmes: dry run, commit, statistics"),
    example=msg("/pln peers programmes"),
)
def listed(ctx: Context, _words: str) -> Answer:
    """Show the programmes."""
    found = looked_after(ctx)
    if not found:
        raise Refused(msg("There is no programme yet. `/pln peers new` opens one."))
    return Reply(found[0], more=tuple(found[1 : limits.ROWS]))


def looked_after(ctx: Context) -> Sequence[Card]:
    """Return the programmes of the network as who looks after them sees them."""
    return [_card(ctx, of) for of in programmes.of_network(ctx.tx, ctx.network.id)]


def _card(ctx: Context, of: Programme) -> Card:
    many = len(programmes.in_programme(ctx.tx, of.id))
    about = ctx.t.n("{n} member", "{n} members", many)
    ways = Actions(
        (
            Button(ctx.t("Dry run"), DRY, str(of.id), Look.PRIMARY),
            PageButton(ctx.t("Open its page"), PROGRAMME_PAGE, str(of.id)),
        )
    )
    return Card(verbatim(of.name), (Paragraph(rhythm(ctx.t, of, ctx.now)), Paragraph(about), ways))


@routes.press(DRY, needs=LEADS, of=A_PROGRAMME)
def dry(ctx: Context, _press: Press, of: Programme) -> Answer:
    """Try a round out."""
    rounds.try_out(ctx.tx, of, ctx.now, by=ctx.person)
    return Reply(cards.begun(ctx.t))


@routes.press(COMMIT, needs=LEADS, of=A_ROUND)
def commit(ctx: Context, _press: Press, one: Round) -> Answer:
    """Let a dry run go out."""
    opened = rounds.commit(ctx.tx, ctx.directory, one, ctx.now, by=ctx.person)
    of = A_PROGRAMME.find(ctx, str(opened.programme))
    return Reply(cards.committed(ctx.t, of, opened))


@routes.press(END, needs=LEADS, of=A_PROGRAMME)
def end(ctx: Context, _press: Press, of: Programme) -> Answer:
    """End a programme."""
    rounds.end(ctx.tx, of, ctx.now, by=ctx.person)
    return Reply(cards.ended(ctx.t, of))


@routes.page(PROGRAMME_PAGE, needs=LEADS, of=A_PROGRAMME)
def programme_page(ctx: Context, _row: str, of: Programme) -> Page:
    """Show how a programme goes: its latest rounds in numbers, and quiet reports."""
    t = ctx.t
    every = store.in_programme(ctx.tx, of.id)
    blocks: list[PageBlock] = [Paragraph(rhythm(t, of, ctx.now))]
    now = store.of_programme(ctx.tx, of.id, RoundState.OPEN, RoundState.DRY)[:2]
    blocks += [comes_to(ctx, of, each) for each in now]
    blocks += [Heading(t("How it went"), "went"), cards.went(t, went(every))]
    past = store.of_programme(ctx.tx, of.id, RoundState.OPEN, RoundState.OVER)[:_MOST_ROUNDS]
    if past:
        blocks += [Heading(t("Round by round"), "rounds"), Rows(_rounds(ctx, past, every))]
    reports = private.open_reports(ctx.tx, of.network)[:_MOST_REPORTS]
    mine = [each for each in reports if each.about != ctx.person.id]
    if mine:
        blocks.append(Heading(t("Quiet reports"), "reports"))
        blocks += [
            words.reported(t, (_called(ctx, e.by), _called(ctx, e.about)), e.words, str(e.id))
            for e in mine
        ]
    actions = (Button(t("Dry run"), DRY, str(of.id), Look.PRIMARY),) if of.ended_at is None else ()
    sure = t("Nobody is introduced in it any more.")
    more = (Button(t("End it"), END, str(of.id), Look.DANGER, sure),) if actions else ()
    files = Downloads(((t("Spreadsheet (CSV)"), f"peers.csv/{of.id}"),))
    many = t.n("{n} member", "{n} members", len(programmes.in_programme(ctx.tx, of.id)))
    head = Head(many, actions=actions, more=more, files=files)
    return Page(verbatim(of.name), tuple(blocks), live=topic(of.id), head=head)


def _called(ctx: Context, member: int | None) -> str:
    return ctx.called(member) if member is not None else ""


def _rounds(ctx: Context, past: Sequence[Round], every: Sequence[Introduction]) -> tuple[Card, ...]:
    return tuple(
        Card(
            ctx.t("Round {n}", n=each.number or 0),
            (cards.went(ctx.t, went([one for one in every if one.round == each.id])),),
        )
        for each in past
    )


@routes.file("peers.csv", needs=LEADS, of=A_PROGRAMME)
def as_csv(ctx: Context, _row: str, of: Programme) -> File:
    """Give a programme's introductions as a spreadsheet: who, why, and how each says that it went."""
    rows: list[Sequence[str]] = [_HEAD]
    numbers = {
        each.id: str(each.number)
        for each in store.of_programme(ctx.tx, of.id, RoundState.OPEN, RoundState.OVER)
    }
    for each in reversed(store.in_programme(ctx.tx, of.id)):
        rows += [
            (
                numbers.get(each.round or 0, ""),
                each.at.isoformat(timespec="seconds"),
                ctx.called(seat.member),
                each.step.lower(),
                "" if each.met is None else str(each.met),
                _cause(each),
                seat.answer.value if seat.answer else "",
                str(seat.minutes or ""),
            )
            for seat in each.seats
        ]
    return File("introductions.csv", "text/csv; charset=utf-8", spreadsheets.as_csv(rows))


def _cause(one: Introduction) -> str:
    """Return what led to an introduction; that both wanted to keep going is theirs alone."""
    return (Cause.ROUND if one.cause is Cause.STANDING else one.cause).value


def reports_wait(ctx: Context) -> Waiting | None:
    """Tell who looks after programmes at home of reports that nobody has answered."""
    if not ctx.may(LEADS):
        return None
    found = [e for e in private.open_reports(ctx.tx, ctx.network.id) if e.about != ctx.person.id]
    if not found:
        return None
    title = ctx.t.n("{n} quiet report", "{n} quiet reports", len(found))
    first = verbatim(short_words(one_line(found[0].words), 80))
    leads = Button(ctx.t("Answer"), words.ANSWER, str(found[0].id))
    return Waiting(title, len(found), first, leads)
