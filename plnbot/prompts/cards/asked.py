"""A prompt in its room."""

from datetime import datetime

from plnbot.prompts.cards.answering import Ways, ways
from plnbot.prompts.model import Occurrence, Prompt, PromptSchedule
from plnbot.talk.cards import Block, Card, Paragraph, Tone
from plnbot.talk.fallback import paragraphs
from plnbot.talk.text import When, joined, verbatim, with_links
from plnbot.talk.words import Translate
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Asking:
    """What a prompt's card shows: what is asked, since when it should have been, whose idea it is.

    `answers` is how many answers stand by name and `unnamed` how many without one; `ways` is how one
    answers. `meant` is when a late one was meant to come.
    """

    schedule: PromptSchedule
    occurrence: Occurrence
    prompt: Prompt
    author: str = ""
    meant: datetime | None = None
    answers: int = 0
    unnamed: int = 0
    ways: Ways | None = None


def asked(t: Translate, asking: Asking) -> Card:
    """Ask a prompt, with what is known about it in small print."""
    blocks: list[Block] = list(paragraphs(with_links(asking.prompt.said(t.locale))))
    notes = []
    if asking.author:
        notes.append(t("An idea of {name}", name=asking.author))
    if asking.meant is not None:
        notes.append(t("Sorry, this comes late: it was meant for {when}.", when=When(asking.meant)))
    if asking.answers:
        notes.append(t.n("{n} answer so far", "{n} answers so far", asking.answers))
    if asking.unnamed:
        notes.append(t.n("{n} without a name", "{n} without a name", asking.unnamed))
    if notes:
        blocks.append(Paragraph(joined(notes, " · "), quiet=True))
    if asking.ways is not None:
        blocks += ways(t, asking.ways)
    return Card(verbatim(asking.schedule.title), tuple(blocks), Tone.QUESTION)
