"""The pages of chats: questions and answers, live and as the archive; and the moderator's panel."""

from datetime import datetime, timedelta

from plnbot.chats import actions, archive, cards, store
from plnbot.chats.actions import MODERATES
from plnbot.chats.cards import Standing
from plnbot.chats.model import LIVE, State
from plnbot.chats.store import Chat
from plnbot.engine.routes import Context
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.cards import Actions, Button, Card, Look, PageButton, Paragraph
from plnbot.talk.fallback import short_words
from plnbot.talk.pages import Downloads, Heading, Listing, Page, PageBlock, Quote
from plnbot.talk.text import EMPTY, Link, Style, Text, When, joined, verbatim, with_links
from plnbot.talk.words import Translate
from plnbot.walltime import local

FILES = ("md", "csv", "json")
_OFF_IS_SHOWN = timedelta(days=7)


def standing(tx: Tx, chat: Chat, now: datetime) -> Standing:
    """Return where a chat is, for the cards that tell one person."""
    return Standing(chat, store.questions_of(tx, chat.id), store.shown_counts(tx, chat.id), now)


def panel(tx: Tx, t: Translate, chat: Chat, now: datetime) -> Card:
    """Return the moderator's panel of a chat as things are now."""
    return cards.panel(t, standing(tx, chat, now), people=store.present(tx, chat.id))


def said_in_zone(at: datetime, zone: str) -> str:
    """Return an instant as the form understands it again."""
    return f"{local(at, zone):%Y-%m-%d %H:%M} {zone}"


def list_card(ctx: Context) -> Card:
    """Show what comes and the latest archives."""
    coming = store.chats_of(ctx.tx, ctx.network.id, (*LIVE, State.SCHEDULED), most=5)
    past = store.chats_of(ctx.tx, ctx.network.id, (State.ARCHIVED,), most=5, newest_first=True)
    blocks: list[Paragraph | Actions] = []
    if not coming and not past:
        blocks.append(
            Paragraph(ctx.t("No chat is planned yet. A moderator starts one with `/pln chat new`."))
        )
    for each in (*coming, *past):
        when = When(each.starts_at)
        name = short_words(each.title, 60)
        label = ctx.t("{name}", name=short_words(each.title, 70))
        if each.live:
            blocks.append(Paragraph(ctx.t("**Live now** {name}", name=name)))
        elif each in coming:
            blocks.append(Paragraph(ctx.t("{when} {name}", when=when, name=name)))
        else:
            blocks.append(Paragraph(ctx.t("Archive, {when}", when=When(each.starts_at, Style.DAY))))
        if len([block for block in blocks if isinstance(block, Actions)]) < 5:  # noqa: PLR2004
            blocks.append(Actions((PageButton(label, "chat", str(each.id)),)))
    return Card(ctx.t("Chats"), tuple(blocks))


def chats_page(ctx: Context) -> Page:
    """Return everything that comes, and the archives, newest first."""
    coming = store.chats_of(ctx.tx, ctx.network.id, (*LIVE, State.SCHEDULED))
    past = store.chats_of(ctx.tx, ctx.network.id, (State.ARCHIVED,), most=200, newest_first=True)
    drafts = _moderated(ctx, State.DRAFT)
    off = [
        each
        for each in _moderated(ctx, State.CANCELLED, State.THROWN_AWAY)
        if each.starts_at > ctx.now - _OFF_IS_SHOWN
    ]
    blocks: list[PageBlock] = [cards.upcoming(ctx.t, each) for each in coming]
    if not coming:
        blocks.append(Paragraph(ctx.t("Nothing is planned yet."), quiet=True))
    if drafts:
        blocks.append(Heading(ctx.t("Your drafts"), "drafts"))
        blocks += [_entry(each) for each in drafts]
    if off:
        blocks.append(Heading(ctx.t("Called off or thrown away"), "off"))
        blocks += [_entry(each) for each in off]
    if past:
        blocks.append(Heading(ctx.t("Archives"), "archives"))
        blocks += [_entry(each) for each in past]
    return Page(ctx.t("Chats and archives"), tuple(blocks))


