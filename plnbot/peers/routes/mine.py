"""What is a member's own: the page of introductions, whom they set aside, reports, introducing others."""

from collections.abc import Sequence

from plnbot.engine.at_home import Waiting
from plnbot.engine.ports import Argument, ArgumentKind
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.engine.searching import MEMBERS, whose
from plnbot.errors import Refused
from plnbot.peers.actions import joining, talking
from plnbot.peers.actions.keys import LEADS
from plnbot.peers.cards import introduction as meetings
from plnbot.peers.cards import member as cards
from plnbot.peers.cards.member import ANSWER, AVOID, NO, PAGE, REPORT, UNAVOID, YES
from plnbot.peers.cards.organiser import NEW
from plnbot.peers.model import Introduction, Programme, Said
from plnbot.peers.parts import PEERS
from plnbot.peers.routes.meeting import eyes
from plnbot.peers.routes.objects import A_PROGRAMME, A_PROPOSAL, A_REPORT, SET_ASIDE
from plnbot.peers.routes.organiser import looked_after
from plnbot.peers.routes.shown import named, shown, subject_said
from plnbot.peers.store import private, programmes, rounds
from plnbot.peers.store.private import Proposal, Report, SetAside
from plnbot.talk import limits
from plnbot.talk.cards import Actions, Button, Card, Look, Option, PageButton, Paragraph
from plnbot.talk.forms import ChoiceInput, Form, Picked, SearchInput, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Head, Heading, Page, PageBlock, Rows
from plnbot.talk.text import Style, When, joined, verbatim
from plnbot.talk.words import msg

routes = Routes()
INTRODUCE = "peers.introduce_two"
_LONGEST, _SHOWN = 1500, 3
_NOT_SAID = (None, Said.NOT_YET)


@routes.command(
    "peers",
    needs=ANYONE,
    part=PEERS,
    about=msg("See whom you meet, and where you take part"),
    example=msg("/pln peers"),
)
def peers(ctx: Context, _words: str) -> Answer:
    """Show where somebody takes part, and whom they meet now."""
    found = _cards(ctx)[: limits.ROWS]
    page = Actions((PageButton(ctx.t("Everything of it"), PAGE),))
    if not found:
        said = ctx.t("You take part in no programme. `/pln peers join` shows which there are.")
        return Reply(Card(ctx.t("Introductions"), (Paragraph(said), page)))
    first = Card(ctx.t("Introductions"), (page,))
    return Reply(first, more=tuple(found))


def _cards(ctx: Context) -> list[Card]:
    made = []
    for each in programmes.of_member(ctx.tx, ctx.person.id):
        of = programmes.get(ctx.tx, each.programme)
        if of is not None and of.ended_at is None:
            made.append(cards.mine(ctx.t, of, each, ctx.now, subject=subject_said(ctx, each)))
    live = rounds.introductions_of(ctx.tx, ctx.person.id, live=True)[:_SHOWN]
    return made + [card for each in live if (card := _introduced(ctx, each)) is not None]


def _introduced(ctx: Context, one: Introduction) -> Card | None:
    of = programmes.get(ctx.tx, one.programme)
    return meetings.introduced(ctx.t, shown(eyes(ctx), one, of, ctx.person.id)) if of else None


@routes.page(PAGE, needs=ANYONE)
def peers_page(ctx: Context, _row: str) -> Page:
    """Show all of a member's introductions, and whom they set aside."""
    t = ctx.t
    blocks: list[PageBlock] = [*_cards(ctx)]
    every = programmes.of_network(ctx.tx, ctx.network.id)
    taken = {each.programme for each in programmes.of_member(ctx.tx, ctx.person.id)}
    others = [of for of in every if of.id not in taken]
    if blocks and others:
        blocks.append(Heading(t("You may also take part"), "others"))
    if others:
        blocks += cards.to_join(t, others)
    elif not every and ctx.may(LEADS):
        said = t(
            "There is no programme here yet. Open one: who joins it takes part, and nobody else."
        )
        blocks.append(Paragraph(said))
    elif not every:
        blocks.append(Paragraph(t.say(cards.NONE_YET)))
    if every and ctx.may(LEADS):
        blocks += [Heading(t("You look after"), "programmes"), Rows(tuple(looked_after(ctx)))]
    past = [each for each in rounds.introductions_of(ctx.tx, ctx.person.id) if each.ended_at]
    if past:
        blocks += [Heading(t("Earlier"), "earlier"), Rows(tuple(_past(ctx, each) for each in past))]
    aside = private.avoided_by(ctx.tx, ctx.person.id)
    blocks.append(Heading(t("Set aside"), "aside"))
    note = t("You are never introduced to them, nor they to you. Nobody else sees this list.")
    blocks.append(Paragraph(note, quiet=True))
    blocks += [_aside(ctx, each) for each in aside]
    ways = (Button(t("Set somebody aside"), AVOID), Button(t("Report something quietly"), REPORT))
    head = Head(
        t("Colleagues of your subject from elsewhere, round after round."),
        actions=_head(ctx, every),
    )
    mine = f"member:{ctx.person.id}"
    return Page(t("Introductions"), (*blocks, Actions(ways)), live=mine, head=head)


