"""What curators are told of feeds: that one fails, is gone, has fallen silent or has moved; what waits."""

from collections.abc import Mapping
from datetime import UTC, datetime

from plnbot.engine import notices, outbox, roles
from plnbot.engine.notices import How, NoticeKind, Wanted
from plnbot.engine.ports import Directory, Person
from plnbot.engine.roles import Role
from plnbot.reading.actions.keys import CURATES
from plnbot.reading.model.failing import Event
from plnbot.reading.model.feeds import Feed
from plnbot.reading.store import approving, feeds, polls
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.talk.words import msg

FEED_EVENT, WAITING, REFUSES = "reading.feed_event", "reading.waiting", "reading.refuses"


def room_of(args: Mapping[str, str | int]) -> Place:
    """Return the room that is told of."""
    return Place(*(str(args[each]) for each in ("platform", "workspace", "channel")))


def _while_so(tx: Tx, _member: int, args: outbox.Args, was: Wanted) -> Wanted | None:
    if "feed" not in args:  # a room that refuses
        since = datetime.fromtimestamp(int(args["since"]), UTC)
        return None if outbox.posted_since(tx, room_of(args), since) else was
    feed = feeds.get(tx, int(args["feed"]))
    if feed is None or feed.removed_at is not None:
        return None
    poll = polls.poll_of(tx, feed.id)
    still = {
        Event.FAILING: poll.told_at is not None,
        Event.GONE: poll.gone_at is not None,
        Event.SILENT: poll.silent_told_at is not None,
        Event.MOVED: True,
    }
    return was if still[Event(str(args["event"]))] else None


def _while_waiting(tx: Tx, _member: int, args: outbox.Args, was: Wanted) -> Wanted | None:
    return was if approving.waiting(tx, int(args["network"]), most=1) else None


FEEDS = NoticeKind(
    name="reading.feeds",
    title=msg("Feeds that you look after"),
    about=msg(
        "When one does not answer for a day, has moved, fallen silent or is gone, or a room takes no posts"
    ),
    may_be_muted=True,
    wanted=_while_so,
    whose=CURATES,
)
APPROVALS = NoticeKind(
    name="reading.approvals",
    title=msg("Posts that wait for you"),
    about=msg("When a feed brought something that a curator looks at first"),
    may_be_muted=True,
    usually=How.IN_DAY,
    wanted=_while_waiting,
    whose=CURATES,
)
KINDS = (FEEDS, APPROVALS)


def tell(
    tx: Tx, feed: Feed, event: Event, now: datetime, directory: Directory, **more: str | int
) -> None:
    """Tell whoever answers for a feed what became of it, once."""
    args: outbox.Args = {"feed": feed.id, "event": event.value, **more}
    for person in keepers(tx, feed, now, directory):
        key = f"{event_stem(feed.id, event)}{int(now.timestamp())}/{person.id}"
        notices.tell_now(tx, FEEDS, person, FEED_EVENT, args, key=key, now=now)


def event_stem(feed: int, event: Event) -> str:
    """Return how the keys begin of what was told of a feed."""
    return f"reading/{event}/{feed}/"


def show_anew(tx: Tx, feed: int, event: Event, now: datetime) -> None:
    """Have what was told of a feed say what is so by now."""
    for key in outbox.standing_under(tx, event_stem(feed, event)):
        outbox.refresh(tx, key, now)


def tell_waiting(tx: Tx, network: int, now: datetime, directory: Directory) -> None:
    """Tell curators that posts wait for them, once a day."""
    args: outbox.Args = {"network": network}
    for person in curators(tx, network, now, directory):
        key = f"reading/waiting/{network}/{now.date().isoformat()}/{person.id}"
        notices.tell_now(tx, APPROVALS, person, WAITING, args, key=key, now=now)


def keepers(tx: Tx, feed: Feed, now: datetime, directory: Directory) -> list[Person]:
    """Return who added a feed; where they have gone, who looks after feeds there."""
    added = directory.by_id(tx, feed.added_by) if feed.added_by is not None else None
    if added is not None and added.network.id == feed.network:
        return [added]
    return curators(tx, feed.network, now, directory)


def curators(tx: Tx, network: int, now: datetime, directory: Directory) -> list[Person]:
    """Return who looks after what is read: its curators, else its organisers, else who leads it."""
    answer = (Role.CURATOR, Role.ORGANISER, Role.ADMINISTRATOR)
    return [*directory.by_ids(tx, roles.first_holders(tx, network, answer, now=now)).values()]