def _moderated(ctx: Context, *states: State) -> list[Chat]:
    """Return the chats in these states that the reader moderates, newest first."""
    there = store.chats_of(ctx.tx, ctx.network.id, states, newest_first=True)
    return [each for each in there if ctx.may(MODERATES, str(each.id))]


def _entry(chat: Chat) -> Card:
    button = PageButton(verbatim(short_words(chat.title, 70)), "chat", str(chat.id))
    return Card(Text((When(chat.starts_at, Style.DAY),)), (Actions((button,)),))


def chat_page(ctx: Context, row: str) -> Page | None:
    """Return a chat by question, as this reader may see it, or None where there is none."""
    chat = store.get_chat(ctx.tx, row_number(row), network=ctx.network.id)
    moderates = ctx.may(MODERATES, row)
    if chat is None or (chat.untold and not moderates):
        return None
    reading = archive.read(ctx.tx, chat)
    blocks: list[PageBlock] = [Paragraph(_when_words(ctx.t, chat))]
    if moderates:
        blocks += _for_moderators(ctx, chat)
    if words := cards.opening(chat):
        blocks.append(Paragraph(with_links(short_words(words, 1700))))
    if chat.run.state is State.ARCHIVED:
        blocks.append(_own_choice(ctx, chat))
        blocks.append(_downloads(ctx, row))
    for section in reading.sections:
        blocks += _section(ctx, chat, section, moderates=moderates)
    if moderates:
        blocks += _hidden(ctx, chat)
    if reading.resources:
        blocks.append(Heading(ctx.t("Links that were shared"), "links"))
        blocks.append(
            Listing(
                tuple(
                    ctx.t(
                        "{link} shared by {name} under {question}",
                        link=Link(each.url, each.url),
                        name=each.by,
                        question=each.question,
                    )
                    for each in reading.resources
                )
            )
        )
    if reading.people:
        blocks.append(Heading(ctx.t("Who took part"), "people"))
        blocks.append(Paragraph(verbatim(short_words(", ".join(reading.people), 1700))))
    if reading.left_out:
        blocks.append(
            Paragraph(
                ctx.t.n(
                    "{n} answer is left out, as its author asked.",
                    "{n} answers are left out, as their authors asked.",
                    reading.left_out,
                ),
                quiet=True,
            )
        )
    return Page(verbatim(chat.title), tuple(blocks), contents=True, live=chat.scope)


def _for_moderators(ctx: Context, chat: Chat) -> list[PageBlock]:
    """Return how a moderator goes on from a chat's page."""
    row = str(chat.id)
    match chat.run.state:
        case State.DRAFT:
            asked = store.questions_of(ctx.tx, chat.id)
            return [cards.preview(ctx.t, chat, asked, on_its_page=True)]
        case State.CANCELLED | State.THROWN_AWAY:
            return [Actions((Button(ctx.t("Make it a draft again"), "chat.restore", row),))]
        case State.ARCHIVED:
            return []
        case _:
            return [Actions((PageButton(ctx.t("Open the panel"), "panel", row),))]


def panel_page(ctx: Context, row: str) -> Page | None:
    """Return the moderator's panel of one chat."""
    chat = store.get_chat(ctx.tx, row_number(row), network=ctx.network.id)
    if chat is None:
        return None
    card = panel(ctx.tx, ctx.t, chat, ctx.now)
    link = Actions((PageButton(ctx.t("Questions and answers"), "chat", row),))
    return Page(ctx.t("Moderator's panel"), (card, link), live=chat.scope)


