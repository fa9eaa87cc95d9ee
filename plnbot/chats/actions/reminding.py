"""Reminders of chats, at a moment that does not disturb."""

from datetime import datetime, timedelta

from plnbot.chats import store
from plnbot.chats.model import State
from plnbot.chats.store import Chat
from plnbot.engine import outbox, work
from plnbot.engine.ports import Directory, Person
from plnbot.errors import Refused
from plnbot.store.database import Tx
from plnbot.talk.words import msg

REMIND = "chats.remind"
REMIND_BEFORE = timedelta(minutes=30)


def remind_me(tx: Tx, chat: Chat, person: Person, now: datetime, directory: Directory) -> datetime:
    """Plan a reminder half an hour ahead, or earlier where that falls into quiet hours."""
    if chat.starts_at <= now:
        raise Refused(msg("This chat has begun already."))
    at = directory.free_moment(tx, person.id, chat.starts_at - REMIND_BEFORE)
    planned = max(at, now)
    payload = {"chat": chat.id, "person": person.id, "for": chat.starts_at.isoformat()}
    work.put(tx, REMIND, _reminder_key(chat, person.id), planned, payload, network=chat.network)
    return planned


def do_not_remind(tx: Tx, chat: Chat, person: Person, now: datetime) -> None:
    """Take a reminder back."""
    work.cancel(tx, _reminder_key(chat, person.id), now)


def remind(tx: Tx, payload: work.Payload, now: datetime, directory: Directory) -> None:
    """Send a reminder, or plan it anew when the chat has moved meanwhile."""
    chat = store.get_chat(tx, int(str(payload["chat"])))
    if chat is None or chat.run.state is not State.SCHEDULED:
        return
    person = directory.by_id(tx, int(str(payload["person"])), chat.place.platform)
    if person is None:
        return
    if payload["for"] != chat.starts_at.isoformat():
        remind_me(tx, chat, person, now, directory)
        return
    key = f"chat/{chat.id}/reminder/{person.id}/{chat.starts_at.timestamp()}"
    args = {"chat": chat.id}
    outbox.post(tx, chat.network, person.ref, "chats.reminder", args, key=key, at=now)


def _reminder_key(chat: Chat, person: int) -> str:
    return f"chat/{chat.id}/remind/{person}"
