"""Who was in a chat, and who was new there."""

from datetime import datetime

from sqlalchemy import Row, bindparam, delete, exists, func, select

from plnbot.chats.store.tables import newcomer, presence
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.values import dataclass

_NOTED = on_both(presence, lambda new: new.on_conflict_do_nothing().returning(presence.c.member_id))
_PRESENCE = select(presence).where(
    presence.c.chat_id == bindparam("chat"), presence.c.member_id == bindparam("member")
)
_EVER = select(presence.c.chat_id).where(presence.c.member_id == bindparam("member")).limit(1)
_elsewhere = presence.alias()
_CAME = (
    select(
        presence.c.member_id,
        exists()
        .where(
            _elsewhere.c.member_id == presence.c.member_id,
            _elsewhere.c.since < presence.c.since,
            _elsewhere.c.chat_id != presence.c.chat_id,
        )
        .label("before"),
    )
    .where(presence.c.chat_id == bindparam("chat"))
    .order_by(presence.c.since, presence.c.member_id)
)
_NEW = on_both(newcomer, lambda new: new.on_conflict_do_nothing().returning(newcomer.c.member_id))


@dataclass(frozen=True, slots=True)
class Came:
    """Who came into a chat, and whether it is the first they were in."""

    member: int
    new: bool


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


def came(tx: Tx, chat_id: int) -> tuple[Came, ...]:
    """Return who was noted in a chat, in the order they came."""
    rows = tx.execute(_CAME, {"chat": chat_id})
    return tuple(Came(row.member_id, not row.before) for row in rows)


def present(tx: Tx, chat_id: int) -> int:
    """Return how many members were there."""
    counted = select(func.count()).where(presence.c.chat_id == chat_id)
    many: int = tx.execute(counted).scalar_one()
    return many


def note_newcomer(tx: Tx, chat_id: int, member: int, greeting: int) -> bool:
    """Note that a member is introduced in a chat's greeting of this number; False who ever was."""
    values = {"member_id": member, "chat_id": chat_id, "greeting": greeting}
    return tx.execute(_NEW[tx.dialect], values).one_or_none() is not None


def last_greeting(tx: Tx, chat_id: int) -> int:
    """Return the number of a chat's latest greeting, 0 where there was none."""
    found = select(func.max(newcomer.c.greeting)).where(newcomer.c.chat_id == chat_id)
    return tx.execute(found).scalar_one() or 0


def newcomers(tx: Tx, chat_id: int, greeting: int) -> tuple[int, ...]:
    """Return who is introduced in a greeting."""
    found = select(newcomer.c.member_id).where(
        newcomer.c.chat_id == chat_id, newcomer.c.greeting == greeting
    )
    return tuple(tx.execute(found.order_by(newcomer.c.member_id)).scalars())


def introduced_in(tx: Tx, member: int) -> tuple[int, int] | None:
    """Return the chat and the number of the greeting in which a member was introduced, or None."""
    found = select(newcomer.c.chat_id, newcomer.c.greeting).where(newcomer.c.member_id == member)
    row = tx.execute(found).one_or_none()
    return None if row is None else (row.chat_id, row.greeting)


def forget_newcomer(tx: Tx, member: int) -> None:
    """Forget that a member was introduced."""
    tx.execute(delete(newcomer).where(newcomer.c.member_id == member))


def _presence(tx: Tx, chat_id: int, member: int) -> Row[tuple[object, ...]] | None:
    return tx.execute(_PRESENCE, {"chat": chat_id, "member": member}).one_or_none()
