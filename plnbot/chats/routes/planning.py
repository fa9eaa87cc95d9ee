"""Planning: a draft from pasted questions, its preview, its publication, and what comes up."""

from dataclasses import replace

from plnbot.chats import actions, cards, drafts, pages, store
from plnbot.chats.actions import MODERATES
from plnbot.chats.model import ChatState
from plnbot.chats.parts import CHAT, PLANNING
from plnbot.chats.plans import plans
from plnbot.chats.routes.objects import A_CHAT, A_VERSION, Kept
from plnbot.chats.store import Chat
from plnbot.engine.offers import Idea, TakesOver
from plnbot.engine.ports import Argument, On, Shortcut
from plnbot.engine.roles import ANYONE, Role, needs
from plnbot.engine.routes import Context, Routes, Values
from plnbot.errors import Refused
from plnbot.packs import offered
from plnbot.talk import limits
from plnbot.talk.cards import Actions as Row
from plnbot.talk.cards import Block, Button, Card, Option, PageButton, Paragraph, Tone
from plnbot.talk.forms import ChoiceInput, FieldErrors, Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.text import When, verbatim
from plnbot.talk.words import msg

routes = Routes()
STARTS_CHATS = needs(Role.MODERATOR, Role.CO_MODERATOR)
_PLANS = msg("Planning chats is for moderators. An administrator can make you one.")
_IN_ITS_ROOM = msg("Type this in the room where the chat is to take place.")


@routes.command(
    "chat new",
    needs=STARTS_CHATS,
    part=PLANNING,
    about=msg("Plan a Q1/A1 chat from pasted questions"),
    example=msg("/pln chat new"),
    argument=Argument("questions", msg("The questions, pasted; the form asks for the rest")),
    shortcuts=(
        Shortcut("plan", msg("Plan a chat from this"), On.MESSAGE, takes=True),
        Shortcut("plan_here", msg("Plan a chat"), On.ROOM),
    ),
)
def new_chat(ctx: Context, words: str) -> Answer:
    """Open the form, with what was pasted behind the command."""
    if not ctx.where.channel:
        raise Refused(_IN_ITS_ROOM)
    return OpenForm(_chat_form(ctx, "", None, pasted=words))


def _from_an_idea(ctx: Context, idea: Idea) -> Answer:
    """Open the form with an idea from elsewhere as its first question, under its title."""
    head = f"{idea.title}\n\n" if idea.title else ""
    return new_chat(ctx, f"{head}Q1: {idea.words}")


TAKES_OVER = TakesOver(msg("Plan a chat about it"), STARTS_CHATS, _from_an_idea)


@routes.command(
    "chat list",
    needs=ANYONE,
    part=CHAT,
    about=msg("See what is coming up and the latest archives"),
    example=msg("/pln chat list"),
)
def list_chats(ctx: Context, _words: str) -> Answer:
    """Show coming chats and archives."""
    return Reply(pages.list_card(ctx))


@routes.press("chat.publish", needs=MODERATES, of=A_CHAT)
def publish(ctx: Context, press: Press, chat: Chat) -> Answer:
    """Announce a chat; where its start has passed, ask for another."""
    if actions.is_past(chat, ctx.now):
        intro = ctx.t("That start is in the past. Please write another.")
        return OpenForm(replace(_chat_form(ctx, press.row, chat), intro=intro))
    chat = actions.publish(ctx.tx, chat, ctx.now, by=ctx.person)
    said = ctx.t(
        "It runs by itself from {when}. The panel is at your hand when it begins.",
        when=When(chat.starts_at),
    )
    buttons = Row(
        (
            PageButton(ctx.t("Open the panel"), "panel", press.row),
            Button(ctx.t("Change"), "chat.change", press.row),
            cards.call_off(ctx.t, press.row),
        )
    )
    return Reply(Card(ctx.t("Published"), (Paragraph(said), buttons), Tone.GOOD))


@routes.press("chat.change", needs=MODERATES, of=A_CHAT)
def change(ctx: Context, press: Press, chat: Chat) -> Answer:
    """Open the form with the draft in it."""
    return OpenForm(_chat_form(ctx, press.row, chat))


@routes.press("chat.discard", needs=MODERATES, of=A_CHAT)
def discard(ctx: Context, press: Press, chat: Chat) -> Answer:
    """Throw a draft away, or call a chat off; it can be brought back."""
    actions.discard(ctx.tx, chat, ctx.now, by=ctx.person)
    if chat.run.state is ChatState.DRAFT:
        undo = Row((Button(ctx.t("Take it out again"), "chat.restore", press.row),))
        said = ctx.t("Nobody had been told about it.")
        return Reply(Card(ctx.t("Thrown away"), (Paragraph(said), undo), Tone.CAUTION))
    undo = Row((Button(ctx.t("Bring it back"), "chat.publish", press.row),))
    said = ctx.t("It will not take place, and the room is told so. Brought back, it is announced.")
    return Reply(Card(ctx.t("Called off"), (Paragraph(said), undo), Tone.CAUTION))


