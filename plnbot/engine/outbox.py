"""The outbox: cards that are to stand somewhere, as work, and where they stand once sent.

A post names a card and its arguments, not its words: the words are made when it is sent, from what
is true then, and made again when it is refreshed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Row, bindparam, or_, select

from plnbot.engine import work
from plnbot.engine.ports import Destination
from plnbot.engine.store import post as post_table
from plnbot.engine.work import Urgency
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.values import dataclass

Args = Mapping[str, str | int]
POST = "engine.post"
EDIT = "engine.edit"
EDITS = "edit/"
BESIDE_POSTS = "~"
"""Ends the lane of edits of what stands in one place."""
# Arguments of any card that its sender is told of, as `Outgoing` says.
BESIDE = "beside"
THREAD = "thread"
_RECORDED = on_both(post_table, lambda new: new.on_conflict_do_nothing())
_BY_KEY = select(post_table).where(post_table.c.key == bindparam("key"))
_STANDING = select(post_table.c.key).where(post_table.c.key.in_(bindparam("keys", expanding=True)))
_AT_THREAD = (
    select(post_table)
    .where(
        post_table.c.platform == bindparam("platform"),
        post_table.c.workspace == bindparam("workspace"),
        post_table.c.channel == bindparam("channel"),
        post_table.c.ref == bindparam("thread"),
    )
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Post:
    """A card that stands somewhere under the platform's reference `ref`."""

    key: str
    network: int
    to: Destination
    card: str
    args: Args
    ref: str


@dataclass(frozen=True, slots=True)
class Posting:
    """One room, at one instant, within one unit of work: what every post there has in common.

    What is said to one member goes through `plnbot.engine.notices`.
    """

    tx: Tx
    network: int
    room: Place
    at: datetime

    urgency: Urgency = Urgency.ORDINARY

    def post(self, card: str, args: Args, *, key: str, under: str = "") -> bool:
        """Have a card posted, once for this key; posts to one room that are as urgent keep their order.

        `card` names what makes it, from `args`, when it is sent. With `under`, it goes into the thread
        of the post of that key, which must be planned before. Returns whether it is new.
        """
        to = _To(self.tx, self.network, self.room, self.at, self.urgency)
        return _planned(to, card, args, key=key, under=under)


def write_to(
    tx: Tx, network: int, to: MemberRef, card: str, args: Args, *, key: str, at: datetime
) -> bool:
    """Have a card written to one member directly; for `plnbot.engine.notices` alone, the gate to them."""
    return _planned(_To(tx, network, to, at, Urgency.ORDINARY), card, args, key=key)


class _To(NamedTuple):
    tx: Tx
    network: int
    to: Destination
    at: datetime
    urgency: Urgency


def _planned(where: _To, card: str, args: Args, *, key: str, under: str = "") -> bool:
    payload = {"to": packed(where.to), "card": card, "args": dict(args), "under": under}
    return work.add(
        where.tx,
        POST,
        key,
        where.at,
        payload,
        lane=lane_of(where.to),
        network=where.network,
        urgency=where.urgency,
    )


def refresh(tx: Tx, key: str, now: datetime) -> None:
    """Have a post shown anew as things are now; several calls before it runs count as one.

    A post that is being sent may show what was true before, so it is edited right afterwards; one
    that still waits is made from what is true when it goes out.
    """
    on_its_way = work.begun(tx, key)  # looked at first: it cannot end between the two looks
    standing = by_key(tx, key)
    if standing is not None and not standing.ref:
        return  # shown by the platform itself, always as things are
    where = (lane_of(standing.to), standing.network) if standing else on_its_way
    if where is not None:
        lane, network = where
        payload = {"post": key}
        # Beside the lane of posts: no question waits for a counter, however long that has to rest.
        edits = f"{lane}{BESIDE_POSTS}"
        work.put(tx, EDIT, f"{EDITS}{key}", now, payload, lane=edits, network=network)


def record(tx: Tx, sent: Sequence[Post], now: datetime) -> None:
    """Remember where cards stand; one that is remembered already is left as it is."""
    rows = [
        {
            "key": each.key,
            "network_id": each.network,
            "card": each.card,
            "args": dict(each.args),
            "ref": each.ref,
            "at": now,
            **packed(each.to),
        }
        for each in sent
    ]
    if rows:
        tx.execute(_RECORDED[tx.dialect], rows)


