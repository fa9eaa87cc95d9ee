"""A chat before it begins: the draft, the announcement, the calendar, the reminder."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from plnbot.chats.cards.words import (
    ends_at,
    plan_lines,
    title_of,
)
from plnbot.chats.model import MomentKind
from plnbot.chats.sorting import Piece, Place
from plnbot.chats.store import Chat, Question
from plnbot.skills.cards import told
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
from plnbot.talk.fallback import short_words, shortened
from plnbot.talk.happenings import Happening
from plnbot.talk.text import EMPTY, Room, Style, Text, When, bold, joined, verbatim, with_links
from plnbot.talk.words import Translate

SKILLS = "chat.skills"
_HASHTAG = re.compile(r"#\w+")


def preview(
    t: Translate,
    chat: Chat,
    questions: Sequence[Question],
    more: Sequence[Block] = (),
    *,
    skills: Sequence[str] = (),
    on_its_page: bool = False,
) -> Card:
    """Show a draft to its coach: everything as it will run, `more` to know, and how to go on."""
    timed = plan_lines(t, chat, questions, chat.run.moments)
    blocks: list[Block] = [
        Fields(
            (
                Field(t("Starts"), Text((When(chat.starts_at),))),
                Field(t("Ends"), Text((When(ends_at(chat), Style.TIME),))),
                Field(t("I found"), _found(t, chat, questions)),
                *told(t, skills),
            )
        ),
        Paragraph(shortened(joined(timed, "\n"), limits.TEXT_BLOCK)),
    ]
    around = ((t("Opening words:"), opening(chat)), (t("Closing words:"), chat.outro))
    for label, words in around:
        if words:
            said = joined((label, verbatim(short_words(" ".join(words.split()), 300))), " ")
            blocks.append(Paragraph(said))
    blocks += more
    row = str(chat.id)
    buttons: list[Button | PageButton] = [
        Button(t("Publish"), "chat.publish", row, Look.PRIMARY),
        Button(t("Change"), "chat.change", row),
    ]
    if not on_its_page:
        kept = t("It is kept under Chats until you publish it or throw it away.")
        blocks.append(Paragraph(kept, quiet=True))
        buttons.append(PageButton(t("See it as they will"), "chat", row))
    buttons.append(Button(t("Throw away"), "chat.discard", row, Look.DANGER))
    buttons += said_before(t, chat)
    if len(buttons) < limits.BUTTONS_IN_ROW:  # else its page has it
        buttons.append(Button(t("Skills"), SKILLS, row))
    blocks.append(Actions(tuple(buttons)))
    return Card(title_of(chat), tuple(blocks), Tone.PLAIN, t("Draft: not announced yet"))


def _found(t: Translate, chat: Chat, questions: Sequence[Question]) -> Text:
    """Return what a pasted document was taken for."""
    parts = [
        t("opening words") if opening(chat) else EMPTY,
        t("a warm-up") if chat.warm_up else EMPTY,
        t.n("{n} question", "{n} questions", len(questions)),
        t("closing words") if chat.outro else EMPTY,
    ]
    return joined(filter(None, parts))


def taken_out(
    t: Translate, questions: Sequence[Question], prepared: int, before: str
) -> tuple[Block, ...]:
    """Say what a change took out, answers too, with the way back to the version before."""
    if not questions:
        return ()
    names = joined(
        [verbatim(f"{each.name} {short_words(each.words, 60)}") for each in questions], " · "
    )
    said = (
        t.n(
            "Taken out, with {n} answer that was prepared: {names}",
            "Taken out, with {n} answers that were prepared: {names}",
            prepared,
            names=shortened(names, 600),
        )
        if prepared
        else t("Taken out: {names}", names=shortened(names, 600))
    )
    undo = Button(t("Take the change back"), "chat.take_back", before)
    return (Paragraph(said), Actions((undo,)))


def line_blocks(t: Translate, chat: Chat, lines: Sequence[tuple[Piece, str]]) -> list[Block]:
    """Say what became of lines that could be something else, each with its mark, and offer the change."""
    blocks: list[Block] = []
    for piece, mark in lines:
        blocks.append(Paragraph(_became(t, piece)))
        row = f"{chat.id}.{mark}"
        buttons = [Button(_as(t, each, piece), f"chat.line_{each}", row) for each in piece.others]
        blocks.append(Actions(tuple(buttons)))
    return blocks


def _became(t: Translate, piece: Piece) -> Text:
    line = short_words(" ".join(piece.words.split()), 200)
    match piece.place:
        case Place.QUESTION:
            return t("“{line}” is Q{n}.", line=line, n=piece.question + 1)
        case Place.PART:
            return t("“{line}” is part of Q{n}.", line=line, n=piece.question + 1)
        case Place.OPENING:
            return t("“{line}” is in the opening words.", line=line)
        case Place.CLOSING:
            return t("“{line}” is in the closing words.", line=line)


def _as(t: Translate, place: Place, piece: Piece) -> Text:
    match place:
        case Place.QUESTION:
            return t("A question of its own")
        case Place.PART if piece.place is Place.QUESTION:
            return t("Part of Q{n}", n=piece.question)
        case Place.PART:
            return t("Part of the last question")
        case Place.OPENING:
            return t("Opening words")
        case Place.CLOSING:
            return t("Closing words")


def announcement(
    t: Translate,
    chat: Chat,
    questions: Sequence[Question],
    was: datetime | None = None,
    ask: tuple[Button, ...] = (),
) -> Card:
    """Tell a room about a coming chat, its questions ahead of time; `was` is its start before it moved.

    `ask` is the button with which one asks its guest.
    """
    when = t("{when} · {minutes} minutes", when=When(chat.starts_at), minutes=chat.minutes)
    if chat.slow:
        when = t("From {when}, one question at a time over several days", when=When(chat.starts_at))
    lines = [
        t("{name} {words}", name=bold(f"{each.name}:"), words=with_links(each.words))
        for each in questions
    ]
    blocks: list[Block] = [Paragraph(when)]
    if was is not None:
        blocks.append(Paragraph(t("It was to begin {was}.", was=When(was))))
    if words := opening(chat):
        blocks.append(Paragraph(with_links(short_words(words, 500))))
    blocks.append(Paragraph(shortened(joined(lines, "\n"), limits.TEXT_BLOCK)))
    blocks.append(
        Actions(
            (
                Button(t("Remind me"), "chat.remind", str(chat.id), Look.PRIMARY),
                PageButton(t("Prepare my answers"), "chat", str(chat.id)),
                *ask,
                *said_before(t, chat),
            )
        )
    )
    return Card(title_of(chat), tuple(blocks), Tone.PLAIN, t("Coming up"))


def announced_anew(t: Translate, chat: Chat) -> Card:
    """Lead from an older announcement of a chat to the newest, which stands below it."""
    words = t("It begins {when}. What holds stands further down.", when=When(chat.starts_at))
    return Card(title_of(chat), (Paragraph(words, quiet=True),), Tone.PLAIN, t("Announced anew"))


def begins_otherwise(t: Translate, chat: Chat, was: datetime) -> Card:
    """Tell one person that a chat of which they asked to be reminded begins at another time."""
    said = t("It begins {when}, instead of {was}.", when=When(chat.starts_at), was=When(was))
    more = t("You are reminded of it as you asked.")
    buttons = Actions(
        (
            PageButton(t("Prepare my answers"), "chat", str(chat.id)),
            Button(t("No reminder"), "chat.no_reminder", str(chat.id)),
        )
    )
    blocks = (Paragraph(said), Paragraph(more, quiet=True), buttons)
    return Card(title_of(chat), blocks, Tone.CAUTION, t("At another time"))


def said_before(t: Translate, chat: Chat) -> tuple[PageButton, ...]:
    """Return the way to what was said before, where a chat grew out of that."""
    page, _, row = chat.grew_from.partition("/")
    return (PageButton(t("What was said before"), page, row),) if page else ()


def opening(chat: Chat) -> str:
    """Return the opening words, without the line that is the title already."""
    first, _, rest = chat.intro.partition("\n")
    bare = _HASHTAG.sub("", first).strip(" :|–—-")
    # The title of a further run says so behind the first's.
    title = chat.title if chat.first is None else chat.title.rpartition(" (")[0]
    return rest.strip() if title in (first.strip(), bare) else chat.intro


def called_off(t: Translate, chat: Chat) -> Card:
    """Tell a room that a chat will not take place."""
    sorry = t("The chat planned for {when} will not take place.", when=When(chat.starts_at))
    return Card(title_of(chat), (Paragraph(sorry),), Tone.CAUTION, t("Called off"))


def happening(t: Translate, chat: Chat, *, off: bool = False) -> Happening:
    """Return a chat as a calendar shows it."""
    count = sum(each.kind is MomentKind.QUESTION for each in chat.run.moments)
    about = t.n(
        "{n} question. Reading along is fine too.",
        "{n} questions, one after the other. Reading along is fine too.",
        count,
    )
    end = max(ends_at(chat), chat.starts_at + timedelta(minutes=1))
    return Happening(chat.scope, title_of(chat), about, chat.starts_at, end, off)


def reminder(t: Translate, chat: Chat) -> Card:
    """Remind one person of a chat."""
    words = t("It starts {when}.", when=When(chat.starts_at))
    buttons = Actions((PageButton(t("Prepare my answers"), "chat", str(chat.id)),))
    return Card(title_of(chat), (Paragraph(words), buttons), Tone.PLAIN, t("Reminder"))


def next_chat(t: Translate, chat: Chat, *, moderates: bool) -> Card:
    """Show the chat that is on, or the next, on a member's home: when, where, and what to do."""
    row = str(chat.id)
    facts = (
        Field(t("When"), Text((When(chat.starts_at),))),
        Field(t("Where"), Text((Room(chat.place, chat.place.channel),))),
        Field(t("How long"), t("{n} minutes", n=chat.minutes)),
    )
    if chat.live:
        buttons: list[Button | PageButton] = [
            Button(t("I am here"), "chat.here", row, Look.PRIMARY),
            PageButton(t("Questions and answers"), "chat", row),
        ]
    else:
        buttons = [
            PageButton(t("Prepare my answers"), "chat", row),
            Button(t("Remind me"), "chat.remind", row),
        ]
    if moderates:
        buttons.append(PageButton(t("Open the panel"), "panel", row))
    label = t("Live now") if chat.live else t("Next chat")
    return Card(title_of(chat), (Fields(facts), Actions(tuple(buttons))), Tone.QUESTION, label)


def no_next_chat(t: Translate, plan: tuple[Button, ...]) -> Card:
    """Say to who plans chats, on their home, that none is planned."""
    said = Paragraph(t("None is planned yet."), quiet=True)
    return Card(t("Next chat"), (said, Actions(plan)))


def after_that(t: Translate, chats: Sequence[Chat]) -> Card:
    """Show the chats that come after the next."""
    lines = [
        joined((Text((When(each.starts_at),)), bold(short_words(each.title, 80))), " · ")
        for each in chats
    ]
    ways = Actions((PageButton(t("All chats"), "chats"),))
    return Card(t("After that"), (Paragraph(joined(lines, "\n")), ways))


def upcoming(t: Translate, chat: Chat) -> Card:
    """Show the next chat on the home view."""
    blocks = (
        Paragraph(Text((When(chat.starts_at),))),
        Actions((PageButton(t("Questions and answers"), "chat", str(chat.id)),)),
    )
    return Card(
        title_of(chat), blocks, Tone.QUESTION, t("Live now") if chat.live else t("Next chat")
    )
