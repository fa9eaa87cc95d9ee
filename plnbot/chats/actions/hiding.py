"""What a moderator takes out of a chat, and shows again."""

from datetime import datetime

from plnbot.chats import store
from plnbot.chats.actions.posts import answers_changed
from plnbot.chats.store import Answer
from plnbot.engine import audit, outbox
from plnbot.engine.ports import Person
from plnbot.store.database import Tx


def hide(  # noqa: PLR0913 - what, why, who, when
    tx: Tx, hidden: Answer, reason: str, now: datetime, *, by: Person, network: int
) -> None:
    """Hide an answer everywhere; its author is told the reason."""
    store.hide_answer(tx, hidden.id, by.id, reason)
    audit.record(tx, network, by.id, "chat.answer_hidden", f"answer:{hidden.id}", now, why=reason)
    answers_changed(tx, hidden, now)


def tell_author(tx: Tx, hidden: Answer, author: Person, reason: str, now: datetime) -> None:
    """Tell an author, directly, why their answer was hidden."""
    outbox.post(
        tx,
        author.network.id,
        author.ref,
        "chats.hidden",
        {"answer": hidden.id, "why": reason},
        key=f"chat/answer/{hidden.id}/hidden/{now.timestamp()}",
        at=now,
    )


def show_again(tx: Tx, hidden: Answer, now: datetime, *, by: Person, network: int) -> None:
    """Undo `hide`."""
    store.hide_answer(tx, hidden.id, None, "")
    audit.record(tx, network, by.id, "chat.answer_shown", f"answer:{hidden.id}", now)
    answers_changed(tx, hidden, now)
