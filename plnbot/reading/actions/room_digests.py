"""Digests of rooms: set up, planned, and put together when they are due."""

from datetime import datetime, timedelta

from plnbot.calendars import SchoolYear, is_silent, school_days
from plnbot.engine import outbox, work
from plnbot.engine.context import Due
from plnbot.engine.ports import Network
from plnbot.engine.work import Urgency
from plnbot.reading.store import items, room_digests
from plnbot.reading.store.room_digests import Digest
from plnbot.refs import Place
from plnbot.schedules import Only, Schedule
from plnbot.store.database import Tx
from plnbot.walltime import local

DUE, CARD = "reading.room_digest_due", "reading.room_digest"
MOST = 10
_FRESH = timedelta(days=14)
_BEFORE, _AHEAD = timedelta(days=40), timedelta(days=400)


def set_up(tx: Tx, network: Network, place: Place, schedule: Schedule, now: datetime) -> Digest:
    """Have a room get its digest by this schedule from now on."""
    made = room_digests.put(tx, network.id, place, schedule)
    _plan(tx, made, now)
    return made


def due(due: Due) -> None:
    """Bring a room what is ready for it, and plan the next digest; with nothing new there is none."""
    digest = room_digests.get(due.tx, int(str(due.payload["digest"])))
    if digest is None:
        return
    at = max(due.due_at, due.now)
    _plan(due.tx, digest, at)
    day = local(due.due_at, digest.schedule.zone).date()
    if digest.schedule.only is not Only.ANY_DAY and is_silent(due.tx, digest.network, day):
        return
    ready = room_digests.ready(due.tx, digest.place, due.now - _FRESH, most=MOST)
    stories = [each for each in (items.get_story(due.tx, n) for n in reversed(ready)) if each]
    key = post_key(digest.id, due.due_at)
    new = [items.show(due.tx, each, digest.place, key, due.now) for each in stories]
    if any(new):
        posting = outbox.Posting(due.tx, digest.network, digest.place, due.now, Urgency.TIMED)
        posting.post(CARD, {"post": key}, key=key)


def post_key(digest: int, at: datetime) -> str:
    """Return under which key a digest stands."""
    return f"reading/room_digest/{digest}/{int(at.timestamp())}"


def _plan(tx: Tx, digest: Digest, now: datetime) -> None:
    at = digest.schedule.after(now, _school(tx, digest, now))
    key = f"reading/room_digest_due/{digest.id}"
    if at is None:
        work.cancel(tx, key, now)
    else:
        work.put(tx, DUE, key, at, {"digest": digest.id}, network=digest.network)


def _school(tx: Tx, digest: Digest, now: datetime) -> SchoolYear:
    return school_days(tx, digest.network, None, (now - _BEFORE).date(), (now + _AHEAD).date())
