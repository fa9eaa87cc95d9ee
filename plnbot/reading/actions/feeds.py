"""Adding feeds, changing them, removing them, bringing them back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from plnbot.addresses import key
from plnbot.engine import audit, work
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.reading.actions.keys import POLL, lane_of, poll_key, topic
from plnbot.reading.model.feeds import About, Deed, Feed, Manner, Poll
from plnbot.reading.store import feeds as store
from plnbot.reading.store import polls
from plnbot.reading.store.feeds import New
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.syndication import Known
from plnbot.talk.words import msg

MOST_FEEDS = 2000
_BEFORE = "before"
_LONGEST = 2000


def link_of(words: str) -> str:
    """Return the link that is meant, a bare `@name@host` too; raises `Refused` where it is none."""
    said = words.strip().strip("<>").partition("|")[0]
    for scheme in ("feed:https://", "feed://", "feed:http://"):
        if said.lower().startswith(scheme):
            said = "https://" + said[len(scheme) :]
    why = msg("That is no web address. Paste the link of a page, a channel or a feed.")
    handle = said.count("@") and "/" not in said and "." in said
    if "://" not in said and not handle:
        if "." not in said.partition("/")[0]:
            raise Refused(why)
        said = f"https://{said}"
    if not said or len(said) > _LONGEST or any(each.isspace() for each in said):
        raise Refused(why)
    try:
        sound = handle or (urlsplit(said).scheme in {"http", "https"} and urlsplit(said).hostname)
    except ValueError:
        sound = False
    if not sound:
        raise Refused(why)
    return said


def feed_key(address: str) -> str:
    """Return by what a feed is known again."""
    return key(address)[:600]


def add(tx: Tx, new: New, place: Place, manner: Manner, now: datetime, *, by: Person) -> Feed:
    """Add a feed to a network and have it posted in a room; one that is there gets the room besides.

    One that was removed comes back: what it showed before is not posted again.
    """
    network = by.network.id
    before = store.of_key(tx, network, new.key)
    if before is not None and before.removed_at is None:
        made = before
    else:
        if store.how_many(tx, network) >= MOST_FEEDS:
            raise Refused(
                msg("A network has at most {most} feeds. Remove one first.", most=MOST_FEEDS)
            )
        made = store.add(tx, network, new, now, by=by.id)
        polls.note(tx, network, made.id, Poll())
        poll_at(tx, made, now)
    if manner is not Manner.SHELF:
        put_in_room(tx, made, place, manner)
    record(tx, made, Deed.ADDED, now, by=by)
    return made


def describe(
    tx: Tx, feed: Feed, about: About, now: datetime, *, by: Person, approval: bool | None
) -> None:
    """Say otherwise what a feed is; its cards say so when they are made anew."""
    store.describe(tx, feed.id, about, approval=approval)
    record(tx, feed, Deed.CHANGED, now, by=by)


def put_in_room(tx: Tx, feed: Feed, place: Place, manner: Manner) -> None:
    """Let a room get a feed in this manner, or not at all."""
    if manner is Manner.SHELF:
        store.take_from_room(tx, feed.id, place)
    else:
        store.put_in_room(tx, feed.network, feed.id, place, manner)


def remove(tx: Tx, feed: Feed, now: datetime, *, by: Person | None) -> None:
    """Read a feed no more; its rooms stay noted, so that it can be brought back."""
    if feed.removed_at is None:
        store.change(tx, feed.id, removed_at=now)
        work.cancel(tx, poll_key(feed.id), now)
        record(tx, feed, Deed.REMOVED, now, by=by)


def bring_back(tx: Tx, feed: Feed, now: datetime, *, by: Person) -> None:
    """Read a feed again that was removed; what came meanwhile is known and not posted."""
    if feed.removed_at is not None:
        store.change(tx, feed.id, removed_at=None, last=0)
        polls.note(tx, feed.network, feed.id, Poll())
        poll_at(tx, feed, now)
        record(tx, feed, Deed.BROUGHT_BACK, now, by=by)


def readdress(tx: Tx, feed: Feed, address: str, now: datetime, *, by: Person | None = None) -> Feed:
    """Read a feed at another address from now on; what it showed before stays known."""
    store.change(tx, feed.id, address=address, key=feed_key(address))
    record(tx, feed, Deed.MOVED, now, by=by)
    return store.the_feed(tx, feed.id)


def use_fix(tx: Tx, feed: Feed, now: datetime, *, by: Person) -> Feed:
    """Read a feed at the address that was found in its place, at once."""
    poll = polls.poll_of(tx, feed.id)
    if not poll.fix:
        raise Refused(msg("It answers again, so nothing is to be mended."))
    if store.of_key(tx, feed.network, feed_key(poll.fix)) is not None:
        raise Refused(msg("Your network has that feed already. Remove this one instead."))
    moved = readdress(tx, feed, poll.fix, now, by=by)
    polls.note(tx, feed.network, feed.id, replace(poll, known=Known(), fix=""))
    poll_at(tx, moved, now)
    return moved


def filter_by(
    tx: Tx, feed: Feed, filters: Mapping[str, object], now: datetime, *, by: Person
) -> None:
    """Let only some of a feed's posts pass from now on; what it was before is kept, for undo."""
    before = {name: value for name, value in feed.filters.items() if name != _BEFORE}
    store.change(tx, feed.id, filters={**filters, _BEFORE: before})
    record(tx, feed, Deed.FILTERED, now, by=by)


def unfilter(tx: Tx, feed: Feed, now: datetime, *, by: Person) -> None:
    """Filter a feed as it was before."""
    before = feed.filters.get(_BEFORE)
    if not isinstance(before, dict):
        raise Refused(msg("There is nothing to undo."))
    filter_by(tx, feed, before, now, by=by)


def poll_at(tx: Tx, feed: Feed, at: datetime) -> None:
    """Have a feed polled then, and not at any other time that was planned."""
    lane = lane_of(POLL, feed.address)
    work.put(
        tx, POLL, poll_key(feed.id), at, {"feed": feed.id}, lane=lane, network=feed.network,
        urgency=work.Urgency.COURTESY,
    )  # fmt: skip


def record(
    tx: Tx, feed: Feed, deed: Deed, now: datetime, *, by: Person | None, **detail: str | int
) -> None:
    """Write what was done with a feed into the log, and have what shows feeds shown anew."""
    person = by.id if by else None
    audit.record(tx, feed.network, person, deed.value, f"feed:{feed.id}", now=now, **detail)
    tx.announce(topic(feed.network))
