"""A member's own blog: looked at, agreed to, taken by a curator, taken back."""

from collections.abc import Mapping
from datetime import timedelta

from plnbot.engine import later, work
from plnbot.engine.context import Due
from plnbot.engine.objects import Object
from plnbot.engine.outside import OutsideWork
from plnbot.engine.ports import Argument
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Showing
from plnbot.reading.actions import blogs as actions
from plnbot.reading.actions.feeds import feed_key, link_of
from plnbot.reading.actions.keys import CURATES, lane_of
from plnbot.reading.cards import feeds as feed_cards
from plnbot.reading.cards import things as cards
from plnbot.reading.parts import FEEDS, READING
from plnbot.reading.routes.adding import Led, do
from plnbot.reading.store import blogs as store
from plnbot.reading.store.blogs import Blog, BlogStanding
from plnbot.refs import row_number
from plnbot.talk.cards import Actions, Button, Card, Look, Paragraph
from plnbot.talk.fallback import short_words
from plnbot.talk.interactions import Answer, Press, Reply
from plnbot.talk.words import Sentence, Translate, msg
from plnbot.values import dataclass

routes = Routes()
LOOK = "reading.blog_look"
_STANDS: Mapping[BlogStanding, Sentence] = {
    BlogStanding.FOUND: msg("not offered yet"),
    BlogStanding.OFFERED: msg("waits for whoever curates"),
    BlogStanding.TAKEN: msg("the network reads it"),
    BlogStanding.DECLINED: msg("left out"),
}
_TERMS = msg(
    "If you agree, whoever curates hears of it. Once they take it, the network reads each new post with"
    " your name on it, and each counts as sharing among what you did. You can take it back at any time."
)
_GONE = msg("This blog is no longer offered.")
A_BLOG: Object[Blog] = Object(
    "blog",
    load=lambda tx, row: store.get(tx, row_number(row)),
    network=lambda blog: blog.network,
    scope=lambda blog: f"blog:{blog.id}",
    gone=_GONE,
)
MY_BLOG: Object[Blog] = Object(
    "own blog",
    load=A_BLOG.load,
    network=A_BLOG.network,
    scope=A_BLOG.scope,
    gone=_GONE,
    closed=lambda ctx, blog: None if blog.member == ctx.person.id else _GONE,
)


@dataclass(frozen=True, slots=True)
class _Asked:
    link: str
    member: int
    form: int


@routes.command(
    "feed blog",
    needs=ANYONE,
    part=READING,
    about=msg("Offer your own blog to the network; its posts count as sharing"),
    example=msg("/pln feed blog https://myclass.example.org"),
    argument=Argument("link", msg("Where your blog is"), required=False),
    was="blog",
)
def blog(ctx: Context, words: str) -> Answer:
    """Look at a blog, or show the member's own."""
    if words.strip():
        link, form = link_of(words), later.promise(ctx)
        payload = {"link": link, "member": ctx.person.id, "form": form}
        work.put(
            ctx.tx, LOOK, f"reading/blog/{form}", ctx.now, payload, lane=lane_of(LOOK, link),
            network=ctx.network.id,
        )  # fmt: skip
        return Reply(feed_cards.looking(ctx.t, link), awaits=form)
    mine = store.of_member(ctx.tx, ctx.person.id)
    if not mine:
        tip = ctx.t("You have offered none. Type `/pln feed blog` and its link.")
        return Reply(Card(ctx.t("Your blog"), (Paragraph(tip),)))
    shown = [_mine(ctx.t, each) for each in mine[:5]]
    return Reply(shown[0], more=tuple(shown[1:]))


def _begin(due: Due) -> _Asked | None:
    given = due.payload
    return _Asked(str(given["link"]), int(str(given["member"])), int(str(given["form"])))


def _end(due: Due, led: Led) -> None:
    """Say what was found, and on which terms it can be offered."""
    asked = _begin(due)
    person = due.directory.by_id(due.tx, asked.member) if asked else None
    if asked is None or person is None:
        return
    t = Translate(person.locale)
    feed = led.to.reading.feed if led.to and led.to.reading else None
    if led.to is None or feed is None:
        told = feed_cards.not_found(t, asked.link, led.why)
    else:
        offer = led.to.offers[0]
        title = (feed.title or offer.title or asked.link)[:300]
        found = Blog(
            0, person.network.id, person.id, offer.address, feed_key(offer.address), title, feed.link,
            BlogStanding.FOUND, due.now,
        )  # fmt: skip
        kept = store.add(due.tx, person.network.id, person.id, found, due.now)
        theirs = t("Somebody else here has offered this blog. Ask whoever curates about it.")
        told = _mine(t, kept) if kept else Card(t("Your blog"), (Paragraph(theirs),))
    later.keep_promise(due.tx, asked.form, (told,), due.now)


