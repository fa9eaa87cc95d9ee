"""Lessons are taken, and whoever used one says how it went."""

from collections.abc import Mapping

from plnbot.engine.context import Showing
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.lessons import actions
from plnbot.lessons.cards import lesson as cards
from plnbot.lessons.model import LONGEST_SENTENCE, Lesson, Went
from plnbot.lessons.routes.objects import A_LESSON
from plnbot.lessons.store import lessons, uses
from plnbot.talk.cards import Actions, Button, Card, Look, Option, Tone
from plnbot.talk.fallback import paragraphs
from plnbot.talk.forms import ChoiceInput, Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.text import joined, verbatim

routes = Routes()
HOW = "lessons.how"


@routes.press("lessons.take", needs=ANYONE, of=A_LESSON)
def take(ctx: Context, press: Press, it: Lesson) -> Answer:
    """Keep a lesson among those that one took."""
    uses.take(ctx.tx, it.id, ctx.person.id, ctx.now)
    ctx.tx.announce(actions.topic(ctx.network.id))
    used = Button(ctx.t("I used it"), "lessons.used", press.row, Look.PRIMARY)
    said = ctx.t(
        "It stands below “You took these” on the page of lessons. Tell its authors how it went."
    )
    return Reply(cards.told(ctx.t, it, said, used))


@routes.press("lessons.used", needs=ANYONE, of=A_LESSON)
def used(ctx: Context, press: Press, it: Lesson) -> Answer:
    """Keep with one tap that it was used, and nothing of how it went; that can follow."""
    before = uses.get(ctx.tx, it.id, ctx.person.id)
    went, sentence = Went.UNSAID, ""
    if before is not None and before.went is not None:
        went, sentence = before.went, before.sentence
    else:
        _keep(ctx, it, went, sentence)
    t = ctx.t
    more = Button(t("Say how it went"), HOW, press.row, Look.PRIMARY)
    said = t("Its authors are thanked, and it stands among what you did. How did it go?")
    return Reply(cards.told(t, it, said, more))


def _keep(ctx: Context, it: Lesson, went: Went, sentence: str) -> None:
    actions.use(ctx.tx, it, ctx.person, went, sentence, directory=ctx.directory, now=ctx.now)


@routes.press(HOW, needs=ANYONE, of=A_LESSON)
def how(ctx: Context, press: Press, it: Lesson) -> Answer:
    """Ask how it went."""
    return OpenForm(_form(ctx, press.row, it))


def _form(ctx: Context, row: str, it: Lesson) -> Form:
    t, before = ctx.t, uses.get(ctx.tx, it.id, ctx.person.id)
    options = tuple(
        Option(each.value, t.say(said))
        for each, said in cards.WENT.items()
        if each is not Went.UNSAID
    )
    said_before = before is not None and before.went not in (None, Went.UNSAID)
    inputs = (
        ChoiceInput(
            name="went",
            label=t("How did it go?"),
            options=options,
            value=before.went.value if before and before.went and said_before else "",
            required=True,
        ),
        TextInput(
            name="sentence",
            label=t("In a sentence"),
            hint=t("What would you tell its authors over lunch?"),
            value=before.sentence if before else "",
            long=True,
            most=LONGEST_SENTENCE,
        ),
    )
    intro = t("Everybody who reads the lesson sees it, with your name.")
    return Form(HOW, t("How it went"), inputs, t("Tell them"), row, intro, keeps=True)


@routes.form(HOW, build=_form, needs=ANYONE, of=A_LESSON)
def told(ctx: Context, _row: str, values: Values, it: Lesson) -> Answer:
    """Keep how it went."""
    _keep(ctx, it, Went(str(values["went"])), str(values["sentence"] or ""))
    return Reply(cards.told(ctx.t, it, ctx.t("Its authors read it.")))


@routes.card(actions.USED)
def used_card(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Thank an author: who used their lesson, and how it went."""
    it = lessons.get(to.tx, int(args["lesson"]))
    one = uses.get(to.tx, int(args["lesson"]), int(args["member"]))
    if it is None or one is None or one.went is None:
        return None
    t, who = to.t, to.directory.by_id(to.tx, one.member)
    said = t(
        "{name} used “{title}”. Thank you for sharing it!",
        name=who.name if who else t.words("somebody"),
        title=it.told.title,
    )
    lines = [said] if one.went is Went.UNSAID else [said, t.say(cards.WENT[one.went])]
    if one.sentence:
        lines.append(verbatim(f"“{one.sentence}”"))
    leads = Actions((cards.look_closer(t, it),))
    return Card(t("Your lesson was used"), (*paragraphs(joined(lines, "\n")), leads), Tone.GOOD)
