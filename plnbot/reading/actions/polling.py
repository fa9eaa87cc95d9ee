"""Polling feeds: asked with what is known of the last answer, taken in, planned anew."""

from dataclasses import replace
from datetime import datetime, timedelta

from plnbot.engine.context import Due
from plnbot.engine.outside import Outside, OutsideWork
from plnbot.errors import Refused, Unavailable
from plnbot.fetching import Unreachable
from plnbot.reading.actions import feeds as actions
from plnbot.reading.actions.keys import POLL
from plnbot.reading.actions.taking import Taken, overlaps, take_in
from plnbot.reading.actions.telling import show_anew, tell, tell_waiting
from plnbot.reading.model.asking import asked_for, looked_back, next_poll, next_try
from plnbot.reading.model.failing import (
    SILENT,
    WEEKLY,
    Event,
    has_lasted,
    is_silent,
    moving,
    of_youtube,
    told_now,
)
from plnbot.reading.model.feeds import Feed, Poll
from plnbot.reading.store import feeds, items, polls
from plnbot.syndication import Known, Reading
from plnbot.values import dataclass

_OK, _NOT_MODIFIED = 200, 304
AT_ONCE = 20
_A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Asked:
    """A feed that is asked, and what is known of it.

    `moved_to` is an address that it has long said it has moved to, to be looked at too; `site` the page
    on which to look for another feed where this one is no longer there.
    """

    address: str
    known: Known
    moved_to: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a feed could not be read: a word for it, the status it answered with, when to come back.

    `fix` is the address of a feed that its site names by now.
    """

    why: str
    status: int = 0
    retry_after: timedelta | None = None
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a feed says, and what is found where it says that it has moved."""

    reading: Reading
    there: Reading | None = None


Found = Answered | Failed


def begin(due: Due) -> Asked | None:
    """Return what is asked; None where the feed was removed."""
    feed = _feed(due)
    if feed is None:
        return None
    poll = polls.poll_of(due.tx, feed.id)
    after = replace(poll, failing_since=poll.failing_since or due.now)
    absent = told_now(feed.address, after, due.now) is not None and not of_youtube(feed.address)
    return Asked(
        feed.address,
        poll.known,
        poll.moved_to if has_lasted(poll, due.now) else "",
        feed.site if absent and feed.site != feed.address else "",
    )


async def do(asked: Asked, outside: Outside) -> Found:
    """Read the feed, and whatever else tells more of it."""
    found = await read_feed(asked.address, asked.known, outside)
    if isinstance(found, Failed):
        fix = await _another(asked, outside) if asked.site else ""
        return replace(found, fix=fix)
    if not asked.moved_to or asked.moved_to == found.moved:
        return Answered(found)
    there = await read_feed(asked.moved_to, None, outside)
    return Answered(found, None if isinstance(there, Failed) else there)


async def read_feed(address: str, known: Known | None, outside: Outside) -> Reading | Failed:
    """Return what a feed says, or why it cannot be read."""
    try:
        reading = await outside.feeds.read(address, known)
    except Unreachable as error:
        return Failed(error.why.value, error.status, error.retry_after)
    except Unavailable as error:
        return Failed("answer", 0, error.retry_after)
    except Refused:
        return Failed("no_feed")
    if reading.status not in (_OK, _NOT_MODIFIED):
        return Failed("status", reading.status)
    return reading


async def _another(asked: Asked, outside: Outside) -> str:
    """Return the address of the feed that a site names, if that is another one and can be read."""
    try:
        found = await outside.feeds.discover(asked.site)
    except (Refused, Unavailable):
        return ""
    return next((e.address for e in found.offers[:1] if e.address != asked.address), "")


def end(due: Due, found: Found) -> None:
    """Take in what came, and plan the next poll."""
    feed = _feed(due)
    if feed is None:
        return
    before = polls.poll_of(due.tx, feed.id)
    if isinstance(found, Failed):
        _failed(due, feed, before, found)
    else:
        _answered(due, feed, before, found)


def given_up(due: Due, _reason: str) -> None:
    """Come back tomorrow: what a feed does wrong is an answer, so this was a mistake of ours."""
    if (feed := _feed(due)) is not None:
        actions.poll_at(due.tx, feed, due.now + timedelta(days=1))


def answered_first(due: Due, feed: Feed, reading: Reading) -> None:
    """Take in the first answer of a feed that was read for another reason."""
    _answered(due, feed, polls.poll_of(due.tx, feed.id), Answered(reading))


