"""Posts that their place refused, and how they are tried again once it accepts them.

What was refused stays as it is: a room that comes back after an hour is not to be flooded. Each
capability says what of its own still matters by then, and only that is posted.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import literal_column, or_, select

from plnbot.engine import outbox
from plnbot.engine import work as queue
from plnbot.engine.store import post as post_table
from plnbot.engine.store import work
from plnbot.engine.work import WorkState
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Tx
from plnbot.values import dataclass

ASKED = "asked"
"""In the payload of a post that is tried again: whether somebody asked for that."""
AGAIN = "again"
# Written out: SQLite uses a partial index only then.
_REFUSED = work.c.state == literal_column("'refused'")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A post, or the change of one, that a room refused."""

    key: str
    card: str
    place: Place
    args: outbox.Args


def refusals(tx: Tx, platform: str, place: Place | None = None) -> tuple[Refusal, ...]:
    """Return what the rooms of a platform, or only this one, refused, in the order it was due."""
    in_lane = work.c.lane.startswith(f"{platform}/", autoescape=True)
    if place is not None:
        in_lane = work.c.lane.in_(outbox.lanes_of(place))
    rows = tx.execute(
        select(work.c.key, work.c.kind, work.c.payload)
        .where(_REFUSED, in_lane, work.c.kind.in_((outbox.POST, outbox.EDIT)))
        .order_by(work.c.due_at, work.c.id)
    )
    found = (_refusal(tx, row.kind, row.key, row.payload) for row in rows)
    return tuple(each for each in found if each is not None)


def again(tx: Tx, keys: Collection[str], now: datetime, *, asked: bool = False) -> int:
    """Have these posted, or changed where they stand, as if they were due only now.

    Returns how many there were of those that do not wait for it already.
    """
    edits = [f"{outbox.EDITS}{each}" for each in keys]
    nowhere = (work.c.state == WorkState.DONE) & work.c.key.not_in(select(post_table.c.key))
    rows = tx.execute(
        select(work)
        .where(
            or_(
                work.c.key.in_(keys) & (work.c.kind == outbox.POST) & or_(_REFUSED, nowhere),
                work.c.key.in_(edits) & (work.c.kind == outbox.EDIT) & _REFUSED,
            )
        )
        .order_by(work.c.due_at, work.c.id)
    ).all()
    for row in rows:
        payload = {**row.payload, AGAIN: True, ASKED: asked}
        whose = {"lane": row.lane, "network": row.network_id}
        queue.put(tx, row.kind, row.key, now, payload, urgency=queue.Urgency(row.urgency), **whose)
    return len(rows)


def _refusal(tx: Tx, kind: str, key: str, payload: queue.Payload) -> Refusal | None:
    if kind == outbox.EDIT:
        standing = outbox.by_key(tx, str(payload["post"]))
        to, args = (standing.to, standing.args) if standing else (None, {})
        card = standing.card if standing else ""
        key = key.removeprefix(outbox.EDITS)
    else:
        to, given = outbox.unpacked(payload["to"]), payload["args"]
        args, card = given if isinstance(given, dict) else {}, str(payload["card"])
    if to is None or isinstance(to, MemberRef):
        return None
    return Refusal(key, card, to.channel_itself(), args)
