"""The secret addresses under which calendar programs find what takes place in a network, and who was shown them."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, String, Table, bindparam, delete, insert, select, update

from plnbot.calendars.model import Calendar
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant

calendar = Table(
    "calendar",
    metadata,
    Column("network_id", Id, ForeignKey("network.id"), primary_key=True),
    Column("token", String(64), nullable=False, unique=True),
    Column("seed", String(32), nullable=False),
    Column("renewed_at", Instant, nullable=True),
)
calendar_reader = Table(
    "calendar_reader",
    metadata,
    Column("member_id", Id, ForeignKey("member.id"), primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    Column("token", String(64), nullable=False),
)

_SHOWN = on_both(
    calendar_reader,
    lambda new: new.on_conflict_do_update(
        index_elements=["member_id"], set_={"token": new.excluded.token}
    ),
)
_READS = (
    select(calendar_reader.c.token.label("shown"), calendar)
    .outerjoin(calendar, calendar.c.network_id == calendar_reader.c.network_id)
    .where(calendar_reader.c.member_id == bindparam("member"))
)


def calendar_of(tx: Tx, network: int) -> Calendar | None:
    """Return a network's calendar, once it has one."""
    row = tx.execute(select(calendar).where(calendar.c.network_id == network)).one_or_none()
    return None if row is None else Calendar(row.network_id, row.token, row.seed, row.renewed_at)


def calendar_at(tx: Tx, token: str) -> Calendar | None:
    """Return the calendar at an address."""
    row = tx.execute(select(calendar).where(calendar.c.token == token)).one_or_none()
    return None if row is None else Calendar(row.network_id, row.token, row.seed, row.renewed_at)


def add_calendar(tx: Tx, made: Calendar) -> None:
    """Give a network its calendar."""
    values = {"network_id": made.network, "token": made.token, "seed": made.seed}
    tx.execute(insert(calendar).values(values))


def move_calendar(tx: Tx, network: int, token: str, now: datetime) -> None:
    """Give a network's calendar another address; the one before is nobody's."""
    moved = update(calendar).where(calendar.c.network_id == network)
    tx.execute(moved.values(token=token, renewed_at=now))


def show_calendar(tx: Tx, shown: Calendar, member: int) -> None:
    """Note that a member was shown the address as it is now."""
    values = {"member_id": member, "network_id": shown.network, "token": shown.token}
    tx.execute(_SHOWN[tx.dialect], values)


def calendar_read_by(tx: Tx, member: int) -> tuple[str, Calendar | None] | None:
    """Return the address a member was last shown, and their network's calendar; None if never."""
    row = tx.execute(_READS, {"member": member}).one_or_none()
    if row is None:
        return None
    there = row.token is not None
    return row.shown, Calendar(
        row.network_id, row.token, row.seed, row.renewed_at
    ) if there else None


def forget_reader(tx: Tx, member: int) -> None:
    """Forget that a member was shown the address."""
    tx.execute(delete(calendar_reader).where(calendar_reader.c.member_id == member))
