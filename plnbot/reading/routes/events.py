"""What curators are told of feeds, and the address that was found in place of another."""

from collections.abc import Mapping
from datetime import UTC, datetime

from plnbot.engine import outbox
from plnbot.engine.routes import Context, Routes, Showing
from plnbot.reading.actions import fading
from plnbot.reading.actions import feeds as actions
from plnbot.reading.actions.fading import FADE
from plnbot.reading.actions.keys import CURATES
from plnbot.reading.actions.refused import TELL, tell_refused
from plnbot.reading.actions.telling import FEED_EVENT, REFUSES, WAITING, room_of
from plnbot.reading.cards import approving, events
from plnbot.reading.cards import feeds as cards
from plnbot.reading.cards.events import Happened
from plnbot.reading.model.failing import Event
from plnbot.reading.model.feeds import Feed
from plnbot.reading.routes.feeds import shown_of
from plnbot.reading.routes.objects import A_FEED
from plnbot.reading.store import approving as queue
from plnbot.reading.store import feeds, items, polls
from plnbot.talk.cards import Card
from plnbot.talk.interactions import Answer, Press, Reply

routes = Routes()
_SHOWN = 5


@routes.card(FEED_EVENT)
def event_card(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Show what became of a feed; None where it was removed meanwhile."""
    feed = feeds.get(to.tx, int(args["feed"]))
    if feed is None or feed.removed_at is not None:
        return None
    since = args.get("since")
    again = (
        items.known_again(to.tx, feed.id, datetime.fromtimestamp(int(since), UTC)) if since else ()
    )
    poll = polls.poll_of(to.tx, feed.id)
    return events.happened(to.t, Happened(Event(str(args["event"])), feed, poll, again))


@routes.card(REFUSES)
def refused_card(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Show that a room refuses; None where it takes posts again."""
    place, since = room_of(args), datetime.fromtimestamp(int(args["since"]), UTC)
    if outbox.posted_since(to.tx, place, since):
        return None
    return events.refuses(to.t, place, str(args["why"]))


routes.when_due(TELL)(tell_refused)
routes.when_due(FADE)(fading.due)


@routes.card(WAITING)
def waiting_card(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Show what waits for a curator; None where nothing does by now."""
    network = int(args["network"])
    many = queue.how_many_wait(to.tx, network)
    first = [each.title for each in queue.waiting(to.tx, network, most=_SHOWN)]
    return approving.queue(to.t, many, first) if many else None


@routes.press(events.USE, needs=CURATES, of=A_FEED)
def use_fix(ctx: Context, _press: Press, feed: Feed) -> Answer:
    """Read a feed at the address that was found in its place."""
    moved = actions.use_fix(ctx.tx, feed, ctx.now, by=ctx.person)
    note = ctx.t("It is read at its new address now. What was posted before is not posted again.")
    return Reply(cards.one(ctx.t, shown_of(ctx.tx, moved), note))
