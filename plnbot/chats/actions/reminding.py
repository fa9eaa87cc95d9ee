"""Reminders of chats, asked for by a press."""

from datetime import datetime

from plnbot.chats.actions.notices import REMINDER, reminder_due
from plnbot.chats.store import Chat
from plnbot.engine import notices
from plnbot.engine.notices import Decision, Telling
from plnbot.engine.ports import Directory, Person
from plnbot.errors import Refused
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def remind_me(tx: Tx, chat: Chat, person: Person, now: datetime, directory: Directory) -> Decision:
    """Have a member reminded half an hour ahead, or earlier where they rest then; say when."""
    if chat.starts_at <= now:
        raise Refused(msg("This chat has begun already."))
    do_not_remind(tx, chat, person, now)
    key = f"{_stem(chat, person.id)}{chat.starts_at.timestamp()}"
    args = {"chat": chat.id}
    telling = Telling(REMINDER, REMINDER.name, args, key, reminder_due(chat), asked=True)
    notices.tell(tx, person, telling, now)
    return notices.foreseen(tx, directory, person, telling, now)


def do_not_remind(tx: Tx, chat: Chat, person: Person, now: datetime) -> None:
    """Take a reminder back."""
    notices.take_back(tx, _stem(chat, person.id), now)


def moved(tx: Tx, chat: Chat, now: datetime) -> None:
    """Let reminders of a chat come when it is by now."""
    notices.changed(tx, f"chat/{chat.id}/reminder/", now)


def _stem(chat: Chat, person: int) -> str:
    return f"chat/{chat.id}/reminder/{person}/"
