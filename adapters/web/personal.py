"""What the lobby and the pages keep of a member: messages, thanks and sessions."""

from sqlalchemy import ColumnElement, delete, select

from adapters.web import entering
from adapters.web import store as rooms
from adapters.web.store import DIRECT, PLATFORM, message, room, session
from adapters.web.thanking import thank, thanked_by, thanks
from plnbot.engine.personal import (
    Erasure,
    Exported,
    Holding,
    Personal,
    Whose,
    gone_after,
    theirs,
)
from plnbot.refs import MemberRef
from plnbot.store.database import Tx
from plnbot.talk.codec import unpack_card
from plnbot.talk.plain import card_as_text
from plnbot.talk.words import msg


def _messages(tx: Tx, whose: Whose) -> Exported:
    rows = [
        row
        for each in whose.accounts
        for row in tx.execute(select(message).where(_of(each)).order_by(message.c.id))
    ]
    return [
        {
            "room": row.room,
            "at": row.at.isoformat(),
            "words": row.words if row.card is None else card_as_text(unpack_card(row.card)),
            "from": row.author_name or "plnbot",
        }
        for row in rows
        if not row.deleted
    ]


def _thanks(tx: Tx, whose: Whose) -> Exported:
    """Return for whose words they thanked, and when those were said."""
    rows = [
        row
        for each in whose.accounts
        for row in tx.execute(
            select(message)
            .join(thanks, thanks.c.message_id == message.c.id)
            .where(
                thanks.c.workspace == each.workspace, thanks.c.user == each.user, ~message.c.deleted
            )
            .order_by(message.c.id)
        )
    ]
    return [
        {"room": row.room, "at": row.at.isoformat(), "thanked": row.author_name} for row in rows
    ]


def _of(who: MemberRef) -> ColumnElement[bool]:
    """Return what finds the messages of an account: its own, and what was written to it."""
    if who.platform != PLATFORM:
        return message.c.author == entering.author_of(who)
    mine = (message.c.author == who.user) | (message.c.room == DIRECT + who.user)
    return (message.c.workspace == who.workspace) & mine


def _erase_messages(tx: Tx, erasure: Erasure) -> None:
    """Blank what they said, so that threads below it stand; their own room goes whole."""
    for each in erasure.whose.accounts:
        if each.platform == PLATFORM:
            _erase_room(tx, each.workspace, DIRECT + each.user)
        for row in tx.execute(select(message.c.id, message.c.workspace).where(_of(each))).all():
            nobody = {"author": "", "author_name": "", "words": "", "key": f"gone/{row.id}"}
            rooms.change(tx, row.workspace, row.id, deleted=True, **nobody)


def _erase_room(tx: Tx, workspace: str, slug: str) -> None:
    tx.execute(delete(message).where(message.c.workspace == workspace, message.c.room == slug))
    tx.execute(delete(room).where(room.c.workspace == workspace, room.c.slug == slug))


def _erase_thanks(tx: Tx, erasure: Erasure) -> None:
    for each in erasure.whose.accounts:
        for number in thanked_by(tx, each):
            thank(tx, number, each, "")
            where = select(message.c.workspace).where(message.c.id == number)
            rooms.change(tx, tx.execute(where).scalar_one(), number)


def _own_rooms(tx: Tx, whose: Whose) -> Exported:
    return [
        {"room": each.name}
        for ref in whose.accounts
        for each in entering.rooms_for(tx, ref)
        if each.closed
    ]


def _leave_rooms(tx: Tx, erasure: Erasure) -> None:
    """Let them be in no closed room; one that was theirs alone goes whole. A name may hold theirs."""
    for each in erasure.whose.accounts:
        for found in entering.rooms_for(tx, each):
            members = entering.members_of(tx, found.workspace, found.slug)
            if found.closed and members == frozenset({each}):
                _erase_room(tx, found.workspace, found.slug)
            elif found.closed:
                entering.rename(tx, found.workspace, found.slug, erasure.whose.afterwards)
        entering.leave_all(tx, each)


def _sessions(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(select(session).where(theirs(session, whose)))
    return [{"expires_at": row.expires_at.isoformat()} for row in rows]


PERSONAL = Personal(
    (
        Holding(
            "lobby_messages",
            ("web_message", "web_room"),
            msg("What you wrote in the lobby's rooms, and what I wrote to you there"),
            msg("while you are a member"),
            _messages,
            _erase_messages,
        ),
        Holding(
            "lobby_thanks",
            ("web_thanks",),
            msg("For whose words in the lobby's rooms you thanked"),
            msg("while you are a member"),
            _thanks,
            _erase_thanks,
        ),
        Holding(
            "own_rooms",
            ("web_room_member",),
            msg("Which rooms of the lobby are for you and a few others alone"),
            msg("while you are a member"),
            _own_rooms,
            _leave_rooms,
        ),
        Holding(
            "sessions",
            ("web_session",),
            msg("In which browsers you have opened your pages"),
            msg("30 days each"),
            _sessions,
            lambda tx, erasure: rooms.close_sessions_of(tx, erasure.whose.accounts),
            expire=gone_after(session, "expires_at"),
        ),
    ),
)
