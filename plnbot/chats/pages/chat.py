"""A chat by question, as one reader sees it, live and as its archive."""

from collections.abc import Collection, Mapping, Sequence

from plnbot import gathering
from plnbot.chats import actions, archive, cards, store
from plnbot.chats.actions import MODERATES, STARTS_CHATS, guests, series, summarising
from plnbot.chats.cards import guests as guest_cards
from plnbot.chats.cards import runs as run_cards
from plnbot.chats.model import ChatState
from plnbot.chats.pages.guests import asked_of, own_blocks
from plnbot.chats.pages.guests import called as guest_names
from plnbot.chats.pages.runs import asked_elsewhere, authors_in, said_elsewhere
from plnbot.chats.pages.seen import runs_read, runs_seen, who_sees
from plnbot.chats.pages.series import unplanned
from plnbot.chats.pages.whole import around
from plnbot.chats.pages.words import (
    gaps,
    heading,
    led_by,
    left_out,
    people,
    shared,
    shelf,
    unanswered,
    when_words,
)
from plnbot.chats.sorting import doubtful, sorted_words
from plnbot.chats.store import KIND, Chat, Question
from plnbot.engine.routes import Context
from plnbot.gathering import Answer
from plnbot.gathering.pages import quote, quotes
from plnbot.skills import cards as skill_cards
from plnbot.skills.store import carried
from plnbot.talk.cards import Actions, Button, Field, Look, PageButton, Paragraph
from plnbot.talk.fallback import short_words
from plnbot.talk.pages import Downloads, Head, Heading, Page, PageBlock, Quote, Search
from plnbot.talk.text import Style, When, joined, verbatim, with_links

FILES = ("md", "csv", "json")
_MOST_LINKS = 100
_MOST_WORDS = 1700
_MOST_LINES = 40
LATEST = 20
"""How many answers to each question stand here; the others are a page away."""


def chat_page(ctx: Context, chat: Chat) -> Page:
    """Return a chat by question, as this reader may see it.

    Whole, it holds every answer; else the latest to each question, with the way to the others. Searched,
    it holds what answers hold the words, or are by somebody called so.
    """
    runs = runs_read(ctx, chat)
    reading = archive.read(ctx.tx, chat, runs=runs) if ctx.whole or ctx.sought else None
    counts = [gathering.shown_counts(ctx.tx, KIND, each.id) for each in runs]
    many = {under: count for each in counts for under, count in each.items()}
    called = authors_in(ctx, runs)
    head = _head(ctx, chat, sum(many.values()), called.values())
    title = verbatim(chat.title)
    if reading is not None and ctx.sought:
        return Page(title, tuple(_found(ctx, reading)), live=chat.scope, head=head)
    moderates = ctx.may(MODERATES, str(chat.id))
    blocks: list[PageBlock] = gaps(ctx.t, actions.not_heard(ctx.tx, chat))
    blocks += run_cards.other_runs(ctx.t, chat, runs_seen(ctx, chat))
    if moderates:
        blocks += _for_planning(ctx, chat)
    if words := cards.opening(chat):
        words = words if ctx.whole else short_words(words, _MOST_WORDS)
        blocks.append(Paragraph(with_links(words)))
    if chat.warm_up:
        blocks.append(Paragraph(joined((ctx.t("Warm-up:"), with_links(chat.warm_up)), " ")))
    blocks += _by_question(ctx, chat, runs, many, called)
    blocks += own_blocks(ctx, chat) if not ctx.whole else ()
    if moderates:
        blocks += _hidden(ctx, chat)
    blocks += around(ctx.t, reading) if reading is not None else _around(ctx, runs, called.values())
    return Page(title, tuple(blocks), contents=True, live=chat.scope, head=head)


def _by_question(
    ctx: Context,
    chat: Chat,
    runs: Sequence[Chat],
    many: Mapping[int, int],
    called: Mapping[int, str],
) -> list[PageBlock]:
    """Return what was said to each question, in this run and below it in the others."""
    own = actions.form_answers(ctx.tx, chat, ctx.person)
    parts = archive.parted(ctx.tx, chat, runs)
    blocks: list[PageBlock] = []
    for question, *elsewhere in parts:
        if question.chat != chat.id:
            continue
        shown = (
            quotes(ctx, shelf(ctx, question), LATEST, called=called) if question.id in many else ()
        )
        others = said_elsewhere(ctx, elsewhere, runs, called, most=LATEST)
        blocks += _of_question(ctx, chat, question, (*shown, *others), own.get(question.id))
    return blocks + asked_elsewhere(ctx, parts, chat, runs, called, most=LATEST)


