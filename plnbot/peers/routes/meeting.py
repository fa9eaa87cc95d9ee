"""An introduction's part: how it goes, minutes, again or not; goals, looking back; its page and times."""

from plnbot.calendars import ics
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.errors import Refused
from plnbot.peers.actions import answering as actions
from plnbot.peers.cards import introduction as cards
from plnbot.peers.cards.introduction import (
    GOALS,
    KEEP,
    MEETING_PAGE,
    NO_MORE,
    OUT,
    REFLECT,
    SAID,
    TOOK,
    WROTE,
)
from plnbot.peers.model import Again, Introduction, Programme, Side
from plnbot.peers.model.free import MEETING
from plnbot.peers.routes.objects import AN_INTRODUCTION
from plnbot.peers.routes.shown import Eyes, shown
from plnbot.peers.store import programmes
from plnbot.refs import row_number
from plnbot.talk.cards import Paragraph
from plnbot.talk.forms import Form, TextInput
from plnbot.talk.happenings import Happening
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Downloads, File, Heading, Missing, Page, PageBlock
from plnbot.talk.plain import plain
from plnbot.talk.text import When, joined, verbatim
from plnbot.talk.words import msg

routes = Routes()
_OVER = msg("That introduction is no longer there.")
_LONGEST = 1000
_MINE = AN_INTRODUCTION


def _of(ctx: Context, one: Introduction) -> Programme:
    found = programmes.get(ctx.tx, one.programme)
    if found is None:
        raise Refused(_OVER)
    return found


def _answers(press: str) -> None:
    @routes.press(press, needs=ANYONE, of=_MINE)
    def answered(ctx: Context, pressed: Press, one: Introduction) -> Answer:
        said = SAID[pressed.action]
        actions.answer(ctx.tx, one, said, ctx.now, by=ctx.person)
        return Reply(cards.said(ctx.t, one, said))


for _press in SAID:
    _answers(_press)


@routes.press(WROTE, needs=ANYONE, of=_MINE)
def wrote(ctx: Context, _press: Press, one: Introduction) -> Answer:
    """Note that somebody has written."""
    actions.wrote(ctx.tx, one, ctx.now, by=ctx.person)
    return Reply(cards.noted(ctx.t, ctx.t("Good. Nobody is asked to begin now.")))


@routes.press(TOOK, needs=ANYONE, of=_MINE)
def took(ctx: Context, press: Press, one: Introduction) -> Answer:
    """Write down for how long somebody met."""
    minutes = row_number(press.value)
    if minutes not in cards.MINUTES:
        raise Refused(msg("Please choose one from the list."))
    actions.took(ctx.tx, _of(ctx, one), one, minutes, ctx.now, by=ctx.person)
    return Reply(cards.took(ctx.t, minutes, str(one.id)))


@routes.press(KEEP, needs=ANYONE, of=_MINE)
def keep(ctx: Context, _press: Press, one: Introduction) -> Answer:
    """Note that somebody wants to go on."""
    together = actions.again(ctx.tx, ctx.directory, one, Again.KEEP, ctx.now, by=ctx.person)
    return Reply(cards.wished(ctx.t, keeps=True, together=together))


@routes.press(NO_MORE, needs=ANYONE, of=_MINE)
def no_more(ctx: Context, _press: Press, one: Introduction) -> Answer:
    """Note that somebody does not want to meet the other again."""
    actions.again(ctx.tx, ctx.directory, one, Again.NO, ctx.now, by=ctx.person)
    return Reply(cards.wished(ctx.t, keeps=False, together=False))


@routes.press(OUT, needs=ANYONE, of=_MINE)
def step_out(ctx: Context, _press: Press, one: Introduction) -> Answer:
    """Take somebody out of one introduction."""
    actions.step_out(ctx.tx, ctx.directory, one, ctx.now, by=ctx.person)
    return Reply(cards.stepped_out(ctx.t))


@routes.press(GOALS, needs=ANYONE, of=_MINE)
def goals(ctx: Context, press: Press, one: Introduction) -> Answer:
    """Ask what the two agreed on."""
    return OpenForm(_goals_form(ctx, press.row, one))


