"""Further runs: the same chat once more, at another hour or in another room, joined to the first."""

from sqlalchemy import bindparam, insert, select

from plnbot.chats.store.chats import Chat, get_chat
from plnbot.chats.store.tables import further_run
from plnbot.store.database import Tx

_OF_FIRST = (
    select(further_run.c.chat_id)
    .where(further_run.c.first_id == bindparam("first"))
    .order_by(further_run.c.chat_id)
)


def add_run(tx: Tx, first: int, chat_id: int) -> None:
    """Note that a chat is a further run of another, which is none itself."""
    tx.execute(insert(further_run).values(chat_id=chat_id, first_id=first))


def runs_of(tx: Tx, chat: Chat) -> tuple[Chat, ...]:
    """Return every run of a chat, itself among them: the first, then the others by start."""
    head = chat.first or chat.id
    others = tx.execute(_OF_FIRST, {"first": head}).scalars().all()
    found = [get_chat(tx, each) for each in (head, *others)]
    return tuple(
        sorted(filter(None, found), key=lambda each: (each.id != head, each.starts_at, each.id))
    )
