"""Members thank one another for words in the lobby's rooms; the other platforms have reactions for that."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Column, ForeignKey, Index, String, Table, delete, insert, select

from plnbot.refs import MemberRef
from plnbot.store.database import Tx
from plnbot.store.schema import metadata
from plnbot.store.types import Id

thanks = Table(
    "web_thanks",
    metadata,
    Column("message_id", Id, ForeignKey("web_message.id", ondelete="CASCADE"), primary_key=True),
    Column("workspace", String(80), nullable=False),
    Column("user", String(80), primary_key=True),
    Column("name", String(80), nullable=False),
    Index("ix_web_thanks_user", "workspace", "user"),
)


def thank(tx: Tx, message_id: int, who: MemberRef, name: str) -> None:
    """Note that a member thanks for a message; who has thanked takes that back."""
    theirs = (thanks.c.message_id == message_id) & (thanks.c.user == who.user)
    if not tx.execute(delete(thanks).where(theirs)).rowcount:
        values = {"message_id": message_id, "workspace": who.workspace, "user": who.user}
        tx.execute(insert(thanks).values(name=name, **values))


def thanked(tx: Tx, messages: Collection[int]) -> Mapping[int, Sequence[str]]:
    """Return the names of who thanked for each of these messages, where anybody did."""
    found: dict[int, list[str]] = {}
    rows = tx.execute(
        select(thanks.c.message_id, thanks.c.name)
        .where(thanks.c.message_id.in_(messages))
        .order_by(thanks.c.message_id, thanks.c.name)
    )
    for row in rows:
        found.setdefault(row.message_id, []).append(row.name)
    return found


def thanked_by(tx: Tx, who: MemberRef) -> Sequence[int]:
    """Return the messages for which a member thanked."""
    theirs = (thanks.c.workspace == who.workspace) & (thanks.c.user == who.user)
    rows = tx.execute(select(thanks.c.message_id).where(theirs).order_by(thanks.c.message_id))
    return rows.scalars().all()
