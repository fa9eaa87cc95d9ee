"""Badges from elsewhere: the file as it was, what it says, and what came of looking at it."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, insert, select, update

from plnbot.badges.model import HOLDS, Looked
from plnbot.badges.store.definitions import topic
from plnbot.badges.store.tables import brought
from plnbot.openbadges.foreign import Whose
from plnbot.store.database import Tx
from plnbot.values import dataclass

_COLUMNS = [each for each in brought.c if each.name != "content"]


@dataclass(frozen=True, slots=True)
class Brought:
    """A badge that somebody brought from elsewhere; its file is read apart.

    `said` is what it says of itself, cleaned. `verified_at` is when its signature last held, None where
    it never did; `since` the day since when its issuer says that the key is withdrawn. `why` is what is
    known against it, also while it is looked at again.
    """

    id: int
    network: int
    member: int
    code: str
    said: Mapping[str, str]
    until: datetime | None
    whose: Whose
    standing: Looked
    why: str
    since: str
    asked: int
    at: datetime
    looked_at: datetime | None
    verified_at: datetime | None
    shared_at: datetime | None
    name: str
    address: str

    @property
    def called(self) -> str:
        """What it is called."""
        return self.said["name"]

    @property
    def holds(self) -> bool:
        """Whether its signature held, and nothing was known against it, when it was last looked at."""
        return self.standing in HOLDS

    @property
    def taken_in(self) -> bool:
        """Whether it was not refused when it came; else nothing of it is kept but the reason."""
        return self.standing is not Looked.REFUSED or self.verified_at is not None

    def over(self, now: datetime) -> bool:
        """Return whether its time has ended."""
        return self.until is not None and self.until <= now


def add(
    tx: Tx,
    network: int,
    member: int,
    content: bytes,
    digest: str,
    *,
    said: Mapping[str, str],
    until: datetime | None,
    whose: Whose,
    now: datetime,
) -> Brought:
    """Keep a badge that somebody brings, to be looked at."""
    made = insert(brought).values(
        network_id=network,
        member_id=member,
        code=secrets.token_hex(12),
        content=content,
        digest=digest,
        said=dict(said),
        until=until,
        whose=whose.value,
        standing=Looked.WAITS.value,
        why="",
        since="",
        asked=1,
        at=now,
        name="",
        address="",
    )
    number = int(tx.execute(made.returning(brought.c.id)).scalar_one())
    return _told(tx, found(tx, number))


def change(tx: Tx, it: Brought, **values: Any) -> Brought:
    """Write some of it anew, and return it as it is then."""
    tx.execute(update(brought).where(brought.c.id == it.id).values(values))
    return _told(tx, found(tx, it.id))


def _told(tx: Tx, it: Brought) -> Brought:
    """Have every page shown anew on which it stands."""
    for each in (f"member:{it.member}", topic(it.network), open_topic(it.code)):
        tx.announce(each)
    return it


def open_topic(code: str) -> str:
    """Return what changes when its public page does."""
    return f"open:brought:{code}"


def get(tx: Tx, number: int) -> Brought | None:
    """Return one, or None."""
    return _one(tx, brought.c.id == number)


def found(tx: Tx, number: int) -> Brought:
    """Return one that is there."""
    return _brought(tx.execute(select(*_COLUMNS).where(brought.c.id == number)).one())


def by_code(tx: Tx, code: str) -> Brought | None:
    """Return one by what its address has."""
    return _one(tx, brought.c.code == code)


def by_digest(tx: Tx, member: int, digest: str) -> Brought | None:
    """Return the one of somebody that is this file."""
    return _one(tx, (brought.c.member_id == member) & (brought.c.digest == digest))


def content_of(tx: Tx, number: int) -> bytes:
    """Return its file as it was, empty where it was refused."""
    return bytes(tx.execute(select(brought.c.content).where(brought.c.id == number)).scalar_one())


def used(tx: Tx, member: int) -> tuple[int, int]:
    """Return how many a member has here, and how many bytes."""
    size = func.coalesce(func.sum(func.length(brought.c.content)), 0)
    these = select(func.count().label("many"), size.label("size"))
    row = tx.execute(these.where(brought.c.member_id == member)).one()
    return int(row.many), int(row.size)


def of_member(tx: Tx, member: int) -> Sequence[Brought]:
    """Return those of a member, the latest first; not what was refused when it came."""
    stays = (brought.c.standing != Looked.REFUSED.value) | brought.c.verified_at.is_not(None)
    these = select(*_COLUMNS).where(brought.c.member_id == member, stays)
    return tuple(map(_brought, tx.execute(these.order_by(brought.c.id.desc()))))


def empty(tx: Tx, it: Brought) -> None:
    """Forget the file of one that was refused when it came, and what it said but for its name."""
    values = {"content": b"", "said": {**dict.fromkeys(it.said, ""), "name": it.called}}
    tx.execute(update(brought).where(brought.c.id == it.id).values(values))


def drop(tx: Tx, it: Brought) -> None:
    """Take one out, with its file."""
    tx.execute(delete(brought).where(brought.c.id == it.id))
    _told(tx, it)


def drop_refused(tx: Tx, member: int) -> None:
    """Take away what was refused when it came: that was told by now."""
    refused = brought.c.standing == Looked.REFUSED.value
    these = refused & brought.c.verified_at.is_(None) & (brought.c.member_id == member)
    tx.execute(delete(brought).where(these))


def _one(tx: Tx, where: ColumnElement[bool]) -> Brought | None:
    row = tx.execute(select(*_COLUMNS).where(where)).one_or_none()
    return None if row is None else _brought(row)


def _brought(row: Row[Any]) -> Brought:
    return Brought(
        row.id,
        row.network_id,
        row.member_id,
        row.code,
        row.said,
        row.until,
        Whose(row.whose),
        Looked(row.standing),
        row.why,
        row.since,
        row.asked,
        row.at,
        row.looked_at,
        row.verified_at,
        row.shared_at,
        row.name,
        row.address,
    )
