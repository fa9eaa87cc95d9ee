"""A further run of a chat: planned from its panel, or in the room where it is to take place."""

from plnbot.chats.actions import MODERATES, runs
from plnbot.chats.model import LIVE, ChatState
from plnbot.chats.pages import chats_seen
from plnbot.chats.parts import PLANNING
from plnbot.chats.routes.objects import A_CHAT
from plnbot.chats.routes.planning import written
from plnbot.chats.store import Chat
from plnbot.engine.ports import Argument
from plnbot.engine.routes import Context, Routes, Values
from plnbot.errors import Refused
from plnbot.talk.cards import Option
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import ChoiceInput, FieldErrors, Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press
from plnbot.talk.limits import OPTIONS
from plnbot.talk.plain import plain
from plnbot.talk.text import Room, Text, When, joined, verbatim
from plnbot.talk.words import Sentence, msg

routes = Routes()
_NONE = msg("You moderate no chat that is to come or goes on. Plan one with `/pln chat new`.")
_WHERE = msg("Type this in the room where the second run is to take place.")
_WHICH = msg("Please choose a chat.")


@routes.command(
    "chat second",
    needs=MODERATES,
    part=PLANNING,
    about=msg("Run a chat again in this room at another hour, with one archive"),
    example=msg("/pln chat second Thursday 8 pm Pacific"),
    argument=Argument("when", msg("When it begins. Left out, a form asks for it.")),
)
def second_here(ctx: Context, words: str) -> Answer:
    """Open the form for a further run in this room."""
    if not ctx.where.channel:
        raise Refused(_WHERE)
    return OpenForm(_form(ctx, "", None, words))


@routes.press("chat.second", needs=MODERATES, of=A_CHAT)
def second(ctx: Context, press: Press, chat: Chat) -> Answer:
    """Open the form for a further run in the room of a chat."""
    if why := runs.why_none(runs.first_of(ctx.tx, chat)):
        raise Refused(why)
    return OpenForm(_form(ctx, press.row, chat))


def _choice(ctx: Context) -> list[Chat]:
    """Return the first runs that a member moderates and that are not over, by start."""
    coming = (ChatState.DRAFT, ChatState.SCHEDULED, *LIVE)
    mine = (each for each in chats_seen(ctx, coming) if ctx.may(MODERATES, str(each.id)))
    return [each for each in mine if each.first is None][:OPTIONS]


def _form(ctx: Context, row: str, chat: Chat | None, when: str = "") -> Form:
    t = ctx.t
    inputs: list[ChoiceInput | TextInput] = []
    if chat is None:
        options = tuple(_option(ctx, each) for each in _choice(ctx))
        if not options:
            raise Refused(_NONE)
        value, label = options[0].value, t("Which chat")
        inputs.append(
            ChoiceInput(name="chat", label=label, options=options, value=value, required=True)
        )
    hint = t("8 pm Pacific, or Friday 9 am Sydney: the next after the first run.")
    inputs.append(
        TextInput(name="starts", label=t("Start"), hint=hint, value=when[:120], required=True)
    )
    intro = t("The same questions once more, for another side of the world, and one archive.")
    if chat is not None:
        room = Text((Room(chat.place, chat.place.channel),))
        other = t(
            "It takes place in {room}. For another, type `/pln chat second` there.", room=room
        )
        intro = joined((intro, other), " ")
    return Form("chat.second", t("A second run"), tuple(inputs), t("Preview"), row, intro)


def _option(ctx: Context, chat: Chat) -> Option:
    when = plain(Text((When(chat.starts_at),)), ctx.person.zone, ctx.person.locale)
    return Option(str(chat.id), verbatim(f"{short_words(chat.title, 40)} · {when}"))


@routes.form("chat.second", build=_form, needs=MODERATES, of=A_CHAT, without=MODERATES)
def given(ctx: Context, _row: str, values: Values, chat: Chat | None) -> Answer:
    """Draft a further run and show it."""
    from plnbot.talk.times import start_after  # only who plans a chat needs it

    place = chat.place if chat is not None else ctx.where.channel_itself()
    if not place.channel:
        raise Refused(_WHERE)
    if chat is None:
        chosen = next((each for each in _choice(ctx) if str(each.id) == values["chat"]), None)
        if chosen is None:
            return FieldErrors({"chat": _WHICH})
        chat = chosen
    first = runs.first_of(ctx.tx, chat)
    found = start_after(
        str(values["starts"]), first.starts_at, ctx.now, ctx.person.zone, ctx.person.locale
    )
    if isinstance(found, Sentence):
        return FieldErrors({"starts": found})
    if why := runs.in_the_way(ctx.tx, first, found.at, place):
        return FieldErrors({"starts": why})
    return written(ctx, runs.plan(ctx.tx, first, found, place, ctx.now, by=ctx.person))
