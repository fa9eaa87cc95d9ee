"""The form in which a chat is planned or changed, and the words that it shows."""

from dataclasses import replace

from plnbot.chats import actions, drafts, pages, store
from plnbot.chats.plans import plans
from plnbot.chats.routes.pasted_or_document import Pasted, document_input
from plnbot.chats.store import Chat
from plnbot.chats.wishes import own_title
from plnbot.engine.routes import Context
from plnbot.engine.which_room import room_input
from plnbot.packs import offered
from plnbot.talk import limits
from plnbot.talk.cards import Option
from plnbot.talk.forms import ChoiceInput, Form, TextInput
from plnbot.talk.text import Room, Text, verbatim
from plnbot.talk.words import msg

QUESTIONS = Pasted(
    "questions",
    nothing=msg("Please paste the questions, or choose a document with them."),
    both=msg("There are pasted questions and a document. Please keep one of the two."),
)


def chat_form(ctx: Context, row: str, chat: Chat | None, *, pasted: str = "") -> Form:
    """Return the form, with a chat in it, or with what was pasted behind the command."""
    from plnbot.talk.times import as_written  # only who plans a chat needs it

    if chat is not None:
        actions.may_change(chat)
    words = words_in(ctx, chat) if chat else pasted[: limits.INPUT_LENGTH]
    choice = offered(plans(), [chat.plan] if chat else ())
    options = tuple(Option(plan.id, verbatim(plan.name(ctx.t.locale))) for plan in choice)
    return Form(
        "chat.new",
        ctx.t("Change the chat") if chat else ctx.t("Plan a chat"),
        (
            TextInput(
                name="questions",
                label=ctx.t("Questions, pasted as they stand"),
                hint=ctx.t("Q1: … on lines of their own. A warm-up and [8:10 pm] are understood."),
                long=True,
                most=limits.INPUT_LENGTH,
                value=words,
            ),
            document_input(
                ctx.t("Or a document with the questions"),
                ctx.t("Plain text or Markdown, in place of what is pasted."),
            ),
            _start_input(ctx, as_written(chat.starts_at, chat.zone) if chat else ""),
            ChoiceInput(
                name="plan",
                label=ctx.t("Plan"),
                options=options,
                value=chat.plan if chat else options[0].value,
                required=True,
            ),
            TextInput(
                name="title",
                label=ctx.t("Title"),
                hint=ctx.t("May stay empty: then the theme of the document or the day names it."),
                most=120,
                value=own_title(chat, ctx.network.locale) if chat else "",
            ),
        ),
        ctx.t("Preview"),
        row,
    )


def _start_input(ctx: Context, starts: str) -> TextInput:
    return TextInput(
        name="starts",
        label=ctx.t("Start"),
        hint=ctx.t(
            "Thursday 8 pm Eastern, or every second Thursday 8 pm, not in breaks."
            " Or let the document say it."
        ),
        value=starts,
    )


def form_there(ctx: Context, row: str, beside: Chat) -> Form:
    """Return the form for a chat in the room of another."""
    room = Text((Room(beside.place, beside.place.channel),))
    intro = ctx.t("It takes place in {room}.", room=room)
    return replace(chat_form(ctx, row, None), name="chat.new_there", intro=intro)


def form_in(ctx: Context, _row: str) -> Form:
    """Return the form for a chat in a room that is chosen in it, that of the latest chat at first."""
    latest = next(iter(pages.latest_held(ctx)), None)
    form = chat_form(ctx, "", None)
    questions, document, *others = form.inputs
    room = room_input(ctx, latest.place if latest else None)
    return replace(form, name="chat.new_in", inputs=(questions, document, room, *others))


def words_in(ctx: Context, chat: Chat) -> str:
    """Return the words of a chat as the form that changes it shows them."""
    words = drafts.as_pasted(chat, store.questions_of(ctx.tx, chat.id))
    return words[: limits.INPUT_LENGTH]
