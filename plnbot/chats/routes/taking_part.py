"""Taking part: the form for an answer, finding out where the chat is, and being greeted."""

from dataclasses import replace

from plnbot import gathering
from plnbot.chats import actions, cards, pages, store
from plnbot.chats.actions import MODERATES, ChatTalk
from plnbot.chats.model import ChatState
from plnbot.chats.parts import CHAT
from plnbot.chats.routes.found import caught_up, first_time, live_here
from plnbot.chats.routes.objects import A_CHAT, AN_OPEN_QUESTION, Asked
from plnbot.chats.store import KIND, Chat
from plnbot.engine.notices import AtHome, InDay, Never, Send
from plnbot.engine.ports import On, Shortcut
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.talk.cards import Actions as Row
from plnbot.talk.cards import Button, Card, Look, Paragraph, Tone
from plnbot.talk.forms import Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.text import When, verbatim
from plnbot.talk.words import msg

routes = Routes()


@routes.command(
    "where",
    needs=ANYONE,
    part=CHAT,
    about=msg("Find out where the chat is and what you missed"),
    example=msg("/pln where"),
    shortcuts=(
        Shortcut("where", msg("Where are we?"), On.MESSAGE),
        Shortcut("where_here", msg("Where are we?"), On.ROOM),
    ),
)
def where_are_we(ctx: Context, _words: str) -> Answer:
    """Show the catch-up card."""
    chat = live_here(ctx)
    if chat is None:
        title = ctx.t("No chat is going on in this room")
        return Reply(replace(pages.list_card(ctx), title=title))
    return caught_up(ctx, chat)


@routes.press("chat.where", needs=ANYONE, of=A_CHAT)
def where(ctx: Context, _press: Press, chat: Chat) -> Answer:
    """Show the catch-up card of one chat."""
    return caught_up(ctx, chat)


@routes.press("chat.here", needs=ANYONE, of=A_CHAT)
def here(ctx: Context, _press: Press, chat: Chat) -> Answer:
    """Check a member in, and tell them alone what that does."""
    since = actions.check_in(ctx.tx, chat, ctx.person, ctx.now)
    greeting = first_time(ctx, chat)
    return Reply(cards.here(ctx.t, chat, since), more=(greeting.card,) if greeting else ())


@routes.press("chat.not_here", needs=ANYONE, of=A_CHAT)
def not_here(ctx: Context, _press: Press, chat: Chat) -> Answer:
    """Take a check-in back."""
    actions.take_check_in_back(ctx.tx, chat, ctx.person)
    return Reply(cards.not_here(ctx.t, chat))


@routes.press("chat.remind", needs=ANYONE, of=A_CHAT)
def remind(ctx: Context, press: Press, chat: Chat) -> Answer:
    """Note that a member wants to be reminded."""
    at = actions.remind_me(ctx.tx, chat, ctx.person, ctx.now, ctx.directory)
    undo = Row((Button(ctx.t("No reminder"), "chat.no_reminder", press.row),))
    match at:
        case Send(at=when):
            said = ctx.t("I will write to you {when}.", when=When(when))
        case InDay(at=when):
            said = ctx.t("It comes with your message of the day, {when}.", when=When(when))
        case AtHome(why=why) | Never(why=why):
            blocks = (Paragraph(ctx.t.say(why.sentence)), undo)
            return Reply(Card(ctx.t("No message will come"), blocks, Tone.CAUTION))
    return Reply(Card(ctx.t("Reminder set"), (Paragraph(said), undo), Tone.GOOD))


@routes.press("chat.no_reminder", needs=ANYONE, of=A_CHAT)
def no_reminder(ctx: Context, _press: Press, chat: Chat) -> Answer:
    """Take a reminder back."""
    actions.do_not_remind(ctx.tx, chat, ctx.person, ctx.now)
    return Reply(Card(ctx.t("No reminder"), (Paragraph(ctx.t("I will not write to you.")),)))


@routes.press("chat.answer", needs=ANYONE, of=AN_OPEN_QUESTION)
def answer(ctx: Context, press: Press, asked: Asked) -> Answer:
    """Open the form for an answer, with the member's own in it."""
    return OpenForm(_answer_form(ctx, press.row, asked))


