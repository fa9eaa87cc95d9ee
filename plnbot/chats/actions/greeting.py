"""Greetings: who answers for the first time ever is introduced to the room, with others who come then."""

from datetime import datetime, timedelta

from plnbot.chats import store
from plnbot.chats.actions.posts import greeting_key, room_of
from plnbot.chats.store import Chat
from plnbot.engine import outbox, work
from plnbot.engine.ports import Person
from plnbot.engine.work import Urgency
from plnbot.store.database import Tx

APART = timedelta(seconds=15)
"""How far greetings are apart: the first comes at once, and who comes soon after it shares the next."""
HELLO = "chats.hello"


def greet(tx: Tx, chat: Chat, person: Person, now: datetime) -> None:
    """Introduce somebody to the room of a chat, once ever."""
    latest = store.last_greeting(tx, chat.id)
    key = greeting_key(chat.id, latest)
    joins = latest > 0 and outbox.waits_unbegun(tx, key)
    number = latest if joins else latest + 1
    if not store.note_newcomer(tx, chat.id, person.id, number) or joins:
        return
    before = work.planned_for(tx, key) if latest else None
    at = now if before is None else max(now, before + APART)
    args: outbox.Args = {"chat": chat.id, "greeting": number}
    room = room_of(tx, chat, at, Urgency.COURTESY)
    room.post(HELLO, args, key=greeting_key(chat.id, number))
