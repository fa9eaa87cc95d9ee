"""Members' own blogs: offered by their member, taken by a curator; each new post counts as sharing."""

from datetime import datetime

from plnbot.activities import store as activities
from plnbot.activities.model import Done, Role
from plnbot.engine import notices, outbox
from plnbot.engine.notices import How, NoticeKind, Wanted
from plnbot.engine.ports import Directory, Person
from plnbot.reading.actions import feeds
from plnbot.reading.actions.keys import CURATES
from plnbot.reading.actions.telling import curators
from plnbot.reading.model.feeds import About, Feed, Manner
from plnbot.reading.model.items import Gate, KnownItem
from plnbot.reading.store import blogs as store
from plnbot.reading.store import feeds as kept
from plnbot.reading.store.blogs import Blog, BlogStanding
from plnbot.reading.store.feeds import New
from plnbot.refs import Place
from plnbot.skills.store import carried
from plnbot.store.database import Tx
from plnbot.talk.words import msg
from plnbot.visibility import Seen

SHARING = "sharing"
OFFERED, DECIDED = "reading.blog_offered", "reading.blog_decided"


def offer(tx: Tx, blog: Blog, now: datetime, directory: Directory) -> None:
    """Offer a blog to the network, as its member agreed; whoever curates is told."""
    if blog.standing not in {BlogStanding.FOUND, BlogStanding.DECLINED}:
        return
    store.stand(tx, blog.id, BlogStanding.OFFERED, now)
    args: outbox.Args = {"blog": blog.id}
    for each in curators(tx, blog.network, now, directory):
        key = f"reading/blog/{blog.id}/{now:%Y%m%d}/{each.id}"
        notices.tell_now(tx, OFFERS, each, OFFERED, args, key=key, now=now)


def take(
    tx: Tx, blog: Blog, place: Place, now: datetime, *, by: Person, directory: Directory
) -> None:
    """Read a blog from now on; it is on everybody's shelf, and in their digests."""
    if blog.standing is not BlogStanding.OFFERED:
        return
    told = directory.told(tx, [blog.member], seen_by=Seen.NETWORK).get(blog.member)
    about = About(
        title=blog.title, subjects=told.subjects if told else (), grades=told.grades if told else ()
    )
    new = New(
        address=blog.address, key=blog.key, kind="blog", site=blog.site, language="", about=about,
        approval=None, last=0,
    )  # fmt: skip
    feed = feeds.add(tx, new, place, Manner.SHELF, now, by=by)
    store.stand(tx, blog.id, BlogStanding.TAKEN, now, feed.id)
    _tell(tx, blog, now, directory)


def decline(tx: Tx, blog: Blog, now: datetime, directory: Directory) -> None:
    """Leave an offered blog out, and tell its member."""
    if blog.standing is BlogStanding.OFFERED:
        store.stand(tx, blog.id, BlogStanding.DECLINED, now)
        _tell(tx, blog, now, directory)


def take_back(tx: Tx, blog: Blog, now: datetime, *, by: Person | None) -> None:
    """Have a blog read no more, because its member wants it so; what it showed is shown no more."""
    feed = kept.get(tx, blog.feed) if blog.feed is not None else None
    store.forget(tx, blog.id)
    if feed is not None:
        feeds.remove(tx, feed, now, by=by)


def shared(tx: Tx, feed: Feed, item: KnownItem, came: datetime) -> None:
    """Count a new post of a member's own blog as sharing: theirs, once, since the network takes it."""
    if item.gate not in {Gate.OPEN, Gate.SHELF}:
        return
    blog = store.read_by(tx, feed.id)
    if blog is None or came < blog.at:
        return
    done = Done(
        feed.network,
        blog.member,
        SHARING,
        Role.PRESENTED,
        item.words.title,
        came,
        came,
        None,
        f"reading:item-{item.id}",
        topics=feed.about.subjects,
        skills=carried(tx, feed.carrier),
        evidence={"link": item.words.link[:300]},
    )
    activities.write(tx, [done], came)


def _tell(tx: Tx, blog: Blog, now: datetime, directory: Directory) -> None:
    person = directory.by_id(tx, blog.member)
    if person is not None:
        key = f"reading/blog/{blog.id}/decided/{now.timestamp():.0f}"
        args: outbox.Args = {"blog": blog.id}
        notices.tell_now(tx, DECISIONS, person, DECIDED, args, key=key, now=now, asked=True)


def _while_offered(tx: Tx, _member: int, args: outbox.Args, was: Wanted) -> Wanted | None:
    found = store.get(tx, int(args["blog"]))
    return was if found is not None and found.standing is BlogStanding.OFFERED else None


OFFERS = NoticeKind(
    name=OFFERED,
    title=msg("Blogs that members offer"),
    about=msg("Each blog of a member's own that waits for a curator"),
    may_be_muted=True,
    usually=How.IN_DAY,
    wanted=_while_offered,
    whose=CURATES,
)
DECISIONS = NoticeKind(
    name=DECIDED,
    title=msg("What becomes of a blog that you offer"),
    about=msg("Whether whoever curates takes it"),
    may_be_muted=True,
)
