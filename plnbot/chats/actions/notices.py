"""What chats tell one member unasked, by kind, and when they are told of it even in their quiet hours."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from plnbot import gathering
from plnbot.chats import store
from plnbot.chats.actions.moderators import MODERATES, MODERATING, moderates
from plnbot.chats.actions.unheard import unheard
from plnbot.chats.model import ChatState
from plnbot.chats.store import KIND, Chat, guests
from plnbot.engine import outbox, roles
from plnbot.engine.notices import Expected, NoticeKind, Wanted
from plnbot.store.database import Tx
from plnbot.talk.words import msg

PANEL = "chats.panel"
GUESTS = "chats.guests"
"""The work that tells the guests of a chat that has ended what waits for them."""
REMIND_BEFORE = timedelta(minutes=30)
_OVER = (ChatState.ARCHIVED, ChatState.CANCELLED, ChatState.THROWN_AWAY)


def reminder_due(chat: Chat) -> Wanted:
    """Return when a reminder of a chat is wanted, which is of no use once that begins."""
    return Wanted(chat.starts_at - REMIND_BEFORE, until=chat.starts_at)


def panel_args(chat: int, person: int) -> outbox.Args:
    """Return the arguments of a moderator's panel."""
    return {"chat": chat, "person": person, outbox.BESIDE: 1}


def _reminder(tx: Tx, _member: int, args: outbox.Args, _was: Wanted) -> Wanted | None:
    chat = _chat(tx, args)
    return reminder_due(chat) if chat and chat.run.state is ChatState.SCHEDULED else None


def _until_it_begins(tx: Tx, _member: int, args: outbox.Args, was: Wanted) -> Wanted | None:
    chat = _chat(tx, args)
    told = (ChatState.SCHEDULED, ChatState.CANCELLED)
    return was if chat and chat.run.state in told else None


def _while_theirs(tx: Tx, member: int, args: outbox.Args, was: Wanted) -> Wanted | None:
    """Tell of a chat while they moderate it, or are its guest: those hear of what waits afterwards too."""
    if member in guests.of_chat(tx, int(args["chat"])):
        return was
    return _while_moderating(tx, member, args, was)


def _theirs_goes_on(tx: Tx, member: int, args: outbox.Args, now: datetime) -> bool:
    chat = _chat(tx, args)
    is_guest = chat is not None and chat.live and member in guests.of_chat(tx, chat.id)
    return is_guest or _in_a_chat_that_goes_on(tx, member, args, now)


def _while_moderating(tx: Tx, member: int, args: outbox.Args, was: Wanted) -> Wanted | None:
    chat = _chat(tx, args)
    theirs = (
        chat is not None and chat.run.state not in _OVER and moderates(tx, chat, member, was.at)
    )
    return was if theirs else None


def _in_a_chat_that_goes_on(tx: Tx, member: int, args: outbox.Args, now: datetime) -> bool:
    chat = _chat(tx, args)
    return chat is not None and chat.live and moderates(tx, chat, member, now)


def _while_hidden(tx: Tx, _member: int, args: outbox.Args, was: Wanted) -> Wanted | None:
    given = gathering.get(tx, int(args["answer"]))
    return was if given is not None and given.hidden_by is not None else None


def _answered_where_it_goes_on(tx: Tx, member: int, args: outbox.Args, _now: datetime) -> bool:
    given = gathering.get(tx, int(args["answer"]))
    chat = store.get_chat(tx, given.whole) if given is not None else None
    return chat is not None and chat.live and store.is_present(tx, chat.id, member)


def _while_unheard(tx: Tx, _member: int, args: outbox.Args, was: Wanted) -> Wanted | None:
    """Tell of a chat that is over while anybody in it is unheard."""
    chat = _chat(tx, args)
    return was if chat is not None and unheard(tx, chat, was.at).any else None


def _while_silent(tx: Tx, member: int, args: outbox.Args, was: Wanted) -> Wanted | None:
    """Greet who came while they have said nothing, and the chat was not called off."""
    chat = _chat(tx, args)
    there = chat is not None and (chat.live or chat.run.state is ChatState.ARCHIVED)
    if chat is None or not there:
        return None
    said = gathering.many_by_member(tx, KIND, chat.id)
    return was if member not in said else None


def _here_where_it_goes_on(tx: Tx, member: int, args: outbox.Args, _now: datetime) -> bool:
    chat = _chat(tx, args)
    return chat is not None and chat.live and store.is_present(tx, chat.id, member)