def _answered(due: Due, feed: Feed, before: Poll, answered: Answered) -> None:
    now, reading = due.now, answered.reading
    taken = Taken()
    if reading.feed is not None:
        language = reading.feed.language or feed.language
        first = before.answered_at is None
        taken = take_in(due.tx, feed, reading.feed.items, language, now, first=first)
    asks = asked_for(reading, before.asks)
    after = replace(
        moving(before, _said_to_be(feed, reading, before), now),
        known=reading.known,
        asks=asks,
        polled_at=now,
        answered_at=now,
        newest_at=now if taken.new else before.newest_at,
        failures=0,
        failing_since=None,
        why="",
        status=0,
        fix="",
        told_at=None,
        gone_at=None,
        silent_told_at=None if taken.new else before.silent_told_at,
    )
    if _has_moved(due, feed, after, answered, taken):
        feed, after = _followed(due, feed, after)
    after = _silent(due, feed, after)
    polls.note(due.tx, feed.network, feed.id, after)
    for was, event in ((before.told_at, Event.FAILING), (before.gone_at, Event.GONE)):
        if was is not None:
            show_anew(due.tx, feed.id, event, now)
    if taken.waits:
        tell_waiting(due.tx, feed.network, now, due.directory)
    arrivals = items.arrivals(due.tx, feed.id, looked_back(now))
    actions.poll_at(due.tx, feed, next_poll(now, arrivals, asks, seed=feed.key))


def _said_to_be(feed: Feed, reading: Reading, before: Poll) -> str:
    """Return where a feed says that it is, by its server or itself; nothing where that is here."""
    said = reading.feed
    if reading.moved or said is None:
        return "" if reading.moved == feed.address else reading.moved or before.moved_to
    named = said.moved or said.address
    return "" if not named or actions.feed_key(named) == feed.key else named


def _has_moved(due: Due, feed: Feed, poll: Poll, answered: Answered, taken: Taken) -> bool:
    """Tell whether a move is to be followed: it has lasted, it parses, and it shows what is known."""
    if not poll.moved_to or not has_lasted(poll, due.now):
        return False
    if feeds.of_key(due.tx, feed.network, actions.feed_key(poll.moved_to)) is not None:
        return False
    if answered.reading.moved == poll.moved_to:
        read, fresh = answered.reading, answered.reading.feed
        return (
            read.unchanged
            or taken.known > 0
            or (fresh is not None and taken.new < len(fresh.digests))
        )
    there = answered.there.feed if answered.there else None
    if there is None or not overlaps(due.tx, feed, there.items):
        return False
    # Two addresses that each name the other would have it move for ever.
    named = there.moved or there.address
    return not named or actions.feed_key(named) == actions.feed_key(poll.moved_to)


def _followed(due: Due, feed: Feed, poll: Poll) -> tuple[Feed, Poll]:
    """Read a feed where it has moved to, and tell so, with what turned up again on the way."""
    since = int((poll.moved_since or due.now).timestamp())
    moved = actions.readdress(due.tx, feed, poll.moved_to, due.now)
    tell(due.tx, moved, Event.MOVED, due.now, due.directory, since=since)
    known = Known(digests=poll.known.digests)
    return moved, replace(poll, known=known, moved_to="", moved_since=None)


def _silent(due: Due, feed: Feed, poll: Poll) -> Poll:
    lately = poll.newest_at is not None and due.now - poll.newest_at < SILENT
    if poll.silent_told_at is not None or lately:
        return poll
    if not is_silent(items.arrivals(due.tx, feed.id, due.now - 10 * _A_YEAR), due.now):
        return poll
    tell(due.tx, feed, Event.SILENT, due.now, due.directory)
    return replace(poll, silent_told_at=due.now)


def _failed(due: Due, feed: Feed, before: Poll, failed: Failed) -> None:
    now = due.now
    after = replace(
        before,
        polled_at=now,
        failures=before.failures + 1,
        failing_since=before.failing_since or now,
        why=failed.why,
        status=failed.status,
        fix=failed.fix or before.fix,
    )
    event = told_now(feed.address, after, now)
    if event is Event.GONE:
        after = replace(after, gone_at=now, told_at=after.told_at or now)
    elif event is Event.FAILING:
        after = replace(after, told_at=now)
    polls.note(due.tx, feed.network, feed.id, after)
    if event is not None:
        tell(due.tx, feed, event, now, due.directory)
    actions.poll_at(due.tx, feed, _again(after, now, failed.retry_after))


def _again(poll: Poll, now: datetime, retry_after: timedelta | None) -> datetime:
    if poll.gone_at is not None:
        return now + WEEKLY
    return next_try(now, poll.failures, retry_after)


def _feed(due: Due) -> Feed | None:
    found = feeds.get(due.tx, int(str(due.payload["feed"])))
    return None if found is None or found.removed_at is not None else found


POLLING: OutsideWork[Asked, Found] = OutsideWork(
    kind=POLL,
    begin=begin,
    do=do,
    end=end,
    given_up=given_up,
    lane=POLL,
    at_once=AT_ONCE,
    longest=timedelta(minutes=6),
)
"""Feeds of one host follow each other, so that nobody is asked for twenty at once."""
