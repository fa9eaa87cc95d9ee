"""Chats that come again: what their room reads of them, and how their coaches go on."""

from collections.abc import Sequence

from plnbot.chats.cards.words import title_of
from plnbot.chats.model import ChatState
from plnbot.chats.store import Chat, Series
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
from plnbot.talk.fallback import short_words
from plnbot.talk.plain import day_words
from plnbot.talk.text import Text, When, bold, joined, verbatim
from plnbot.talk.words import Translate
from plnbot.walltime import local

_MOST_BUTTONS = 3


def series_name(t: Translate, series: Series) -> Text:
    """Return what a series is called."""
    return verbatim(series.title) if series.title else t("Repeating chat")


def repeats(t: Translate, series: Series, said: Text, lines: Sequence[Text]) -> Card:
    """Tell a room that a chat comes again, and when next."""
    if series.ended_at is not None:
        over = t("It comes no more. Chats that were announced take place.")
        return Card(series_name(t, series), (Paragraph(over),), Tone.CAUTION, t("Repeating chat"))
    blocks = (
        Paragraph(t("It comes again: {when}.", when=said)),
        *map(Paragraph, lines),
        Paragraph(t("Each has questions of its own, which are announced ahead."), quiet=True),
    )
    return Card(series_name(t, series), blocks, Tone.PLAIN, t("Repeating chat"))


def no_chat(t: Translate, chat: Chat, following: Chat | None) -> Card:
    """Tell a room that there is no chat on one of its dates, and when the next is."""
    sorry = t("There is no chat on {when}.", when=When(chat.starts_at))
    if following is not None:
        following_words = t("The next is on {when}.", when=When(following.starts_at))
        sorry = joined((sorry, following_words), " ")
    return Card(title_of(chat), (Paragraph(sorry),), Tone.CAUTION, t("Not this time"))


def unplanned(t: Translate, chat: Chat, *, has_last: bool, repeats: bool = True) -> Card:
    """Tell a coach that a date, of a repeating chat or alone, has no questions yet, and how to go on."""
    row = str(chat.id)
    says = t("{when}: no questions yet.", when=When(chat.starts_at))
    otherwise = t("If none come, there is no chat on that day.")
    if repeats:
        otherwise = t("If none come, there is no chat on that day, and the room is told so.")
    buttons = [Button(t("Write questions"), "chat.change", row, Look.PRIMARY)]
    if has_last:
        buttons.append(Button(t("Take the last ones again"), "chat.same_questions", row))
    buttons.append(Button(t("A week later"), "chat.week_later", row))
    buttons.append(Button(t("Not this time"), "chat.discard", row, Look.DANGER))
    blocks = (Paragraph(says), Paragraph(otherwise, quiet=True), Actions(tuple(buttons)))
    return Card(title_of(chat), blocks, Tone.QUESTION, t("Without questions"))


def overview(
    t: Translate, series: Series, said: Text, lines: Sequence[Text], chats: Sequence[Chat]
) -> Card:
    """Show a coach a series: when it comes, each coming date with its chat, and how to end it."""
    row = str(series.id)
    blocks: list[Block] = [Paragraph(said), *map(Paragraph, lines)]
    if chats:
        dates = joined([_date(t, each) for each in chats], "\n")
        blocks.append(Paragraph(dates))
        blocks += [_steps(t, each) for each in chats[:_MOST_BUTTONS]]
    if series.ended_at is None:
        way = Button(t("End the series"), "chat.end_series", row, Look.DANGER)
    else:
        way = Button(t("Let it go on"), "chat.series_again", row)
    blocks.append(Actions((way,)))
    label = t("Repeating chat") if series.ended_at is None else t("Ended")
    return Card(series_name(t, series), tuple(blocks), Tone.PLAIN, label)


def _date(t: Translate, chat: Chat) -> Text:
    planned = chat.run.state is not ChatState.DRAFT
    state = t("announced") if planned else t("not announced yet")
    when = Text((When(chat.starts_at),))
    return joined((when, bold(short_words(chat.title, 60)), state), " · ")


def _steps(t: Translate, chat: Chat) -> Actions:
    row = str(chat.id)
    day = day_words(local(chat.starts_at, chat.zone).date(), t.locale)
    return Actions(
        (
            PageButton(t("Plan {day}", day=day), "chat", row),
            Button(t("A week later"), "chat.week_later", row),
            Button(t("Not this time"), "chat.discard", row, Look.DANGER),
        )
    )


def ended(t: Translate, series: Series, staying: int) -> Card:
    """Tell a coach that a series has ended, and how it can go on."""
    said = t("Nothing more comes of it. The room's announcement says so.")
    if staying:
        stay = t.n(
            "{n} chat with questions stays as it is; you can call it off by itself.",
            "{n} chats with questions stay as they are; you can call them off one by one.",
            staying,
        )
        said = joined((said, stay), " ")
    undo = Actions((Button(t("Let it go on"), "chat.series_again", str(series.id)),))
    return Card(series_name(t, series), (Paragraph(said), undo), Tone.CAUTION, t("Ended"))


def moved(t: Translate, chat: Chat, before: str) -> Card:
    """Tell a coach that a chat begins later, and how to take that back."""
    said = t("It begins {when}. The others stay where they are.", when=When(chat.starts_at))
    undo = Actions((Button(t("Take the change back"), "chat.take_back", before),))
    return Card(title_of(chat), (Paragraph(said), undo), Tone.GOOD, t("Moved"))
