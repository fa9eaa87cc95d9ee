"""What people see of a chat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from plnbot.chats.model import Kind, Moment, State
from plnbot.chats.store import Answer, Chat, Question
from plnbot.talk import limits
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Divider,
    Field,
    Fields,
    Look,
    Option,
    PageButton,
    Paragraph,
    Select,
    Tone,
)
from plnbot.talk.fallback import paragraphs, short_words, shortened, split
from plnbot.talk.happenings import Happening
from plnbot.talk.text import EMPTY, Style, Text, When, bold, joined, verbatim, with_links
from plnbot.talk.words import Translate

_LIST_MOST = 1400


def preview(
    t: Translate,
    chat: Chat,
    questions: Sequence[Question],
    notes: Sequence[Text],
    *,
    on_its_page: bool = False,
) -> Card:
    """Show a draft to its coach: everything as it will run, and how to go on."""
    timed = _plan_lines(t, chat, questions, chat.run.moments)
    blocks: list[Block] = [
        Fields(
            (
                Field(t("Starts"), Text((When(chat.starts_at),))),
                Field(t("Ends"), Text((When(_end(chat), Style.TIME),))),
                Field(t("Questions"), verbatim(str(len(questions)))),
            )
        ),
        Paragraph(shortened(joined(timed, "\n"), limits.TEXT_BLOCK)),
    ]
    around = ((t("Opening words:"), opening(chat)), (t("Closing words:"), chat.outro))
    for label, words in around:
        if words:
            said = joined((label, verbatim(short_words(" ".join(words.split()), 300))), " ")
            blocks.append(Paragraph(said, quiet=True))
    blocks += [Paragraph(note, quiet=True) for note in notes[:4]]
    row = str(chat.id)
    buttons: list[Button | PageButton] = [
        Button(t("Publish"), "chat.publish", row, Look.PRIMARY),
        Button(t("Change"), "chat.change", row),
    ]
    if not on_its_page:
        buttons.append(PageButton(t("See it as they will"), "chat", row))
    buttons.append(Button(t("Throw away"), "chat.discard", row, Look.DANGER))
    blocks.append(Actions(tuple(buttons)))
    return Card(_title(chat), tuple(blocks), Tone.PLAIN, t("Draft: not announced yet"))


def announcement(t: Translate, chat: Chat, questions: Sequence[Question]) -> Card:
    """Tell a room about a coming chat, its questions ahead of time."""
    when = t("{when} · {minutes} minutes", when=When(chat.starts_at), minutes=chat.minutes)
    if chat.slow:
        when = t("From {when}, one question at a time over several days", when=When(chat.starts_at))
    lines = [
        t("{name} {words}", name=bold(f"{each.name}:"), words=with_links(each.words))
        for each in questions
    ]
    blocks: list[Block] = [Paragraph(when)]
    if words := opening(chat):
        blocks.append(Paragraph(with_links(short_words(words, 500))))
    blocks.append(Paragraph(shortened(joined(lines, "\n"), limits.TEXT_BLOCK)))
    blocks.append(
        Actions(
            (
                Button(t("Remind me"), "chat.remind", str(chat.id), Look.PRIMARY),
                PageButton(t("Prepare my answers"), "chat", str(chat.id)),
            )
        )
    )
    return Card(_title(chat), tuple(blocks), Tone.PLAIN, t("Coming up"))


def opening(chat: Chat) -> str:
    """Return the opening words, without the line that is the title already."""
    first, _, rest = chat.intro.partition("\n")
    return rest.strip() if first.strip() == chat.title else chat.intro


def called_off(t: Translate, chat: Chat) -> Card:
    """Tell a room that a chat will not take place."""
    sorry = t("The chat planned for {when} will not take place.", when=When(chat.starts_at))
    return Card(_title(chat), (Paragraph(sorry),), Tone.CAUTION, t("Called off"))


def happening(t: Translate, chat: Chat, *, off: bool = False) -> Happening:
    """Return a chat as a calendar shows it."""
    count = sum(each.kind is Kind.QUESTION for each in chat.run.moments)
    about = t.n(
        "{n} question. Reading along is fine too.",
        "{n} questions, one after the other. Reading along is fine too.",
        count,
    )
    ends_at = max(_end(chat), chat.starts_at + timedelta(minutes=1))
    return Happening(chat.scope, _title(chat), about, chat.starts_at, ends_at, off)


def not_posted(t: Translate, chat: Chat, why: str) -> Card:
    """Tell a moderator that the room did not get something of a chat, and why."""
    blocks = (
        Paragraph(t("I could not post in the room of this chat: {why}", why=bold(why))),
        Paragraph(
            t("The plan goes on. Once that is mended, what comes next is posted again."),
            quiet=True,
        ),
    )
    return Card(t("Something was not posted"), blocks, Tone.CAUTION, _title(chat))


def welcome(t: Translate, chat: Chat, *, late: bool) -> Card:
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
        Actions((Button(t("Where are we?"), "chat.where", str(chat.id)),)),
    ]
    return Card(_title(chat), tuple(blocks), Tone.GOOD, t("The chat begins"))


def warm_up(t: Translate, chat: Chat) -> Card:
    """Ask the warm-up question."""
    body = tuple(Paragraph(part) for part in split(with_links(chat.warm_up), limits.TEXT_BLOCK))
    return Card(t("Say hello"), body[:2], Tone.QUESTION, t("Warm-up"))


def question(  # noqa: PLR0913 - what a question shows
    t: Translate,
    chat: Chat,
    asked: Question,
    *,
    answers: int,
    late: bool,
    following: Moment | None,
) -> Card:
    """Ask a question, with the number of answers so far."""
    blocks: list[Block] = list(paragraphs(with_links(asked.words)))
    notes: list[Text] = []
    if late:
        notes.append(t("Sorry, this one comes late: I was away for a moment."))
    if answers:
        notes.append(t.n("{n} answer so far", "{n} answers so far", answers))
    if chat.run.held and chat.run.current == asked.number:
        notes.append(t("We stay with this question for a while."))
    elif following is not None and following.kind is Kind.QUESTION:
        notes.append(t("Next question at {at}", at=When(following.at, Style.TIME)))
    if notes:
        blocks.append(Paragraph(joined(notes, " · "), quiet=True))
    row = str(asked.id)
    blocks.append(
        Actions(
            (
                Button(t("Answer"), "chat.answer", row, Look.PRIMARY),
                PageButton(t("Read the answers"), "chat", str(chat.id)),
            )
        )
    )
    return Card(verbatim(asked.name), tuple(blocks), Tone.QUESTION, _title(chat))


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
    return Card(t("Closing"), tuple(blocks), Tone.GOOD, _title(chat))


def archived(t: Translate, chat: Chat, *, answers: int, people: int, links: int) -> Card:
    """Make the archive known."""
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
    return Card(t("The archive is ready"), (facts, buttons), Tone.GOOD, _title(chat))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a chat is, for cards that tell one person."""

    chat: Chat
    questions: Sequence[Question]
    counts: Mapping[int, int]
    now: datetime

    @property
    def current(self) -> Question | None:
        """The question being discussed."""
        return next((q for q in self.questions if q.number == self.chat.run.current), None)