def _goals_form(ctx: Context, row: str, one: Introduction) -> Form:
    asked = TextInput(
        name="goals",
        label=ctx.t("What do you want to reach together?"),
        hint=ctx.t("Both of you see it, and either may change it."),
        long=True,
        most=_LONGEST,
        value=one.goals,
        required=True,
    )
    return Form(GOALS, ctx.t("What we agreed on"), (asked,), ctx.t("Save"), row)


@routes.form(GOALS, build=_goals_form, needs=ANYONE, of=_MINE)
def agreed(ctx: Context, _row: str, values: Values, one: Introduction) -> Answer:
    """Keep what they agreed on."""
    actions.agreed(ctx.tx, one, str(values["goals"]), ctx.now, by=ctx.person)
    return Reply(cards.noted(ctx.t, ctx.t("It stands on the card of both of you.")))


@routes.press(REFLECT, needs=ANYONE, of=_MINE)
def reflect(ctx: Context, press: Press, one: Introduction) -> Answer:
    """Ask for a closing reflection."""
    return OpenForm(_reflect_form(ctx, press.row, one))


def _reflect_form(ctx: Context, row: str, one: Introduction) -> Form:
    t, seat = ctx.t, one.seat_of(ctx.person.id)
    inputs = [
        TextInput(
            name="words",
            label=t("What do you take with you?"),
            hint=t("You alone see it."),
            long=True,
            most=_LONGEST,
            value=seat.words if seat else "",
            required=True,
        )
    ]
    if seat is not None and seat.side is Side.GUIDED:
        thanks = TextInput(
            name="thanks",
            label=t("A word of thanks"),
            hint=t("The other gets it and keeps it. May stay empty."),
            long=True,
            most=_LONGEST,
        )
        inputs.append(thanks)
    return Form(REFLECT, t("Look back"), tuple(inputs), t("Save"), row)


@routes.form(REFLECT, build=_reflect_form, needs=ANYONE, of=_MINE)
def looked_back(ctx: Context, _row: str, values: Values, one: Introduction) -> Answer:
    """Keep it."""
    said = (str(values["words"]), str(values.get("thanks") or ""))
    actions.looked_back(ctx.tx, ctx.directory, one, said, ctx.now, by=ctx.person)
    return Reply(cards.noted(ctx.t, ctx.t("It is kept on the page of your introductions.")))


def eyes(ctx: Context) -> Eyes:
    """Return the eyes of whoever asks."""
    return Eyes(ctx.tx, ctx.directory, ctx.network, ctx.t, ctx.person)


@routes.page(MEETING_PAGE, needs=ANYONE, of=_MINE)
def meeting_page(ctx: Context, _row: str, one: Introduction) -> Page:
    """Show an introduction, with its times for a calendar."""
    t = ctx.t
    found = shown(eyes(ctx), one, _of(ctx, one), ctx.person.id)
    blocks: list[PageBlock] = [cards.introduced(t, found)]
    if one.times:
        blocks.append(Heading(t("Times that suit you both"), "times"))
        links = tuple(
            (t("{when}, for my calendar", when=When(at)), f"peers.ics/{one.id}-{nth}")
            for nth, at in enumerate(one.times)
        )
        blocks.append(Downloads(links))
    seat = one.seat_of(ctx.person.id)
    if seat is not None and seat.words:
        blocks += [Heading(t("What you take with you"), "words"), Paragraph(verbatim(seat.words))]
    return Page(t("Your introduction"), tuple(blocks), live=f"member:{ctx.person.id}")


@routes.file("peers.ics", needs=ANYONE, of=_MINE)
def time_for_a_calendar(ctx: Context, row: str, one: Introduction) -> File | Missing:
    """Give one of the times for a calendar."""
    nth = row_number(row.partition("-")[2] or "0")
    if nth >= len(one.times):
        return Missing()
    found = shown(eyes(ctx), one, _of(ctx, one), ctx.person.id)
    names = joined([each.name for each in found.partners])
    at = one.times[nth]
    happening = Happening(
        key=f"peers:{one.id}",
        title=ctx.t("Meet {names}", names=plain(names, ctx.person.zone, ctx.t.locale)),
        about=joined([verbatim(each) for each in found.starters], "\n"),
        starts_at=at,
        ends_at=at + MEETING,
    )
    content = ics.entry(ctx.tx, ctx.network.id, happening, ctx.now)
    return File("peers.ics", ics.MEDIA_TYPE, content)
