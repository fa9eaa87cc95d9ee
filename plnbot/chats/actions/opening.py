"""Who sees a chat whose room is not everybody's: the whole network, or those of the room."""

from dataclasses import replace
from datetime import datetime

from plnbot.chats import store
from plnbot.chats.actions.posts import changed
from plnbot.chats.store import Chat
from plnbot.engine import audit
from plnbot.engine.ports import Person
from plnbot.store.database import Tx


def open_up(tx: Tx, chat: Chat, now: datetime, *, by: Person, opened: bool) -> Chat:
    """Open a chat to its whole network, or keep it to its room; return it as it is then."""
    if chat.opened == opened:
        return chat
    store.open_up(tx, chat.id, opened=opened)
    audit.record(
        tx,
        chat.network,
        by.id,
        "chat.opened_up" if opened else "chat.kept_in",
        chat.scope,
        now=now,
    )
    changed(tx, chat, now)
    return replace(chat, opened=opened)
