"""Nobody unheard: thanks, replies and greetings by those who lead a chat, and what stands of them."""

from collections.abc import Mapping

from plnbot import gathering
from plnbot.chats import store
from plnbot.chats.actions import MODERATES, replying
from plnbot.chats.actions.notices import UNHEARD
from plnbot.chats.cards import unheard as shown
from plnbot.chats.model import LIVE, ChatState
from plnbot.chats.pages.unheard import unheard_page, who_is_unheard
from plnbot.chats.parts import STEERING
from plnbot.chats.routes.objects import A_CHAT
from plnbot.chats.store import KIND, Chat, Question
from plnbot.engine.objects import Object
from plnbot.engine.routes import Context, Routes, Showing, Values
from plnbot.errors import Refused
from plnbot.gathering import Answer as Given
from plnbot.gathering.model import own_source
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.cards import Card, Paragraph, Tone
from plnbot.talk.forms import Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Page
from plnbot.talk.text import verbatim
from plnbot.talk.words import msg
from plnbot.values import dataclass

routes = Routes()
Args = Mapping[str, str | int]
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class AnAnswer:
    """An answer, its question, and its chat."""

    given: Given
    question: Question
    chat: Chat


def _answer(tx: Tx, row: str) -> AnAnswer | None:
    given = gathering.get(tx, row_number(row))
    if given is None or given.kind != KIND:
        return None
    question, chat = store.get_question(tx, given.under), store.get_chat(tx, given.whole)
    return AnAnswer(given, question, chat) if question and chat else None


AN_ANSWER: Object[AnAnswer] = Object(
    "answer in a chat",
    load=_answer,
    network=lambda this: this.chat.network,
    scope=lambda this: str(this.chat.id),
    gone=msg("This answer is no longer there."),
    held_in=lambda ctx, this: A_CHAT.held_in(ctx, this.chat),
)


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody who came into a chat."""

    chat: Chat
    member: int


def _somebody(tx: Tx, row: str) -> Somebody | None:
    first, _, second = row.partition(".")
    chat, member = store.get_chat(tx, row_number(first)), row_number(second)
    there = chat is not None and store.is_present(tx, chat.id, member)
    return Somebody(chat, member) if chat is not None and there else None


WHO_CAME: Object[Somebody] = Object(
    "somebody in a chat",
    load=_somebody,
    network=lambda who: who.chat.network,
    scope=lambda who: str(who.chat.id),
    gone=msg("They were not in this chat."),
    held_in=lambda ctx, who: A_CHAT.held_in(ctx, who.chat),
)


@routes.command(
    "chat unheard",
    needs=MODERATES,
    part=STEERING,
    about=msg("See who has not answered in this room's chat and which answers got no reply"),
    example=msg("/pln chat unheard"),
)
def unheard_here(ctx: Context, _words: str) -> Answer:
    """Show who is unheard in the chat of this room: the live one, else the last."""
    here, over = ctx.where.channel_itself(), (ChatState.ARCHIVED,)
    for states in (LIVE, over):
        for chat in store.chats_in(ctx.tx, here, states, newest_first=True):
            if ctx.may(MODERATES, str(chat.id)):
                return Reply(shown.unheard(ctx.t, who_is_unheard(ctx, chat)))
    raise Refused(msg("No chat that you moderate has begun in this room."))


@routes.page("unheard", needs=MODERATES, of=A_CHAT)
def page(ctx: Context, _row: str, chat: Chat) -> Page:
    """Show who is unheard."""
    return unheard_page(ctx, chat)


@routes.press("chat.thank", needs=MODERATES, of=AN_ANSWER)
def thank(ctx: Context, _press: Press, this: AnAnswer) -> Answer:
    """Thank for an answer, below it."""
    return _replied(ctx, this, "")


@routes.press("chat.reply", needs=MODERATES, of=AN_ANSWER)
def reply(ctx: Context, press: Press, this: AnAnswer) -> Answer:
    """Open the form for a reply, with one's own in it."""
    return OpenForm(_form(ctx, press.row, this))


def _form(ctx: Context, row: str, this: AnAnswer) -> Form:
    mine = gathering.reply_from(ctx.tx, this.given.id, own_source(ctx.person.id))
    words = TextInput(
        name="words",
        label=ctx.t("Your reply"),
        long=True,
        required=True,
        most=_LONGEST,
        value=mine.words if mine else "",
    )
    return Form(
        "chat.reply",
        ctx.t("Reply to an answer"),
        (words,),
        ctx.t("Reply"),
        row,
        verbatim(f"{this.given.author}: {this.given.words[:300]}"),
    )


@routes.form("chat.reply", build=_form, needs=MODERATES, of=AN_ANSWER)
def given(ctx: Context, _row: str, values: Values, this: AnAnswer) -> Answer:
    """Reply below an answer."""
    return _replied(ctx, this, str(values["words"]))


def _replied(ctx: Context, this: AnAnswer, words: str) -> Reply:
    replying.reply(ctx.tx, this.chat, this.given, words, ctx.now, by=ctx.person)
    return Reply(shown.done(ctx.t, this.given, words=words))


@routes.press("chat.no_reply", needs=MODERATES, of=AN_ANSWER)
def no_reply(ctx: Context, _press: Press, this: AnAnswer) -> Answer:
    """Take one's thanks or one's reply back."""
    replying.take_back(ctx.tx, this.chat, this.given, ctx.now, by=ctx.person)
    said = ctx.t("Your words below that answer are gone.")
    return Reply(Card(ctx.t("Taken back"), (Paragraph(said),)))


@routes.press("chat.greet", needs=MODERATES, of=WHO_CAME)
def greet(ctx: Context, _press: Press, who: Somebody) -> Answer:
    """Greet somebody who has said nothing."""
    person = ctx.directory.by_id(ctx.tx, who.member, ctx.person.ref.platform)
    if person is None:
        raise Refused(WHO_CAME.gone)
    replying.greet(ctx.tx, who.chat, person, ctx.now, by=ctx.person)
    said = ctx.t("They get it from me in your name, at a time that suits them.")
    title = ctx.t("You greeted {name}", name=person.name)
    return Reply(Card(title, (Paragraph(said),), Tone.GOOD))


@routes.card(replying.REPLY)
def below(to: Showing, args: Args) -> Card | None:
    """Show thanks or a reply below an answer."""
    this = _answer(to.tx, str(args["answer"]))
    by = to.directory.by_id(to.tx, int(args["by"]))
    mine = gathering.reply_from(to.tx, int(args["answer"]), own_source(int(args["by"])))
    if this is None or by is None or mine is None or this.given.hidden_by is not None:
        return shown.no_reply(to.t) if to.stands else None
    return shown.replied(to.t, this.given, this.question, by.name, mine.words)


@routes.card(replying.GREETING)
def greeting(to: Showing, args: Args) -> Card | None:
    """Greet somebody who has said nothing."""
    chat = store.get_chat(to.tx, int(args["chat"]), network=to.network.id)
    by = to.directory.by_id(to.tx, int(args["by"]))
    if chat is None or by is None:
        return None
    asked = next(
        (q for q in store.questions_of(to.tx, chat.id) if q.number == chat.run.current), None
    )
    return shown.greeting(to.t, chat, by.name, asked)


@routes.card(UNHEARD.name)
def after(to: Showing, args: Args) -> Card | None:
    """Tell a moderator after a chat who went unheard."""
    chat = store.get_chat(to.tx, int(args["chat"]), network=to.network.id)
    return shown.unheard(to.t, who_is_unheard(to, chat)) if chat else None
