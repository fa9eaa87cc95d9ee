"""Hiding: what a moderator takes out of a chat and its archive, with a reason, and back in."""

from plnbot.chats import actions, store
from plnbot.chats.actions import MODERATES
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.errors import Refused
from plnbot.refs import row_number
from plnbot.talk.cards import Actions as Row
from plnbot.talk.cards import Button, Card, Paragraph
from plnbot.talk.forms import Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.text import verbatim
from plnbot.talk.words import msg

routes = Routes()
_NOT_THERE = msg("This answer is no longer there.")


@routes.press("chat.hide", needs=ANYONE)
def hide(ctx: Context, press: Press) -> Answer:
    """Open the form that asks for the reason."""
    return OpenForm(_hide_form(ctx, press.row))


@routes.press("chat.show", needs=ANYONE)
def show(ctx: Context, press: Press) -> Answer:
    """Show a hidden answer again."""
    hidden = _moderated_answer(ctx, press.row)
    actions.show_again(ctx.tx, hidden, ctx.now, by=ctx.person, network=ctx.network.id)
    return Reply(Card(ctx.t("Shown again"), (Paragraph(ctx.t("Everybody can read it.")),)))


def _hide_form(ctx: Context, row: str) -> Form:
    hidden = _moderated_answer(ctx, row)
    why = TextInput(name="why", label=ctx.t("Reason, told to its author"), required=True, most=200)
    return Form(
        "chat.hide",
        ctx.t("Hide this answer"),
        (why,),
        ctx.t("Hide"),
        row,
        verbatim(hidden.words[:300]),
    )


@routes.form("chat.hide", build=_hide_form, needs=ANYONE)
def hidden(ctx: Context, row: str, values: Values) -> Answer:
    """Hide an answer everywhere."""
    answer = _moderated_answer(ctx, row)
    why = str(values["why"])
    actions.hide(ctx.tx, answer, why, ctx.now, by=ctx.person, network=ctx.network.id)
    author = ctx.directory.by_id(ctx.tx, answer.member, ctx.person.ref.platform)
    if author is not None:
        actions.tell_author(ctx.tx, answer, author, why, ctx.now)
    undo = Row((Button(ctx.t("Show it again"), "chat.show", row),))
    told = [
        ctx.t("It is out of the chat's page, the archive and its files. Its author is told why.")
    ]
    if not actions.by_form(ctx.tx, answer):
        told.append(
            ctx.t(
                "What {name} wrote in the room still stands there: delete it, or ask them to.",
                name=answer.author,
            )
        )
    return Reply(Card(ctx.t("Hidden"), (*map(Paragraph, told), undo)))


def _moderated_answer(ctx: Context, row: str) -> store.Answer:
    found = store.get_answer(ctx.tx, row_number(row))
    if found is None or store.get_chat(ctx.tx, found.chat, network=ctx.network.id) is None:
        raise Refused(_NOT_THERE)
    if not ctx.may(MODERATES, str(found.chat)):
        raise Refused(msg("Hiding answers is for the chat's moderators."))
    if not store.asked_questions(ctx.tx, [found.question]):
        # What was prepared for a question that was not asked yet is its author's alone.
        raise Refused(_NOT_THERE)
    return found