def catch_up(t: Translate, at: Standing) -> Card:
    """Tell one person where the chat is and what they missed."""
    chat = at.chat
    current = at.current
    title = t("We are on {name}", name=current.name) if current else _state_words(t, chat)
    blocks: list[Block] = []
    if current is not None:
        blocks.append(Paragraph(shortened(with_links(current.words), _LIST_MOST)))
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
        blocks.append(Paragraph(shortened(joined(lines, "\n"), _LIST_MOST)))
    upcoming = chat.run.next_moment
    if chat.run.held:
        blocks.append(Paragraph(t("The moderator holds the chat here for a moment."), quiet=True))
    elif upcoming is not None:
        blocks.append(Paragraph(_next_words(t, upcoming, at.questions), quiet=True))
    buttons: list[Button | PageButton] = []
    if current is not None:
        buttons.append(
            Button(
                t("Answer {name}", name=current.name), "chat.answer", str(current.id), Look.PRIMARY
            )
        )
    buttons.append(PageButton(t("Read it all"), "chat", str(chat.id)))
    blocks.append(Actions(tuple(buttons)))
    return Card(title, tuple(blocks), Tone.PLAIN, _title(chat))


def panel(t: Translate, at: Standing, *, people: int) -> Card:
    """Show a moderator where the chat is and what they can do now."""
    chat = at.chat
    row = str(chat.id)
    blocks: list[Block] = [
        Fields(
            (
                Field(
                    t("Now"),
                    _state_words(t, chat) if at.current is None else verbatim(at.current.name),
                ),
                Field(t("Taking part"), verbatim(str(people))),
                Field(t("Answers"), verbatim(str(sum(at.counts.values())))),
            )
        )
    ]
    blocks += _panel_buttons(t, at, row)
    skipped = tuple(each for each in at.questions if each.skipped)
    if skipped and chat.live:
        options = tuple(
            Option(str(each.number), t("{name} after all", name=each.name))
            for each in skipped[: limits.OPTIONS]
        )
        blocks.append(
            Actions((Select(t("Ask a skipped question"), "chat.after_all", options, row),))
        )
    if chat.run.moments:
        lines = _plan_lines(t, chat, at.questions, chat.run.moments, most=48)
        blocks.append(Paragraph(shortened(joined(lines, "\n"), _LIST_MOST), quiet=True))
    tone = Tone.CAUTION if chat.run.held else Tone.PLAIN
    label = t("Moderators only · on hold") if chat.run.held else t("Moderators only")
    return Card(_title(chat), tuple(blocks), tone, label)


