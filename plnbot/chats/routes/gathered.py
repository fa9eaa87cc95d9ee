"""What chats gather: words under their questions, in their rooms, and below what else they post."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from plnbot.chats import actions, store
from plnbot.chats.actions import MODERATES, ChatTalk
from plnbot.chats.actions.notices import HIDDEN
from plnbot.chats.model import ChatState
from plnbot.chats.pages.seen import held_in
from plnbot.chats.routes.found import caught_up, first_time
from plnbot.chats.store import KIND
from plnbot.engine.routes import Context
from plnbot.gathering import Answer, Gathers, Hiding, Took
from plnbot.gathering.declared import Args, Export
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.talk.cards import Card, Paragraph, Tone
from plnbot.talk.interactions import Answer as Told
from plnbot.talk.interactions import Nothing, Reply, Said
from plnbot.talk.words import msg

_OFF = (ChatState.DRAFT, ChatState.CANCELLED, ChatState.THROWN_AWAY)
_ASKS_WHERE = (
    "where are we",
    "what question are we on",
    "which question are we on",
    "what question is this",
    "dónde estamos",
    "donde estamos",
    "en qué pregunta",
    "en que pregunta",
)
_LONGEST_ASIDE = 60


def _of(tx: Tx, now: datetime, chat_id: int) -> ChatTalk | None:
    chat = store.get_chat(tx, chat_id)
    return ChatTalk(tx, now, chat) if chat else None


def _below_any(tx: Tx, now: datetime, args: Args) -> ChatTalk | None:
    """Return a chat below whose other cards marked words count."""
    talk = _of(tx, now, int(args["chat"]))
    return None if talk is None or talk.chat.run.state in _OFF else talk


def _below_question(tx: Tx, now: datetime, args: Args) -> ChatTalk | None:
    talk = _below_any(tx, now, args)
    if talk is None:
        return None
    number = int(args["number"])
    return replace(talk, below=next((q for q in talk.questions if q.number == number), None))


def _here(tx: Tx, now: datetime, place: Place) -> ChatTalk | None:
    chat = actions.chat_here(tx, place, now)
    return ChatTalk(tx, now, chat) if chat else None


def _told(ctx: Context, talk: ChatTalk, said: Said, took: Took) -> Told | None:
    """Say where an answer stands, what a mark lacks, where the chat is, or hello to who is new."""
    if took.unknown:
        return _which_question(ctx, talk, took.unknown[0])
    if took.stands:
        names = _names(talk, took.stands)
        if all(map(talk.prepared, took.stands)):
            kept = ctx.t("Kept as your prepared answer to {name}, until it is asked.", name=names)
            return Nothing(kept, names)
        return Nothing(ctx.t("Your answer stands under {name}.", name=names), names)
    if took.empty:
        return _no_words(ctx, _names(talk, took.empty))
    if said.meant:
        return _nothing_asked(ctx, talk)
    return _aside(ctx, talk, said) if talk.chat.live and not talk.below else None


def _aside(ctx: Context, talk: ChatTalk, said: Said) -> Told | None:
    """Answer what is said in a room without being an answer: hello, and perhaps where we are."""
    if len(said.words) <= _LONGEST_ASIDE and _asks_where(said.words):
        return caught_up(ctx, talk.chat)
    return first_time(ctx, talk.chat)


def _nothing_asked(ctx: Context, talk: ChatTalk) -> Reply:
    no = ctx.t("Nothing is asked where this message stands, so it counts nowhere.")
    if talk.chat.live:
        no = ctx.t(
            "No question has been asked yet. For one to come, begin your message with its mark: A1."
        )
    return Reply(Card(ctx.t("An answer to what?"), (Paragraph(no),), Tone.CAUTION))


def _which_question(ctx: Context, talk: ChatTalk, label: str) -> Reply:
    known = ", ".join(each.name for each in talk.questions)
    no = ctx.t(
        "There is no question {label} in this chat. It has {known}.", label=label, known=known
    )
    return Reply(Card(ctx.t("Which question?"), (Paragraph(no),), Tone.CAUTION), unheard=True)


def _no_words(ctx: Context, names: str) -> Reply:
    no = ctx.t(
        "There are no words behind your mark for {name}. Write it again with them, or change your message.",
        name=names,
    )
    return Reply(Card(ctx.t("Not counted yet"), (Paragraph(no),), Tone.CAUTION), unheard=True)


def _names(talk: ChatTalk, unders: Iterable[int]) -> str:
    found = set(unders)
    return ", ".join(each.name for each in talk.questions if each.id in found)


def _asks_where(words: str) -> bool:
    low = words.casefold()
    return any(each in low for each in _ASKS_WHERE)


def _about(tx: Tx, these: Sequence[Answer]) -> Mapping[int, Export]:
    """Return the chat and question of each answer."""
    asked = store.asked_in(tx, {each.under for each in these})
    return {
        each.id: {"chat": asked[each.under][0], "question": asked[each.under][1]}
        for each in these
        if each.under in asked
    }


def _replied(tx: Tx, now: datetime, these: Sequence[Answer]) -> None:
    """Have panels, pages and our own replies tell which answers got one."""
    for whole in dict.fromkeys(each.whole for each in these):
        chat = store.get_chat(tx, whole)
        if chat is not None:
            actions.changed(tx, chat, now)
    for each in these:
        actions.replies_changed(tx, each.id, now)


def _held_in(ctx: Context, whole: int) -> Collection[Place]:
    chat = store.get_chat(ctx.tx, whole)
    return held_in(ctx, chat) if chat else ()


HIDING = Hiding(
    action="chat",
    needs=replace(MODERATES, otherwise=msg("Hiding answers is for the chat's moderators.")),
    done=msg("It is out of the chat's page, the archive and its files. Its author is told why."),
    card="chats.hidden",
    notice=HIDDEN,
    held_in=_held_in,
)
_OTHER_CARDS = ("announcement", "called_off", "welcome", "warm_up", "closing", "archive", "summary")
GATHERS = Gathers(
    kind=KIND,
    below={
        "chats.question": _below_question,
        **{f"chats.{name}": _below_any for name in _OTHER_CARDS},
    },
    of=_of,
    here=_here,
    told=_told,
    about=_about,
    hiding=HIDING,
    replied=_replied,
    shown_by=("chats.answered",),
)