def file_page(tx: Tx, t: Translate, chat: Chat) -> Page:
    """Return the archive as everybody has it, for the Markdown file."""
    reading = archive.read(tx, chat)
    blocks: list[PageBlock] = [Paragraph(_when_words(t, chat))]
    for section in reading.sections:
        question = section.question
        blocks.append(Heading(_heading(question), question.name))
        blocks += [
            Quote(verbatim(each.author), each.at, with_links(each.words), f"a{each.id}")
            for each in section.answers
        ]
    if reading.resources:
        blocks.append(Heading(t("Links that were shared"), "links"))
        blocks.append(
            Listing(tuple(Text((Link(each.url, each.url),)) for each in reading.resources))
        )
    if reading.people:
        blocks.append(Heading(t("Who took part"), "people"))
        blocks.append(Listing(tuple(verbatim(name) for name in reading.people)))
    return Page(verbatim(chat.title), tuple(blocks))


def _section(
    ctx: Context, chat: Chat, section: archive.Section, *, moderates: bool
) -> list[PageBlock]:
    question = section.question
    blocks: list[PageBlock] = [Heading(_heading(question), question.name)]
    if question.skipped:
        blocks.append(Paragraph(ctx.t("This question was left out."), quiet=True))
    elif question.asked_at is None and chat.run.state is State.ARCHIVED:
        blocks.append(Paragraph(ctx.t("We did not get to this question."), quiet=True))
    own = actions.form_answer(ctx.tx, question, ctx.person)
    if question.asked_at is None and own is not None:
        blocks.append(
            Paragraph(ctx.t("Your prepared answer, shown to others once it is asked:"), quiet=True)
        )
        blocks.append(Paragraph(with_links(own.words)))
    blocks += [_quote(ctx, each, moderates=moderates) for each in section.answers]
    if question.asked_at is not None and not section.answers and own is None:
        blocks.append(Paragraph(ctx.t("No answer to read yet. Yours is welcome."), quiet=True))
    if chat.run.state not in (State.CANCELLED, State.THROWN_AWAY):
        label = ctx.t("Change my answer") if own else ctx.t("Answer {name}", name=question.name)
        blocks.append(Actions((Button(label, "chat.answer", str(question.id)),)))
    return blocks


def _quote(ctx: Context, given: store.Answer, *, moderates: bool) -> Quote:
    notes: list[Text] = []
    if given.late:
        notes.append(ctx.t("came later"))
    if given.edited_at is not None:
        notes.append(ctx.t("edited"))
    actions: tuple[Actions, ...] = ()
    if moderates:
        actions = (Actions((Button(ctx.t("Hide"), "chat.hide", str(given.id)),)),)
    return Quote(
        verbatim(given.author),
        given.at,
        with_links(given.words),
        f"a{given.id}",
        joined(notes) if notes else EMPTY,
        actions,
    )


def _hidden(ctx: Context, chat: Chat) -> list[PageBlock]:
    gone = [each for each in store.answers_of(ctx.tx, chat.id) if each.hidden_by is not None]
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


def _own_choice(ctx: Context, chat: Chat) -> Actions:
    row = str(chat.id)
    if store.is_left_out(ctx.tx, chat.id, ctx.person.id):
        return Actions((Button(ctx.t("Let my answers in again"), "chat.let_in", row),))
    return Actions((Button(ctx.t("Leave my answers out"), "chat.leave_out", row),))


def _downloads(ctx: Context, row: str) -> Downloads:
    labels = (ctx.t("Markdown"), ctx.t("Spreadsheet (CSV)"), ctx.t("Data (JSON)"))
    return Downloads(
        tuple((label, f"chat.{kind}/{row}") for label, kind in zip(labels, FILES, strict=True))
    )


def _heading(question: store.Question) -> Text:
    return verbatim(f"{question.name} {question.words}")


def _when_words(t: Translate, chat: Chat) -> Text:
    when = When(chat.starts_at)
    match chat.run.state:
        case State.ARCHIVED:
            return t("A chat of {when}.", when=When(chat.starts_at, Style.DAY))
        case State.SCHEDULED | State.DRAFT:
            return t("Begins {when}. You can prepare your answers here.", when=when)
        case State.CANCELLED | State.THROWN_AWAY:
            return t("Called off. It was planned for {when}.", when=when)
        case _:
            return t("Going on now; this page follows by itself.")
