"""The archive as everybody has it, in one piece."""

from plnbot.chats import archive
from plnbot.chats.pages.words import heading, when_words
from plnbot.chats.store import Chat
from plnbot.store.database import Tx
from plnbot.talk.cards import Paragraph
from plnbot.talk.pages import Heading, Listing, Page, PageBlock, Quote
from plnbot.talk.text import Link, Text, verbatim, with_links
from plnbot.talk.words import Translate


def file_page(tx: Tx, t: Translate, chat: Chat) -> Page:
    """Return the archive as everybody has it, for the Markdown file."""
    reading = archive.read(tx, chat)
    blocks: list[PageBlock] = [Paragraph(when_words(t, chat))]
    for section in reading.sections:
        question = section.question
        blocks.append(Heading(heading(question), question.name))
        blocks += [
            Quote(verbatim(each.author), each.at, with_links(each.words), f"a{each.id}")
            for each in section.answers
        ]
    if reading.resources:
        blocks.append(Heading(t("Links that were shared"), "links"))
        blocks.append(
            Listing(tuple(Text((Link(each.url, each.url),)) for each in reading.resources))
        )
    if reading.people:
        blocks.append(Heading(t("Who took part"), "people"))
        blocks.append(Listing(tuple(verbatim(name) for name in reading.people)))
    return Page(verbatim(chat.title), tuple(blocks))
