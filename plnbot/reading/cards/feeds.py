"""What curators see of feeds: what a link leads to, a feed as it stands, all of them."""

from collections.abc import Mapping, Sequence

from plnbot.reading.cards.health import health
from plnbot.reading.model.feeds import Feed, FeedRoom, Manner, Poll
from plnbot.skills.cards import line as skills_line
from plnbot.syndication import Offer
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Look,
    Option,
    PageButton,
    Paragraph,
    Select,
    Tone,
)
from plnbot.talk.fallback import short_words
from plnbot.talk.text import Style, Text, When, joined, verbatim
from plnbot.talk.words import Sentence, Translate, msg
from plnbot.values import dataclass

PAGE, CHANGE, SKILLS = "reading.feeds", "reading.change", "reading.skills"
LINK, PACKS = "reading.link", "reading.packs"
ADD, CHOOSE, REMOVE, BACK, OPEN = (
    "reading.add",
    "reading.choose",
    "reading.remove",
    "reading.back",
    "reading.open",
)
MANNERS: Mapping[Manner, Sentence] = {
    Manner.INSTANT: msg("each at once"),
    Manner.DIGEST: msg("in a digest"),
    Manner.SHELF: msg("shelf only: found, not posted"),
}
KINDS: Mapping[str, Sentence] = {
    "all": msg("everything"),
    "videos": msg("videos, no Shorts and nothing live"),
    "shorts": msg("Shorts"),
    "live": msg("live videos"),
    "podcast": msg("podcast"),
    "comments": msg("comments"),
    "posts": msg("posts"),
}
_MOST_FEEDS = 25
_LABEL = 70


@dataclass(frozen=True, slots=True)
class FeedShown:
    """A feed with its rooms, how polling it goes, and the skills that what it brings carries."""

    feed: Feed
    rooms: Sequence[FeedRoom]
    poll: Poll
    skills: tuple[str, ...] = ()


def found(t: Translate, number: int, offers: Sequence[Offer], items: int) -> Card:
    """Return what a link leads to; previews follow it."""
    first, *others = offers
    said = t.n(
        "There is {n} post in it. This is how the newest would look in this room:",
        "There are {n} posts in it. This is how the newest would look in this room:",
        items,
    )
    if not items:
        said = t("There is nothing in it yet.")
    blocks: list[Block] = [Paragraph(offered(t, first)), Paragraph(said)]
    if others:
        options = tuple(
            Option(str(at), verbatim(short_words(offered(t, each).bare(), _LABEL)))
            for at, each in enumerate(others[:_MOST_FEEDS], 1)
        )
        label = t("Another feed that is there")
        blocks.append(Actions((Select(label, CHOOSE, options, str(number)),)))
    blocks.append(Actions((Button(t("Add this feed"), ADD, str(number), Look.PRIMARY),)))
    return Card(t("Found a feed"), tuple(blocks))


def offered(t: Translate, offer: Offer) -> Text:
    """Return what a feed is that was found: its name, what comes in it, where it lies."""
    said = [verbatim(short_words(offer.title or offer.address, 120))]
    if offer.kind in KINDS:
        said.append(t.say(KINDS[offer.kind]))
    if offer.title:
        said.append(verbatim(short_words(offer.address, 120)))
    return joined(said, " · ")


def not_found(t: Translate, link: str, why: Sentence | Text) -> Card:
    """Return why a link leads to nothing."""
    said = (Paragraph(t.say(why)), Paragraph(verbatim(short_words(link, 300)), quiet=True))
    return Card(t("No feed there"), said, Tone.CAUTION)


def looking(t: Translate, link: str) -> Card:
    """Return that somebody has to wait a moment."""
    said = t("I look for feeds at {link}, and show you what I find.", link=short_words(link, 300))
    return Card(t("One moment"), (Paragraph(said),))


def added(t: Translate, shown: FeedShown) -> Card:
    """Return that a feed was added, with the way back."""
    feed = shown.feed
    said = joined((t("Added."), manners(t, shown)), " ")
    undo = Button(t("Undo"), REMOVE, str(feed.id))
    blocks = (Paragraph(said), Actions((undo, Button(t("See the feed"), OPEN, str(feed.id)))))
    return Card(verbatim(short_words(feed.about.title, 140)), blocks, Tone.GOOD)


