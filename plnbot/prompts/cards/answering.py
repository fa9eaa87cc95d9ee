"""What people see of answers to prompts: ways to give one, each in the room, all the next morning."""

from collections.abc import Mapping, Sequence

from plnbot.gathering import Answer
from plnbot.prompts.model import chosen
from plnbot.talk import limits
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
from plnbot.talk.fallback import paragraphs, short_words, shortened
from plnbot.talk.text import Bold, MessageLink, Text, When, joined, verbatim, with_links
from plnbot.talk.words import Translate
from plnbot.values import dataclass

_QUOTED, _LINKED, _LONGEST_QUOTE = 8, 12, 180
_UNNAMED_QUOTED = 5


@dataclass(frozen=True, slots=True)
class Ways:
    """How a prompt can be answered: `options` to tap, with how often each was, and without a name.

    `page` says whether a button leads to the page of the answers.
    """

    row: str
    options: tuple[str, ...] = ()
    tapped: Mapping[str, int] | None = None
    anonymous: bool = False
    page: bool = True


@dataclass(frozen=True, slots=True)
class RoundedUp:
    """What a round-up shows. `said` are answers with the way to each, who joined last first.

    `grows` is what the button says that makes more of it; empty where there is no way.
    """

    row: str
    title: str
    question: str
    options: tuple[str, ...]
    said: Sequence[tuple[Answer, MessageLink | None]]
    unnamed: Sequence[str]
    many_unnamed: int
    grows: Text


def ways(t: Translate, given: Ways) -> list[Block]:
    """Return the buttons below a prompt."""
    blocks: list[Block] = []
    if given.options:
        counts = given.tapped or {}
        told = [f"{each} · {n}" for i, each in _numbered(given.options) if (n := counts.get(i, 0))]
        blocks.append(
            Actions(
                tuple(
                    Button(
                        verbatim(short_words(each, limits.BUTTON_LABEL)),
                        "prompt.tap",
                        f"{given.row}.{number}",
                    )
                    for number, each in _numbered(given.options)
                )
            )
        )
        if told:
            blocks.append(Paragraph(verbatim("   ".join(told)), quiet=True))
    label = t("Add a sentence") if given.options else t("Answer")
    look = Look.PLAIN if given.options else Look.PRIMARY
    buttons = [Button(label, "prompt.answer", given.row, look)]
    if given.anonymous:
        buttons.append(Button(t("Without my name"), "prompt.unnamed", given.row))
    buttons.append(Button(t("Pass"), "prompt.pass", given.row))
    read = (PageButton(t("Read the answers"), "prompt", given.row),) if given.page else ()
    suggest = Button(t("Suggest a prompt"), "prompts.suggest")
    blocks.append(Actions((*buttons, *read, suggest)))
    return blocks


def answered(t: Translate, given: Answer, options: Sequence[str]) -> Card:
    """Show in the room what was answered by form or tap."""
    name = short_words(given.author, 80)
    if given.hidden_by is not None:
        body: Text = t("A moderator has hidden this answer.")
    else:
        body = with_links(read_as(options, given.choice, given.words))
    title = t("{name}, late", name=name) if given.late else verbatim(name)
    return Card(title, paragraphs(body)[:2])


def taken_back(t: Translate) -> Card:
    """Stand where an answer was that its author took back."""
    return Card(t("This answer was taken back by its author."))


def thanks(t: Translate, row: str, given: Answer, said: Text, *, nudges: bool) -> Card:
    """Thank one member, and say how their answer stands and can be changed."""
    label = t("Change it") if given.words else t("Add a sentence")
    buttons = [Button(label, "prompt.answer", row)]
    if given.by_form:
        buttons.append(Button(t("Take it back"), "prompt.retract", row, Look.DANGER))
    blocks: list[Block] = [Paragraph(said), Actions((*buttons, *_nudge_me(t, nudges=nudges)))]
    return Card(t("Thank you"), tuple(blocks), Tone.GOOD)


def unnamed(t: Translate) -> Card:
    """Tell one member that their answer without a name is taken."""
    said = t(
        "It is kept without your name. From here on nobody can tell that it is yours, not even you"
        " to me."
    )
    return Card(t("Thank you"), (Paragraph(said),), Tone.GOOD)


def passed(t: Translate, row: str) -> Card:
    """Tell one member that passing is fine."""
    said = t("That is fine. I do not ask you about this one again, and nobody is told.")
    return Card(
        t("You pass"), (Paragraph(said), Actions((Button(t("Answer"), "prompt.answer", row),)))
    )


def nudged(t: Translate, question: str, to_answer: list[Block]) -> Card:
    """Remind one member of a prompt that they have not answered."""
    body = (*paragraphs(with_links(question)), *to_answer)
    off = Actions((Button(t("No more reminders"), "prompt.no_nudge"),))
    note = Paragraph(t("You asked me to remind you once, and this is it."), quiet=True)
    return Card(t("Still open"), (*body, note, off), Tone.QUESTION)


