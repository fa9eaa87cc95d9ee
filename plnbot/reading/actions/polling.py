"""Polling feeds: asked with what is known of the last answer, taken in, planned anew."""

from dataclasses import dataclass, replace
from datetime import timedelta

from plnbot.engine.context import Due
from plnbot.engine.outside import Outside, OutsideWork
from plnbot.errors import Refused, Unavailable
from plnbot.fetching import Unreachable
from plnbot.reading.actions import feeds as actions
from plnbot.reading.actions.keys import POLL
from plnbot.reading.actions.taking import take_in
from plnbot.reading.model.asking import asked_for, looked_back, next_poll, next_try
from plnbot.reading.model.feeds import Feed, Poll
from plnbot.reading.store import feeds, items, polls
from plnbot.syndication import Known, Reading

_OK, _NOT_MODIFIED = 200, 304
AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """A feed that is asked, and what is known of it."""

    address: str
    known: Known


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a feed could not be read: a word for it, the status it answered with, when to come back."""

    why: str
    status: int = 0
    retry_after: timedelta | None = None


Found = Reading | Failed


def begin(due: Due) -> Asked | None:
    """Return what is asked; None where the feed was removed."""
    feed = _feed(due)
    return Asked(feed.address, polls.poll_of(due.tx, feed.id).known) if feed else None


async def do(asked: Asked, outside: Outside) -> Found:
    """Read the feed."""
    try:
        reading = await outside.feeds.read(asked.address, asked.known)
    except Unreachable as error:
        return Failed(error.why.value, error.status, error.retry_after)
    except Unavailable as error:
        return Failed("answer", 0, error.retry_after)
    except Refused:
        return Failed("no_feed")
    if reading.status not in (_OK, _NOT_MODIFIED):
        return Failed("status", reading.status)
    return reading


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


def _answered(due: Due, feed: Feed, before: Poll, reading: Reading) -> None:
    now = due.now
    newest = before.newest_at
    if reading.feed is not None:
        taken = take_in(
            due.tx,
            feed,
            reading.feed.items,
            reading.feed.language or feed.language,
            now,
            first=before.answered_at is None,
        )
        newest = now if taken.new else newest
    asks = asked_for(reading, before.asks)
    after = replace(
        before,
        known=reading.known,
        asks=asks,
        polled_at=now,
        answered_at=now,
        newest_at=newest,
        failures=0,
        failing_since=None,
        why="",
        status=0,
        told_at=None,
    )
    polls.note(due.tx, feed.network, feed.id, after)
    arrivals = items.arrivals(due.tx, feed.id, looked_back(now))
    actions.poll_at(due.tx, feed, next_poll(now, arrivals, asks, seed=feed.key))


def _failed(due: Due, feed: Feed, before: Poll, failed: Failed) -> None:
    after = replace(
        before,
        polled_at=due.now,
        failures=before.failures + 1,
        failing_since=before.failing_since or due.now,
        why=failed.why,
        status=failed.status,
    )
    polls.note(due.tx, feed.network, feed.id, after)
    again = next_try(due.now, after.failures, failed.retry_after)
    actions.poll_at(due.tx, feed, again)


def given_up(due: Due, _reason: str) -> None:
    """Come back tomorrow: what a feed does wrong is an answer, so this was a mistake of ours."""
    if (feed := _feed(due)) is not None:
        actions.poll_at(due.tx, feed, due.now + timedelta(days=1))


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
    longest=timedelta(minutes=3),
)
"""Feeds of one host follow each other, so that nobody is asked for twenty at once."""
