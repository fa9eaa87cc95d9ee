"""Authors ask a peer to design a lesson together, who says yes or no."""

from collections.abc import Mapping

from plnbot.engine.context import Showing
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.engine.searching import MEMBERS, whose
from plnbot.errors import Refused
from plnbot.lessons import actions
from plnbot.lessons.cards import lesson as cards
from plnbot.lessons.model import Lesson
from plnbot.lessons.routes.objects import A_LESSON, MY_LESSON
from plnbot.lessons.store import lessons
from plnbot.talk.cards import Actions, Button, Card, Look, PageButton, Paragraph
from plnbot.talk.forms import Form, SearchInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.words import msg

routes = Routes()
TOGETHER = "lessons.together"
_NOT_ASKED = msg("Nobody asked you to design this one together, or you have answered.")


@routes.press(TOGETHER, needs=ANYONE, of=MY_LESSON)
def together(ctx: Context, press: Press, it: Lesson) -> Answer:
    """Ask with whom."""
    return OpenForm(_form(ctx, press.row, it))


def _form(ctx: Context, row: str, _it: Lesson) -> Form:
    t = ctx.t
    who = SearchInput(name="peer", label=t("With whom?"), source=MEMBERS, required=True)
    intro = t("Once they say yes, they change it as you do, and are named as an author.")
    return Form(TOGETHER, t("Design it together"), (who,), t("Ask them"), row, intro)


@routes.form(TOGETHER, build=_form, needs=ANYONE, of=MY_LESSON)
def asked(ctx: Context, _row: str, values: Values, it: Lesson) -> Answer:
    """Ask somebody."""
    whom = whose(ctx, values["peer"])
    actions.ask_author(ctx.tx, it, whom, ctx.now)
    return Reply(cards.told(ctx.t, it, ctx.t("{name} is asked.", name=whom.name)))


@routes.press("lessons.join", needs=ANYONE, of=A_LESSON)
def join(ctx: Context, _press: Press, it: Lesson) -> Answer:
    """Say yes."""
    _was_asked(ctx, it)
    actions.join(ctx.tx, it, ctx.person, ctx.now)
    return Reply(cards.told(ctx.t, it, ctx.t("You are one of its authors now.")))


@routes.press("lessons.decline", needs=ANYONE, of=A_LESSON)
def decline(ctx: Context, _press: Press, it: Lesson) -> Answer:
    """Say no; nobody is told."""
    _was_asked(ctx, it)
    lessons.leave(ctx.tx, it.id, ctx.person.id)
    return Reply(cards.told(ctx.t, it, ctx.t("All right. Nobody is told.")))


def _was_asked(ctx: Context, it: Lesson) -> None:
    if not lessons.is_asked(ctx.tx, it.id, ctx.person.id):
        raise Refused(_NOT_ASKED)


@routes.card(actions.ASKED)
def asked_card(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Ask a teacher to design a lesson together, while it stands."""
    it = lessons.get(to.tx, int(args["lesson"]))
    if it is None or not it.stands:
        return None
    t, row = to.t, str(it.id)
    first = next(iter(lessons.authors_of(to.tx, [it.id]).get(it.id, ())), 0)
    author = to.directory.by_id(to.tx, first)
    said = t(
        "{name} asks you to design “{title}” together.",
        name=author.name if author else "",
        title=it.told.title,
    )
    ways = (
        Button(t("Yes, together"), "lessons.join", row, Look.PRIMARY),
        Button(t("No"), "lessons.decline", row),
        PageButton(t("Look closer"), cards.ONE, row),
    )
    return Card(t("Design a lesson together"), (Paragraph(said), Actions(ways)))
