"""Assessing: what waits, one application whole, and a decision criterion by criterion."""

from plnbot.badges.actions import assessing
from plnbot.badges.actions.assigning import ASSESSES
from plnbot.badges.cards import applied
from plnbot.badges.cards.words import title_of
from plnbot.badges.model import Standing
from plnbot.badges.parts import BADGES
from plnbot.badges.routes.applying import seen
from plnbot.badges.routes.objects import AN_APPLICATION
from plnbot.badges.store import applications, definitions
from plnbot.badges.store.applications import Application
from plnbot.badges.store.definitions import topic
from plnbot.engine.at_home import Waiting
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.errors import Refused
from plnbot.talk import limits
from plnbot.talk.cards import Button, Card, Option, Paragraph
from plnbot.talk.fallback import shortened
from plnbot.talk.forms import AnyInput, ChoiceInput, FieldErrors, Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Page
from plnbot.talk.text import Text, verbatim
from plnbot.talk.words import Sentence, msg

routes = Routes()
_LONGEST = 600


def who(ctx: Context, it: Application) -> str:
    """Return whose an application is, or that its assessor is not to know."""
    badge = definitions.at_version(ctx.tx, it.badge, it.version)
    return ctx.t.words("a teacher") if badge.terms.blind else ctx.called(it.member)


@routes.command(
    "badges assess",
    needs=ASSESSES,
    part=BADGES,
    about=msg("Assess applications that were given to you"),
    example=msg("/pln badges assess"),
)
def assess(ctx: Context, _words: str) -> Answer:
    """Show what waits."""
    return Reply(_queue(ctx))


@routes.press("badges.queue", needs=ANYONE)
def queue(ctx: Context, _press: Press) -> Answer:
    """Show what waits."""
    return Reply(_queue(ctx))


def _queue(ctx: Context) -> Card:
    waiting = applications.waiting_for(ctx.tx, ctx.person.id)
    names = definitions.names(ctx.tx, {each.badge for each in waiting})
    return applied.queue(ctx.t, [(each, names[each.badge]) for each in waiting])


@routes.press("badges.see", needs=ANYONE)
def see(ctx: Context, press: Press) -> Answer:
    """Show the application that was chosen."""
    it = AN_APPLICATION.find(ctx, press.value)
    if not ctx.may(ASSESSES, AN_APPLICATION.scope(it)):
        raise Refused(AN_APPLICATION.gone)
    return Reply(_shown(ctx, it))


@routes.press("badges.open", needs=ASSESSES, of=AN_APPLICATION)
def opened(ctx: Context, _press: Press, it: Application) -> Answer:
    """Show an application to who was told of it."""
    return Reply(_shown(ctx, it))


def _shown(ctx: Context, it: Application) -> Card:
    return applied.to_assess(ctx.t, seen(ctx, it), who(ctx, it))


@routes.page("badges.review", needs=ASSESSES, of=AN_APPLICATION)
def review_page(ctx: Context, _row: str, it: Application) -> Page:
    """Show an application whole, to who assesses it."""
    found = seen(ctx, it)
    top = applied.to_assess(ctx.t, found, who(ctx, it), whole=False)
    blocks = (top, *applied.beside(ctx.t, found, assesses=True))
    return Page(title_of(found.badge.terms.name), blocks, live=topic(ctx.network.id))


@routes.press("badges.assess", needs=ASSESSES, of=AN_APPLICATION)
def decide(ctx: Context, _press: Press, it: Application) -> Answer:
    """Open the form: each criterion that is open, and a note for it."""
    if not assessing.open_to(ctx.tx, it, ctx.person.id):
        raise Refused(assessing.DECIDED)
    return OpenForm(_form(ctx, str(it.id), it))


def _form(ctx: Context, row: str, it: Application) -> Form:
    t, badge = ctx.t, definitions.at_version(ctx.tx, it.badge, it.version)
    inputs: list[AnyInput] = []
    for at, each in enumerate(badge.terms.criteria):
        if each.id in it.met:
            continue
        inputs += [
            ChoiceInput(
                name=f"c{at}",
                label=shortened(verbatim(each.name), limits.INPUT_LABEL),
                hint=shortened(verbatim(each.words), limits.INPUT_HINT),
                options=(Option("yes", t("Met")), Option("no", t("Not met yet"))),
                required=True,
            ),
            TextInput(
                name=f"n{at}",
                label=t("If not: what is missing?"),
                hint=t("They read this word for word."),
                long=True,
                most=_LONGEST,
            ),
        ]
    return Form("badges.assess", t("Decide"), tuple(inputs), t("Decide"), row, keeps=True)


@routes.form("badges.assess", build=_form, needs=ASSESSES, of=AN_APPLICATION)
def decided(ctx: Context, _row: str, values: Values, it: Application) -> Answer:
    """Keep what was found; what is not met says what is missing."""
    badge = definitions.at_version(ctx.tx, it.badge, it.version)
    met: dict[str, bool] = {}
    notes: dict[str, str] = {}
    wrong: dict[str, Sentence] = {}
    for at, each in enumerate(badge.terms.criteria):
        if f"c{at}" not in values:
            continue
        met[each.id] = values[f"c{at}"] == "yes"
        note = str(values[f"n{at}"] or "")
        if not met[each.id] and not note:
            wrong[f"n{at}"] = msg("What is missing? They read it, and mend that.")
        elif not met[each.id]:
            notes[each.id] = note
    if wrong:
        return FieldErrors(wrong)
    done = assessing.assess(
        ctx.tx, it, met, notes, by=ctx.person, directory=ctx.directory, now=ctx.now
    )
    return Reply(Card(title_of(badge.terms.name), (Paragraph(_came_to(ctx, done)),)))


def _came_to(ctx: Context, it: Application) -> Text:
    if it.standing is Standing.AWARDED:
        return ctx.t("Awarded. They are told.")
    if it.standing is Standing.RETURNED:
        return ctx.t("Returned with what is missing. They are told.")
    return ctx.t("Kept. Another assessor looks too, and then it is decided.")


def queue_waits(ctx: Context) -> Waiting | None:
    """Say on an assessor's home that something waits for them."""
    if not ctx.may_somewhere(ASSESSES):
        return None
    found = applications.waiting_for(ctx.tx, ctx.person.id)
    if not found:
        return None
    name = definitions.names(ctx.tx, [found[0].badge])[found[0].badge]
    leads = Button(ctx.t("Assess"), "badges.queue")
    return Waiting(ctx.t("Applications to assess"), len(found), verbatim(name), leads)
