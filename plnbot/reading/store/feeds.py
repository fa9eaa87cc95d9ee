"""Feeds of networks, the rooms that get them, and what links were found to lead to."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from plnbot.reading.model.feeds import About, Audience, Feed, FeedRoom, Manner
from plnbot.reading.store.tables import feed, find, room
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.syndication import Offer
from plnbot.values import dataclass

_IN_ROOM = on_both(
    room,
    lambda new: new.on_conflict_do_update(
        index_elements=["feed_id", "platform", "workspace", "channel"],
        set_={"manner": new.excluded.manner},
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class New:
    """A feed as somebody adds it."""

    address: str
    key: str
    kind: str
    site: str
    language: str
    about: About
    approval: bool | None
    last: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a link was found to lead to, while somebody decides. Empty `offers` are not known yet."""

    id: int
    network: int
    place: Place
    link: str
    offers: Sequence[Offer]
    site: str
    language: str
    by: int
    form: int


def add(tx: Tx, network: int, new: New, now: datetime, *, by: int) -> Feed:
    """Write a feed down, or have one that was removed back as it is wished now."""
    values = {
        "address": new.address,
        "kind": new.kind,
        "site": new.site,
        "language": new.language[:20],
        **_about(new.about),
        "approval": new.approval,
        "last": new.last,
        "added_by": by,
        "added_at": now,
        "removed_at": None,
    }
    before = of_key(tx, network, new.key)
    if before is None:
        first = {**values, "network_id": network, "key": new.key, "filters": {}}
        number = tx.execute(insert(feed).values(first).returning(feed.c.id)).scalar_one()
    else:
        number = before.id
        tx.execute(update(feed).where(feed.c.id == number).values(values))
    return the_feed(tx, number)


def get(tx: Tx, number: int) -> Feed | None:
    """Return a feed, one that was removed too."""
    row = tx.execute(select(feed).where(feed.c.id == number)).one_or_none()
    return None if row is None else _feed(row)


def the_feed(tx: Tx, number: int) -> Feed:
    """Return a feed that is there."""
    found = get(tx, number)
    if found is None:
        raise LookupError(number)
    return found


def of_key(tx: Tx, network: int, key: str) -> Feed | None:
    """Return a network's feed of this key, one that was removed too."""
    mine = (feed.c.network_id == network) & (feed.c.key == key)
    row = tx.execute(select(feed).where(mine)).one_or_none()
    return None if row is None else _feed(row)


def feeds_of(tx: Tx, network: int) -> Sequence[Feed]:
    """Return a network's feeds that were not removed, by title."""
    mine = select(feed).where(feed.c.network_id == network, feed.c.removed_at.is_(None))
    return [_feed(row) for row in tx.execute(mine.order_by(feed.c.title, feed.c.id))]


def how_many(tx: Tx, network: int) -> int:
    """Return how many feeds a network has that were not removed."""
    mine = (feed.c.network_id == network) & feed.c.removed_at.is_(None)
    return int(tx.execute(select(func.count()).select_from(feed).where(mine)).scalar_one())


def titles_of(tx: Tx, numbers: Sequence[int]) -> Mapping[int, str]:
    """Return what feeds are called, removed ones too."""
    rows = tx.execute(select(feed.c.id, feed.c.title).where(feed.c.id.in_(numbers)))
    return {row.id: row.title for row in rows}


def notes_of(tx: Tx, numbers: Sequence[int]) -> Sequence[str]:
    """Return what curators say of feeds, in this order."""
    rows = tx.execute(select(feed.c.id, feed.c.note).where(feed.c.id.in_(numbers)))
    found = {row.id: row.note for row in rows}
    return [found[each] for each in numbers if each in found]


def describe(tx: Tx, number: int, about: About, *, approval: bool | None) -> None:
    """Say otherwise what a feed is."""
    change(tx, number, **_about(about), approval=approval)


def change(tx: Tx, number: int, **values: object) -> None:
    """Change some of a feed."""
    tx.execute(update(feed).where(feed.c.id == number).values(**values))


def put_in_room(tx: Tx, network: int, number: int, place: Place, manner: Manner) -> None:
    """Have a feed posted in a room, in this manner."""
    values = {"network_id": network, "feed_id": number, "manner": manner.value, **at(place)}
    tx.execute(_IN_ROOM[tx.dialect], values)


