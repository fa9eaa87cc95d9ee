"""What a chat says in its room."""

from collections.abc import Sequence

from plnbot.chats.cards.words import i_am_here, title_of
from plnbot.chats.model import Moment, MomentKind
from plnbot.chats.store import Chat, Question
from plnbot.gathering import Answer
from plnbot.talk import limits
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Field,
    Fields,
    Look,
    PageButton,
    Paragraph,
    Tone,
)
from plnbot.talk.fallback import paragraphs, short_words, split
from plnbot.talk.text import EMPTY, Style, Text, When, bold, joined, verbatim, with_links
from plnbot.talk.words import Translate

_MOST_NAMES = 8


def welcome(t: Translate, chat: Chat, *, late: bool, ask: tuple[Button, ...] = ()) -> Card:
    """Open a chat: what will happen, and how to take part."""
    blocks: list[Block] = []
    if late:
        blocks.append(Paragraph(t("Sorry, we begin a little late today."), quiet=True))
    blocks += [
        Paragraph(
            t(
                "Welcome! Answer question 1 with `A1` and your thoughts, question 2 with `A2`,"
                " or with the Answer button. Reading along is fine too."
            )
        ),
        Paragraph(
            t("Be kind, keep pupils' names out of it, and say where you teach if you like."),
            quiet=True,
        ),
        Actions(
            (*i_am_here(t, chat), Button(t("Where are we?"), "chat.where", str(chat.id)), *ask)
        ),
    ]
    return Card(title_of(chat), tuple(blocks), Tone.GOOD, t("The chat begins"))


def warm_up(t: Translate, chat: Chat) -> Card:
    """Ask the warm-up question."""
    body = tuple(Paragraph(part) for part in split(with_links(chat.warm_up), limits.TEXT_BLOCK))
    return Card(t("Say hello"), body[:2], Tone.QUESTION, t("Warm-up"))


def question(
    t: Translate,
    chat: Chat,
    asked: Question,
    *,
    answers: int,
    late: bool,
    following: Moment | None,
    floor: Text = EMPTY,
) -> Card:
    """Ask a question, with the number of answers so far; `floor` says who asks it of whom."""
    blocks: list[Block] = list(paragraphs(with_links(asked.words)))
    notes: list[Text] = [floor] if floor else []
    if late:
        notes.append(t("Sorry, this one comes late: I could not reach this room for a moment."))
    if answers:
        notes.append(t.n("{n} answer so far", "{n} answers so far", answers))
    if chat.run.held and chat.run.current == asked.number:
        notes.append(t("We stay with this question for a while."))
    elif following is not None and following.kind is MomentKind.QUESTION:
        style = Style.DAY_AND_TIME if chat.slow else Style.COUNTDOWN
        notes.append(t("Next question at {at}", at=When(following.at, style)))
    if notes:
        blocks.append(Paragraph(joined(notes, " · "), quiet=True))
    row = str(asked.id)
    blocks.append(
        Actions(
            (
                Button(t("Answer"), "chat.answer", row, Look.PRIMARY),
                *i_am_here(t, chat),
                PageButton(t("Read the answers"), "chat", str(chat.id)),
            )
        )
    )
    return Card(verbatim(asked.name), tuple(blocks), Tone.QUESTION, title_of(chat))


def answered(t: Translate, asked: Question, given: Answer) -> Card:
    """Show in the room what was answered through the form."""
    if given.hidden_by is not None:
        body: Text = t("A moderator has hidden this answer.")
    elif given.left_out:
        body = t("{name} keeps this answer out of the archive.", name=given.author)
    else:
        body = with_links(given.words)
    parts = tuple(Paragraph(part) for part in split(body, limits.TEXT_BLOCK))
    title = t("{name} on {question}", name=short_words(given.author, 80), question=asked.name)
    return Card(title, parts[:2])


def taken_back(t: Translate) -> Card:
    """Stand where an answer was that its author took back."""
    return Card(t("This answer was taken back by its author."))


def hello(t: Translate, chat: Chat, names: Sequence[str]) -> Card:
    """Introduce to the room who gave their first answer ever."""
    shown = [bold(short_words(each, 80)) for each in names[:_MOST_NAMES]]
    more = len(names) - len(shown)
    if len(names) == 1:
        words = t("{name} is in a chat with us for the first time. Say hello!", name=shown[0])
    elif more:
        words = t.n(
            "{names} and {n} more are in a chat with us for the first time. Say hello!",
            "{names} and {n} more are in a chat with us for the first time. Say hello!",
            more,
            names=joined(shown, ", "),
        )
    else:
        words = t(
            "{names} and {name} are in a chat with us for the first time. Say hello!",
            names=joined(shown[:-1], ", "),
            name=shown[-1],
        )
    title = t.n("A new voice", "{n} new voices", len(names))
    return Card(title, (Paragraph(words),), Tone.GOOD, title_of(chat))


def closing(t: Translate, chat: Chat, unasked: Sequence[Question]) -> Card:
    """Say the closing words."""
    words = with_links(short_words(chat.outro, 900)) if chat.outro else EMPTY
    blocks: list[Block] = [Paragraph(words)] if words else []
    blocks.append(
        Paragraph(
            t(
                "That was our last question. Thank you for thinking together! Late answers are"
                " welcome: write `A3` and your thoughts, and they land under question 3."
            )
        )
    )
    if unasked:
        names = ", ".join(each.name for each in unasked)
        blocks.append(Paragraph(t("We did not get to {names} today.", names=names), quiet=True))
    return Card(t("Closing"), tuple(blocks), Tone.GOOD, title_of(chat))


def archived(
    t: Translate, chat: Chat, *, answers: int, people: int, links: int, whole: bool = True
) -> Card:
    """Make the archive known; unless it is `whole`, something that was said could not be read."""
    facts = Fields(
        (
            Field(t("Answers"), verbatim(str(answers))),
            Field(t("People"), verbatim(str(people))),
            Field(t("Links shared"), verbatim(str(links))),
        )
    )
    buttons = Actions(
        (
            PageButton(t("Open the archive"), "chat", str(chat.id)),
            Button(t("Leave my answers out"), "chat.leave_out", str(chat.id)),
        )
    )
    lacks = t("Some of what was said could not be read; the archive says of which minutes.")
    gaps = () if whole else (Paragraph(lacks),)
    return Card(t("The archive is ready"), (facts, *gaps, buttons), Tone.GOOD, title_of(chat))