def _head(ctx: Context, every: Sequence[Programme]) -> tuple[Button, ...]:
    """Return what one does here: open a programme, and introduce others where there is one."""
    t, ways = ctx.t, []
    if ctx.may(LEADS):
        ways.append(Button(t("Open a programme"), NEW, look=Look.PLAIN if every else Look.PRIMARY))
    if every:
        ways.append(Button(t("Introduce two others"), INTRODUCE))
    return tuple(ways)


def meetings_wait(ctx: Context) -> Waiting | None:
    """Tell somebody at home whom they meet now, until they have said how it goes."""
    live = rounds.introductions_of(ctx.tx, ctx.person.id, live=True)
    mine = [(each, each.seat_of(ctx.person.id)) for each in live]
    open_ = [each for each, seat in mine if seat is not None and seat.answer in _NOT_SAID]
    if not open_:
        return None
    t = ctx.t
    others = [seat.member for each in open_[:_SHOWN] for seat in each.others(ctx.person.id)]
    names = joined([named(eyes(ctx), ctx.directory.by_id(ctx.tx, each)) for each in others])
    title = t.n("Somebody to meet", "{n} to meet", len(open_))
    if len(open_) > 1:
        return Waiting(title, len(open_), names, PageButton(t("My introductions"), PAGE))
    leads = PageButton(t("Open"), meetings.MEETING_PAGE, str(open_[0].id))
    return Waiting(title, 1, names, leads)


def _past(ctx: Context, one: Introduction) -> Card:
    t = ctx.t
    names = joined(
        [named(eyes(ctx), ctx.directory.by_id(ctx.tx, s.member)) for s in one.others(ctx.person.id)]
    )
    lines = [t("Introduced {when}", when=When(one.at, Style.DATE))]
    seat = one.seat_of(ctx.person.id)
    if seat is not None and seat.minutes:
        lines.append(t.n("met for {n} minute", "met for {n} minutes", seat.minutes))
    if one.thanks:
        lines.append(t("Thanks: {words}", words=one.thanks))
    leads = Actions((PageButton(t("Open"), meetings.MEETING_PAGE, str(one.id)),))
    return Card(names or t("Somebody who has left"), (Paragraph(joined(lines, " · ")), leads))


def _aside(ctx: Context, other: int) -> Card:
    back = Actions((Button(ctx.t("Take off the list"), UNAVOID, f"{ctx.person.id}-{other}"),))
    return Card(verbatim(ctx.called(other)), (back,))


@routes.command(
    "peers avoid",
    needs=ANYONE,
    part=PEERS,
    about=msg("Never be introduced to somebody; nobody is told"),
    example=msg("/pln peers avoid Sam"),
    argument=Argument("person", msg("Whom?"), ArgumentKind.MEMBER),
)
def avoid(ctx: Context, words: str) -> Answer:
    """Open the form, with what was typed."""
    return OpenForm(_avoid_form(ctx, "", words=words.strip()))


@routes.press(AVOID, needs=ANYONE)
def avoid_pressed(ctx: Context, _press: Press) -> Answer:
    """Open the form."""
    return OpenForm(_avoid_form(ctx, ""))


def _avoid_form(ctx: Context, _row: str, *, words: str = "") -> Form:
    asked = SearchInput(
        name="whom",
        label=ctx.t("Whom?"),
        hint=ctx.t("Neither they nor anybody else is told."),
        source=MEMBERS,
        words=words[:100],
        here=True,
        required=True,
    )
    return Form(AVOID, ctx.t("Set somebody aside"), (asked,), ctx.t("Save"))


@routes.form(AVOID, build=_avoid_form, needs=ANYONE)
def avoided(ctx: Context, _row: str, values: Values) -> Answer:
    """Keep it."""
    other = whose(ctx, values["whom"])
    joining.avoid(ctx.tx, other, ctx.now, by=ctx.person)
    said = ctx.t("You two are never introduced to each other. Nobody is told.")
    undo = Actions((Button(ctx.t("Undo"), UNAVOID, f"{ctx.person.id}-{other.id}"),))
    return Reply(Card(ctx.t("Noted"), (Paragraph(said), undo)))


@routes.press(UNAVOID, needs=ANYONE, of=SET_ASIDE)
def unavoid(ctx: Context, _press: Press, other: SetAside) -> Answer:
    """Take somebody off the list."""
    private.avoid_no_more(ctx.tx, ctx.person.id, other.other)
    return Reply(cards.done(ctx.t("Noted"), ctx.t("You may be introduced to each other again.")))


@routes.command(
    "peers report",
    needs=ANYONE,
    part=PEERS,
    about=msg("Report something quietly; a person answers"),
    example=msg("/pln peers report"),
)
def report(ctx: Context, _words: str) -> Answer:
    """Open the form."""
    return OpenForm(_report_form(ctx, ""))


@routes.press(REPORT, needs=ANYONE)
def report_pressed(ctx: Context, _press: Press) -> Answer:
    """Open the form."""
    return OpenForm(_report_form(ctx, ""))


