"""Feeds as they stand: all of them, one of them, removed and brought back."""

from collections.abc import Sequence

from plnbot.engine.routes import Context, Routes
from plnbot.reading.actions import feeds as actions
from plnbot.reading.actions.keys import CURATES, topic
from plnbot.reading.cards import feeds as cards
from plnbot.reading.cards.feeds import FeedShown
from plnbot.reading.model.feeds import Feed, Poll
from plnbot.reading.parts import FEEDS
from plnbot.reading.routes.objects import A_FEED
from plnbot.reading.store import feeds as store
from plnbot.reading.store import polls
from plnbot.store.database import Tx
from plnbot.talk.interactions import Answer, Press, Reply
from plnbot.talk.pages import Downloads, Page, PageBlock
from plnbot.talk.words import msg

routes = Routes()


@routes.command(
    "feed list",
    needs=CURATES,
    part=FEEDS,
    about=msg("See what is read, and how it goes"),
    example=msg("/pln feed list"),
)
def listed(ctx: Context, _words: str) -> Answer:
    """List the network's feeds."""
    return Reply(cards.every(ctx.t, _every(ctx)))


def _every(ctx: Context) -> Sequence[FeedShown]:
    found = store.feeds_of(ctx.tx, ctx.network.id)
    numbers = [each.id for each in found]
    rooms, known = store.rooms_of(ctx.tx, numbers), polls.polls_of(ctx.tx, numbers)
    return [FeedShown(e, rooms[e.id], known.get(e.id, Poll())) for e in found]


@routes.page("reading.feeds", needs=CURATES)
def feeds_page(ctx: Context, _row: str) -> Page:
    """Show every feed as it stands."""
    t = ctx.t
    shown = _every(ctx)
    blocks: list[PageBlock] = [cards.one(t, each) for each in shown]
    if shown:
        blocks.insert(0, Downloads(((t("As a list for other readers (OPML)"), "feeds.opml/all"),)))
    else:
        blocks += cards.every(t, ()).blocks
    return Page(t("Feeds"), tuple(blocks), live=topic(ctx.network.id))


@routes.press("reading.open", needs=CURATES, of=A_FEED, without=CURATES)
def opened(ctx: Context, press: Press, feed: Feed | None) -> Answer:
    """Show the feed that was chosen, or whose button this is."""
    feed = feed or A_FEED.find(ctx, press.value)
    return Reply(cards.one(ctx.t, shown_of(ctx.tx, feed)))


@routes.press("reading.remove", needs=CURATES, of=A_FEED)
def removed(ctx: Context, _press: Press, feed: Feed) -> Answer:
    """Read it no more."""
    actions.remove(ctx.tx, feed, ctx.now, by=ctx.person)
    return Reply(cards.removed(ctx.t, feed))


@routes.press("reading.back", needs=CURATES, of=A_FEED)
def brought_back(ctx: Context, _press: Press, feed: Feed) -> Answer:
    """Read it again."""
    actions.bring_back(ctx.tx, feed, ctx.now, by=ctx.person)
    feed = store.the_feed(ctx.tx, feed.id)
    note = ctx.t("It is read again. What came meanwhile is not posted.")
    return Reply(cards.one(ctx.t, shown_of(ctx.tx, feed), note))


def shown_of(tx: Tx, feed: Feed) -> FeedShown:
    """Return what is shown of a feed."""
    return FeedShown(feed, store.rooms_of(tx, [feed.id])[feed.id], polls.poll_of(tx, feed.id))
