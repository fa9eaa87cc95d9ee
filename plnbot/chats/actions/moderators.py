"""Who may steer a chat, and who was asked to."""

from datetime import datetime

from plnbot.chats.store import Chat
from plnbot.engine import roles
from plnbot.engine.roles import Role, needs
from plnbot.store.database import Tx

MODERATING = (Role.MODERATOR, Role.CO_MODERATOR)
STARTS_CHATS = needs(*MODERATING)
MODERATES = needs(*MODERATING, within="chat")


def moderates(tx: Tx, chat: Chat, person: int, now: datetime) -> bool:
    """Return whether a member may steer this chat."""
    return MODERATES.met_by(roles.grants_of(tx, person, now), str(chat.id))


def moderators_of(tx: Tx, chat: Chat, now: datetime) -> tuple[int, ...]:
    """Return who was asked to moderate this very chat, in the order they were."""
    return roles.holders(tx, chat.network, MODERATING, chat.scope, now=now)