def _panel_buttons(t: Translate, at: Standing, row: str) -> list[Block]:
    chat = at.chat
    match chat.run.state:
        case State.SCHEDULED:
            return [
                Actions(
                    (
                        Button(
                            t("Begin now"),
                            "chat.go_on",
                            row,
                            confirm=t(
                                "The room is welcomed at once, and every question comes earlier."
                            ),
                        ),
                        Button(t("Change"), "chat.change", row),
                        Button(
                            t("Call it off"),
                            "chat.discard",
                            row,
                            Look.DANGER,
                            t("The room will be told that the chat does not take place."),
                        ),
                    )
                ),
                Actions((Button(t("Add a co-moderator"), "chat.co_moderator", row),)),
            ]
        case State.ARCHIVED:
            return [Actions((PageButton(t("Open the archive"), "chat", row),))]
        case State.CANCELLED:
            return [Actions((Button(t("Bring it back"), "chat.publish", row),))]
        case State.THROWN_AWAY:
            return [Actions((Button(t("Take it out again"), "chat.restore", row),))]
        case State.DRAFT:
            return []
        case _:
            return _live_buttons(t, at, row)


def _live_buttons(t: Translate, at: Standing, row: str) -> list[Block]:
    chat = at.chat
    hold = (
        Button(t("Go on after the hold"), "chat.resume", row, Look.PRIMARY)
        if chat.run.held
        else Button(t("Hold"), "chat.hold", row)
    )
    following = chat.run.next_moment
    main: list[Button] = [hold, Button(t("+2 minutes"), "chat.extend", row)]
    if following is not None:
        main.append(
            Button(t("{what} now", what=_what(t, following, at.questions)), "chat.go_on", row)
        )
    if any(each.kind is Kind.QUESTION for each in chat.run.moments):
        coming = next(each for each in chat.run.moments if each.kind is Kind.QUESTION)
        name = next(q.name for q in at.questions if q.number == coming.number)
        main.append(Button(t("Skip {name}", name=name), "chat.skip", row))
    people = (
        Button(t("Bonus question"), "chat.bonus", row),
        Button(t("Add a co-moderator"), "chat.co_moderator", row),
        Button(t("Hand over"), "chat.hand_over", row),
        Button(
            t("End the chat"),
            "chat.end",
            row,
            Look.DANGER,
            t("This says the closing words and makes the archive at once."),
        ),
    )
    return [Actions(tuple(main)), Divider(), Actions(people)]


def not_yours_now(t: Translate, chat: Chat) -> Card:
    """Stand where a panel was for somebody who moderates this chat no longer."""
    return Card(t("You no longer moderate this chat."), label=_title(chat))


def plan_moved(t: Translate, at: Standing) -> Card:
    """Tell a moderator that the plan has given way."""
    why = t("The chat ran late, so I shortened the gaps. This is the plan now:")
    lines = _plan_lines(t, at.chat, at.questions, at.chat.run.moments, most=60)
    blocks = (Paragraph(why), Paragraph(shortened(joined(lines, "\n"), _LIST_MOST)))
    return Card(t("The plan has moved"), blocks, Tone.CAUTION, _title(at.chat))


def your_turn(t: Translate, chat: Chat, by: str, *, alone: bool) -> Card:
    """Tell somebody that a chat is theirs to moderate."""
    words = (
        t("{name} has handed this chat over to you.", name=by)
        if alone
        else t("{name} asks you to moderate this chat with them.", name=by)
    )
    buttons = Actions(
        (
            PageButton(t("Open the panel"), "panel", str(chat.id)),
            Button(t("Say no"), "chat.decline", str(chat.id)),
        )
    )
    return Card(t("You are a moderator"), (Paragraph(words), buttons), Tone.PLAIN, _title(chat))


