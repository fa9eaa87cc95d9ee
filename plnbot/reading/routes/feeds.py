"""Feeds as they stand: all of them, one of them, removed and brought back."""

from collections.abc import Sequence

from plnbot.engine.routes import Context, Routes
from plnbot.reading.actions import feeds as actions
from plnbot.reading.actions.keys import CURATES, topic
from plnbot.reading.cards import feeds as cards
from plnbot.reading.cards.approving import WAITING_PAGE
from plnbot.reading.cards.feeds import LINK, PACKS, FeedShown
from plnbot.reading.cards.rules import RULES
from plnbot.reading.model.feeds import Feed, Poll
from plnbot.reading.parts import FEEDS
from plnbot.reading.routes.objects import A_FEED
from plnbot.reading.store import feeds as store
from plnbot.reading.store import polls
from plnbot.reading.store.approving import how_many_wait
from plnbot.skills.routes import Carries, carries
from plnbot.skills.store import carried, carried_by
from plnbot.store.database import Tx
from plnbot.talk.cards import Button, Field, Look, PageButton, Paragraph
from plnbot.talk.interactions import Answer, Press, Reply
from plnbot.talk.pages import Downloads, Head, Heading, Page, PageBlock, Rows, Search
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
    skills = carried_by(ctx.tx, {each.carrier for each in found})
    return [
        FeedShown(each, rooms[each.id], known.get(each.id, Poll()), skills.get(each.carrier, ()))
        for each in found
    ]


@routes.page("reading.feeds", needs=CURATES)
def feeds_page(ctx: Context, _row: str) -> Page:
    """Show every feed as it stands."""
    t, every = ctx.t, _every(ctx)
    wanted = ctx.sought.casefold()
    shown = [e for e in every if wanted in f"{e.feed.about.title} {e.feed.address}".casefold()]
    failing = [each for each in shown if each.poll.failing_since is not None]
    blocks: list[PageBlock] = []
    if failing:
        blocks += [Heading(t("Do not answer"), "failing"), _rows(ctx, failing)]
        blocks.append(Heading(t("The others"), "others"))
    blocks.append(_rows(ctx, [each for each in shown if each not in failing]))
    if not every and ctx.rooms():
        blocks.append(Paragraph(t("No feed is read yet."), quiet=True))
    elif not every:
        blocks += cards.every(t, ()).blocks
    elif not shown:
        blocks.append(Paragraph(t("No feed has that in its name."), quiet=True))
    return Page(t("Feeds"), tuple(blocks), live=topic(ctx.network.id), head=_head(ctx, every))


def _rows(ctx: Context, shown: Sequence[FeedShown]) -> Rows:
    return Rows(tuple(cards.one(ctx.t, each) for each in shown))


def _head(ctx: Context, every: Sequence[FeedShown]) -> Head:
    t, waiting = ctx.t, how_many_wait(ctx.tx, ctx.network.id)
    rules = Button(t("What holds for all"), RULES)
    # Both go to a room that is chosen there, so they are offered where the rooms are known.
    add = (Button(t("Add a feed"), LINK, look=Look.PRIMARY),) if ctx.rooms() else ()
    packs = (Button(t("Packs of feeds"), PACKS),) if ctx.rooms() else ()
    if not every:
        about = t("What your network reads, and how it goes.")
        return Head(about, actions=(*add, *packs, rules))
    many = t.n("{n} post waits", "{n} posts wait", waiting)
    return Head(
        t("What your network reads, and how it goes."),
        facts=(Field(t("Feeds"), t("{n}", n=len(every))),),
        actions=((PageButton(many, WAITING_PAGE),) if waiting else ()) + add,
        more=(*packs, rules),
        files=Downloads(((t("Take along (OPML)"), "feeds.opml/all"),)),
        search=Search(t("Search feeds"), ctx.sought),
    )


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
    rooms, poll = store.rooms_of(tx, [feed.id])[feed.id], polls.poll_of(tx, feed.id)
    return FeedShown(feed, rooms, poll, carried(tx, feed.carrier))


CARRIES: Carries[Feed] = Carries(
    cards.SKILLS,
    A_FEED,
    CURATES,
    carrier=lambda feed: feed.carrier,
    called=lambda feed, _locale: feed.about.title,
    topic=lambda feed: topic(feed.network),
)
carries(routes, CARRIES)
