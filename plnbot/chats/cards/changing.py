"""What of a published chat will change, shown before it does."""

from collections.abc import Sequence

from plnbot.chats.cards.words import title_of
from plnbot.chats.store import Chat, Question, Version
from plnbot.talk import limits
from plnbot.talk.cards import Actions, Block, Button, Card, Look, Paragraph, Tone
from plnbot.talk.fallback import short_words, shortened
from plnbot.talk.text import Text, When, joined
from plnbot.talk.words import Translate
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a chat is to become: its row, the chat and its questions as they are, and how many hear of it."""

    row: str
    chat: Chat
    asked: Sequence[Question]
    version: Version
    hear: int


def will_change(t: Translate, what: Proposed, more: Sequence[Block] = ()) -> Card:
    """Show a moderator what of a published chat will change and who will be told, before it does."""
    chat = what.chat
    lines = _changes(t, chat, what.asked, what.version)
    buttons = [Button(t("Write it otherwise"), "chat.change", str(chat.id))]
    blocks: list[Block] = [Paragraph(t("Nothing changes."))]
    if lines:
        shown = Paragraph(shortened(joined(lines, "\n"), limits.TEXT_BLOCK))
        blocks = [shown, Paragraph(_who_hears(t, what))]
        buttons.insert(0, Button(t("Change it"), "chat.change_now", what.row, Look.PRIMARY))
    label = t("This will change")
    return Card(title_of(chat), (*blocks, *more, Actions(tuple(buttons))), Tone.PLAIN, label)


def _who_hears(t: Translate, what: Proposed) -> Text:
    if what.version.sketch.starts_at == what.chat.starts_at:
        return t("Nobody is told; what stands in the room is put right.")
    if not what.hear:
        return t("The room is told, with the questions.")
    return t.n(
        "The room is told, and {n} person who asked to be reminded.",
        "The room is told, and {n} people who asked to be reminded.",
        what.hear,
    )


def _changes(t: Translate, chat: Chat, asked: Sequence[Question], version: Version) -> list[Text]:
    """Return a line for everything that is otherwise in a new version of a chat."""
    new = version.sketch
    lines: list[Text] = []
    if new.starts_at != chat.starts_at:
        lines.append(
            t(
                "**Starts** {when}, instead of {was}",
                when=When(new.starts_at),
                was=When(chat.starts_at),
            )
        )
    if new.title != chat.title:
        lines.append(t("**Title** {new}, instead of {was}", new=new.title, was=chat.title))
    if new.minutes != chat.minutes or new.plan != chat.plan:
        lines.append(t("**Plan** {n} minutes, instead of {was}", n=new.minutes, was=chat.minutes))
    lines += _changed_questions(t, asked, version)
    if new.warm_up != chat.warm_up:
        lines.append(t("**Warm-up** {words}", words=short_words(new.warm_up, 120) or "–"))
    if new.intro != chat.intro:
        lines.append(t("**Opening words** are other ones"))
    if new.outro != chat.outro:
        lines.append(t("**Closing words** are other ones"))
    if not lines and version.run.moments != chat.run.moments:
        lines.append(t("**Times** of the questions are other ones"))
    return lines


def _changed_questions(t: Translate, asked: Sequence[Question], version: Version) -> list[Text]:
    before = {each.id: each for each in asked}
    stay = {each.id for each in version.questions}
    lines = [
        t("**Out** {name} {words}", name=each.name, words=short_words(each.words, 100))
        for each in asked
        if each.id not in stay
    ]
    for each in version.questions:
        was = before.get(each.id or 0)
        words = short_words(each.words, 100)
        if was is None:
            lines.append(t("**New** {words}", words=words))
        elif was.words != each.words:
            lines.append(t("**{name}** {words}", name=was.name, words=words))
    order = [each.id for each in version.questions if each.id in before]
    if order != [each.id for each in asked if each.id in stay]:
        lines.append(t("**Questions** come in another order"))
    return lines
