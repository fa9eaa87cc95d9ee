"""Lessons are reported; curators look, and take one down with a reason or let it stand."""

from collections.abc import Mapping

from plnbot.engine.at_home import Waiting
from plnbot.engine.audit import Entry
from plnbot.engine.context import Showing
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.errors import Refused
from plnbot.lessons import actions
from plnbot.lessons.actions import CURATES
from plnbot.lessons.cards import lesson as cards
from plnbot.lessons.model import Lesson
from plnbot.lessons.routes.objects import A_LESSON, is_author
from plnbot.lessons.store import lessons, uses
from plnbot.talk.cards import Actions, Button, Card, Look, PageButton, Paragraph, Tone
from plnbot.talk.fallback import paragraphs, short_words
from plnbot.talk.forms import Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Page
from plnbot.talk.text import joined, verbatim
from plnbot.talk.words import Value, msg

routes = Routes()
REPORT, DOWN, REPORTS = "lessons.report", "lessons.down", "lessons.reports"
_LONGEST, _SHORT = 600, 80


@routes.press(REPORT, needs=ANYONE, of=A_LESSON)
def report(ctx: Context, press: Press, it: Lesson) -> Answer:
    """Ask what is wrong."""
    return OpenForm(_report_form(ctx, press.row, it))


def _report_form(ctx: Context, row: str, _it: Lesson) -> Form:
    t = ctx.t
    words = TextInput(
        name="words", label=t("What is wrong with it?"), long=True, most=_LONGEST, required=True
    )
    intro = t("Curators read it, without your name. Its authors are not told who reported.")
    return Form(REPORT, t("Report"), (words,), t("Report it"), row, intro, keeps=True)


@routes.form(REPORT, build=_report_form, needs=ANYONE, of=A_LESSON)
def reported(ctx: Context, _row: str, values: Values, it: Lesson) -> Answer:
    """Keep a report."""
    words = str(values["words"])
    actions.report(ctx.tx, it, ctx.person, words, directory=ctx.directory, now=ctx.now)
    return Reply(cards.told(ctx.t, it, ctx.t("Reported. A curator looks at it.")))


@routes.page(REPORTS, needs=CURATES)
def reports_page(ctx: Context, _row: str) -> Page:
    """Show a curator what was reported."""
    t = ctx.t
    found = uses.reports_in(ctx.tx, ctx.network.id)
    these = lessons.among(ctx.tx, list(found))
    blocks = tuple(_reported(ctx, each, found[each.id]) for each in these) or (
        Paragraph(t("Nothing is reported."), quiet=True),
    )
    return Page(t("Reported lessons"), blocks, live=actions.topic(ctx.network.id))


def _reported(ctx: Context, it: Lesson, words: object) -> Card:
    t, row = ctx.t, str(it.id)
    said = [verbatim(f"“{each}”") for each in words] if isinstance(words, list) else []
    ways = (
        PageButton(t("Look closer"), cards.ONE, row),
        Button(t("Take it down"), DOWN, row, Look.DANGER),
        Button(t("Let it stand"), "lessons.stands", row),
    )
    return Card(cards.title_of(it), (*paragraphs(joined(said, "\n")), Actions(ways)))


@routes.press(DOWN, needs=CURATES, of=A_LESSON)
def down(ctx: Context, press: Press, it: Lesson) -> Answer:
    """Ask why."""
    return OpenForm(_down_form(ctx, press.row, it))


def _down_form(ctx: Context, row: str, _it: Lesson) -> Form:
    t = ctx.t
    why = TextInput(
        name="why",
        label=t("Why?"),
        hint=t("They read this word for word."),
        long=True,
        most=_LONGEST,
        required=True,
    )
    return Form(DOWN, t("Take it down"), (why,), t("Take it down"), row, keeps=True)


@routes.form(DOWN, build=_down_form, needs=CURATES, of=A_LESSON)
def is_down(ctx: Context, _row: str, values: Values, it: Lesson) -> Answer:
    """Take a lesson down."""
    why, t = str(values["why"]), ctx.t
    actions.take_down(ctx.tx, it, why, by=ctx.person, directory=ctx.directory, now=ctx.now)
    return Reply(cards.told(t, it, t("Taken down. Its authors are told why.")))


@routes.press("lessons.stands", needs=CURATES, of=A_LESSON)
def stands(ctx: Context, _press: Press, it: Lesson) -> Answer:
    """Let a lesson stand; nobody decides about their own."""
    if is_author(ctx, it):
        raise Refused(msg("This lesson is yours. Another curator looks at it."))
    actions.let_stand(ctx.tx, it, by=ctx.person, now=ctx.now)
    return Reply(cards.told(ctx.t, it, ctx.t("It stands, and the reports are gone.")))


@routes.card(actions.REPORTED)
def reported_card(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Tell a curator that a lesson was reported, until one has looked."""
    it = lessons.get(to.tx, int(args["lesson"]))
    if it is None or not it.stands or not uses.reported(to.tx, it.id):
        return None
    t = to.t
    said = t("“{title}” was reported.", title=short_words(it.told.title, _SHORT))
    leads = Actions((PageButton(t("Look closer"), REPORTS),))
    return Card(t("A lesson was reported"), (Paragraph(said), leads), Tone.CAUTION)


@routes.card(actions.DOWN)
def down_card(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Tell an author that a curator took their lesson down, and why."""
    it = lessons.get(to.tx, int(args["lesson"]))
    if it is None or it.down is None:
        return None
    t = to.t
    said = t("A curator took “{title}” down: {why}", title=it.told.title, why=it.why)
    leads = Actions((cards.look_closer(t, it),))
    return Card(t("Your lesson was taken down"), (*paragraphs(said), leads), Tone.CAUTION)


def reports_wait(ctx: Context) -> Waiting | None:
    """Say on a curator's home that lessons were reported."""
    found = uses.reports_in(ctx.tx, ctx.network.id) if ctx.may(CURATES) else {}
    if not found:
        return None
    t = ctx.t
    (first,) = lessons.among(ctx.tx, [next(iter(found))])
    title = t.n("A reported lesson", "{n} reported lessons", len(found))
    leads = PageButton(t("Look at them"), REPORTS)
    return Waiting(title, len(found), verbatim(short_words(first.told.title, _SHORT)), leads)


@routes.audit(
    {
        "lessons.down": msg("{who} took the lesson {title} down: {why}"),
        "lessons.stands": msg("{who} let the reported lesson {title} stand"),
    }
)
def told(_ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the lesson, and the reason where there is one."""
    detail = entry.detail
    return {"title": str(detail.get("title", "")), "why": str(detail.get("why", ""))}
