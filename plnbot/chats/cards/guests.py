"""The guest desk: what a guest is told, and what askers and moderators see of questions from the floor."""

from collections.abc import Sequence

from plnbot.chats.cards.words import title_of
from plnbot.chats.store import Chat, Question
from plnbot.talk import limits
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Look,
    Option,
    PageButton,
    Paragraph,
    Select,
    Tone,
)
from plnbot.talk.fallback import short_words
from plnbot.talk.lists import names
from plnbot.talk.text import Text, When, bold, verbatim, with_links
from plnbot.talk.words import Translate
from plnbot.values import dataclass

_MOST_WAITING = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """A question from the floor: its words, who asks it, and what became of it.

    `question` is the one of the chat that it became; `answered` whether the guest has answered that, or
    prepared it.
    """

    id: int
    words: str
    by: Sequence[str]
    question: Question | None = None
    answered: bool = False
    declined: bool = False


def ask_the_guest(t: Translate, chat: Chat, called: Sequence[str]) -> tuple[Button, ...]:
    """Return the button with which one asks the guest of a chat, where it has one."""
    if not called:
        return ()
    label = (
        t("Ask {name}", name=short_words(called[0], 50))
        if len(called) == 1
        else t("Ask the guests")
    )
    return (Button(label, "chat.ask", str(chat.id)),)


def to_desk(t: Translate, row: str) -> Actions:
    """Return the way to the guest desk of a chat."""
    return Actions((PageButton(t("Guest desk"), "guest_desk", row),))


def asked_note(t: Translate, by: Sequence[str], called: Sequence[str]) -> Text:
    """Return who asked a question of whom."""
    if not by:
        return t("For {guest}, from the floor", guest=names(t, called))
    return t("For {guest}, asked by {names}", guest=names(t, called), names=names(t, by))


def kept(t: Translate, asked: Asked, alike: Sequence[Asked], *, together: bool) -> Card:
    """Thank an asker, and ask whether a question that is alike is the same."""
    row = str(asked.id)
    blocks: list[Block] = [Paragraph(with_links(asked.words))]
    if together:
        blocks.append(
            Paragraph(t("Somebody asked just that: it is asked once, with both your names."))
        )
    for each in alike:
        blocks.append(Paragraph(_line(t, each)))
        same = Button(t("I ask the same"), "ask.same", f"{row}.{each.id}")
        blocks.append(Actions((same,)))
    said = t("A moderator looks at it first; then the guest has it, with time to prepare.")
    blocks.append(Paragraph(said, quiet=True))
    blocks.append(Actions((Button(t("Take it back"), "ask.take_back", row, Look.DANGER),)))
    return Card(t("Your question is kept"), tuple(blocks), Tone.GOOD)


def own(t: Translate, asked: Asked) -> Card:
    """Show an asker where their question stands."""
    state = t("It waits for a moderator.")
    if asked.declined:
        state = t("A moderator does not put it to the guest.")
    elif asked.question is not None:
        name = asked.question.name
        state = t("It is {name}, and was asked.", name=name)
        if asked.question.asked_at is None:
            state = t("It is {name}, and comes in its turn.", name=name)
    undo = Actions((Button(t("Take it back"), "ask.take_back", str(asked.id), Look.DANGER),))
    by = t("Asked by {names}", names=names(t, asked.by))
    return Card(_titled(asked), (Paragraph(by), Paragraph(state, quiet=True), undo))


def made_one(t: Translate, asked: Asked, was: int) -> Card:
    """Tell that two questions are one now, with the way back."""
    undo = Actions((Button(t("Take them apart again"), "ask.apart", str(was)),))
    return Card(t("It is asked once"), (Paragraph(_line(t, asked)), undo), Tone.GOOD)


def _line(t: Translate, asked: Asked) -> Text:
    words = bold(short_words(asked.words, 300))
    return t("{question} — asked by {names}", question=words, names=names(t, asked.by))


