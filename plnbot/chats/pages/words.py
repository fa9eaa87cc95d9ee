"""What the pages of a chat say alike."""

from collections.abc import Collection, Iterable, Sequence

from plnbot.chats import store
from plnbot.chats.actions import MODERATES
from plnbot.chats.actions.moderators import moderators_of
from plnbot.chats.archive import Resource
from plnbot.chats.model import ChatState
from plnbot.chats.store import KIND, Chat
from plnbot.engine.routes import Context
from plnbot.gathering.not_heard import NotHeard
from plnbot.gathering.not_heard import words as not_heard_words
from plnbot.gathering.pages import Shelf
from plnbot.talk.cards import Paragraph
from plnbot.talk.fallback import short_words
from plnbot.talk.pages import Heading, Listing, PageBlock
from plnbot.talk.text import Link, Style, Text, When, joined, verbatim
from plnbot.talk.words import Translate

_LONGEST_NAME = 60


def heading(question: store.Question) -> Text:
    """Return a question as a heading."""
    return verbatim(f"{question.name} {question.words}")


def when_words(t: Translate, chat: Chat, led_by: Sequence[str] = ()) -> Text:
    """Return when a chat is, was, or what it is doing now, and who leads it."""
    when = When(chat.starts_at)
    parts = {
        ChatState.ARCHIVED: t(
            "{day}, {time}",
            day=When(chat.starts_at, Style.DATE),
            time=When(chat.starts_at, Style.TIME),
        ),
        ChatState.SCHEDULED: t("Begins {when}. You can prepare your answers here.", when=when),
        ChatState.DRAFT: t("Begins {when}. You can prepare your answers here.", when=when),
        ChatState.CANCELLED: t("Called off. It was planned for {when}.", when=when),
        ChatState.THROWN_AWAY: t("Called off. It was planned for {when}.", when=when),
    }
    said = parts.get(chat.run.state, t("Going on now; this page follows by itself."))
    return joined((said, led_words(t, led_by)), " · ") if led_by else said


def led_words(t: Translate, led_by: Sequence[str]) -> Text:
    """Return who leads a chat."""
    names = joined(map(verbatim, led_by))
    return t("led by {names}", names=names)


def led_by(ctx: Context, chat: Chat) -> tuple[str, ...]:
    """Return the names of those who were asked to moderate a chat, else of who planned it."""
    asked = moderators_of(ctx.tx, chat, ctx.now) or (chat.created_by,)
    return tuple(short_words(ctx.called(each), _LONGEST_NAME) for each in asked)


def gaps(t: Translate, these: Iterable[NotHeard]) -> list[PageBlock]:
    """Return what could not be heard of a chat, if anything."""
    return [Paragraph(not_heard_words(t, each)) for each in these]


def unanswered(t: Translate, chat: Chat, question: store.Question) -> list[PageBlock]:
    """Return why nobody was asked a question, if that is so."""
    if question.skipped:
        return [Paragraph(t("This question was left out."), quiet=True)]
    if question.asked_at is None and chat.run.state is ChatState.ARCHIVED:
        return [Paragraph(t("We did not get to this question."), quiet=True)]
    return []


def shelf(ctx: Context, question: store.Question) -> Shelf:
    """Return where a question's answers are shown; who moderates may hide them there."""
    hides = ctx.may(MODERATES, str(question.chat))
    return Shelf(KIND, question.chat, question.id, "answers", "chat.hide" if hides else "")


def shared(t: Translate, links: Sequence[Resource], most: int | None = None) -> list[PageBlock]:
    """Return the links that were shared, the first `most` of them or all."""
    if not links:
        return []
    lines = tuple(
        t(
            "{link} shared by {name} under {question}",
            link=Link(each.url, each.url),
            name=each.by,
            question=each.question,
        )
        for each in links[:most]
    )
    blocks: list[PageBlock] = [Heading(t("Links that were shared"), "links"), Listing(lines)]
    if len(lines) < len(links):
        blocks.append(Paragraph(t("All of them are in the archive's files."), quiet=True))
    return blocks


def people(t: Translate, names: Collection[str], most: int | None = None) -> list[PageBlock]:
    """Return who took part: all, one a line, or as much as `most` characters hold."""
    if not names:
        return []
    ordered = sorted(names, key=str.casefold)
    said: PageBlock = Listing(tuple(verbatim(name) for name in ordered))
    if most is not None:
        said = Paragraph(verbatim(short_words(", ".join(ordered), most)))
    return [Heading(t("Who took part"), "people"), said]


def left_out(t: Translate, many: int) -> list[PageBlock]:
    """Return how many answers are not shown because their authors asked for that."""
    if not many:
        return []
    said = t.n(
        "{n} answer is left out, as its author asked.",
        "{n} answers are left out, as their authors asked.",
        many,
    )
    return [Paragraph(said, quiet=True)]
