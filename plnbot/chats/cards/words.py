"""What several cards of a chat say alike: its title, its plan, and where it stands."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from plnbot.chats.model import ChatState, Moment, MomentKind
from plnbot.chats.store import Chat, Question
from plnbot.talk import limits
from plnbot.talk.cards import Button, Look, Paragraph
from plnbot.talk.fallback import short_words
from plnbot.talk.text import Style, Text, When, bold, verbatim
from plnbot.talk.words import Translate
from plnbot.values import dataclass

LIST_MOST = 1400
"""As many characters of a list as leave room for the rest of a card."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a chat is, for cards that tell one person; `unheard` where its room is out of reach."""

    chat: Chat
    questions: Sequence[Question]
    counts: Mapping[int, int]
    now: datetime
    unheard: bool = False

    @property
    def current(self) -> Question | None:
        """The question being discussed."""
        return next((q for q in self.questions if q.number == self.chat.run.current), None)


def title_of(chat: Chat) -> Text:
    """Return the title, with the hashtag where it does not name it already."""
    named = chat.hashtag and chat.hashtag.casefold() not in chat.title.casefold()
    words = f"{chat.title} #{chat.hashtag}" if named else chat.title
    return verbatim(short_words(words, limits.FIELD_LABEL))


def ends_at(chat: Chat) -> datetime:
    """Return when a chat is to end, or ended."""
    return chat.run.ends_at or chat.ended_at or chat.starts_at


def state_words(t: Translate, chat: Chat) -> Text:
    """Return where a chat stands that is at no question."""
    match chat.run.state:
        case ChatState.DRAFT:
            return t("A draft")
        case ChatState.SCHEDULED:
            return t("Not begun yet")
        case ChatState.OPEN:
            return t("Welcome and warm-up")
        case ChatState.ASKING:
            return t("Questions")
        case ChatState.CLOSING:
            return t("Closing words")
        case ChatState.ARCHIVED:
            return t("Archived")
        case ChatState.CANCELLED | ChatState.THROWN_AWAY:
            return t("Called off")


def plan_lines(
    t: Translate,
    chat: Chat,
    questions: Sequence[Question],
    moments: Sequence[Moment],
    most: int = 200,
    *,
    held: bool = False,
) -> list[Text]:
    """Return a line for each of these moments, questions with up to `most` of their words.

    While a chat is `held`, nobody knows when they come, and no line says a time.
    """
    by_number = {each.number: each for each in questions}
    style = Style.DAY_AND_TIME if chat.slow else Style.TIME
    lines: list[Text] = []
    for each in moments:
        what = what_comes(t, each, questions)
        at = t("then") if held else When(each.at, style)
        if each.kind is MomentKind.QUESTION:
            words = short_words(by_number[each.number].words, most)
            lines.append(t("{at} {what} {words}", at=at, what=bold(what.bare()), words=words))
        else:
            lines.append(t("{at} {what}", at=at, what=what))
    return lines


def what_comes(t: Translate, moment: Moment, questions: Sequence[Question]) -> Text:
    """Return what a moment is called."""
    match moment.kind:
        case MomentKind.WELCOME:
            return t("Welcome")
        case MomentKind.WARM_UP:
            return t("Warm-up")
        case MomentKind.QUESTION:
            return verbatim(next(q.name for q in questions if q.number == moment.number))
        case MomentKind.CLOSING:
            return t("Closing words")
        case MomentKind.END:
            return t("End and archive")


def out_of_reach(t: Translate) -> Paragraph:
    """Say why a chat stands still that should go on."""
    return Paragraph(
        t("I cannot reach the room just now. The chat goes on as soon as I can."), quiet=True
    )


def i_am_here(t: Translate, chat: Chat) -> tuple[Button, ...]:
    """Return the button to check in with, while a chat goes on that is not one over days."""
    return (
        () if chat.slow or not chat.live else (Button(t("I am here"), "chat.here", str(chat.id)),)
    )


def call_off(t: Translate, row: str) -> Button:
    """Return the button that calls an announced chat off."""
    said = t("The room will be told that the chat does not take place.")
    return Button(t("Call it off"), "chat.discard", row, Look.DANGER, said)
