"""Digests of rooms: when each comes, and what is ready for it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from plnbot.reading.model.feeds import Manner
from plnbot.reading.model.items import Gate, Standing
from plnbot.reading.store.feeds import at, in_place
from plnbot.reading.store.tables import item, room, room_digest, shown, story
from plnbot.refs import Place
from plnbot.schedules import Schedule
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.values import dataclass

_PUT = on_both(
    room_digest,
    lambda new: new.on_conflict_do_update(
        index_elements=["platform", "workspace", "channel"],
        set_={"schedule": new.excluded.schedule, "network_id": new.excluded.network_id},
    ),
)


@dataclass(frozen=True, slots=True)
class Digest:
    """When a room gets its digest."""

    id: int
    network: int
    place: Place
    schedule: Schedule


def put(tx: Tx, network: int, place: Place, schedule: Schedule) -> Digest:
    """Have a room get its digest by this schedule."""
    tx.execute(_PUT[tx.dialect], {"network_id": network, "schedule": schedule, **at(place)})
    found = of_room(tx, place)
    if found is None:
        raise LookupError(place)
    return found


def get(tx: Tx, number: int) -> Digest | None:
    """Return a digest by its number."""
    row = tx.execute(select(room_digest).where(room_digest.c.id == number)).one_or_none()
    return None if row is None else _digest(row)


def of_room(tx: Tx, place: Place) -> Digest | None:
    """Return the digest of a room, or None."""
    row = tx.execute(select(room_digest).where(*in_place(room_digest, place))).one_or_none()
    return None if row is None else _digest(row)


def ready(tx: Tx, place: Place, since: datetime, *, most: int) -> Sequence[int]:
    """Return the stories that a room's digest brings, the newest first, none that the room has had."""
    there = select(shown.c.story_id).where(shown.c.story_id == story.c.id, *in_place(shown, place))
    earlier = select(shown.c.story_id).where(
        shown.c.story_id == story.c.same_as, *in_place(shown, place)
    )
    found = (
        select(story.c.id)
        .join(item, item.c.story_id == story.c.id)
        .join(room, room.c.feed_id == item.c.feed_id)
        .where(
            *in_place(room, place),
            room.c.manner == Manner.DIGEST.value,
            item.c.gate == Gate.OPEN.value,
            item.c.seen_at >= since,
            story.c.standing == Standing.OPEN.value,
            ~there.exists(),
            ~earlier.exists(),
        )
        .group_by(story.c.id)
        .order_by(func.max(item.c.seen_at).desc(), story.c.id.desc())
        .limit(most)
    )
    return tuple(tx.execute(found).scalars())


def shown_by(tx: Tx, post: str) -> Sequence[int]:
    """Return the stories that a post shows, in the order in which they came."""
    found = select(shown.c.story_id).where(shown.c.post == post).order_by(shown.c.story_id)
    return tuple(tx.execute(found).scalars())


def _digest(row: Row[Any]) -> Digest:
    place = Place(row.platform, row.workspace, row.channel)
    return Digest(row.id, row.network_id, place, row.schedule)
