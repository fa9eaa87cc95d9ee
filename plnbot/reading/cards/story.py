"""A story as a room sees it, and as it is previewed before."""

from collections.abc import Mapping, Sequence

from plnbot.reading.cards import things as cards
from plnbot.reading.model.feeds import Audience
from plnbot.reading.model.items import Kind, Words
from plnbot.talk.cards import Actions, Block, Button, Card, Image, LinkButton, Paragraph
from plnbot.talk.fallback import short_words
from plnbot.talk.text import Text, is_web_address, joined, verbatim
from plnbot.talk.words import Sentence, Translate, msg
from plnbot.values import dataclass

_TITLE, _SAID, _NAME = 140, 280, 60
_MOST_NAMES = 5
_KINDS: Mapping[Kind, Sentence] = {
    Kind.VIDEO: msg("video"),
    Kind.SHORT: msg("Short"),
    Kind.LIVE: msg("live video"),
    Kind.EPISODE: msg("episode"),
}


@dataclass(frozen=True, slots=True)
class Earlier:
    """A story that told the same before: its title, and the feeds that had it."""

    title: str
    feeds: Sequence[str]


@dataclass(frozen=True, slots=True)
class StoryShown:
    """What a card says of a story: the first item's words, all the feeds that told it, a curator's note.

    `thing` names it where members can save it and be done with it, `used` counts who used it in class.
    `picture` is the address of one that may be shown; `earlier` what told the same before.
    """

    words: Words
    feeds: Sequence[str]
    note: str = ""
    audience: Audience = Audience.TEACHERS
    thing: str = ""
    used: int = 0
    picture: str = ""
    earlier: Earlier | None = None


def story(t: Translate, shown: StoryShown) -> Card:
    """Return a story's card."""
    words = shown.words
    blocks: list[Block] = []
    ways: list[LinkButton | Button] = []
    if shown.note:
        blocks.append(Paragraph(t("**Why:** {note}", note=short_words(shown.note, 600))))
    said = short_words(" ".join(words.text.split()), _SAID)
    if said and said != words.title:
        blocks.append(Paragraph(verbatim(said)))
    if is_web_address(shown.picture):
        alt = t("The picture of “{title}”", title=short_words(words.title, _TITLE))
        blocks.append(Image(shown.picture, alt))
    if shown.earlier is not None:
        blocks.append(Paragraph(told_before(t, shown.earlier)))
    if is_web_address(words.link):
        label = _KINDS.get(words.kind)
        opens = t("Watch or hear it") if label else t("Read it")
        ways.append(LinkButton(opens, words.link))
    if shown.thing:
        ways += cards.ways(t, shown.thing)
    blocks.append(Paragraph(facts(t, shown), quiet=True))
    if ways:
        blocks.append(Actions(tuple(ways)))
    return Card(verbatim(short_words(words.title, _TITLE)), tuple(blocks))


def told_before(t: Translate, earlier: Earlier) -> Text:
    """Return that the same came before, and from whom."""
    names = ", ".join(short_words(each, _NAME) for each in dict.fromkeys(earlier.feeds))
    return t(
        "The same came before from {feeds}: “{title}”",
        feeds=short_words(names, _SAID),
        title=short_words(earlier.title, _TITLE),
    )


def taken_back(t: Translate, title: str) -> Card:
    """Return what stands in place of a story that a curator took back."""
    said = Paragraph(t("A curator took this back."), quiet=True)
    return Card(verbatim(short_words(title, _TITLE)), (said,))


def facts(t: Translate, shown: StoryShown) -> Text:
    """Return who told it, how long it takes, what it is, and what one should know before the tap."""
    words = shown.words
    names = [short_words(each, _NAME) for each in dict.fromkeys(shown.feeds)]
    said = [verbatim(", ".join(names[:_MOST_NAMES]))]
    if (more := len(names) - _MOST_NAMES) and more > 0:
        said.append(t.n("and {n} more", "and {n} more", more))
    if words.byline and words.byline not in names:
        said.append(verbatim(short_words(words.byline, _NAME)))
    if words.kind in _KINDS:
        said.append(t.say(_KINDS[words.kind]))
    if words.minutes is not None:
        said.append(t("{n} min", n=words.minutes))
    elif words.kind in _KINDS:
        said.append(t("length unknown"))
    if words.free is False:
        said.append(t("**needs a subscription**"))
    if words.captions:
        said.append(t("has captions"))
    if shown.audience is Audience.PUPILS:
        said.append(t("for pupils"))
    if shown.used:
        said.append(t.n("used in class by {n}", "used in class by {n}", shown.used))
    return joined(said, " · ")