def removed(t: Translate, feed: Feed) -> Card:
    """Return that a feed is read no more, with the way back."""
    said = t("Nothing more of it is posted. What was posted stays.")
    back = Actions((Button(t("Bring it back"), BACK, str(feed.id)),))
    return Card(verbatim(short_words(feed.about.title, 140)), (Paragraph(said), back))


def manners(t: Translate, shown: FeedShown) -> Text:
    """Return in how many rooms a feed is posted, and how."""
    if not shown.rooms:
        return t("It is on the shelf: members find it, and no room gets it.")
    manner = t.say(MANNERS[shown.rooms[0].manner])
    return t.n("One room gets it, {how}.", "{n} rooms get it, {how}.", len(shown.rooms), how=manner)


def one(t: Translate, shown: FeedShown, note: Text | None = None) -> Card:
    """Return a feed as it stands."""
    feed, poll = shown.feed, shown.poll
    said = [note] if note else []
    said.append(manners(t, shown))
    if poll.answered_at is not None:
        said.append(t("It was last read {when}.", when=When(poll.answered_at)))
    else:
        said.append(t("It has not been read yet."))
    if going := health(t, poll):
        said.append(going)
    if feed.approval is not None:
        said.append(
            t("Its posts wait for a curator.") if feed.approval else t("Its posts wait for nobody.")
        )
    if feed.about.paywall:
        said.append(t("It needs a subscription."))
    blocks: list[Block] = [Paragraph(joined(said, " "))]
    if feed.about.note:
        blocks.append(Paragraph(t("**Why:** {note}", note=short_words(feed.about.note, 600))))
    blocks += map(Paragraph, skills_line(t, shown.skills))
    blocks.append(Paragraph(verbatim(short_words(feed.address, 300)), quiet=True))
    row = str(feed.id)
    gone = feed.removed_at is not None
    way = Button(t("Bring it back"), BACK, row) if gone else Button(t("Remove"), REMOVE, row)
    look = (
        Button(t("Change"), CHANGE, row),
        Button(t("Filter"), "reading.filter", row),
        PageButton(t("Posts and their gates"), "reading.gates", row),
        Button(t("Skills"), SKILLS, row),
    )
    blocks.append(Actions((way,) if gone else (*look, way)))
    return Card(verbatim(short_words(feed.about.title, 140)), tuple(blocks))


def every(t: Translate, shown: Sequence[FeedShown]) -> Card:
    """Return all feeds of a network, the first of them to be opened."""
    title = t("Feeds")
    if not shown:
        none = t(
            "No feed is read yet. In the room that is to get it, paste a link: `/pln feed add https://…`."
            " Lists of feeds worth having, by subject: `/pln feed packs`."
        )
        return Card(title, (Paragraph(none),))
    lines = [line(t, each) for each in shown[:_MOST_FEEDS]]
    blocks: list[Block] = [Paragraph(each) for each in _packed(lines)]
    options = tuple(
        Option(str(each.feed.id), verbatim(short_words(each.feed.about.title, _LABEL)))
        for each in shown[:_MOST_FEEDS]
    )
    blocks.append(Actions((Select(t("See one of them"), OPEN, options),)))
    blocks.append(Actions((PageButton(t("All feeds on a page"), PAGE),)))
    return Card(title, tuple(blocks))


def line(t: Translate, shown: FeedShown) -> Text:
    """Return a feed in one line."""
    name = short_words(shown.feed.about.title, 60)
    when = shown.poll.newest_at
    news = t("newest {day}", day=When(when, Style.DAY)) if when else t("nothing new yet")
    state = t("does not answer") if shown.poll.failing_since else news
    return joined((t("**{name}**", name=name), state), " · ")


def _packed(lines: Sequence[Text]) -> Sequence[Text]:
    """Return lines, five to a paragraph."""
    return [joined(lines[at : at + 5], "\n") for at in range(0, len(lines), 5)]