def nudging(t: Translate, *, on: bool) -> Card:
    """Tell one member whether they are reminded, with the way to the other."""
    if on:
        said = t(
            "When you have neither answered a prompt nor passed, I remind you once, a few hours"
            " later, never in your quiet hours, on leave or in a break."
        )
        button = Button(t("No more reminders"), "prompt.no_nudge")
    else:
        said = t("I do not remind you of prompts.")
        button = Button(t("Remind me once"), "prompt.nudge_me")
    return Card(t("Reminders of prompts"), (Paragraph(said), Actions((button,))))


def round_up(t: Translate, given: RoundedUp) -> Card:
    """Gather a prompt's answers: quoted as they were said, each with the way to it."""
    lines = [_quoted(t, given, *each) for each in given.said[:_QUOTED]]
    blocks: list[Block] = [Paragraph(with_links(short_words(given.question, 400)))]
    blocks += [Paragraph(each) for each in lines]
    further = given.said[_QUOTED : _QUOTED + _LINKED]
    if further:
        names = joined([_named(each, link) for each, link in further])
        blocks.append(Paragraph(t("Also answered: {names}", names=names)))
    left = len(given.said) - _QUOTED - _LINKED
    if left > 0:
        more = t.n("And {n} more, on its page.", "And {n} more, on its page.", left)
        blocks.append(Paragraph(more, quiet=True))
    if given.many_unnamed:
        quotes = [f"“{short_words(each, _LONGEST_QUOTE)}”" for each in given.unnamed]
        told = t.n("{n} without a name, in a mixed order:", "{n} without a name, in a mixed order:",
                   given.many_unnamed)  # fmt: skip
        shown = [with_links(each) for each in quotes[:_UNNAMED_QUOTED]]
        blocks.append(Paragraph(joined([told, *shown], "\n")))
    buttons: list[Button | PageButton] = [PageButton(t("All answers"), "prompt", given.row)]
    if given.grows:
        buttons.append(Button(given.grows, "prompt.grow", given.row))
    blocks.append(Actions(tuple(buttons)))
    many = len(given.said) + given.many_unnamed
    title = t.n("Round-up: {n} answer", "Round-up: {n} answers", many)
    return Card(title, tuple(blocks), Tone.GOOD, verbatim(short_words(given.title, 80)))


def looked_back(t: Translate, row: str, question: str, said: str, at: When) -> Card:
    """Ask one member what became of what they said."""
    blocks: tuple[Block, ...] = (
        Paragraph(
            t("{when} I asked: {question}", when=at, question=Bold(short_words(question, 400)))
        ),
        Paragraph(t("You answered: “{said}”", said=short_words(said, 900))),
        Paragraph(t("What became of it? Only you see what you write.")),
        Actions(
            (
                Button(t("Tell"), "prompt.reflect", row, Look.PRIMARY),
                Button(t("Do not ask me such things"), "prompt.no_look_back"),
            )
        ),
    )
    return Card(t("Looking back"), blocks, Tone.QUESTION)


def hidden(t: Translate, question: str, given: Answer, why: str) -> Card:
    """Tell an author that their answer was hidden, and why."""
    blocks = (
        Paragraph(t("A moderator has hidden this answer of yours: {why}", why=Bold(why))),
        Paragraph(with_links(short_words(given.words, 500)), quiet=True),
        Paragraph(verbatim(short_words(question, 400)), quiet=True),
    )
    return Card(t("An answer was hidden"), blocks, Tone.CAUTION)


def read_as(options: Sequence[str], choice: str, words: str) -> str:
    """Return an answer as people read it: what was tapped, and the sentence to it."""
    return ": ".join(filter(None, (chosen(options, choice), words)))


def _quoted(t: Translate, given: RoundedUp, each: Answer, link: MessageLink | None) -> Text:
    said = read_as(given.options, each.choice, each.words)
    quote = with_links(short_words(said, _LONGEST_QUOTE))
    text = t("{name}: “{said}”", name=_named(each, link), said=quote)
    return shortened(text, limits.TEXT_BLOCK)


def _named(each: Answer, link: MessageLink | None) -> Text:
    name = short_words(each.author, 60)
    return Text((MessageLink(link.place, link.message, name) if link else Bold(name),))


def _numbered(options: Sequence[str]) -> list[tuple[str, str]]:
    return [(str(number), each) for number, each in enumerate(options, 1)]


def _nudge_me(t: Translate, *, nudges: bool) -> tuple[Button, ...]:
    return (Button(t("Remind me when I forget"), "prompt.nudge_me"),) if nudges else ()
