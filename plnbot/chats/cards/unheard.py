"""Nobody unheard: what moderators see of who is silent and what got no reply, and what they do about it."""

from collections.abc import Sequence

from plnbot.chats.cards.words import title_of
from plnbot.chats.store import Chat, Question
from plnbot.gathering import Answer
from plnbot.talk import limits
from plnbot.talk.cards import Actions, Block, Button, Card, Look, PageButton, Paragraph, Tone
from plnbot.talk.fallback import short_words, split
from plnbot.talk.lists import names
from plnbot.talk.text import Text, bold, joined, verbatim, with_links
from plnbot.talk.words import Translate
from plnbot.values import dataclass

_NAME = 40
_GLIMPSE, _WORDS = 160, 700
_LISTED = 5


@dataclass(frozen=True, slots=True)
class Silent:
    """Somebody who is in a chat and has not answered; `new`: it is their first, `greeted`: they were."""

    member: int
    name: str
    new: bool
    greeted: bool


@dataclass(frozen=True, slots=True)
class Alone:
    """An answer without a reply, under which question, and whether its author is in their first chat."""

    answer: Answer
    question: Question
    new: bool


@dataclass(frozen=True, slots=True)
class Unheard:
    """Who is unheard in a chat, as it is shown; `heard` says that anybody said anything there."""

    chat: Chat
    silent: Sequence[Silent]
    alone: Sequence[Alone]
    heard: bool


def on_panel(t: Translate, them: Unheard, *, most: int = 1) -> list[Block]:
    """Return what a panel says of who is unheard, and one tap for the most urgent; nothing for nobody.

    It tells of `most` answers; the page has all of them.
    """
    if not (them.silent or them.alone):
        return []
    blocks: list[Block] = []
    buttons: list[Button | PageButton] = []
    if them.alone:
        first = them.alone[0]
        many = t.n(
            "**{n} answer has no reply.**", "**{n} answers have no reply.**", len(them.alone)
        )
        lines = [glimpse(t, each) for each in them.alone[:most]]
        blocks.append(Paragraph(joined((many, *lines), "\n")))
        buttons += _answer_buttons(t, first, named=True)
    if them.silent:
        blocks.append(Paragraph(_silent(t, them)))
        ungreeted = next((each for each in them.silent if not each.greeted), None)
        if ungreeted is not None:
            buttons.append(greet(t, them.chat, ungreeted, named=True))
    every = PageButton(t("Who is unheard"), "unheard", str(them.chat.id))
    return [*blocks, Actions((*buttons, every))]


def glimpse(t: Translate, one: Alone) -> Text:
    """Return whose an answer is, under what, and how it begins."""
    words = short_words(" ".join(one.answer.words.split()), _GLIMPSE)
    author, question = bold(short_words(one.answer.author, 80)), one.question.name
    if one.new:
        return t(
            "{author}, here for the first time, on {question}: {words}",
            author=author,
            question=question,
            words=words,
        )
    return t("{author} on {question}: {words}", author=author, question=question, words=words)


def _silent(t: Translate, them: Unheard) -> Text:
    called = [
        t.words("{name} (new)", name=each.name) if each.new else each.name for each in them.silent
    ]
    listed = names(t, called)
    if not them.chat.live:
        return t.n(
            "**{n} came and answered nothing:** {names}",
            "**{n} came and answered nothing:** {names}",
            len(called),
            names=listed,
        )
    return t.n(
        "**{n} is here and has not answered yet:** {names}",
        "**{n} are here and have not answered yet:** {names}",
        len(called),
        names=listed,
    )


def alone(t: Translate, one: Alone) -> Card:
    """Show an answer without a reply, with the taps to thank and to reply."""
    words = with_links(short_words(one.answer.words, _WORDS))
    buttons = Actions(tuple(_answer_buttons(t, one, named=False)))
    notes = [verbatim(one.question.name)] + ([t("in their first chat")] if one.new else [])
    title = verbatim(short_words(one.answer.author, 100))
    return Card(title, (Paragraph(words), buttons), label=joined(notes, " · "))