routes.outside(
    OutsideWork(
        kind=LOOK,
        begin=_begin,
        do=lambda asked, outside: do(asked.link, outside),
        end=_end,
        given_up=lambda due, _why: _end(due, Led()),
        lane=LOOK,
        at_once=2,
        longest=timedelta(minutes=4),
    )
)


@routes.command(
    "feed blogs",
    needs=CURATES,
    part=FEEDS,
    about=msg("See the blogs that members offer, and take them"),
    example=msg("/pln feed blogs"),
)
def blogs_offered(ctx: Context, _words: str) -> Answer:
    """Show what waits."""
    waiting = store.offered(ctx.tx, ctx.network.id)[:5]
    if not waiting:
        return Reply(cards.told(ctx.t("A member's blog"), ctx.t("No blog waits.")))
    first, *more = (_offered(ctx.t, each, ctx.called(each.member)) for each in waiting)
    return Reply(first, more=tuple(more))


@routes.press("reading.blog_agree", needs=ANYONE, of=MY_BLOG)
def agree(ctx: Context, press: Press, blog: Blog) -> Answer:
    """Offer it, as its member agrees."""
    actions.offer(ctx.tx, blog, ctx.now, ctx.directory)
    said = ctx.t("Thank you. You hear from me once whoever curates has looked at it.")
    back = Button(ctx.t("Take it back"), "reading.blog_back", press.row)
    return Reply(cards.told(ctx.t("Offered"), said, back))


@routes.press("reading.blog_back", needs=ANYONE, of=MY_BLOG)
def take_back(ctx: Context, _press: Press, blog: Blog) -> Answer:
    """Take it back."""
    actions.take_back(ctx.tx, blog, ctx.now, by=ctx.person)
    said = ctx.t("Your blog is read no more. What it counted for stays among what you did.")
    return Reply(cards.told(ctx.t("Taken back"), said))


@routes.press("reading.blog_take", needs=CURATES, of=A_BLOG)
def take(ctx: Context, _press: Press, blog: Blog) -> Answer:
    """Have the network read it."""
    place = ctx.where.channel_itself()
    actions.take(ctx.tx, blog, place, ctx.now, by=ctx.person, directory=ctx.directory)
    said = ctx.t(
        "It is found and in digests from now on. To have a room get it too, type `/pln feed add` and its"
        " link there."
    )
    return Reply(cards.told(ctx.t("Taken"), said))


@routes.press("reading.blog_decline", needs=CURATES, of=A_BLOG)
def decline(ctx: Context, _press: Press, blog: Blog) -> Answer:
    """Leave it out."""
    actions.decline(ctx.tx, blog, ctx.now, ctx.directory)
    return Reply(cards.told(ctx.t("Left out"), ctx.t("Its member is told, kindly.")))


@routes.card(actions.OFFERED)
def offered_card(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Show a curator a blog that waits."""
    blog = store.get(to.tx, int(args["blog"]))
    member = to.directory.by_id(to.tx, blog.member) if blog else None
    if blog is None or member is None:
        return None
    return _offered(to.t, blog, member.name)


def _offered(t: Translate, blog: Blog, name: str) -> Card:
    said = t(
        "{name} offers their own blog: {title}. They agree that the network reads it under their name.",
        name=name,
        title=cards.titled(blog.title, blog.site or blog.address),
    )
    row = str(blog.id)
    buttons = (
        Button(t("Take it"), "reading.blog_take", row, Look.PRIMARY),
        Button(t("Leave it out"), "reading.blog_decline", row),
    )
    return Card(t("A member's blog"), (Paragraph(said), Actions(buttons)))


@routes.card(actions.DECIDED)
def decided_card(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Tell a member what became of their blog."""
    blog = store.get(to.tx, int(args["blog"]))
    if blog is None:
        return None
    title = short_words(blog.title, 140)
    said = (
        to.t(
            "The network reads “{title}” from now on. Each new post counts as sharing.", title=title
        )
        if blog.standing is BlogStanding.TAKEN
        else to.t("“{title}” is not read here for now. You can offer it again.", title=title)
    )
    return Card(to.t("Your blog"), (Paragraph(said),))


def _mine(t: Translate, blog: Blog) -> Card:
    title = cards.titled(blog.title, blog.site or blog.address)
    stands = t("{title}: {stands}.", title=title, stands=t.say(_STANDS[blog.standing]))
    row, blocks = str(blog.id), [Paragraph(stands)]
    back = Button(t("Take it back"), "reading.blog_back", row)
    buttons: tuple[Button, ...] = (back,)
    if blog.standing in {BlogStanding.FOUND, BlogStanding.DECLINED}:
        blocks.append(Paragraph(t.say(_TERMS)))
        buttons = (Button(t("I agree: offer it"), "reading.blog_agree", row, Look.PRIMARY), back)
    return Card(t("Your blog"), (*blocks, Actions(buttons)))
