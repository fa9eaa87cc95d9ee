"""A room's digest, and what is said of when it comes."""

from collections.abc import Sequence

from plnbot.reading.cards.story import StoryShown, facts, told_before
from plnbot.talk.cards import Block, Card, Paragraph, Tone
from plnbot.talk.fallback import short_words
from plnbot.talk.text import Link, Text, bold, is_web_address, joined
from plnbot.talk.words import Translate

_TITLE, _NOTE = 110, 120


def digest(t: Translate, shown: Sequence[StoryShown]) -> Card:
    """Return what is worth reading, each in two lines."""
    blocks: list[Block] = [Paragraph(_entry(t, each)) for each in shown]
    return Card(t("Worth reading and watching"), tuple(blocks))


def _entry(t: Translate, shown: StoryShown) -> Text:
    words = shown.words
    title = short_words(words.title, _TITLE)
    named = Text((Link(words.link, title),)) if is_web_address(words.link) else bold(title)
    lines = [named, facts(t, shown)]
    if shown.note:
        lines.insert(1, t("**Why:** {note}", note=short_words(shown.note, _NOTE)))
    if shown.earlier is not None:
        lines.append(told_before(t, shown.earlier))
    return joined(lines, "\n")


def set_up(t: Translate, said: Text) -> Card:
    """Return when a room's digest comes."""
    words = t("This room's digest comes {when}. With nothing new, none comes.", when=said)
    return Card(t("Digest"), (Paragraph(words),), Tone.GOOD)
