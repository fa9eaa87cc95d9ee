"""What one person is told: where the chat is, a greeting, and that an answer was hidden."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from plnbot.chats.cards.words import (
    LIST_MOST,
    Standing,
    i_am_here,
    out_of_reach,
    state_words,
    title_of,
    what_comes,
)
from plnbot.chats.model import Moment
from plnbot.chats.store import Chat, Question
from plnbot.gathering import Answer
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Look,
    PageButton,
    Paragraph,
    Tone,
)
from plnbot.talk.fallback import short_words, shortened
from plnbot.talk.text import Style, Text, When, bold, joined, verbatim, with_links
from plnbot.talk.words import Translate


def catch_up(t: Translate, at: Standing, *, here: bool) -> Card:
    """Tell one person, who may have said that they are `here`, where the chat is and what they missed."""
    chat = at.chat
    current = at.current
    title = t("We are on {name}", name=current.name) if current else state_words(t, chat)
    blocks: list[Block] = []
    if current is not None:
        blocks.append(Paragraph(shortened(with_links(current.words), LIST_MOST)))
    asked = [each for each in at.questions if each.asked_at and each is not current]
    if asked:
        lines = [
            t(
                "{name} {words} ({answers})",
                name=bold(f"{each.name}:"),
                words=short_words(each.words, 120),
                answers=t.n("{n} answer", "{n} answers", at.counts.get(each.id, 0)),
            )
            for each in asked
        ]
        blocks.append(Paragraph(t("So far:")))
        blocks.append(Paragraph(shortened(joined(lines, "\n"), LIST_MOST)))
    upcoming = chat.run.next_moment
    if at.unheard:
        blocks.append(out_of_reach(t))
    elif chat.run.held:
        blocks.append(Paragraph(t("The moderator holds the chat here for a moment."), quiet=True))
    elif upcoming is not None:
        blocks.append(Paragraph(_next_words(t, upcoming, at.questions), quiet=True))
        minutes = max(0, round((upcoming.at - at.now) / timedelta(minutes=1)))
        if not chat.slow:
            left = t.n("{n} minute until then", "{n} minutes until then", minutes)
            blocks.append(Paragraph(left, quiet=True))
    buttons: list[Button | PageButton] = []
    if current is not None:
        buttons.append(
            Button(
                t("Answer {name}", name=current.name), "chat.answer", str(current.id), Look.PRIMARY
            )
        )
    if not here:
        buttons += i_am_here(t, chat)
    buttons.append(PageButton(t("Read it all"), "chat", str(chat.id)))
    blocks.append(Actions(tuple(buttons)))
    return Card(title, tuple(blocks), Tone.PLAIN, title_of(chat))


def going_on(t: Translate, at: Standing) -> Card:
    """Say in one line what is asked now and what comes when, with the way to answer."""
    chat, current, upcoming = at.chat, at.current, at.chat.run.next_moment
    title: Text = state_words(t, chat)
    if current is not None:
        title = joined((bold(current.name), verbatim(short_words(current.words, 130))), " ")
    note: Text = title_of(chat)
    if chat.run.held:
        note = t("On hold")
    elif upcoming is not None and not at.unheard:
        note = _next_words(t, upcoming, at.questions)
    buttons: list[Button | PageButton] = []
    if current is not None:
        buttons.append(Button(t("Answer"), "chat.answer", str(current.id), Look.PRIMARY))
    buttons.append(PageButton(t("Read it all"), "chat", str(chat.id)))
    blocks = (Paragraph(note, quiet=True), Actions(tuple(buttons)))
    return Card(title, blocks, Tone.QUESTION, title_of(chat))


def newcomer(t: Translate, chat: Chat) -> Card:
    """Greet one person who is in a chat for the first time."""
    blocks = (
        Paragraph(
            t(
                "Good to have you here! A question comes every few minutes. Answer with `A1`,"
                " `A2` … or the Answer button, as short as you like, early or late."
            )
        ),
        Paragraph(
            t("Nobody minds if you only read. Type `/pln where` if you feel lost."), quiet=True
        ),
        Actions(
            (
                Button(t("Where are we?"), "chat.where", str(chat.id), Look.PRIMARY),
                *i_am_here(t, chat),
            )
        ),
    )
    return Card(t("Your first chat with us"), blocks, Tone.GOOD, title_of(chat))


def here(t: Translate, chat: Chat, since: datetime) -> Card:
    """Tell one person what it does that they are here, and how to undo it."""
    blocks = (
        Paragraph(
            t(
                "Your time in this chat counts from {at}. When it ends I write down for you that you"
                " took part: “What I did” on your home shows it. Nobody else is told.",
                at=When(since, Style.TIME),
            )
        ),
        Paragraph(
            t("It counts to the last thing you do here, so answer now and then."), quiet=True
        ),
        Actions((Button(t("I am not here"), "chat.not_here", str(chat.id)),)),
    )
    return Card(t("You are here"), blocks, Tone.GOOD, title_of(chat))


def not_here(t: Translate, chat: Chat) -> Card:
    """Tell one person that their being here is taken back."""
    blocks = (
        Paragraph(t("Your “I am here” is taken back. What you answer here still counts.")),
        Actions(i_am_here(t, chat)),
    )
    return Card(t("Taken back"), blocks, Tone.PLAIN, title_of(chat))


def hidden(t: Translate, chat: Chat, given: Answer, why: str) -> Card:
    """Tell an author that a moderator has hidden their answer, and why."""
    blocks = (
        Paragraph(t("A moderator has hidden this answer of yours: {why}", why=bold(why))),
        Paragraph(with_links(short_words(given.words, 500)), quiet=True),
        Paragraph(t("You can write it anew, or ask the moderator about it."), quiet=True),
    )
    return Card(t("An answer was hidden"), blocks, Tone.CAUTION, title_of(chat))


def _next_words(t: Translate, moment: Moment, questions: Sequence[Question]) -> Text:
    return t(
        "Next: {what} at {at}",
        what=what_comes(t, moment, questions),
        at=When(moment.at, Style.TIME),
    )