@routes.press("chat.restore", needs=MODERATES, of=A_CHAT)
def restore(ctx: Context, _press: Press, chat: Chat) -> Answer:
    """Make what was thrown away or called off a draft again, and show it."""
    draft = actions.restore(ctx.tx, chat, ctx.now, by=ctx.person)
    return Reply(cards.preview(ctx.t, draft, store.questions_of(ctx.tx, draft.id)))


def _chat_form(ctx: Context, row: str, chat: Chat | None, *, pasted: str = "") -> Form:
    from plnbot.talk.times import as_written  # only who plans a chat needs it

    if chat is not None:
        actions.may_change(chat)
    words = drafts.as_pasted(chat, store.questions_of(ctx.tx, chat.id)) if chat else pasted
    starts = as_written(chat.starts_at, chat.zone) if chat else ""
    choice = offered(plans(), [chat.plan] if chat else ())
    options = tuple(Option(plan.id, verbatim(plan.name(ctx.t.locale))) for plan in choice)
    return Form(
        "chat.new",
        ctx.t("Plan a chat"),
        (
            TextInput(
                name="questions",
                label=ctx.t("Questions, pasted as they stand"),
                hint=ctx.t("Q1: … on lines of their own. A warm-up and [8:10 pm] are understood."),
                long=True,
                required=True,
                most=limits.INPUT_LENGTH,
                value=words[: limits.INPUT_LENGTH],
            ),
            TextInput(
                name="starts",
                label=ctx.t("Start"),
                hint=ctx.t("Thursday 8 pm Eastern. May stay empty if the document says it."),
                value=starts,
            ),
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
                hint=ctx.t("May stay empty: then the hashtag, the headline or the day names it."),
                most=120,
                value=_own_title(ctx, chat) if chat else "",
            ),
        ),
        ctx.t("Preview"),
        row,
    )


def _own_title(ctx: Context, chat: Chat) -> str:
    """Return a title that somebody gave; another day gives another title."""
    by_day = drafts.named_by_day(chat.starts_at, chat.zone, ctx.network.locale)
    return "" if chat.title == by_day else chat.title


@routes.form(
    "chat.new",
    build=_chat_form,
    needs=replace(MODERATES, otherwise=_PLANS),
    of=A_CHAT,
    without=replace(STARTS_CHATS, otherwise=_PLANS),
)
def chat_given(ctx: Context, _row: str, values: Values, chat: Chat | None) -> Answer:
    """Make or change a draft and show it."""
    if chat is None and not ctx.where.channel:
        raise Refused(_IN_ITS_ROOM)
    wish = drafts.Wish(
        str(values["title"]), str(values["questions"]), str(values["plan"]), str(values["starts"])
    )
    if chat is None:
        made = drafts.make(ctx.tx, wish, ctx.where.channel_itself(), ctx.now, by=ctx.person)
    else:
        made = actions.change(ctx.tx, chat, wish, ctx.now, by=ctx.person)
    if isinstance(made, FieldErrors):
        return made
    return _written(ctx, made)


@routes.press(
    "chat.take_back",
    needs=replace(MODERATES, otherwise=msg("Changing a chat is for its moderators.")),
    of=A_VERSION,
)
def take_back(ctx: Context, _press: Press, kept: Kept) -> Answer:
    """Write a chat as it was before its last change, with every answer that was prepared."""
    made = actions.take_back(ctx.tx, kept.chat, kept.version, ctx.now, by=ctx.person)
    return _written(ctx, made)


def _written(ctx: Context, made: drafts.ChatDraft) -> Answer:
    chat = A_CHAT.find(ctx, str(made.chat))
    more: tuple[Block, ...] = (
        *(Paragraph(ctx.t.say(note), quiet=True) for note in made.notes[:4]),
        *cards.taken_out(ctx.t, made.taken_out, made.prepared, str(made.before)),
    )
    if chat.run.state is not ChatState.SCHEDULED:
        return Reply(cards.preview(ctx.t, chat, store.questions_of(ctx.tx, chat.id), more))
    said = Paragraph(ctx.t("Changed. The announcement in the room shows the new plan."))
    panel = Row(
        (
            PageButton(ctx.t("Open the panel"), "panel", str(chat.id)),
            Button(ctx.t("Change"), "chat.change", str(chat.id)),
        )
    )
    return Reply(Card(verbatim(chat.title), (said, *more, panel), Tone.GOOD))