def _report_form(ctx: Context, _row: str) -> Form:
    t = ctx.t
    inputs = (
        TextInput(name="words", label=t("What happened?"), long=True, most=_LONGEST, required=True),
        SearchInput(
            name="whom",
            label=t("About whom? May stay empty."),
            hint=t("They are not told, and do not get this."),
            source=MEMBERS,
            here=True,
        ),
    )
    return Form(REPORT, t("Report quietly"), inputs, t("Send"))


@routes.form(REPORT, build=_report_form, needs=ANYONE)
def reported(ctx: Context, _row: str, values: Values) -> Answer:
    """Send it to who looks after programmes."""
    picked = values["whom"]
    about = whose(ctx, picked).id if isinstance(picked, Picked) and picked.row else None
    talking.report(ctx.tx, ctx.directory, about, str(values["words"]), ctx.now, by=ctx.person)
    said = ctx.t("A person reads it and answers you. Whom it is about is not told.")
    return Reply(cards.done(ctx.t("Sent"), said))


@routes.press(ANSWER, needs=LEADS, of=A_REPORT)
def answer(ctx: Context, press: Press, one: Report) -> Answer:
    """Ask for the answer."""
    return OpenForm(_answer_form(ctx, press.row, one))


def _answer_form(ctx: Context, row: str, _one: Report) -> Form:
    words = TextInput(
        name="words", label=ctx.t("Your answer"), long=True, most=_LONGEST, required=True
    )
    return Form(ANSWER, ctx.t("Answer a report"), (words,), ctx.t("Send"), row)


@routes.form(ANSWER, build=_answer_form, needs=LEADS, of=A_REPORT)
def answered(ctx: Context, _row: str, values: Values, one: Report) -> Answer:
    """Send it to who reported."""
    talking.answer(ctx.tx, ctx.directory, one, str(values["words"]), ctx.now, by=ctx.person)
    return Reply(
        cards.done(ctx.t("Sent"), ctx.t("Who reported it reads your answer, with your name."))
    )


@routes.command(
    "peers introduce",
    needs=ANYONE,
    part=PEERS,
    about=msg("Introduce two others to each other; both say yes first"),
    example=msg("/pln peers introduce"),
)
def introduce(ctx: Context, _words: str) -> Answer:
    """Open the form."""
    if not programmes.of_network(ctx.tx, ctx.network.id):
        return Reply(cards.to_join(ctx.t, ())[0])
    return OpenForm(_introduce_form(ctx, ""))


@routes.press(INTRODUCE, needs=ANYONE)
def introduce_pressed(ctx: Context, _press: Press) -> Answer:
    """Open the form for who comes from the page."""
    return OpenForm(_introduce_form(ctx, ""))


def _introduce_form(ctx: Context, _row: str) -> Form:
    t, found = ctx.t, programmes.of_network(ctx.tx, ctx.network.id)[: limits.OPTIONS]
    if not found:
        raise Refused(cards.NONE_YET)
    people = [
        SearchInput(name=name, label=label, source=MEMBERS, here=True, required=True)
        for name, label in (("one", t("Whom?")), ("other", t("To whom?")))
    ]
    which = ChoiceInput(
        name="programme",
        label=t("In which programme?"),
        options=tuple(Option(str(of.id), verbatim(of.name[: limits.OPTION_LABEL])) for of in found),
        value=str(found[0].id),
        required=True,
    )
    note = TextInput(
        name="note", label=t("Why these two?"), hint=t("Both of them read it."), most=500
    )
    return Form(INTRODUCE, t("Introduce two others"), (*people, which, note), t("Ask them"))


@routes.form(INTRODUCE, build=_introduce_form, needs=ANYONE)
def introduced(ctx: Context, _row: str, values: Values) -> Answer:
    """Ask both."""
    of = A_PROGRAMME.find(ctx, str(values["programme"]))
    two = (whose(ctx, values["one"]), whose(ctx, values["other"]))
    talking.propose(ctx.tx, of, two, str(values["note"]), ctx.now, by=ctx.person)
    said = ctx.t("I ask both. They are introduced if both say yes; you do not hear of a no.")
    return Reply(cards.done(ctx.t("Asked"), said))


@routes.press(YES, needs=ANYONE, of=A_PROPOSAL)
def yes(ctx: Context, _press: Press, one: Proposal) -> Answer:
    """Say yes; whoever says it second is introduced at once."""
    made = talking.consent(ctx.tx, ctx.directory, one, ctx.now, by=ctx.person, yes=True)
    said = (
        ctx.t("You are introduced now.")
        if made
        else ctx.t("I introduce you if the other says yes too.")
    )
    return Reply(cards.done(ctx.t("Noted"), said))


@routes.press(NO, needs=ANYONE, of=A_PROPOSAL)
def no(ctx: Context, _press: Press, one: Proposal) -> Answer:
    """Say no, of which nobody hears."""
    talking.consent(ctx.tx, ctx.directory, one, ctx.now, by=ctx.person, yes=False)
    return Reply(cards.done(ctx.t("Noted"), ctx.t("Nobody hears of it.")))
