"""The guest desk: a guest invited, asked from the floor, and answered under the chat's questions."""

from collections.abc import Mapping

from plnbot.chats import store
from plnbot.chats.actions import MODERATES, chat_here, guests, suggesting
from plnbot.chats.actions.notices import GUESTS
from plnbot.chats.cards import guests as shown
from plnbot.chats.pages.guests import asked_of, called, guest_desk
from plnbot.chats.parts import CHAT, STEERING
from plnbot.chats.routes.found import steered_here
from plnbot.chats.routes.objects import A_CHAT
from plnbot.chats.store import Chat, suggestions
from plnbot.chats.store import guests as stored
from plnbot.chats.store.suggestions import Kind, Suggestion
from plnbot.engine.objects import Object
from plnbot.engine.ports import Argument
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Due, Routes, Showing, Values
from plnbot.engine.searching import MEMBERS, whose
from plnbot.errors import Refused
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.cards import Card, Paragraph, Tone
from plnbot.talk.forms import Form, SearchInput, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.lists import names
from plnbot.talk.pages import Page
from plnbot.talk.text import Text
from plnbot.talk.words import msg
from plnbot.values import dataclass

routes = Routes()
Args = Mapping[str, str | int]
_NO_CHAT = msg("No chat is coming or going on in this room.")


@dataclass(frozen=True, slots=True)
class FloorQuestion:
    """A question from the floor, and its chat; `other` is one of the same chat that it may equal."""

    one: Suggestion
    chat: Chat
    other: Suggestion | None = None


def _floor(tx: Tx, row: str) -> FloorQuestion | None:
    first, _, second = row.partition(".")
    one = suggestions.get(tx, row_number(first))
    chat = store.get_chat(tx, one.chat) if one and one.kind is Kind.QUESTION and one.chat else None
    if one is None or chat is None:
        return None
    other = suggestions.get(tx, row_number(second)) if second else None
    if second and (other is None or other.chat != chat.id or other.kind is not Kind.QUESTION):
        return None
    return FloorQuestion(one, chat, other)


A_FLOOR_QUESTION: Object[FloorQuestion] = Object(
    "question from the floor",
    load=_floor,
    network=lambda asked: asked.chat.network,
    scope=lambda asked: str(asked.chat.id),
    gone=suggesting.GONE,
    closed=lambda ctx, asked: A_CHAT.closed(ctx, asked.chat),
    held_in=lambda ctx, asked: A_CHAT.held_in(ctx, asked.chat),
)


@dataclass(frozen=True, slots=True)
class AGuest:
    """A guest of a chat."""

    chat: Chat
    member: int


def _guest(tx: Tx, row: str) -> AGuest | None:
    first, _, second = row.partition(".")
    chat, member = store.get_chat(tx, row_number(first)), row_number(second)
    there = chat is not None and member in stored.of_chat(tx, chat.id)
    return AGuest(chat, member) if chat is not None and there else None


A_GUEST: Object[AGuest] = Object(
    "guest",
    load=_guest,
    network=lambda guest: guest.chat.network,
    scope=lambda guest: str(guest.chat.id),
    gone=msg("They are no guest of this chat."),
    held_in=lambda ctx, guest: A_CHAT.held_in(ctx, guest.chat),
)


@routes.command(
    "chat guest",
    needs=MODERATES,
    part=STEERING,
    about=msg("Invite a guest to this room's chat, and look after what they are asked"),
    example=msg("/pln chat guest"),
)
def guest_here(ctx: Context, _words: str) -> Answer:
    """Open the form for a guest of the chat in this room."""
    chat = steered_here(ctx)
    return OpenForm(_form(ctx, str(chat.id), chat))


@routes.press("chat.guest", needs=MODERATES, of=A_CHAT)
def guest(ctx: Context, press: Press, chat: Chat) -> Answer:
    """Open the form for a guest."""
    return OpenForm(_form(ctx, press.row, chat))


def _form(ctx: Context, row: str, _chat: Chat) -> Form:
    who = SearchInput(name="person", label=ctx.t("Who?"), source=MEMBERS, here=True, required=True)
    intro = ctx.t("They are told, and may say no. People can ask them questions from then on.")
    return Form("chat.guest", ctx.t("Invite a guest"), (who,), ctx.t("Invite"), row, intro)


@routes.form("chat.guest", build=_form, needs=MODERATES, of=A_CHAT)
def invited(ctx: Context, row: str, values: Values, chat: Chat) -> Answer:
    """Invite a guest."""
    who = whose(ctx, values["person"])
    guests.invite(ctx.tx, chat, who, ctx.now, by=ctx.person)
    said = ctx.t(
        "{name} has been told. Questions from the floor wait for you at the guest desk.",
        name=who.name,
    )
    return Reply(Card(ctx.t("Invited"), (Paragraph(said), shown.to_desk(ctx.t, row)), Tone.GOOD))


