"""Who is the guest of a chat."""

from datetime import datetime

from sqlalchemy import delete, select

from plnbot.chats.store.tables import guest
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both

_INVITED = on_both(guest, lambda new: new.on_conflict_do_nothing().returning(guest.c.member_id))


def invite(tx: Tx, chat: int, member: int, now: datetime) -> bool:
    """Note that a member is a guest of a chat; False who is one already."""
    values = {"chat_id": chat, "member_id": member, "at": now}
    return tx.execute(_INVITED[tx.dialect], values).one_or_none() is not None


def leave(tx: Tx, chat: int, member: int) -> None:
    """Let a member be no guest of a chat any more."""
    tx.execute(delete(guest).where(guest.c.chat_id == chat, guest.c.member_id == member))


def of_chat(tx: Tx, chat: int) -> tuple[int, ...]:
    """Return the guests of a chat, in the order in which they were asked."""
    found = select(guest.c.member_id).where(guest.c.chat_id == chat)
    return tuple(tx.execute(found.order_by(guest.c.at, guest.c.member_id)).scalars())


def chats_of(tx: Tx, member: int) -> tuple[int, ...]:
    """Return the chats of which a member is a guest."""
    found = select(guest.c.chat_id).where(guest.c.member_id == member)
    return tuple(tx.execute(found.order_by(guest.c.chat_id)).scalars())
