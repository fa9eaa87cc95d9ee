"""The archive as everybody has it, in one piece."""

from plnbot.chats.archive import Reading
from plnbot.chats.pages.words import (
    heading,
    left_out,
    people,
    shared,
    unanswered,
    when_words,
)
from plnbot.gathering.pages import quote
from plnbot.talk.cards import Paragraph
from plnbot.talk.pages import Heading, Page, PageBlock
from plnbot.talk.text import verbatim
from plnbot.talk.words import Translate


def file_page(t: Translate, reading: Reading) -> Page:
    """Return the archive as everybody has it, for the Markdown file."""
    chat = reading.chat
    blocks: list[PageBlock] = [Paragraph(when_words(t, chat))]
    for section in reading.sections:
        question = section.question
        blocks.append(Heading(heading(question), question.name))
        blocks += unanswered(t, chat, question)
        blocks += [quote(t, each) for each in section.answers]
    return Page(verbatim(chat.title), (*blocks, *around(t, reading)))


def around(t: Translate, reading: Reading) -> list[PageBlock]:
    """Return what stands below the answers, all of it."""
    said = [*shared(t, reading.resources), *people(t, reading.people)]
    return [*said, *left_out(t, reading.left_out)]
