"""What rooms did not take: whoever looks after feeds is told, and the newest is tried again once they do."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from plnbot.engine import notices, outbox, work
from plnbot.engine.context import Due
from plnbot.engine.refusals import Refusal
from plnbot.reading.actions.telling import FEEDS, REFUSES, curators, room_of
from plnbot.reading.store import items, room_digests
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Tx

TELL = "reading.tell_refused"
_FRESH = timedelta(days=3)
_MOST = 5


def not_posted(tx: Tx, payload: work.Payload, reason: str, now: datetime) -> None:
    """Have curators told that a room refuses what feeds bring: once, until something stands there again."""
    to, args = outbox.unpacked(payload["to"]), payload["args"]
    if isinstance(to, MemberRef) or not isinstance(args, dict):
        return
    place = to.channel_itself()
    network = _network(tx, args, place)
    why = hashlib.sha256(reason.encode()).hexdigest()[:16]
    key = f"reading/refused/{place.platform}/{place.workspace}/{place.channel}/{why}"
    told_at = work.planned_for(tx, key)
    if network is None or (told_at and not outbox.posted_since(tx, place, told_at)):
        return
    told: work.Payload = {
        "platform": place.platform,
        "workspace": place.workspace,
        "channel": place.channel,
        "network": network,
        "since": int(now.timestamp()),
        "why": reason[:300],
    }
    work.put(tx, TELL, key, now, told, network=network)


def tell_refused(due: Due) -> None:
    """Write to those who look after feeds, unless the room takes posts again."""
    said = {name: value for name, value in due.payload.items() if isinstance(value, str | int)}
    place, since = room_of(said), datetime.fromtimestamp(int(said["since"]), UTC)
    if outbox.posted_since(due.tx, place, since):
        return
    for person in curators(due.tx, int(said["network"]), due.now, due.directory):
        key = f"reading/refuses/{place.platform}/{place.workspace}/{place.channel}/{said['since']}/{person.id}"
        notices.tell_now(due.tx, FEEDS, person, REFUSES, said, key=key, now=due.now)


def _network(tx: Tx, args: Mapping[str, object], place: Place) -> int | None:
    if "story" in args:
        story = items.get_story(tx, int(str(args["story"])))
        return story.network if story else None
    digest = room_digests.of_room(tx, place)
    return digest.network if digest else None


def still_wanted(tx: Tx, refused: Sequence[Refusal], now: datetime) -> Sequence[str]:
    """Return the newest of what came in the last days: a room that is back is not to be flooded."""
    stories = [(items.get_story(tx, int(each.args["story"])), each.key) for each in refused]
    fresh = [(found.came, key) for found, key in stories if found and now - found.came < _FRESH]
    return [key for _, key in sorted(fresh)[-_MOST:]]
