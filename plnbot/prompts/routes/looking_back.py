"""Looking back: a member alone is asked what became of what they said, and keeps it for themselves."""

from collections.abc import Mapping

from plnbot.engine import notices
from plnbot.engine.notices import How
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Due, Routes, Showing, Values
from plnbot.prompts import actions, cards, pages, store
from plnbot.prompts.actions.looking_back import KIND
from plnbot.prompts.parts import PROMPTS
from plnbot.prompts.routes.answers_objects import A_REFLECTION, asked_prompt
from plnbot.prompts.store import Reflection
from plnbot.talk.cards import Actions, Button, Card, PageButton, Paragraph, Tone
from plnbot.talk.forms import Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Page
from plnbot.talk.text import EMPTY, Style, When
from plnbot.talk.words import msg

routes = Routes()
_MOST = 3000


@routes.when_due(actions.LOOK_BACK)
def look_back(due: Due) -> None:
    """Ask those who answered what became of it."""
    actions.look_back(due.tx, due.payload, due.now, due.directory)


@routes.card(actions.LOOKED_BACK)
def looked_back(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Ask one member, with their own words."""
    if "reflection" not in args:  # foreseen: nobody was asked yet
        return Card(to.t("Looking back"))
    this = store.get_reflection(to.tx, int(args["reflection"]))
    asked = asked_prompt(to.tx, this.occurrence) if this else None
    said = actions.said_then(to.tx, this) if this else ""
    if this is None or asked is None or not said:
        return None
    question = asked.prompt.said(to.t.locale)
    return cards.looked_back(to.t, str(this.id), question, said, When(this.said_at, Style.DAY))


@routes.press("prompt.reflect", needs=ANYONE, of=A_REFLECTION)
def reflect(ctx: Context, press: Press, this: Reflection) -> Answer:
    """Open the form, with what the member told before in it."""
    return OpenForm(_form(ctx, press.row, this))


def _form(ctx: Context, row: str, this: Reflection) -> Form:
    said = this.said or actions.said_then(ctx.tx, this)
    intro = ctx.t("You answered: “{said}”", said=said) if said else EMPTY
    hint = ctx.t("Only you see it.")
    words = TextInput(
        name="words",
        label=ctx.t("What became of it?"),
        hint=hint,
        long=True,
        required=True,
        most=_MOST,
        value=this.words,
    )
    return Form("prompt.reflect", ctx.t("Looking back"), (words,), ctx.t("Keep it"), row, intro)


@routes.form("prompt.reflect", build=_form, needs=ANYONE, of=A_REFLECTION)
def reflected(ctx: Context, _row: str, values: Values, this: Reflection) -> Answer:
    """Keep what a member says became of it."""
    actions.reflect(ctx.tx, this, str(values["words"]), ctx.now, by=ctx.person)
    said = ctx.t("It is kept for you alone, and stands among what you did.")
    page = Actions((PageButton(ctx.t("Looking back"), "looking_back"),))
    return Reply(Card(ctx.t("Thank you"), (Paragraph(said), page), Tone.GOOD))


@routes.press("prompt.no_look_back", needs=ANYONE)
def no_look_back(ctx: Context, _press: Press) -> Answer:
    """Ask a member such things no more."""
    notices.set_how(ctx.tx, ctx.person, KIND, How.NEVER, ctx.now)
    undo = Actions((Button(ctx.t("Ask me again"), "prompt.look_back_again"),))
    said = ctx.t("I do not ask you any more what became of what you said.")
    return Reply(Card(ctx.t("Looking back"), (Paragraph(said), undo)))


@routes.press("prompt.look_back_again", needs=ANYONE)
def look_back_again(ctx: Context, _press: Press) -> Answer:
    """Ask a member such things again."""
    notices.set_how(ctx.tx, ctx.person, KIND, KIND.usually, ctx.now)
    said = ctx.t("Months later, at most once a month, I ask you what became of what you said.")
    return Reply(Card(ctx.t("Looking back"), (Paragraph(said),)))


@routes.command(
    "prompt back",
    needs=ANYONE,
    part=PROMPTS,
    about=msg("Read what became of what you answered, in your own words; only you see it"),
    example=msg("/pln prompt back"),
)
def back(ctx: Context, _words: str) -> Answer:
    """Lead to what a member said became of theirs."""
    many = sum(bool(each.words) for each in store.reflections_of(ctx.tx, ctx.person.id))
    said = (
        ctx.t.n("You looked back {n} time.", "You looked back {n} times.", many)
        if many
        else ctx.t("Months after you answered a prompt I ask you what became of it.")
    )
    page = Actions((PageButton(ctx.t("Open"), "looking_back"),))
    return Reply(Card(ctx.t("Looking back"), (Paragraph(said), page)))


@routes.page("looking_back", needs=ANYONE)
def page(ctx: Context, _row: str) -> Page:
    """Show a member what they said became of theirs."""
    return pages.reflections_page(ctx)