def reminder(t: Translate, chat: Chat) -> Card:
    """Remind one person of a chat."""
    words = t("It starts {when}.", when=When(chat.starts_at))
    buttons = Actions((PageButton(t("Prepare my answers"), "chat", str(chat.id)),))
    return Card(_title(chat), (Paragraph(words), buttons), Tone.PLAIN, t("Reminder"))


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
        Actions((Button(t("Where are we?"), "chat.where", str(chat.id), Look.PRIMARY),)),
    )
    return Card(t("Your first chat with us"), blocks, Tone.GOOD, _title(chat))


def hidden(t: Translate, chat: Chat, given: Answer, why: str) -> Card:
    """Tell an author that a moderator has hidden their answer, and why."""
    blocks = (
        Paragraph(t("A moderator has hidden this answer of yours: {why}", why=bold(why))),
        Paragraph(with_links(short_words(given.words, 500)), quiet=True),
        Paragraph(t("You can write it anew, or ask the moderator about it."), quiet=True),
    )
    return Card(t("An answer was hidden"), blocks, Tone.CAUTION, _title(chat))


def hello(t: Translate, chat: Chat, name: str) -> Card:
    """Introduce somebody to the room at their first answer ever."""
    words = t(
        "{name} is in a chat with us for the first time. Say hello!",
        name=bold(short_words(name, 80)),
    )
    return Card(t("A new voice"), (Paragraph(words),), Tone.GOOD, _title(chat))


def upcoming(t: Translate, chat: Chat) -> Card:
    """Show the next chat on the home view."""
    blocks = (
        Paragraph(Text((When(chat.starts_at),))),
        Actions((PageButton(t("Questions and answers"), "chat", str(chat.id)),)),
    )
    return Card(_title(chat), blocks, Tone.QUESTION, t("Live now") if chat.live else t("Next chat"))


def _title(chat: Chat) -> Text:
    named = chat.hashtag and chat.hashtag.casefold() not in chat.title.casefold()
    words = f"{chat.title} #{chat.hashtag}" if named else chat.title
    return verbatim(short_words(words, limits.FIELD_LABEL))


def _end(chat: Chat) -> datetime:
    return chat.run.ends_at or chat.ended_at or chat.starts_at


def _state_words(t: Translate, chat: Chat) -> Text:  # noqa: PLR0911 - one a state
    match chat.run.state:
        case State.DRAFT:
            return t("A draft")
        case State.SCHEDULED:
            return t("Not begun yet")
        case State.OPEN:
            return t("Welcome and warm-up")
        case State.ASKING:
            return t("Questions")
        case State.CLOSING:
            return t("Closing words")
        case State.ARCHIVED:
            return t("Archived")
        case State.CANCELLED | State.THROWN_AWAY:
            return t("Called off")


def _plan_lines(
    t: Translate,
    chat: Chat,
    questions: Sequence[Question],
    moments: Sequence[Moment],
    most: int = 200,
) -> list[Text]:
    by_number = {each.number: each for each in questions}
    style = Style.DAY_AND_TIME if chat.slow else Style.TIME
    lines: list[Text] = []
    for each in moments:
        what = _what(t, each, questions)
        at = When(each.at, style)
        if each.kind is Kind.QUESTION:
            words = short_words(by_number[each.number].words, most)
            lines.append(t("{at} {what} {words}", at=at, what=bold(what.bare()), words=words))
        else:
            lines.append(t("{at} {what}", at=at, what=what))
    return lines


def _what(t: Translate, moment: Moment, questions: Sequence[Question]) -> Text:
    match moment.kind:
        case Kind.WELCOME:
            return t("Welcome")
        case Kind.WARM_UP:
            return t("Warm-up")
        case Kind.QUESTION:
            return verbatim(next(q.name for q in questions if q.number == moment.number))
        case Kind.CLOSING:
            return t("Closing words")
        case Kind.END:
            return t("End and archive")


def _next_words(t: Translate, moment: Moment, questions: Sequence[Question]) -> Text:
    return t(
        "Next: {what} at {at}", what=_what(t, moment, questions), at=When(moment.at, Style.TIME)
    )
