"""Answering: by form, by one tap, without a name; changing it, taking it back, passing, being reminded."""

from plnbot.engine import notices
from plnbot.engine.notices import How
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.errors import Refused
from plnbot.gathering import Answer, anonymous
from plnbot.prompts import actions, cards
from plnbot.prompts.actions.nudging import KIND as NUDGES
from plnbot.prompts.model import chosen
from plnbot.prompts.parts import PROMPTS
from plnbot.prompts.routes.answers_objects import AN_ASKED_PROMPT, AskedPrompt
from plnbot.talk.cards import Card, Option, Paragraph
from plnbot.talk.forms import AnyInput, ChoiceInput, Form, TextInput
from plnbot.talk.interactions import Answer as Told
from plnbot.talk.interactions import OpenForm, Press, Reply
from plnbot.talk.text import Text, joined, verbatim
from plnbot.talk.words import msg

routes = Routes()
_MOST = 2000


@routes.press("prompt.answer", needs=ANYONE, of=AN_ASKED_PROMPT)
def answer(ctx: Context, press: Press, this: AskedPrompt) -> Told:
    """Open the form for an answer, with the member's own in it."""
    anonymous.may_give_by_name(ctx.tx, actions.KIND, this.occurrence.id, ctx.person)
    return OpenForm(_form(ctx, press.row, this))


def _form(ctx: Context, row: str, this: AskedPrompt) -> Form:
    own = actions.ones_own(ctx.tx, this.occurrence.id, ctx.person)
    options = this.options(ctx.t.locale)
    words = TextInput(
        name="words",
        label=ctx.t("A sentence, if you like") if options else ctx.t("Your answer"),
        long=True,
        required=not options,
        most=_MOST,
        value=own.words if own else "",
    )
    inputs = (*_tapped(ctx, options, own.choice if own else ""), words)
    question = verbatim(this.prompt.said(ctx.t.locale))
    return Form("prompt.answer", ctx.t("Your answer"), inputs, ctx.t("Send"), row, question)


def _tapped(ctx: Context, options: tuple[str, ...], choice: str) -> tuple[AnyInput, ...]:
    if not options:
        return ()
    numbered = tuple(Option(str(n), verbatim(each)) for n, each in enumerate(options, 1))
    return (
        ChoiceInput(
            name="choice",
            label=ctx.t("Your choice"),
            options=numbered,
            value=choice,
            required=True,
        ),
    )


@routes.form("prompt.answer", build=_form, needs=ANYONE, of=AN_ASKED_PROMPT)
def given(ctx: Context, _row: str, values: Values, this: AskedPrompt) -> Told:
    """Take an answer from the form; once more replaces it."""
    words, choice = str(values["words"]), str(values.get("choice", ""))
    talk = this.talk(ctx)
    made = actions.answer(talk, ctx.person, ctx.where, words=words, choice=choice)
    return _thanks(ctx, this, made)


@routes.press("prompt.tap", needs=ANYONE, of=AN_ASKED_PROMPT)
def tap(ctx: Context, press: Press, this: AskedPrompt) -> Told:
    """Take one tap as an answer; another tap changes it."""
    choice = press.row.partition(".")[2]
    if not chosen(this.options(ctx.t.locale), choice):
        raise Refused(msg("This can no longer be chosen. Please look at the prompt again."))
    made = actions.answer(this.talk(ctx), ctx.person, ctx.where, words=None, choice=choice)
    return _thanks(ctx, this, made)


def _thanks(ctx: Context, this: AskedPrompt, made: Answer | None) -> Told:
    if made is None:
        raise Refused(msg("This answer of yours was hidden. Please ask a moderator about it."))
    tapped = chosen(this.options(ctx.t.locale), made.choice)
    said: Text = ctx.t("Your answer stands under the prompt.")
    if tapped:
        said = ctx.t("“{choice}” is your answer. Another tap changes it.", choice=tapped)
    if made.late:
        said = joined((said, ctx.t("It came late, and that is said with it.")), " ")
    return Reply(cards.thanks(ctx.t, this.row, made, said, nudges=_may_nudge(ctx, this)))


def _may_nudge(ctx: Context, this: AskedPrompt) -> bool:
    """Return whether a member may be offered reminders that they do not have."""
    return this.schedule.nudge and _wish(ctx) is How.NEVER


def _wish(ctx: Context) -> How:
    return notices.wish_of(ctx.tx, ctx.person.id).how.get(NUDGES.name, NUDGES.usually)


@routes.press("prompt.retract", needs=ANYONE, of=AN_ASKED_PROMPT)
def retract(ctx: Context, _press: Press, this: AskedPrompt) -> Told:
    """Take one's own answer back."""
    actions.take_back(this.talk(ctx), ctx.person)
    return Reply(Card(ctx.t("Taken back"), (Paragraph(ctx.t("Your answer is gone.")),)))


@routes.press("prompt.pass", needs=ANYONE, of=AN_ASKED_PROMPT)
def pass_on(ctx: Context, _press: Press, this: AskedPrompt) -> Told:
    """Let a member pass."""
    actions.pass_on(ctx.tx, this.occurrence.id, ctx.person)
    return Reply(cards.passed(ctx.t, this.row))


@routes.press("prompt.unnamed", needs=ANYONE, of=AN_ASKED_PROMPT)
def unnamed(ctx: Context, press: Press, this: AskedPrompt) -> Told:
    """Open the form for an answer without a name, which says first who could ever know."""
    _allows(this)
    anonymous.may_give(ctx.tx, actions.KIND, this.occurrence.id, ctx.person)
    return OpenForm(_unnamed_form(ctx, press.row, this))


def _unnamed_form(ctx: Context, row: str, this: AskedPrompt) -> Form:
    more = _tapped(ctx, this.options(ctx.t.locale), "")
    question = this.prompt.said(ctx.t.locale)
    when = ctx.t("the next morning")
    return anonymous.form(ctx, "prompt.unnamed", row, question, when, *more)


@routes.form("prompt.unnamed", build=_unnamed_form, needs=ANYONE, of=AN_ASKED_PROMPT)
def given_unnamed(ctx: Context, _row: str, values: Values, this: AskedPrompt) -> Told:
    """Take an answer without a name."""
    _allows(this)
    words, choice = str(values["words"]), str(values.get("choice", ""))
    actions.answer_unnamed(this.talk(ctx), ctx.person, words, choice)
    return Reply(cards.unnamed(ctx.t))


def _allows(this: AskedPrompt) -> None:
    if not this.schedule.anonymous:
        raise Refused(msg("Here one answers under one's name."))


@routes.command(
    "prompt remind",
    needs=ANYONE,
    part=PROMPTS,
    about=msg("Be reminded once of a prompt that you have not answered, or not"),
    example=msg("/pln prompt remind"),
)
def remind(ctx: Context, _words: str) -> Told:
    """Show whether a member is reminded, with the way to the other."""
    return Reply(cards.nudging(ctx.t, on=_wish(ctx) is not How.NEVER))


@routes.press("prompt.nudge_me", needs=ANYONE)
def nudge_me(ctx: Context, _press: Press) -> Told:
    """Remind a member once of what they have not answered, from now on."""
    notices.set_how(ctx.tx, ctx.person, NUDGES, How.AT_ONCE, ctx.now)
    return Reply(cards.nudging(ctx.t, on=True))


@routes.press("prompt.no_nudge", needs=ANYONE)
def no_nudge(ctx: Context, _press: Press) -> Told:
    """Remind a member no more."""
    notices.set_how(ctx.tx, ctx.person, NUDGES, How.NEVER, ctx.now)
    return Reply(cards.nudging(ctx.t, on=False))
