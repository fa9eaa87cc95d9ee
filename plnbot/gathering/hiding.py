"""Hiding: what a moderator takes out everywhere, with a reason, and back in."""

from typing import Any

from plnbot.engine.context import Context
from plnbot.engine.objects import Object
from plnbot.engine.routes import Routes, Values
from plnbot.errors import Refused
from plnbot.gathering import actions, anonymous, store
from plnbot.gathering.declared import Gathers, Hiding, Subject
from plnbot.gathering.store import Answer, Unnamed
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.cards import Actions as Row
from plnbot.talk.cards import Button, Card, Paragraph
from plnbot.talk.forms import Form, TextInput
from plnbot.talk.interactions import Answer as Told
from plnbot.talk.interactions import OpenForm, Press, Reply
from plnbot.talk.text import verbatim
from plnbot.talk.words import Sentence, msg

_NOT_THERE = msg("This answer is no longer there.")


def hiding_routes(gathers: Gathers[Any], hiding: Hiding) -> Routes:
    """Return the button, the form and the way back by which a moderator hides an answer."""
    routes, answers = Routes(), _answers(gathers.kind, hiding)
    hides, shows = f"{hiding.action}.hide", f"{hiding.action}.show"

    @routes.press(hides, needs=hiding.needs, of=answers)
    def hide(ctx: Context, press: Press, this: Answer) -> Told:
        return OpenForm(form(ctx, press.row, this))

    @routes.press(shows, needs=hiding.needs, of=answers)
    def show(ctx: Context, _press: Press, this: Answer) -> Told:
        actions.show_again(_subject(ctx, gathers, this), hiding, this, by=ctx.person)
        return Reply(Card(ctx.t("Shown again"), (Paragraph(ctx.t("Everybody can read it.")),)))

    def form(ctx: Context, row: str, this: Answer) -> Form:
        why = TextInput(
            name="why", label=ctx.t("Reason, told to its author"), required=True, most=200
        )
        about = verbatim(this.words[:300])
        return Form(hides, ctx.t("Hide this answer"), (why,), ctx.t("Hide"), row, about)

    @routes.form(hides, build=form, needs=hiding.needs, of=answers)
    def hidden(ctx: Context, row: str, values: Values, this: Answer) -> Told:
        why, subject = str(values["why"]), _subject(ctx, gathers, this)
        actions.hide(subject, hiding, this, why, by=ctx.person)
        author = ctx.directory.by_id(ctx.tx, this.member, ctx.person.ref.platform)
        if author is not None:
            actions.tell_author(subject, hiding, this, author, why)
        undo = Row((Button(ctx.t("Show it again"), shows, row),))
        return Reply(Card(ctx.t("Hidden"), (*_after(ctx, hiding, this), undo)))

    return routes


def unnamed_hiding_routes(gathers: Gathers[Any], hiding: Hiding) -> Routes:
    """Return the same for answers without a name: nobody can be told, and it is said so."""
    routes, answers = Routes(), _unnamed(gathers.kind, hiding)
    hides, shows = f"{hiding.action}.hide_unnamed", f"{hiding.action}.show_unnamed"

    @routes.press(hides, needs=hiding.needs, of=answers)
    def hide(ctx: Context, press: Press, this: Unnamed) -> Told:
        return OpenForm(form(ctx, press.row, this))

    @routes.press(shows, needs=hiding.needs, of=answers)
    def show(ctx: Context, _press: Press, this: Unnamed) -> Told:
        anonymous.show_again(_subject(ctx, gathers, this), hiding, this, by=ctx.person)
        return Reply(Card(ctx.t("Shown again"), (Paragraph(ctx.t("Everybody can read it.")),)))

    def form(ctx: Context, row: str, this: Unnamed) -> Form:
        why = TextInput(name="why", label=ctx.t("Reason, kept in the log"), required=True, most=200)
        about = verbatim((this.words or this.choice)[:300])
        return Form(hides, ctx.t("Hide this answer"), (why,), ctx.t("Hide"), row, about)

    @routes.form(hides, build=form, needs=hiding.needs, of=answers)
    def hidden(ctx: Context, row: str, values: Values, this: Unnamed) -> Told:
        why, subject = str(values["why"]), _subject(ctx, gathers, this)
        anonymous.hide(subject, hiding, this, why, by=ctx.person)
        undo = Row((Button(ctx.t("Show it again"), shows, row),))
        said = ctx.t(
            "Nobody reads it any more. Whose it was cannot be found out, so nobody is told."
        )
        return Reply(Card(ctx.t("Hidden"), (Paragraph(said), undo)))

    return routes


def _unnamed(kind: str, hiding: Hiding) -> Object[Unnamed]:
    """Return answers without a name as moderators act on them: those that are shown."""

    def load(tx: Tx, row: str) -> Unnamed | None:
        found = store.get_unnamed(tx, row_number(row))
        return found if found is not None and found.kind == kind and found.shown else None

    return Object(
        f"{kind} answer without a name",
        load,
        lambda this: this.network,
        lambda this: str(this.whole),
        _NOT_THERE,
        held_in=lambda ctx, this: hiding.held_in(ctx, this.whole),
    )


def _answers(kind: str, hiding: Hiding) -> Object[Answer]:
    """Return answers as moderators act on them; what is only prepared is its author's alone."""

    def load(tx: Tx, row: str) -> Answer | None:
        found = store.get(tx, row_number(row))
        return found if found is not None and found.kind == kind else None

    def closed(_ctx: Context, this: Answer) -> Sentence | None:
        return _NOT_THERE if this.prepared else None

    return Object(
        f"{kind} answer",
        load,
        lambda this: this.network,
        lambda this: str(this.whole),
        _NOT_THERE,
        closed,
        held_in=lambda ctx, this: hiding.held_in(ctx, this.whole),
    )


def _after(ctx: Context, hiding: Hiding, this: Answer) -> tuple[Paragraph, ...]:
    told = [ctx.t.say(hiding.done)]
    if not this.by_form:
        told.append(
            ctx.t(
                "What {name} wrote in the room still stands there: delete it, or ask them to.",
                name=this.author,
            )
        )
    return tuple(map(Paragraph, told))


def _subject(ctx: Context, gathers: Gathers[Any], this: Answer | Unnamed) -> Subject:
    subject: Subject | None = gathers.of(ctx.tx, ctx.now, this.whole)
    if subject is None:
        raise Refused(_NOT_THERE)
    return subject
