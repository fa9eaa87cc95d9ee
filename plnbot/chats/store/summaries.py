"""Summaries of chats: which answers are quoted, in what order. What they say is gathering's."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update

from plnbot.chats.store.tables import summary, summary_quote
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.values import dataclass

_BEGUN = on_both(summary, lambda new: new.on_conflict_do_nothing())


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary that its coach has begun to edit, or posted: who did, when, and how often it was posted."""

    chat: int
    made_by: int
    made_at: datetime
    posts: int


def get(tx: Tx, chat: int) -> Summary | None:
    """Return the summary of a chat, where one was begun."""
    row = tx.execute(select(summary).where(summary.c.chat_id == chat)).one_or_none()
    return None if row is None else Summary(row.chat_id, row.made_by, row.made_at, row.posts)


def begin(tx: Tx, chat: int, by: int, now: datetime, quotes: Sequence[int]) -> None:
    """Begin a summary with these answers; one that is begun stays as it is."""
    values = {"chat_id": chat, "made_by": by, "made_at": now, "posts": 0}
    if tx.execute(_BEGUN[tx.dialect], values).rowcount:
        write(tx, chat, quotes)


def write(tx: Tx, chat: int, quotes: Sequence[int]) -> None:
    """Let a summary quote these answers, in this order."""
    tx.execute(delete(summary_quote).where(summary_quote.c.chat_id == chat))
    rows = [
        {"chat_id": chat, "answer_id": each, "position": at} for at, each in enumerate(quotes, 1)
    ]
    if rows:
        tx.execute(summary_quote.insert(), rows)


def quoted(tx: Tx, chat: int) -> tuple[int, ...]:
    """Return the answers that a summary quotes, in their order."""
    found = select(summary_quote.c.answer_id).where(summary_quote.c.chat_id == chat)
    return tuple(tx.execute(found.order_by(summary_quote.c.position)).scalars())


def note_posted(tx: Tx, chat: int) -> None:
    """Note that a summary is posted once more."""
    posts = summary.c.posts + 1
    tx.execute(update(summary).where(summary.c.chat_id == chat).values(posts=posts))