def _head(ctx: Context, chat: Chat, answers: int, people: Collection[str]) -> Head:
    """Return what stands above the questions: when, who, how much, and what one does with all of it."""
    t, row = ctx.t, str(chat.id)
    now = _for_moderators(ctx, chat)
    more: list[Button | PageButton] = list(cards.said_before(t, chat))
    over = chat.run.state is ChatState.ARCHIVED
    told = answers and not chat.untold
    if over:
        more += _own_choice(ctx, chat)
        more += _summary(ctx, chat)
    if told:
        more.insert(0, PageButton(t("My answers"), "my_answers", row))
    counts = ((t("Answers"), answers), (t("People"), len(people)))
    facts = tuple(Field(label, verbatim(str(count))) for label, count in counts) if told else ()
    if ctx.may(MODERATES, row) and (chat.live or chat.run.state is ChatState.SCHEDULED):
        more.append(Button(t("Skills"), cards.SKILLS, row))
    return Head(
        when_words(t, chat, led_by(ctx, chat)),
        (*facts, *skill_cards.told(t, carried(ctx.tx, chat.carrier))),
        tuple(now),
        tuple(more),
        _downloads(ctx, row) if over else _entry(ctx, chat),
        Search(t("Search the answers"), ctx.sought) if told else None,
    )


def _summary(ctx: Context, chat: Chat) -> list[PageButton]:
    """Return the way to the summary, and for who leads the chat to its draft and to who is unheard."""
    row = str(chat.id)
    ways: list[PageButton] = []
    if summarising.is_posted(ctx.tx, chat):
        ways.append(PageButton(ctx.t("Read the summary"), "summary", row))
    if ctx.may(MODERATES, row):
        ways.append(PageButton(ctx.t("Draft of a summary"), "summary_draft", row))
        ways.append(PageButton(ctx.t("Who is unheard"), "unheard", row))
    return ways


def _found(ctx: Context, reading: archive.Reading) -> list[PageBlock]:
    """Return the answers that hold what is sought, by question, and how many they are."""
    t, wanted = ctx.t, ctx.sought.casefold()
    blocks: list[PageBlock] = []
    count = 0
    for section in reading.sections:
        found = [
            each
            for each in section.answers
            if wanted in each.words.casefold() or wanted in each.author.casefold()
        ]
        count += len(found)
        if found:
            hide = shelf(ctx, section.question).hide
            blocks.append(Heading(heading(section.question), section.question.name))
            blocks += [quote(t, each, hide=hide) for each in found]
    said = t.n(
        "{n} answer holds “{words}”.", "{n} answers hold “{words}”.", count, words=ctx.sought
    )
    return [Paragraph(said), *blocks]


def _for_moderators(ctx: Context, chat: Chat) -> list[Button | PageButton]:
    """Return how a moderator goes on from a chat's page."""
    row = str(chat.id)
    if not ctx.may(MODERATES, row):
        return []
    match chat.run.state:
        case ChatState.DRAFT | ChatState.CANCELLED | ChatState.THROWN_AWAY:
            return []
        case ChatState.ARCHIVED if ctx.may(STARTS_CHATS):
            return [Button(ctx.t("Plan this one again"), "chat.again", row)]
        case ChatState.ARCHIVED:
            return []
        case _:
            return [PageButton(ctx.t("Open the panel"), "panel", row)]


def _for_planning(ctx: Context, chat: Chat) -> list[PageBlock]:
    """Return a draft as its moderators see it, and what becomes of a chat that was called off."""
    if chat.run.state in (ChatState.CANCELLED, ChatState.THROWN_AWAY):
        return _off(ctx, chat)
    if chat.run.state is ChatState.ARCHIVED:
        return []
    if chat.run.state is not ChatState.DRAFT:
        return [*who_sees(ctx, chat)]
    if series.without_questions(ctx.tx, chat):
        return [unplanned(ctx, chat)]
    return _draft(ctx, chat)


def _off(ctx: Context, chat: Chat) -> list[PageBlock]:
    """Return what becomes of a chat that was called off, or of a draft that was thrown away."""
    row, thrown_away = str(chat.id), chat.run.state is ChatState.THROWN_AWAY
    buttons = [Button(ctx.t("Make it a draft again"), "chat.restore", row)]
    if ctx.may(STARTS_CHATS) and store.questions_of(ctx.tx, chat.id):
        buttons.append(Button(ctx.t("Plan another like it"), "chat.again", row))
    if not thrown_away or chat.ended_at is None:
        return [Actions(tuple(buttons))]
    sure = ctx.t("Nothing of it is kept, and nobody can bring it back.")
    buttons.append(Button(ctx.t("Delete it for good"), "chat.delete", row, Look.DANGER, sure))
    gone = When(chat.ended_at + actions.KEPT, Style.DAY)
    said = ctx.t("It was thrown away, and is gone for good on {day}.", day=gone)
    return [Paragraph(said, quiet=True), Actions(tuple(buttons))]