def _answer_form(ctx: Context, row: str, asked: Asked) -> Form:
    question = asked.question
    own = actions.form_answers(ctx.tx, asked.chat, ctx.person).get(question.id)
    label = ctx.t("Your answer to {name}", name=question.name)
    return Form(
        "chat.answer",
        verbatim(f"{question.name}"),
        (
            TextInput(
                name="words",
                label=label,
                long=True,
                required=True,
                most=2000,
                value=own.words if own else "",
            ),
        ),
        ctx.t("Send"),
        row,
        verbatim(question.words),
    )


@routes.form("chat.answer", build=_answer_form, needs=ANYONE, of=AN_OPEN_QUESTION)
def answered(ctx: Context, row: str, values: Values, asked: Asked) -> Answer:
    """Take an answer from the form; once more replaces it."""
    question, chat = asked.question, asked.chat
    words = str(values["words"])
    actions.answer_by_form(ctx.tx, chat, question, ctx.person, words=words, now=ctx.now)
    said = ctx.t("Your answer stands under {name}.", name=question.name)
    if chat.run.state in (ChatState.SCHEDULED, ChatState.DRAFT):
        said = ctx.t("Saved. It is posted for you when {name} is asked.", name=question.name)
    buttons = Row(
        (
            Button(ctx.t("Change it"), "chat.answer", row),
            Button(ctx.t("Take it back"), "chat.retract", row, Look.DANGER),
        )
    )
    return Reply(Card(ctx.t("Thank you"), (Paragraph(said), buttons), Tone.GOOD))


@routes.press("chat.retract", needs=ANYONE, of=AN_OPEN_QUESTION)
def retract(ctx: Context, _press: Press, asked: Asked) -> Answer:
    """Take one's own answer back."""
    talk = ChatTalk(ctx.tx, ctx.now, asked.chat)
    gathering.take_back(talk, asked.question.id, ctx.person)
    return Reply(Card(ctx.t("Taken back"), (Paragraph(ctx.t("Your answer is gone.")),)))


@routes.press("chat.leave_out", needs=ANYONE, of=A_CHAT)
def leave_out(ctx: Context, press: Press, chat: Chat) -> Answer:
    """Keep a member's answers out of the archive, which is that of all runs of a chat."""
    runs = store.runs_of(ctx.tx, chat)
    given = [gathering.many_by_member(ctx.tx, KIND, each.id) for each in runs]
    if not any(each.get(ctx.person.id) for each in given):
        said = ctx.t("You said nothing in this chat, so nothing of yours is in its archive.")
        return Reply(Card(ctx.t("Nothing of yours"), (Paragraph(said),)))
    for each in runs:
        gathering.leave_out(ChatTalk(ctx.tx, ctx.now, each), ctx.person, out=True)
    said = ctx.t("Your answers are out of this archive and its files, on every page.")
    undo = Row((Button(ctx.t("Let them in again"), "chat.let_in", press.row),))
    return Reply(Card(ctx.t("Left out"), (Paragraph(said), undo), Tone.GOOD))


@routes.press("chat.let_in", needs=ANYONE, of=A_CHAT)
def let_in(ctx: Context, _press: Press, chat: Chat) -> Answer:
    """Let a member's answers into the archive again."""
    for each in store.runs_of(ctx.tx, chat):
        gathering.leave_out(ChatTalk(ctx.tx, ctx.now, each), ctx.person, out=False)
    return Reply(Card(ctx.t("Back in"), (Paragraph(ctx.t("Your answers are shown again.")),)))


def joined(ctx: Context) -> Answer | None:
    """Greet who comes into a room while a chat goes on: newcomers once, others with where we are."""
    chat = live_here(ctx)
    if chat is None:
        return None
    moderates = ctx.may(MODERATES, str(chat.id))
    latecomer = (
        chat.run.current > 0
        and not moderates
        and not store.is_present(ctx.tx, chat.id, ctx.person.id)
    )
    greeting = first_time(ctx, chat)
    if greeting is None and latecomer:
        return caught_up(ctx, chat)
    return greeting


routes.joined.append(joined)