def _answer_buttons(t: Translate, one: Alone, *, named: bool) -> list[Button]:
    row, name = str(one.answer.id), short_words(one.answer.author, _NAME)
    thank = t("Thank {name}", name=name) if named else t("Thank")
    reply = t("Reply to {name}", name=name) if named else t("Reply")
    return [Button(thank, "chat.thank", row), Button(reply, "chat.reply", row)]


def greet(t: Translate, chat: Chat, who: Silent, *, named: bool) -> Button:
    """Return the tap that greets somebody who has not answered, `named` where several stand together."""
    label = t("Greet {name}", name=short_words(who.name, _NAME)) if named else t("Greet")
    return Button(label, "chat.greet", f"{chat.id}.{who.member}")


def unheard(t: Translate, them: Unheard) -> Card:
    """Show a moderator who is unheard, or that nobody is."""
    said = on_panel(t, them, most=_LISTED)
    if not said:
        nobody = t("Every answer got a reply, and everybody who came has answered.")
        if not them.heard:
            nobody = t("Nobody came, so nobody waits for a reply.")
            if them.chat.live:
                nobody = t("Nobody has come yet, so nobody waits for a reply.")
        return Card(t("Nobody is unheard"), (Paragraph(nobody),), Tone.GOOD, title_of(them.chat))
    return Card(t("Who is unheard"), tuple(said), Tone.QUESTION, title_of(them.chat))


def replied(t: Translate, given: Answer, question: Question, by: str, words: str) -> Card:
    """Show below an answer that somebody thanks for it, or replies to it."""
    body = with_links(words) if words else t("Thank you for this answer.")
    title = t(
        "{name} to {author} on {question}",
        name=short_words(by, 60),
        author=short_words(given.author, 60),
        question=question.name,
    )
    return Card(title, tuple(Paragraph(part) for part in split(body, limits.TEXT_BLOCK))[:2])


def no_reply(t: Translate) -> Card:
    """Stand where a reply was that is gone, or to what is gone."""
    return Card(t("This reply was taken back, or what it replied to is gone."))


def done(t: Translate, given: Answer, *, words: str) -> Card:
    """Tell a moderator where their thanks or their reply stand, with the way back."""
    title = t("You replied to {name}", name=short_words(given.author, 80))
    if not words:
        title = t("You thanked {name}", name=short_words(given.author, 80))
    row = str(given.id)
    label = t("Change my reply") if words else t("Say more")
    buttons = Actions(
        (
            Button(label, "chat.reply", row),
            Button(t("Take it back"), "chat.no_reply", row, Look.DANGER),
        )
    )
    said = Paragraph(t("It stands below their answer, with your name."))
    return Card(title, (said, buttons), Tone.GOOD)


def greeting(t: Translate, chat: Chat, by: str, asked: Question | None) -> Card:
    """Greet somebody who is in a chat and has said nothing yet."""
    row = str(chat.id)
    if not chat.live:
        said = t(
            "{name} is glad that you came. Late answers are welcome, and reading along is too.",
            name=by,
        )
    else:
        said = t(
            "{name} is glad that you are here. Say something whenever you like; reading along is"
            " welcome too.",
            name=by,
        )
    buttons: list[Button | PageButton] = [PageButton(t("Open the chat"), "chat", row)]
    blocks: list[Block] = [Paragraph(said)]
    if asked is not None:
        blocks.append(Paragraph(verbatim(short_words(f"{asked.name} {asked.words}", 600))))
        answer = t("Answer {name}", name=asked.name)
        buttons.insert(0, Button(answer, "chat.answer", str(asked.id), Look.PRIMARY))
    blocks.append(Actions(tuple(buttons)))
    return Card(t("Good to have you here"), tuple(blocks), Tone.GOOD, title_of(chat))