def take_from_room(tx: Tx, number: int, place: Place) -> None:
    """Have a feed posted in a room no more."""
    tx.execute(delete(room).where(room.c.feed_id == number, *in_place(room, place)))


def rooms_of(tx: Tx, numbers: Sequence[int]) -> Mapping[int, Sequence[FeedRoom]]:
    """Return the rooms of each of these feeds."""
    found: dict[int, list[FeedRoom]] = {each: [] for each in numbers}
    for row in tx.execute(select(room).where(room.c.feed_id.in_(numbers)).order_by(room.c.id)):
        found[row.feed_id].append(_room(row))
    return found


def manner_in(tx: Tx, number: int, place: Place) -> Manner:
    """Return how a room gets a feed; one that does not has it on the shelf."""
    mine = select(room.c.manner).where(room.c.feed_id == number, *in_place(room, place))
    found = tx.execute(mine).scalar_one_or_none()
    return Manner(found) if found else Manner.SHELF


def places(tx: Tx, platform: str) -> Sequence[Place]:
    """Return the rooms of a platform in which any feed is posted."""
    columns = (room.c.platform, room.c.workspace, room.c.channel)
    mine = select(*columns).join(feed).where(room.c.platform == platform)
    rows = tx.execute(mine.where(feed.c.removed_at.is_(None)).distinct().order_by(*columns))
    return [Place(row.platform, row.workspace, row.channel) for row in rows]


def look_for(
    tx: Tx, network: int, place: Place, link: str, now: datetime, *, by: int, form: int
) -> int:
    """Keep that somebody wants to know where a link leads; return its number."""
    values = {
        "network_id": network,
        **at(place),
        "link": link,
        "offers": [],
        "site": "",
        "language": "",
        "by_id": by,
        "form_id": form,
        "at": now,
    }
    return int(tx.execute(insert(find).values(values).returning(find.c.id)).scalar_one())


def found(tx: Tx, number: int) -> Found | None:
    """Return what a link was found to lead to; None where that is long ago."""
    row = tx.execute(select(find).where(find.c.id == number)).one_or_none()
    if row is None:
        return None
    offers = [Offer(**each) for each in row.offers]
    place = Place(row.platform, row.workspace, row.channel)
    return Found(
        row.id, row.network_id, place, row.link, offers, row.site, row.language, row.by_id,
        row.form_id,
    )  # fmt: skip


def note_found(tx: Tx, number: int, offers: Sequence[Offer], site: str, language: str) -> None:
    """Keep what a link leads to."""
    packed = [
        {"address": e.address, "title": e.title, "kind": e.kind, "found": e.found} for e in offers
    ]
    values = {"offers": packed, "site": site, "language": language[:20]}
    tx.execute(update(find).where(find.c.id == number).values(values))


def ask_again(tx: Tx, number: int, form: int) -> None:
    """Note who waits for an answer by now."""
    tx.execute(update(find).where(find.c.id == number).values(form_id=form))


def forget_found(tx: Tx, before: datetime) -> None:
    """Let go of what was looked for before an instant."""
    tx.execute(delete(find).where(find.c.at < before))


def at(place: Place) -> dict[str, str]:
    """Return a room as tables have it."""
    return {
        "platform": place.platform,
        "workspace": place.workspace,
        "channel": place.channel,
    }


def in_place(table: Any, place: Place) -> list[Any]:
    """Return what finds the rows of a room."""
    return [table.c[name] == value for name, value in at(place).items()]


def _about(about: About) -> dict[str, object]:
    return {
        "title": about.title[:300],
        "subjects": list(about.subjects),
        "grades": list(about.grades),
        "audience": about.audience.value,
        "note": about.note,
        "paywall": about.paywall,
    }


def _feed(row: Row[Any]) -> Feed:
    return Feed(
        id=row.id,
        network=row.network_id,
        address=row.address,
        key=row.key,
        kind=row.kind,
        site=row.site,
        language=row.language,
        about=About(
            title=row.title,
            subjects=tuple(row.subjects),
            grades=tuple(row.grades),
            audience=Audience(row.audience),
            note=row.note,
            paywall=row.paywall,
        ),
        filters=row.filters,
        approval=row.approval,
        last=row.last,
        added_by=row.added_by,
        added_at=row.added_at,
        removed_at=row.removed_at,
    )


def _room(row: Row[Any]) -> FeedRoom:
    place = Place(row.platform, row.workspace, row.channel)
    return FeedRoom(row.id, row.feed_id, row.network_id, place, Manner(row.manner))
