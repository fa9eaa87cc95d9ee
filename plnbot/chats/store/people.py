"""Who was in a chat."""

from datetime import datetime

from sqlalchemy import Row, bindparam, func, select

from plnbot.chats.store.tables import presence
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both

_NOTED = on_both(presence, lambda new: new.on_conflict_do_nothing().returning(presence.c.member_id))
_PRESENCE = select(presence).where(
    presence.c.chat_id == bindparam("chat"), presence.c.member_id == bindparam("member")
)
_EVER = select(presence.c.chat_id).where(presence.c.member_id == bindparam("member")).limit(1)


def note_presence(tx: Tx, chat_id: int, member: int, now: datetime) -> bool:
    """Note that a member is there; return whether that is new."""
    values = {"chat_id": chat_id, "member_id": member, "since": now}
    return tx.execute(_NOTED[tx.dialect], values).one_or_none() is not None


def is_present(tx: Tx, chat_id: int, member: int) -> bool:
    """Return whether a member was noted in this chat."""
    return _presence(tx, chat_id, member) is not None


def ever_present(tx: Tx, member: int) -> bool:
    """Return whether a member was ever noted in a chat."""
    return tx.execute(_EVER, {"member": member}).one_or_none() is not None


def present(tx: Tx, chat_id: int) -> int:
    """Return how many members were there."""
    counted = select(func.count()).where(presence.c.chat_id == chat_id)
    many: int = tx.execute(counted).scalar_one()
    return many


def _presence(tx: Tx, chat_id: int, member: int) -> Row[tuple[object, ...]] | None:
    return tx.execute(_PRESENCE, {"chat": chat_id, "member": member}).one_or_none()
