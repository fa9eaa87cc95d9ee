"""The tables of the gate: notices with how each ended, and what members set."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Row,
    String,
    Table,
    bindparam,
    delete,
    select,
    update,
)

from plnbot.engine.notices.model import Args, How, Wanted
from plnbot.quiet import Leave
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant, Json
from plnbot.values import dataclass


class NoticeState(StrEnum):
    """Where a notice stands. Every one but `WAITING` is an end."""

    WAITING = "waiting"
    SENT = "sent"
    IN_DAY = "day"
    SEEN = "seen"
    DROPPED = "dropped"


notice = Table(
    "notice",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", String(200), nullable=False, unique=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False),
    Column("platform", String(20), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("card", String(60), nullable=False),
    Column("args", Json, nullable=False),
    Column("told_at", Instant, nullable=False),
    Column("wanted_at", Instant, nullable=False),
    Column("until", Instant, nullable=True),
    Column("asked", Boolean, nullable=False),
    Column("state", String(10), nullable=False),
    Column("ended_at", Instant, nullable=True),
    Column("why", String(80), nullable=False),
    Index("ix_notice_member", "member_id", "state"),
    Index("ix_notice_ended", "ended_at"),
)
notice_wish = Table(
    "notice_wish",
    metadata,
    Column("member_id", Id, ForeignKey("member.id"), primary_key=True, autoincrement=False),
    Column("how", Json, nullable=False),
    Column("direct", Boolean, nullable=True),
    Column("leave_begins", Instant, nullable=True),
    Column("leave_ends", Instant, nullable=True),
)
LATELY_MOST = 20
_ADDED = on_both(
    notice, lambda new: new.on_conflict_do_nothing(index_elements=["key"]).returning(notice.c.id)
)
_WAITS = notice.c.state == NoticeState.WAITING.value
_WAITING = (
    select(notice)
    .where(notice.c.member_id == bindparam("member"), _WAITS)
    .order_by(notice.c.wanted_at, notice.c.id)
)
_WISH = select(notice_wish).where(notice_wish.c.member_id == bindparam("member"))
_SET = on_both(
    notice_wish,
    lambda new: new.on_conflict_do_update(
        index_elements=["member_id"],
        set_={each.name: each for each in new.excluded if each.name != "member_id"},
    ),
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice as it was told; `platform` is where its member is to read it."""

    id: int
    key: str
    network: int
    member: int
    platform: str
    kind: str
    card: str
    args: Args
    told: datetime
    wanted: Wanted
    asked: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """What a member set; `direct` is None where they set nothing about it."""

    how: Mapping[str, How]
    direct: bool | None = None
    leave: Leave | None = None


def add(tx: Tx, told: Waiting) -> bool:
    """Write a notice down; one whose key was ever used is left as it is, and False returned."""
    values = {
        "key": told.key,
        "network_id": told.network,
        "member_id": told.member,
        "platform": told.platform,
        "kind": told.kind,
        "card": told.card,
        "args": dict(told.args),
        "told_at": told.told,
        "wanted_at": told.wanted.at,
        "until": told.wanted.until,
        "asked": told.asked,
        "state": NoticeState.WAITING.value,
        "ended_at": None,
        "why": "",
    }
    return tx.execute(_ADDED[tx.dialect], values).one_or_none() is not None


def waiting(tx: Tx, member: int) -> Sequence[Waiting]:
    """Return what waits for a member, in the order in which it is wanted."""
    return [_waiting(row) for row in tx.execute(_WAITING, {"member": member})]


def in_message(tx: Tx, member: int, key: str) -> Sequence[Waiting]:
    """Return what went into the day's message of this key."""
    found = select(notice).where(
        notice.c.member_id == member, notice.c.state == NoticeState.IN_DAY, notice.c.why == key
    )
    rows = tx.execute(found.order_by(notice.c.wanted_at, notice.c.id))
    return [_waiting(row) for row in rows]


def lately(tx: Tx, member: int, since: datetime) -> Sequence[Waiting]:
    """Return what went into messages of the day since then, newest first."""
    found = select(notice).where(
        notice.c.member_id == member,
        notice.c.state == NoticeState.IN_DAY,
        notice.c.ended_at >= since,
    )
    rows = tx.execute(found.order_by(notice.c.ended_at.desc(), notice.c.id).limit(LATELY_MOST))
    return [_waiting(row) for row in rows]


def end(tx: Tx, ids: Sequence[int], state: NoticeState, now: datetime, why: str = "") -> None:
    """Note how notices ended; what has ended already stays as it ended."""
    if ids:
        ended = {"state": state.value, "ended_at": now, "why": why}
        tx.execute(update(notice).where(notice.c.id.in_(ids), _WAITS).values(ended))


def take_back(tx: Tx, stem: str) -> Sequence[int]:
    """Take away what waits under keys that begin so; return whose it was."""
    mine = (notice.c.key.startswith(stem, autoescape=True), _WAITS)
    gone = delete(notice).where(*mine).returning(notice.c.member_id)
    return list(dict.fromkeys(tx.execute(gone).scalars()))


def told_under(tx: Tx, stem: str) -> Sequence[int]:
    """Return for whom something waits under keys that begin so."""
    found = select(notice.c.member_id).where(notice.c.key.startswith(stem, autoescape=True), _WAITS)
    return list(dict.fromkeys(tx.execute(found).scalars()))


def was_told(tx: Tx, key: str) -> bool:
    """Return whether there is a notice of this key, whatever became of it."""
    return tx.execute(select(notice.c.id).where(notice.c.key == key)).one_or_none() is not None


def wish_of(tx: Tx, member: int) -> Wish:
    """Return what a member set."""
    row = tx.execute(_WISH, {"member": member}).one_or_none()
    if row is None:
        return Wish({})
    begins, ends = row.leave_begins, row.leave_ends
    leave = Leave(begins, ends) if begins is not None and ends is not None else None
    return Wish({name: How(how) for name, how in row.how.items()}, row.direct, leave)


def on_leave(tx: Tx, members: Collection[int], now: datetime) -> frozenset[int]:
    """Return who of these is on leave at an instant."""
    found = select(notice_wish.c.member_id).where(
        notice_wish.c.member_id.in_(members),
        notice_wish.c.leave_begins <= now,
        notice_wish.c.leave_ends > now,
    )
    return frozenset(tx.execute(found).scalars())


def who_set(tx: Tx, members: Sequence[int], kind: str) -> Mapping[int, How]:
    """Return how those of these members who set something about a kind want it."""
    found = select(notice_wish.c.member_id, notice_wish.c.how).where(
        notice_wish.c.member_id.in_(members)
    )
    rows = tx.execute(found) if members else ()
    return {row.member_id: How(row.how[kind]) for row in rows if kind in row.how}


def save_wish(tx: Tx, member: int, wish: Wish) -> None:
    """Keep what a member set."""
    tx.execute(
        _SET[tx.dialect],
        {
            "member_id": member,
            "how": {name: how.value for name, how in wish.how.items()},
            "direct": wish.direct,
            "leave_begins": wish.leave.begins if wish.leave else None,
            "leave_ends": wish.leave.ends if wish.leave else None,
        },
    )


def _waiting(row: Row[tuple[object, ...]]) -> Waiting:
    return Waiting(
        row.id,
        row.key,
        row.network_id,
        row.member_id,
        row.platform,
        row.kind,
        row.card,
        row.args,
        row.told_at,
        Wanted(row.wanted_at, row.until),
        row.asked,
    )
