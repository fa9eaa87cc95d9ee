"""What members do on purpose while a chat goes on: kept until it ends, and then written down for them."""

from datetime import datetime

from sqlalchemy import bindparam, delete, func, or_, select, update

from plnbot.chats.store.tables import attendance
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.values import dataclass

_ACTED = on_both(
    attendance,
    lambda new: new.on_conflict_do_update(
        index_elements=["chat_id", "member_id"],
        set_={
            "first_at": func.coalesce(attendance.c.first_at, new.excluded.first_at),
            "last_at": new.excluded.last_at,
            "led": or_(attendance.c.led, new.excluded.led),
        },
    ).returning(attendance.c.first_at),
)
_IS_HERE = on_both(
    attendance,
    lambda new: new.on_conflict_do_update(
        index_elements=["chat_id", "member_id"],
        set_={"here_at": func.coalesce(attendance.c.here_at, new.excluded.here_at)},
    ).returning(attendance.c.here_at),
)
_HERE_SINCE = select(attendance.c.here_at).where(
    attendance.c.chat_id == bindparam("chat"), attendance.c.member_id == bindparam("member")
)


@dataclass(frozen=True, slots=True)
class Attendance:
    """What one member did in a chat: when they said that they are here, first and last act."""

    member: int
    here_at: datetime | None
    first_at: datetime | None
    last_at: datetime | None
    led: bool

    @property
    def acts(self) -> tuple[datetime, ...]:
        """The instants between which everything lies that they did."""
        return tuple(at for at in (self.here_at, self.first_at, self.last_at) if at is not None)


def note_act(tx: Tx, chat_id: int, member: int, now: datetime, *, led: bool = False) -> bool:
    """Note that a member did something in a chat, with `led` as one who leads it.

    Returns whether it is the first thing they did.
    """
    values = {"first_at": now, "last_at": now, "led": led, "here_at": None}
    row = {"chat_id": chat_id, "member_id": member, **values}
    first: datetime = tx.execute(_ACTED[tx.dialect], row).scalar_one()
    return first == now


def note_here(tx: Tx, chat_id: int, member: int, now: datetime) -> datetime:
    """Note that a member said that they are here; return since when, which the first time says."""
    values = {"first_at": None, "last_at": None, "led": False, "here_at": now}
    row = {"chat_id": chat_id, "member_id": member, **values}
    since: datetime = tx.execute(_IS_HERE[tx.dialect], row).scalar_one()
    return since


def note_not_here(tx: Tx, chat_id: int, member: int) -> None:
    """Undo `note_here`; what they did besides stays."""
    tx.execute(
        update(attendance)
        .where(attendance.c.chat_id == chat_id, attendance.c.member_id == member)
        .values(here_at=None)
    )


def here_since(tx: Tx, chat_id: int, member: int) -> datetime | None:
    """Return since when a member is here by their own word."""
    found = tx.execute(_HERE_SINCE, {"chat": chat_id, "member": member})
    since: datetime | None = found.scalar_one_or_none()
    return since


def attendances(tx: Tx, chat_id: int) -> tuple[Attendance, ...]:
    """Return what everybody did in a chat, by member."""
    rows = tx.execute(
        select(attendance).where(attendance.c.chat_id == chat_id).order_by(attendance.c.member_id)
    )
    return tuple(
        Attendance(row.member_id, row.here_at, row.first_at, row.last_at, row.led) for row in rows
    )


def forget_attendances(tx: Tx, chat_id: int) -> None:
    """Forget what everybody did in a chat: it begins anew, or is over and written down."""
    tx.execute(delete(attendance).where(attendance.c.chat_id == chat_id))
