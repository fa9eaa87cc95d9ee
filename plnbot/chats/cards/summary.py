"""The summary of a chat: quotes with links to where they stand, in its room and for whoever edits it."""

from collections.abc import Sequence

from plnbot.chats.cards.words import title_of
from plnbot.chats.store import Chat, Question
from plnbot.gathering import Answer
from plnbot.talk import limits
from plnbot.talk.cards import Actions, Block, Button, Card, Look, PageButton, Paragraph, Tone
from plnbot.talk.fallback import short_words, shortened
from plnbot.talk.text import Bold, MessageLink, Text, joined, verbatim, with_links
from plnbot.talk.words import Translate
from plnbot.values import dataclass

_IN_ROOM, _LONGEST_QUOTE, _LONGEST_QUESTION = 12, 180, 120
_WORDS = 700


@dataclass(frozen=True, slots=True)
class Quoted:
    """An answer as a summary quotes it: what its author is called, and where it stands, if anywhere."""

    answer: Answer
    author: str
    link: MessageLink | None
    replies: int


@dataclass(frozen=True, slots=True)
class Part:
    """A question with what a summary quotes of its answers, and what else it may quote."""

    question: Question
    quotes: Sequence[Quoted]
    others: Sequence[Quoted]


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary as it is shown; `posts` says how often it was posted."""

    chat: Chat
    parts: Sequence[Part]
    posts: int

    @property
    def many(self) -> int:
        """How many answers are quoted."""
        return sum(len(each.quotes) for each in self.parts)

    @property
    def people(self) -> int:
        """How many people are quoted."""
        return len({one.answer.member for each in self.parts for one in each.quotes})


def counted(t: Translate, made: Summary) -> Text:
    """Return how many quotes there are, and of how many people."""
    quotes = t.n("{n} quote", "{n} quotes", made.many)
    people = t.n("from {n} person", "from {n} people", made.people)
    return joined((quotes, people), " ")


def named(one: Quoted) -> Text:
    """Return the author of a quote, as the way to what they said."""
    name = short_words(one.author, 60)
    link = one.link
    return Text((MessageLink(link.place, link.message, name) if link else Bold(name),))


def in_room(t: Translate, made: Summary) -> Card:
    """Show a summary in its room: as many quotes as a card holds, and the way to all."""
    row = str(made.chat.id)
    if not made.many:
        gone = t("Nothing that was quoted here is shown any more.")
        return Card(t("What was said"), (Paragraph(gone),), label=title_of(made.chat))
    blocks: list[Block] = [*_quotes(t, made)]
    said = t("Every word is from an answer; the name leads to it.")
    blocks += [
        Paragraph(joined((counted(t, made), said), " · "), quiet=True),
        Actions(
            (
                PageButton(t("Read the summary"), "summary", row),
                PageButton(t("Questions and answers"), "chat", row),
                Button(t("Leave my answers out"), "chat.leave_out", row),
            )
        ),
    ]
    return Card(t("What was said"), tuple(blocks), Tone.GOOD, title_of(made.chat))


def _quotes(t: Translate, made: Summary) -> list[Block]:
    left = _IN_ROOM
    blocks: list[Block] = []
    for part in made.parts:
        shown = part.quotes[:left]
        left -= len(shown)
        if shown:
            asked = short_words(part.question.words, _LONGEST_QUESTION)
            lines = [Text((Bold(f"{part.question.name} {asked}"),))]
            lines += [_line(t, each) for each in shown]
            blocks.append(Paragraph(shortened(joined(lines, "\n"), limits.TEXT_BLOCK)))
    return blocks


def _line(t: Translate, one: Quoted) -> Text:
    words = short_words(" ".join(one.answer.words.split()), _LONGEST_QUOTE)
    return t("“{said}” — {name}", said=with_links(words), name=named(one))


def drafted(t: Translate, made: Summary) -> Card:
    """Show whoever leads a chat what its summary would quote, with the ways to edit and to post it."""
    row = str(made.chat.id)
    label = t("Post it in the room") if not made.posts else t("Post it again")
    buttons = Actions(
        (
            Button(label, "summary.post", row, Look.PRIMARY),
            PageButton(t("Choose and order"), "summary_draft", row),
        )
    )
    note = Paragraph(counted(t, made), quiet=True)
    return Card(
        t("Draft of a summary"), (*_quotes(t, made), note, buttons), label=title_of(made.chat)
    )


def posted(t: Translate, made: Summary) -> Card:
    """Tell that a summary is on its way into its room."""
    said = t(
        "It stands in the room. Whoever leaves their answers out later is quoted there no more."
    )
    way = Actions((PageButton(t("Read the summary"), "summary", str(made.chat.id)),))
    return Card(t("Posted"), (Paragraph(said), way), Tone.GOOD, title_of(made.chat))


def edited(t: Translate, chat: Chat, this: Answer, *, quoted: bool) -> Card:
    """Tell an editor that an answer is quoted, or no longer, with the way back."""
    row = str(this.id)
    said = t("{name}: {words}", name=this.author, words=short_words(this.words, 200))
    undo = Button(t("Quote it"), "summary.quote", row)
    if quoted:
        undo = Button(t("Do not quote it"), "summary.drop", row)
    ways = Actions((undo, PageButton(t("Choose and order"), "summary_draft", str(chat.id))))
    title = t("It is quoted") if quoted else t("It is not quoted")
    return Card(title, (Paragraph(said), ways), label=title_of(chat))


def kept(t: Translate, one: Quoted, *, first: bool) -> Card:
    """Show a quote with what its editor can do: its place and whether it stays, never its words."""
    row = str(one.answer.id)
    buttons = [] if first else [Button(t("Earlier"), "summary.earlier", row)]
    buttons.append(Button(t("Do not quote it"), "summary.drop", row))
    return _entry(t, one, tuple(buttons))


def other(t: Translate, one: Quoted) -> Card:
    """Show an answer that is not quoted."""
    return _entry(t, one, (Button(t("Quote it"), "summary.quote", str(one.answer.id)),))


def _entry(t: Translate, one: Quoted, buttons: tuple[Button, ...]) -> Card:
    blocks: list[Block] = [Paragraph(with_links(short_words(one.answer.words, _WORDS)))]
    if one.replies:
        replies = t.n("{n} person replied", "{n} people replied", one.replies)
        blocks.append(Paragraph(replies, quiet=True))
    return Card(verbatim(short_words(one.author, 100)), (*blocks, Actions(buttons)))