def _draft(ctx: Context, chat: Chat) -> list[PageBlock]:
    """Return a draft as it will run, and below it the lines that could be something else."""
    asked = store.questions_of(ctx.tx, chat.id)
    stands = sorted_words(chat, asked)
    lines = [(each, each.mark(stands)) for each in doubtful(stands)[:_MOST_LINES]]
    # What it carries stands at the head of its page.
    blocks: list[PageBlock] = [
        cards.preview(ctx.t, chat, asked, who_sees(ctx, chat), on_its_page=True)
    ]
    if lines:
        blocks.append(Heading(ctx.t("Lines that could be something else"), "lines"))
    return [*blocks, *cards.line_blocks(ctx.t, chat, lines)]


def _of_question(
    ctx: Context,
    chat: Chat,
    question: Question,
    answers: Sequence[PageBlock],
    own: Answer | None,
) -> list[PageBlock]:
    asked = question.asked_at is not None
    blocks: list[PageBlock] = [Heading(heading(question), question.name)]
    blocks += unanswered(ctx.t, chat, question)
    if own is not None and own.prepared:
        blocks.append(
            Paragraph(ctx.t("Your prepared answer, shown to others once it is asked:"), quiet=True)
        )
        blocks.append(Paragraph(with_links(own.words)))
    blocks += answers
    if asked and (one := guests.asked_by(ctx.tx, question)) is not None:
        by = asked_of(ctx, one).by
        note = guest_cards.asked_note(ctx.t, by, guest_names(ctx, chat))
        blocks.insert(1, Paragraph(note, quiet=True))
        if any(each.question.id == question.id for each in guests.unanswered(ctx.tx, chat)):
            blocks.append(guest_cards.not_yet(ctx.t, guest_names(ctx, chat)))
    if asked and not answers and own is None:
        blocks.append(Paragraph(ctx.t("No answer to read yet. Yours is welcome."), quiet=True))
    if chat.run.state not in (ChatState.CANCELLED, ChatState.THROWN_AWAY):
        label = ctx.t("Change my answer") if own else ctx.t("Answer {name}", name=question.name)
        blocks.append(Actions((Button(label, "chat.answer", str(question.id)),)))
    return blocks


def _hidden(ctx: Context, chat: Chat) -> list[PageBlock]:
    gone = gathering.hidden(ctx.tx, KIND, chat.id)
    if not gone:
        return []
    blocks: list[PageBlock] = [Heading(ctx.t("Hidden: only moderators see this"), "hidden")]
    for each in gone:
        show = Actions((Button(ctx.t("Show it again"), "chat.show", str(each.id), Look.PLAIN),))
        why = ctx.t("Hidden: {why}", why=each.hidden_reason)
        blocks.append(
            Quote(
                verbatim(each.author), each.at, with_links(each.words), f"a{each.id}", why, (show,)
            )
        )
    return blocks


def _own_choice(ctx: Context, chat: Chat) -> tuple[Button, ...]:
    """Return what members may decide of their own answers, where they have some."""
    row = str(chat.id)
    if gathering.is_left_out(ctx.tx, KIND, chat.id, ctx.person.id):
        return (Button(ctx.t("Let my answers in again"), "chat.let_in", row),)
    runs = store.runs_of(ctx.tx, chat)
    if not any(gathering.many_by_member(ctx.tx, KIND, r.id).get(ctx.person.id) for r in runs):
        return ()
    return (Button(ctx.t("Leave my answers out"), "chat.leave_out", row),)


def _entry(ctx: Context, chat: Chat) -> Downloads | None:
    """Return a chat that comes or goes on for a calendar of one's own."""
    if not (chat.live or chat.run.state is ChatState.SCHEDULED):
        return None
    return Downloads(((ctx.t("For my calendar"), f"chat.ics/{chat.id}"),))


def _downloads(ctx: Context, row: str) -> Downloads:
    labels = (ctx.t("Markdown"), ctx.t("Spreadsheet (CSV)"), ctx.t("Data (JSON)"))
    return Downloads(
        tuple((label, f"chat.{kind}/{row}") for label, kind in zip(labels, FILES, strict=True))
    )


def _around(ctx: Context, runs: Sequence[Chat], took_part: Collection[str]) -> list[PageBlock]:
    """Return what stands below the answers, as much as a page shows."""
    linked = [each for run in runs for each in gathering.with_address(ctx.tx, KIND, run.id)]
    links = archive.resources(
        [
            archive.Section(question, tuple(each for each in linked if each.under == question.id))
            for run in runs
            for question in store.questions_of(ctx.tx, run.id)
        ]
    )
    left = sum(gathering.many_left_out(ctx.tx, KIND, run.id) for run in runs)
    return [
        *shared(ctx.t, links, _MOST_LINKS),
        *people(ctx.t, took_part, _MOST_WORDS),
        *left_out(ctx.t, left),
    ]
