"""Questions about an exemplar: asked by whom it is shown, answered by its teacher or not."""

from collections.abc import Mapping

from plnbot.engine.context import Showing
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.portfolio import actions
from plnbot.portfolio.cards import exemplar as cards
from plnbot.portfolio.cards import sharing
from plnbot.portfolio.model import LONGEST_QUESTION, Standing, standing
from plnbot.portfolio.routes.objects import MY_QUESTION, SHOWN_TO_ME, Asked, InShare
from plnbot.portfolio.store import exemplars, shares
from plnbot.talk.cards import Actions, Button, Card, PageButton, Paragraph, Tone
from plnbot.talk.fallback import paragraphs, short_words
from plnbot.talk.forms import Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.text import bold, joined, verbatim

routes = Routes()
ASK, ANSWER = "portfolio.ask", "portfolio.answer"
_SHORT, _SAID = 100, 1_000


@routes.press(ASK, needs=ANYONE, of=SHOWN_TO_ME)
def ask(ctx: Context, press: Press, it: InShare) -> Answer:
    """Ask what somebody wants to know."""
    return OpenForm(_ask_form(ctx, press.row, it))


def _ask_form(ctx: Context, row: str, it: InShare) -> Form:
    t = ctx.t
    words = TextInput(
        name="words", label=t("Your question"), long=True, most=LONGEST_QUESTION, required=True
    )
    intro = t(
        "{name} reads it, and may answer or not. It stays with “{title}”, seen by you two alone.",
        name=ctx.called(it.exemplar.member),
        title=short_words(it.exemplar.told.title, _SHORT),
    )
    return Form(ASK, t("A question"), (words,), t("Ask it"), row, intro, keeps=True)


@routes.form(ASK, build=_ask_form, needs=ANYONE, of=SHOWN_TO_ME)
def asked(ctx: Context, _row: str, values: Values, it: InShare) -> Answer:
    """Keep a question."""
    t, words = ctx.t, str(values["words"])
    actions.ask(
        ctx.tx,
        it.share,
        it.exemplar,
        words,
        asker=ctx.person,
        directory=ctx.directory,
        now=ctx.now,
    )
    said = t("{name} is told of it.", name=ctx.called(it.exemplar.member))
    leads = Actions((PageButton(t("Open"), sharing.SHARED, str(it.share.id)),))
    return Reply(Card(t("Asked"), (Paragraph(said), leads), Tone.GOOD))


@routes.press(ANSWER, needs=ANYONE, of=MY_QUESTION)
def answer(ctx: Context, press: Press, it: Asked) -> Answer:
    """Ask for an answer."""
    return OpenForm(_answer_form(ctx, press.row, it))


def _answer_form(ctx: Context, row: str, it: Asked) -> Form:
    t = ctx.t
    words = TextInput(
        name="words",
        label=t("Your answer"),
        value=it.question.answer,
        long=True,
        most=LONGEST_QUESTION,
        required=True,
    )
    intro = verbatim(short_words(it.question.words, 600))
    return Form(ANSWER, t("Answer"), (words,), t("Keep it"), row, intro, keeps=True)


@routes.form(ANSWER, build=_answer_form, needs=ANYONE, of=MY_QUESTION)
def answered(ctx: Context, _row: str, values: Values, it: Asked) -> Answer:
    """Keep an answer; who asked is told while it is shared with them."""
    t, words = ctx.t, str(values["words"])
    told = actions.answer(
        ctx.tx, it.question, it.exemplar, words, directory=ctx.directory, now=ctx.now
    )
    if told:
        said = t("{name} is told of it.", name=ctx.called(it.question.asker))
    else:
        said = t("Kept. It is shared no more, so you alone read it.")
    return Reply(_told(ctx, it, Paragraph(said)))


@routes.press("portfolio.leave", needs=ANYONE, of=MY_QUESTION)
def leave(ctx: Context, _press: Press, it: Asked) -> Answer:
    """Leave a question as it is."""
    actions.set_aside(ctx.tx, it.question, it.exemplar, ctx.now)
    said = ctx.t("It waits no more, and nobody is told. You can answer it later all the same.")
    return Reply(_told(ctx, it, Paragraph(said)))


def _told(ctx: Context, it: Asked, said: Paragraph) -> Card:
    leads = Actions((PageButton(ctx.t("Look closer"), cards.ONE, str(it.exemplar.id)),))
    return Card(ctx.t("A question"), (said, leads), Tone.GOOD)


def _found(to: Showing, args: Mapping[str, str | int]) -> Asked | None:
    question = shares.get_question(to.tx, int(args["question"]))
    it = exemplars.get(to.tx, question.exemplar) if question else None
    return Asked(question, it) if question and it else None


def _name(to: Showing, member: int) -> str:
    found = to.directory.by_id(to.tx, member)
    return found.name if found else ""


@routes.card(actions.ASKED)
def asked_card(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Tell a teacher what somebody asks, while they have not answered."""
    found = _found(to, args)
    if found is None or not found.question.waits:
        return None
    t, one = to.t, found.question
    number = str(one.id)
    said = t(
        "{name} asks about “{title}”:",
        name=_name(to, one.asker),
        title=short_words(found.exemplar.told.title, _SHORT),
    )
    ways = (
        Button(t("Answer"), ANSWER, number),
        Button(t("Leave it"), "portfolio.leave", number),
        PageButton(t("Look closer"), cards.ONE, str(found.exemplar.id)),
    )
    words = Paragraph(verbatim(short_words(one.words, _SAID)))
    return Card(t("A question about your portfolio"), (Paragraph(said), words, Actions(ways)))


@routes.card(actions.ANSWERED)
def answered_card(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Tell who asked what was answered, while it is shared with them."""
    found = _found(to, args)
    share = shares.get(to.tx, found.question.share) if found else None
    if found is None or share is None or standing(share, to.now) is not Standing.OPEN:
        return None
    t, one = to.t, found.question
    lines = [
        joined([bold(_name(to, share.member)), verbatim(short_words(one.answer, _SAID))], ": "),
        t("You asked: {words}", words=short_words(one.words, _SAID // 2)),
    ]
    leads = Actions((PageButton(t("Open"), sharing.SHARED, str(share.id)),))
    return Card(t("An answer to your question"), (*paragraphs(joined(lines, "\n")), leads))