@routes.press("chat.guest_no", needs=ANYONE, of=A_CHAT)
def say_no(ctx: Context, _press: Press, chat: Chat) -> Answer:
    """Let a guest say no."""
    if ctx.person.id not in stored.of_chat(ctx.tx, chat.id):
        raise Refused(A_GUEST.gone)
    guests.no_guest(ctx.tx, chat, ctx.person.id, ctx.now)
    said = ctx.t("You are no guest of this chat. Its moderators see that.")
    return Reply(Card(ctx.t("All right"), (Paragraph(said),)))


@routes.press("chat.guest_off", needs=MODERATES, of=A_GUEST)
def no_guest(ctx: Context, _press: Press, guest: AGuest) -> Answer:
    """Let somebody be no guest any more."""
    guests.no_guest(ctx.tx, guest.chat, guest.member, ctx.now)
    said = ctx.t("What was asked of them stays among the questions.")
    return Reply(Card(ctx.t("No guest any more"), (Paragraph(said),)))


@routes.page("guest_desk", needs=MODERATES, of=A_CHAT)
def desk(ctx: Context, _row: str, chat: Chat) -> Page:
    """Show what waits, and what was put to the guest."""
    return guest_desk(ctx, chat)


@routes.command(
    "chat ask",
    needs=ANYONE,
    part=CHAT,
    about=msg("Ask the guest of this room's chat something"),
    example=msg("/pln chat ask How did you begin?"),
    argument=Argument("question", msg("Your question. Left out, a form asks for it.")),
)
def ask_here(ctx: Context, words: str) -> Answer:
    """Take a question for the guest, or open the form for one."""
    chat = chat_here(ctx.tx, ctx.where.channel_itself(), ctx.now)
    if chat is None:
        raise Refused(_NO_CHAT)
    return _kept(ctx, chat, words) if words else OpenForm(_ask_form(ctx, str(chat.id), chat))


@routes.press("chat.ask", needs=ANYONE, of=A_CHAT)
def ask(ctx: Context, press: Press, chat: Chat) -> Answer:
    """Open the form for a question to the guest."""
    return OpenForm(_ask_form(ctx, press.row, chat))


def _ask_form(ctx: Context, row: str, chat: Chat) -> Form:
    who = names(ctx.t, called(ctx, chat))
    words = TextInput(
        name="words",
        label=ctx.t("Your question"),
        long=True,
        required=True,
        most=suggesting.LONGEST[Kind.QUESTION],
    )
    intro = ctx.t("To {names}. Your name stands beside it.", names=who)
    return Form("chat.ask", ctx.t("Ask the guest"), (words,), ctx.t("Ask"), row, intro)


@routes.form("chat.ask", build=_ask_form, needs=ANYONE, of=A_CHAT)
def given(ctx: Context, _row: str, values: Values, chat: Chat) -> Answer:
    """Take a question for the guest."""
    return _kept(ctx, chat, str(values["words"]))


def _kept(ctx: Context, chat: Chat, words: str) -> Answer:
    made = guests.ask(ctx.tx, chat, words, ctx.now, by=ctx.person)
    alike = [asked_of(ctx, each) for each in made.alike]
    return Reply(shown.kept(ctx.t, asked_of(ctx, made.suggestion), alike, together=made.joined))


@routes.press("ask.same", needs=ANYONE, of=A_FLOOR_QUESTION)
def same(ctx: Context, _press: Press, asked: FloorQuestion) -> Answer:
    """Make one's own question one with another."""
    return _made_one(ctx, asked.one, asked.other, asked.chat)


@routes.press("ask.merge", needs=MODERATES, of=A_FLOOR_QUESTION)
def merge(ctx: Context, press: Press, asked: FloorQuestion) -> Answer:
    """Make two questions one."""
    other = A_FLOOR_QUESTION.find(ctx, press.value)
    return _made_one(ctx, asked.one, other.one, asked.chat)


def _made_one(ctx: Context, one: Suggestion, other: Suggestion | None, chat: Chat) -> Answer:
    if other is None or other.chat != one.chat:
        raise Refused(suggesting.GONE)
    leads = ctx.may(MODERATES, str(chat.id))
    made = suggesting.merge(ctx.tx, one, other, by=ctx.person, moderates=leads)
    guests.asked_anew(ctx.tx, chat, made, ctx.now)
    return Reply(shown.made_one(ctx.t, asked_of(ctx, made), one.id))


@routes.press("ask.apart", needs=ANYONE, of=A_FLOOR_QUESTION)
def apart(ctx: Context, _press: Press, asked: FloorQuestion) -> Answer:
    """Take two questions apart that were made one."""
    own = asked.one.authors == (ctx.person.id,)
    if not own and not ctx.may(MODERATES, str(asked.chat.id)):
        raise Refused(msg("Only who asked it, or a moderator, can take them apart."))
    alone = suggesting.take_apart(ctx.tx, asked.one)
    guests.asked_anew(ctx.tx, asked.chat, alone, ctx.now)
    return Reply(shown.kept(ctx.t, asked_of(ctx, alone), (), together=False))