def _while_unplanned(tx: Tx, member: int, args: outbox.Args, was: Wanted) -> Wanted | None:
    """Tell of a date without questions while it has none, and lies ahead; of a vote on topics anyway."""
    if "chat" not in args:
        return was
    chat = _chat(tx, args)
    open_ = (
        chat is not None
        and chat.run.state is ChatState.DRAFT
        and not store.questions_of(tx, chat.id)
        and moderates(tx, chat, member, was.at)
    )
    return Wanted(was.at, until=chat.starts_at) if open_ and chat else None


def _panels_to_come(tx: Tx, member: int, now: datetime, until: datetime) -> Sequence[Expected]:
    """Return the panels of the chats that a member moderates and that begin by then."""
    scopes = {each.scope for each in roles.grants_of(tx, member, now) if each.role in MODERATING}
    numbers = [scope.removeprefix("chat:") for scope in scopes if scope.startswith("chat:")]
    chats = (store.get_chat(tx, int(each)) for each in numbers)
    return [
        Expected(
            chat.starts_at, PANEL, panel_args(chat.id, member), asked=chat.created_by == member
        )
        for chat in chats
        if chat is not None
        and chat.run.state is ChatState.SCHEDULED
        and now <= chat.starts_at <= until
    ]


def _chat(tx: Tx, args: outbox.Args) -> Chat | None:
    return store.get_chat(tx, int(args["chat"]))


REMINDER = NoticeKind(
    name="chats.reminder",
    title=msg("Reminders of chats"),
    about=msg("Half an hour before a chat of which you asked to be reminded"),
    may_be_muted=True,
    wanted=_reminder,
)
MOVED = NoticeKind(
    name="chats.moved",
    title=msg("Chats that moved"),
    about=msg(
        "When a chat of which you asked to be reminded begins at another time, or is called off"
    ),
    may_be_muted=True,
    wanted=_until_it_begins,
)
ASKED_TO_MODERATE = NoticeKind(
    name="chats.your_turn",
    title=msg("Chats that become yours"),
    about=msg(
        "When somebody asks you to moderate a chat or to be its guest, and what is asked of you then"
    ),
    may_be_muted=False,
    wanted=_while_theirs,
    on_now=_theirs_goes_on,
)
LEADING = NoticeKind(
    name="chats.leading",
    title=msg("Chats that you lead"),
    about=msg("Your panel while a chat goes on, and what its room did not get"),
    may_be_muted=False,
    wanted=_while_moderating,
    on_now=_in_a_chat_that_goes_on,
    coming=_panels_to_come,
    whose=MODERATES,
)
NOT_HEARD = NoticeKind(
    name="chats.not_heard",
    title=msg("Chats of which something could not be heard"),
    about=msg("When I was away from a chat that you lead, and cannot read what was said meanwhile"),
    may_be_muted=True,
    on_now=_in_a_chat_that_goes_on,
    whose=MODERATES,
)
HIDDEN = NoticeKind(
    name="chats.hidden",
    title=msg("Answers of yours that were hidden"),
    about=msg("When a moderator hides what you said, with the reason"),
    may_be_muted=True,
    wanted=_while_hidden,
    on_now=_answered_where_it_goes_on,
)
UNPLANNED = NoticeKind(
    name="chats.unplanned",
    title=msg("Chats to plan"),
    about=msg(
        "Days before a chat of yours that has no questions yet, and how your votes on topics ended"
    ),
    may_be_muted=True,
    wanted=_while_unplanned,
    whose=MODERATES,
)
UNHEARD = NoticeKind(
    name="chats.unheard",
    title=msg("Who went unheard"),
    about=msg(
        "After a chat that you lead: who answered nothing there, and which answers got no reply"
    ),
    may_be_muted=True,
    wanted=_while_unheard,
    whose=MODERATES,
)
GREETED = NoticeKind(
    name="chats.greeted",
    title=msg("Greetings in chats"),
    about=msg("When a moderator greets you in a chat in which you have not answered yet"),
    may_be_muted=True,
    wanted=_while_silent,
    on_now=_here_where_it_goes_on,
)
KINDS: Sequence[NoticeKind] = (
    REMINDER,
    MOVED,
    ASKED_TO_MODERATE,
    LEADING,
    NOT_HEARD,
    HIDDEN,
    UNPLANNED,
    UNHEARD,
    GREETED,
)
