"""What curators are told of feeds that fail, move, fall silent or are gone, and what they can do."""

from collections.abc import Sequence

from plnbot.reading.cards.feeds import OPEN, PAGE, REMOVE
from plnbot.reading.cards.health import why
from plnbot.reading.model.failing import Event, of_youtube
from plnbot.reading.model.feeds import Feed, Poll
from plnbot.refs import Place
from plnbot.talk.cards import Actions, Block, Button, Card, Look, PageButton, Paragraph, Tone
from plnbot.talk.fallback import short_words
from plnbot.talk.text import Room, Style, Text, When, joined, verbatim
from plnbot.talk.words import Translate, msg
from plnbot.values import dataclass

USE = "reading.use"
_SHOWN = 10
_YOUTUBE = msg(
    "YouTube does that for hours, and to computers in data centres; the channel is most likely still there."
)


@dataclass(frozen=True, slots=True)
class Happened:
    """What became of a feed; `again` are the titles that turned up again while it moved."""

    event: Event
    feed: Feed
    poll: Poll
    again: Sequence[str] = ()


def happened(t: Translate, what: Happened) -> Card:
    """Return what became of a feed."""
    feed, poll = what.feed, what.poll
    name = short_words(feed.about.title, 100)
    row = str(feed.id)
    see, gone = Button(t("See the feed"), OPEN, row), Button(t("Remove it"), REMOVE, row)
    match what.event:
        case Event.FAILING | Event.GONE if poll.failing_since is None:
            answers = Paragraph(t("It answers again. Nothing of it was lost that it still shows."))
            return Card(t("{name} is back", name=name), (answers, Actions((see,))), Tone.GOOD)
        case Event.FAILING:
            return _failing(t, what, (see, gone))
        case Event.GONE:
            since = When(poll.failing_since, Style.DAY) if poll.failing_since else ""
            said = t("It cannot be read since {day}: {why}.", day=since, why=why(t, poll))
            more = t("I look once a week whether it is back. What it brought stays.")
            blocks = (Paragraph(said), Paragraph(more), *_fix(t, what, (gone, see)))
            return Card(t("{name} seems gone for good", name=name), blocks, Tone.CAUTION)
        case Event.SILENT:
            said = t(
                "Nothing new has come for far longer than usual. It answers, and I go on asking."
            )
            return Card(
                t("{name} has fallen silent", name=name), (Paragraph(said), Actions((see, gone)))
            )
        case Event.MOVED:
            return _moved(t, what, see)


def refuses(t: Translate, place: Place, why: str) -> Card:
    """Return that a room does not take what its feeds bring, and what happens now."""
    room = Text((Room(place, place.channel),))
    said = t("{room} does not take what its feeds bring: {why}", room=room, why=verbatim(why))
    then = t(
        "Once it does, the newest posts of the last days come; the others are found by `/pln find`."
    )
    ways = Actions((PageButton(t("Look at the feeds"), PAGE),))
    return Card(
        t("A room takes no posts"),
        (Paragraph(said), Paragraph(then, quiet=True), ways),
        Tone.CAUTION,
    )


def _failing(t: Translate, what: Happened, ways: tuple[Button, ...]) -> Card:
    poll = what.poll
    since = When(poll.failing_since, Style.DAY) if poll.failing_since else ""
    said = [t("It does not answer since {day}: {why}.", day=since, why=why(t, poll))]
    if of_youtube(what.feed.address):
        said.append(t.say(_YOUTUBE))
    said.append(t("I go on asking; this will say so once it is back."))
    name = short_words(what.feed.about.title, 100)
    blocks = (Paragraph(joined(said, " ")), *_fix(t, what, ways))
    return Card(t("{name} does not answer", name=name), blocks, Tone.CAUTION)


def _fix(t: Translate, what: Happened, ways: tuple[Button, ...]) -> tuple[Block, ...]:
    fix = what.poll.fix
    if not fix:
        return (Actions(ways),)
    found = t(
        "Its site names another feed by now: {address}. Use it?", address=short_words(fix, 300)
    )
    use = Button(t("Use the new address"), USE, str(what.feed.id), Look.PRIMARY)
    return (Paragraph(found), Actions((use, *ways)))


def _moved(t: Translate, what: Happened, see: Button) -> Card:
    feed, again = what.feed, what.again
    said = t("It has said so for days, and there is the same. I read it there: {address}",
        address=short_words(feed.address, 300))  # fmt: skip
    blocks: list[Block] = [Paragraph(said)]
    if again:
        held = t.n(
            "{n} post turned up again on the way and was not posted twice:",
            "{n} posts turned up again on the way and were not posted twice:",
            len(again),
        )
        named = [verbatim(f"• {short_words(each, 100)}") for each in again[:_SHOWN]]
        left = len(again) - _SHOWN
        if left > 0:
            named.append(t.n("and {n} more", "and {n} more", left))
        blocks.append(Paragraph(joined((held, *named), "\n")))
    blocks.append(Actions((see,)))
    return Card(t("{name} has moved", name=short_words(feed.about.title, 100)), tuple(blocks))
