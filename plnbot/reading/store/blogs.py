"""Members' own blogs: found, offered, taken; and the feeds by which they are read."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, delete, select, update

from plnbot.reading.store.library_tables import blog
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.values import dataclass


class BlogStanding(StrEnum):
    """Where a member's blog stands."""

    FOUND = "found"
    """Nobody but its member knows of it."""
    OFFERED = "offered"
    TAKEN = "taken"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Blog:
    """A member's own blog. `at` is since when it stands so; `feed` is by what it is read, once taken."""

    id: int
    network: int
    member: int
    address: str
    key: str
    title: str
    site: str
    standing: BlogStanding
    at: datetime
    feed: int | None = None


_FOUND = on_both(blog, lambda new: new.on_conflict_do_nothing().returning(blog.c.id))


def add(tx: Tx, network: int, member: int, found: Blog, now: datetime) -> Blog | None:
    """Note a member's blog; None where it is somebody else's already."""
    before = of_key(tx, network, found.key)
    if before is not None:
        return before if before.member == member else None
    values = {
        "network_id": network,
        "member_id": member,
        "address": found.address,
        "key": found.key,
        "title": found.title,
        "site": found.site,
        "standing": BlogStanding.FOUND.value,
        "at": now,
    }
    tx.execute(_FOUND[tx.dialect], values)
    return of_key(tx, network, found.key)


def get(tx: Tx, number: int) -> Blog | None:
    """Return a blog."""
    row = tx.execute(select(blog).where(blog.c.id == number)).one_or_none()
    return None if row is None else _blog(row)


def of_key(tx: Tx, network: int, key: str) -> Blog | None:
    """Return a network's blog of this key."""
    mine = (blog.c.network_id == network) & (blog.c.key == key)
    row = tx.execute(select(blog).where(mine)).one_or_none()
    return None if row is None else _blog(row)


def of_member(tx: Tx, member: int) -> Sequence[Blog]:
    """Return a member's blogs."""
    rows = tx.execute(select(blog).where(blog.c.member_id == member).order_by(blog.c.id))
    return [_blog(row) for row in rows]


def offered(tx: Tx, network: int) -> Sequence[Blog]:
    """Return the blogs that wait for whoever curates, the longest first."""
    waits = (blog.c.network_id == network) & (blog.c.standing == BlogStanding.OFFERED.value)
    return [_blog(row) for row in tx.execute(select(blog).where(waits).order_by(blog.c.at))]


def read_by(tx: Tx, feed: int) -> Blog | None:
    """Return whose blog a feed reads, while it is taken."""
    taken = (blog.c.feed_id == feed) & (blog.c.standing == BlogStanding.TAKEN.value)
    row = tx.execute(select(blog).where(taken)).one_or_none()
    return None if row is None else _blog(row)


def stand(
    tx: Tx, number: int, standing: BlogStanding, now: datetime, feed: int | None = None
) -> None:
    """Let a blog stand so from now on."""
    values = {"standing": standing.value, "at": now, "feed_id": feed}
    tx.execute(update(blog).where(blog.c.id == number).values(values))


def forget(tx: Tx, number: int) -> None:
    """Forget a blog."""
    tx.execute(delete(blog).where(blog.c.id == number))


def _blog(row: Row[Any]) -> Blog:
    return Blog(
        row.id,
        row.network_id,
        row.member_id,
        row.address,
        row.key,
        row.title,
        row.site,
        BlogStanding(row.standing),
        row.at,
        row.feed_id,
    )