def planned(tx: Tx, item: work.Item) -> Post | None:
    """Return the post that a piece of work is, or changes; None where it has nowhere to be."""
    if item.kind == EDIT:
        return by_key(tx, str(item.payload["post"]))
    args = item.payload["args"]
    if item.network is None or not isinstance(args, dict):
        return None
    to = unpacked(item.payload["to"])
    if item.payload["under"]:
        above = by_key(tx, str(item.payload["under"]))
        if above is None or not isinstance(above.to, Place):
            return None
        to = above.to.in_thread(above.ref)
    return Post(item.key, item.network, to, str(item.payload["card"]), args, "")


def standing(tx: Tx, keys: Sequence[str]) -> frozenset[str]:
    """Return which of these posts stand."""
    return frozenset(tx.execute(_STANDING, {"keys": keys}).scalars() if keys else ())


def standing_under(tx: Tx, stem: str) -> tuple[str, ...]:
    """Return the keys of the posts that stand and whose keys begin with `stem`."""
    wanted = post_table.c.key.startswith(stem, autoescape=True)
    return tuple(tx.execute(select(post_table.c.key).where(wanted)).scalars())


def on_its_way(tx: Tx, keys: Sequence[str]) -> bool:
    """Return whether any of these posts is planned, is being sent or waits for another try."""
    return bool(work.waiting(tx, keys))


def waits_unbegun(tx: Tx, key: str) -> bool:
    """Return whether this post waits and nobody has begun it; nobody does until this transaction ends."""
    return work.begun(tx, key) is None and bool(work.waiting(tx, [key]))


def withdraw(tx: Tx, key: str) -> bool:
    """Take a post back that waits for its instant; return False where it is on its way, or stands."""
    return work.forget(tx, key)


def stands_since(tx: Tx, key: str) -> datetime | None:
    """Return when the post of this key arrived, as far as we know; None where it does not stand."""
    found = select(post_table.c.at).where(post_table.c.key == key)
    return tx.execute(found).scalar_one_or_none()


def by_key(tx: Tx, key: str) -> Post | None:
    """Return the post of this key once it stands."""
    row = tx.execute(_BY_KEY, {"key": key}).one_or_none()
    return None if row is None else _post(row)


def posted_since(tx: Tx, place: Place, at: datetime) -> bool:
    """Return whether something new has come to stand in a channel since then."""
    found = select(post_table.c.id).where(
        post_table.c.platform == place.platform,
        post_table.c.workspace == place.workspace,
        post_table.c.channel == place.channel,
        post_table.c.at > at,
    )
    return tx.execute(found.limit(1)).one_or_none() is not None


def at_thread(tx: Tx, place: Place) -> Post | None:
    """Return the post that a thread hangs under."""
    if not place.thread:
        return None
    row = tx.execute(_AT_THREAD, asdict(place)).one_or_none()
    return None if row is None else _post(row)


def standing_at(tx: Tx, who: MemberRef, place: Place, ref: str) -> Post | None:
    """Return the post that stands under this reference in a channel, or in a member's direct messages."""
    if not ref:
        return None
    found = select(post_table).where(
        post_table.c.platform == place.platform,
        post_table.c.workspace == place.workspace,
        or_(post_table.c.channel == place.channel, post_table.c.user == who.user),
        post_table.c.ref == ref,
    )
    row = tx.execute(found.limit(1)).one_or_none()
    return None if row is None else _post(row)


def unpacked(packed: object) -> Destination:
    """Return the destination written in a work row."""
    if not isinstance(packed, dict):
        msg = "a destination must be an object"
        raise TypeError(msg)
    if packed["user"]:
        return MemberRef(packed["platform"], packed["workspace"], packed["user"])
    return Place(packed["platform"], packed["workspace"], packed["channel"], packed["thread"])


def lane_of(to: Destination) -> str:
    """Return the lane in which whatever is posted to one place or member keeps its order."""
    parts = packed(to)
    return "/".join(parts[part] for part in ("platform", "workspace", "channel", "user"))


def lanes_of(to: Destination) -> tuple[str, str]:
    """Return the lanes of what is posted to one place or member, and of what is edited there."""
    return lane_of(to), f"{lane_of(to)}{BESIDE_POSTS}"


def packed(to: Destination) -> dict[str, str]:
    """Return a destination as it is written in a work row."""
    match to:
        case MemberRef(platform, workspace, user):
            where = {"channel": "", "thread": "", "user": user}
        case Place(platform, workspace, channel, thread):
            where = {"channel": channel, "thread": thread, "user": ""}
    return {"platform": platform, "workspace": workspace, **where}


def _post(row: Row[tuple[object, ...]]) -> Post:
    place = {name: getattr(row, name) for name in ("platform", "workspace", "channel", "thread")}
    to = unpacked({**place, "user": row.user})
    return Post(row.key, row.network_id, to, row.card, row.args, row.ref)