@routes.press("ask.take_back", needs=ANYONE, of=A_FLOOR_QUESTION)
def take_back(ctx: Context, _press: Press, asked: FloorQuestion) -> Answer:
    """Take one's name from a question."""
    head = suggesting.again(ctx.tx, asked.one.merged_into or asked.one.id)
    left = suggesting.take_back(ctx.tx, asked.one, by=ctx.person)
    guests.asked_anew(ctx.tx, asked.chat, head, ctx.now)
    return Reply(Card(ctx.t("Taken back"), (Paragraph(_left(ctx, head, left)),), Tone.CAUTION))


def _left(ctx: Context, head: Suggestion, left: int) -> Text:
    if left:
        return ctx.t.n(
            "It stays, for {n} other asks it too. Your name is off it.",
            "It stays, for {n} others ask it too. Your name is off it.",
            left,
        )
    if head.question is not None:
        return ctx.t("It is one of the chat's questions by now and stays, without your name.")
    return ctx.t("It is gone, and nobody is asked it.")


@routes.press("ask.approve", needs=MODERATES, of=A_FLOOR_QUESTION)
def approve(ctx: Context, _press: Press, asked: FloorQuestion) -> Answer:
    """Put a question to the guest."""
    guests.approve(ctx.tx, asked.one, ctx.now, ctx.directory, by=ctx.person)
    made = asked_of(ctx, suggesting.again(ctx.tx, asked.one.id))
    name = made.question.name if made.question else ""
    said = ctx.t(
        "It is {name} now, asked after the others. The guest has it, to prepare.", name=name
    )
    return Reply(Card(ctx.t("Put to the guest"), (Paragraph(said),), Tone.GOOD))


@routes.press("ask.decline", needs=MODERATES, of=A_FLOOR_QUESTION)
def decline(ctx: Context, _press: Press, asked: FloorQuestion) -> Answer:
    """Do not put a question to the guest."""
    one = guests.decline(ctx.tx, asked.one, ctx.now, by=ctx.person, declined=True)
    return Reply(shown.entry(ctx.t, asked_of(ctx, one), (), (), first=True))


@routes.press("ask.reconsider", needs=MODERATES, of=A_FLOOR_QUESTION)
def reconsider(ctx: Context, _press: Press, asked: FloorQuestion) -> Answer:
    """Let a question wait again."""
    one = guests.decline(ctx.tx, asked.one, ctx.now, by=ctx.person, declined=False)
    return Reply(shown.entry(ctx.t, asked_of(ctx, one), (), (), first=True))


@routes.press("ask.earlier", needs=MODERATES, of=A_FLOOR_QUESTION)
def earlier(ctx: Context, _press: Press, asked: FloorQuestion) -> Answer:
    """Ask a question from the floor before the one before it."""
    guests.earlier(ctx.tx, asked.one, ctx.now)
    said = ctx.t("It is asked before the other now.")
    return Reply(
        Card(ctx.t("Moved"), (Paragraph(said), shown.to_desk(ctx.t, str(asked.chat.id))), Tone.GOOD)
    )


@routes.when_due(GUESTS)
def over(due: Due) -> None:
    """Tell the guests of a chat that has ended what waits for them."""
    chat = store.get_chat(due.tx, int(str(due.payload["chat"])))
    if chat is not None:
        guests.over(due.tx, chat, due.now, due.directory)


@routes.card(guests.INVITED)
def told(to: Showing, args: Args) -> Card | None:
    """Tell a member that they are a chat's guest."""
    chat = store.get_chat(to.tx, int(args["chat"]), network=to.network.id)
    by = to.directory.by_id(to.tx, int(args["by"]))
    return (
        shown.invited(to.t, chat, by.name if by else to.t.words("A former member"))
        if chat
        else None
    )


@routes.card(guests.ASKED)
def for_guest(to: Showing, args: Args) -> Card | None:
    """Put a question to a guest."""
    chat = store.get_chat(to.tx, int(args["chat"]), network=to.network.id)
    question = store.get_question(to.tx, int(args["question"]))
    one = guests.asked_by(to.tx, question) if question else None
    return shown.for_guest(to.t, chat, asked_of(to, one)) if chat and one else None


@routes.card(guests.WAITS)
def waits(to: Showing, args: Args) -> Card | None:
    """Tell a guest what still waits for their answer."""
    chat = store.get_chat(to.tx, int(args["chat"]), network=to.network.id)
    left = guests.unanswered(to.tx, chat) if chat else ()
    if chat is None or not left:
        return None
    return shown.waits(to.t, chat, [asked_of(to, each.suggestion) for each in left])