def entry(
    t: Translate, asked: Asked, others: Sequence[Asked], apart: Sequence[Asked], *, first: bool
) -> Card:
    """Show a moderator a question from the floor, and what they can do with it."""
    row = str(asked.id)
    by = t("Asked by {names}", names=names(t, asked.by))
    blocks: list[Block] = [Paragraph(by)]
    if asked.question is not None:
        blocks.append(Paragraph(_stands(t, asked)))
        if not first and asked.question.asked_at is None:
            blocks.append(Actions((Button(t("Ask it earlier"), "ask.earlier", row),)))
        return Card(_titled(asked), tuple(blocks))
    if asked.declined:
        blocks.append(Actions((Button(t("Let it wait again"), "ask.reconsider", row),)))
        return Card(_titled(asked), tuple(blocks), label=t("Not put to the guest"))
    buttons = (
        Button(t("Put it to the guest"), "ask.approve", row, Look.PRIMARY),
        Button(t("Not this one"), "ask.decline", row),
    )
    blocks.append(Actions(buttons))
    if others:
        options = tuple(
            Option(str(each.id), verbatim(short_words(each.words, limits.OPTION_LABEL)))
            for each in others[: limits.OPTIONS]
        )
        blocks.append(Actions((Select(t("The same as …"), "ask.merge", options, row),)))
    for each in apart[:2]:
        label = t("Apart again: {topic}", topic=short_words(each.words, 50))
        blocks.append(Actions((Button(label, "ask.apart", str(each.id)),)))
    return Card(_titled(asked), tuple(blocks), Tone.QUESTION, t("Waits for you"))


def _titled(asked: Asked) -> Text:
    name = f"{asked.question.name} " if asked.question else ""
    return verbatim(short_words(f"{name}{asked.words}", limits.CARD_TITLE))


def _stands(t: Translate, asked: Asked) -> Text:
    if asked.question is not None and asked.question.asked_at is None:
        return t("An answer is prepared.") if asked.answered else t("No answer is prepared yet.")
    return t("Answered.") if asked.answered else t("Asked, and not answered yet.")


def invited(t: Translate, chat: Chat, by: str) -> Card:
    """Tell a member that they are a chat's guest."""
    said = t(
        "{name} asks you to be the guest of this chat, {when}.", name=by, when=When(chat.starts_at)
    )
    how = t(
        "People ask you questions before and during it. A moderator puts some of them to you, with time"
        " to prepare. Nobody sees what you prepare before its question is asked; then it stands under it."
    )
    row = str(chat.id)
    buttons = Actions(
        (
            PageButton(t("Open the chat"), "chat", row),
            Button(t("Say no"), "chat.guest_no", row),
        )
    )
    return Card(
        t("You are our guest"),
        (Paragraph(said), Paragraph(how), buttons),
        Tone.PLAIN,
        title_of(chat),
    )


def for_guest(t: Translate, chat: Chat, asked: Asked) -> Card:
    """Put a question to a guest, with room to prepare."""
    blocks: list[Block] = [Paragraph(with_links(asked.words))]
    if asked.by:
        who = names(t, asked.by)
        many = t.n("{names} asked it.", "{n} asked it: {names}.", len(asked.by), names=who)
        blocks.append(Paragraph(many, quiet=True))
    if asked.question is not None:
        label = t("Prepare my answer") if asked.question.asked_at is None else t("Answer")
        blocks.append(
            Actions((Button(label, "chat.answer", str(asked.question.id), Look.PRIMARY),))
        )
        if asked.question.asked_at is None:
            blocks.append(
                Paragraph(
                    t("Nobody sees your answer before {name} is asked.", name=asked.question.name),
                    quiet=True,
                )
            )
    return Card(t("A question for you"), tuple(blocks), Tone.QUESTION, title_of(chat))


def waits(t: Translate, chat: Chat, asked: Sequence[Asked]) -> Card:
    """Tell a guest what still waits for their answer once a chat has ended."""
    said = t("The chat is over, and these still wait for your answer. It counts late too.")
    blocks: list[Block] = [Paragraph(said)]
    for each in asked[:_MOST_WAITING]:
        blocks.append(Paragraph(_line(t, each)))
        if each.question is not None:
            label = t("Answer {name}", name=each.question.name)
            blocks.append(Actions((Button(label, "chat.answer", str(each.question.id)),)))
    return Card(t("Questions for you"), tuple(blocks), Tone.CAUTION, title_of(chat))


def not_yet(t: Translate, called: Sequence[str]) -> Paragraph:
    """Say on a page that the guest has not answered a question that was asked."""
    return Paragraph(t("{guest} has not answered this yet.", guest=names(t, called)), quiet=True)
