"""The archive as everybody has it, in one piece."""

from plnbot.chats.archive import Reading
from plnbot.chats.cards import opening
from plnbot.chats.pages.words import (
    gaps,
    heading,
    left_out,
    people,
    shared,
    unanswered,
    when_words,
)
from plnbot.gathering.pages import quote
from plnbot.talk.cards import Field, Paragraph
from plnbot.talk.pages import Head, Heading, Page, PageBlock
from plnbot.talk.text import joined, verbatim, with_links
from plnbot.talk.words import Translate


def file_page(t: Translate, reading: Reading) -> Page:
    """Return the archive as everybody has it, for the Markdown file."""
    chat = reading.chat
    blocks: list[PageBlock] = gaps(t, reading.not_heard)
    if words := opening(chat):
        blocks.append(Paragraph(with_links(words)))
    if chat.warm_up:
        blocks.append(Paragraph(joined((t("Warm-up:"), with_links(chat.warm_up)), " ")))
    for section in reading.sections:
        question = section.question
        blocks.append(Heading(heading(question), question.name))
        blocks += unanswered(t, chat, question)
        blocks += [quote(t, each) for each in section.answers]
    head = Head(when_words(t, chat, reading.led_by), facts(t, reading))
    return Page(verbatim(chat.title), (*blocks, *around(t, reading)), head=head)


def facts(t: Translate, reading: Reading) -> tuple[Field, ...]:
    """Return how much there is in an archive."""
    counts = (
        (t("Answers"), reading.many),
        (t("People"), len(reading.people)),
        (t("Links shared"), len(reading.resources)),
    )
    return tuple(Field(label, verbatim(str(count))) for label, count in counts)


def around(t: Translate, reading: Reading) -> list[PageBlock]:
    """Return what stands below the answers, all of it."""
    said = [*shared(t, reading.resources), *people(t, reading.people)]
    return [*said, *left_out(t, reading.left_out)]
