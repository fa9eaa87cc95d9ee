"""A chat before it begins: changed, published, called off and brought back."""

import secrets
from datetime import datetime, timedelta

from plnbot.chats import drafts, store
from plnbot.chats.actions.found import chat_again
from plnbot.chats.actions.steering import steer
from plnbot.chats.model import Cancel, Publish, Restore, State
from plnbot.chats.store import Chat
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.store.database import Tx
from plnbot.talk.forms import FieldErrors
from plnbot.talk.words import msg

PAST_START = timedelta(minutes=5)


def change(
    tx: Tx, chat: Chat, wish: drafts.Wish, now: datetime, *, by: Person
) -> drafts.Draft | FieldErrors:
    """Write a chat that has not begun anew; a published one is announced again if it moved."""
    made = drafts.remake(tx, chat, wish, now, by=by)
    if isinstance(made, drafts.Draft) and chat.run.state is State.SCHEDULED:
        changed_to = chat_again(tx, chat.id)
        # Another time is news; other words are not worth a second announcement.
        news = changed_to.starts_at != chat.starts_at
        steer(tx, changed_to, Publish(changed_to.run.moments, news), now, by=by)
    return made


def is_past(chat: Chat, now: datetime) -> bool:
    """Return whether a chat should have begun a while ago."""
    return chat.starts_at <= now - PAST_START


def publish(tx: Tx, chat: Chat, now: datetime, *, by: Person) -> Chat:
    """Announce a chat with its questions, or one that was cancelled; it then runs by itself."""
    if is_past(chat, now):
        raise Refused(msg("That start is in the past. Please change the start first."))
    return steer(tx, chat, Publish(chat.run.moments), now, by=by)


def discard(tx: Tx, chat: Chat, now: datetime, *, by: Person) -> Chat:
    """Cancel a chat; the room is told when it had been announced."""
    return steer(tx, chat, Cancel(), now, by=by)


def restore(tx: Tx, chat: Chat, now: datetime, *, by: Person) -> Chat:
    """Make a chat that was thrown away or called off a draft again; the room hears nothing."""
    return steer(tx, chat, Restore(), now, by=by)


def calendar_token(tx: Tx, network: int) -> str:
    """Return the secret part of the network's calendar address, made when first asked for."""
    token = store.calendar_token(tx, network)
    if token is None:
        token = secrets.token_urlsafe(24)
        store.set_calendar_token(tx, network, token)
    return token
