"""What the pages of a chat say alike."""

from plnbot.chats import store
from plnbot.chats.model import State
from plnbot.chats.store import Chat
from plnbot.engine.routes import Context
from plnbot.talk.cards import Actions, Button
from plnbot.talk.pages import Quote
from plnbot.talk.text import EMPTY, Style, Text, When, joined, verbatim, with_links
from plnbot.talk.words import Translate


def heading(question: store.Question) -> Text:
    """Return a question as a heading."""
    return verbatim(f"{question.name} {question.words}")


def when_words(t: Translate, chat: Chat) -> Text:
    """Return when a chat was, or what it is doing now."""
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


def quote(ctx: Context, given: store.Answer, *, moderates: bool) -> Quote:
    """Return an answer as everybody reads it, with what a moderator can do to it."""
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
