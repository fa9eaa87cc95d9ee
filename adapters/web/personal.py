"""What the lobby and the pages keep of a member: messages, thanks and sessions."""

from sqlalchemy import delete, select

from adapters.web import store as rooms
from adapters.web.store import DIRECT, message, room, session
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
from plnbot.store.database import Tx
from plnbot.talk.codec import unpack_card
from plnbot.talk.plain import card_as_text
from plnbot.talk.words import msg

_PLATFORM = "web"


def _messages(tx: Tx, whose: Whose) -> Exported:
    rows = [
        row
        for each in whose.accounts
        if each.platform == _PLATFORM
        for row in tx.execute(
            select(message)
            .where(
                message.c.workspace == each.workspace,
                (message.c.author == each.user) | (message.c.room == DIRECT + each.user),
            )
            .order_by(message.c.id)
        )
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


def _erase_messages(tx: Tx, erasure: Erasure) -> None:
    """Blank what they said, so that threads below it stand; their own room goes whole."""
    for each in erasure.whose.accounts:
        if each.platform != _PLATFORM:
            continue
        own = (message.c.workspace == each.workspace) & (message.c.room == DIRECT + each.user)
        tx.execute(delete(message).where(own))
        tx.execute(
            delete(room).where(
                room.c.workspace == each.workspace, room.c.slug == DIRECT + each.user
            )
        )
        said = select(message.c.id).where(
            message.c.workspace == each.workspace, message.c.author == each.user
        )
        for number in tx.execute(said).scalars().all():
            nobody = {"author": "", "author_name": "", "words": "", "key": f"gone/{number}"}
            rooms.change(tx, each.workspace, number, deleted=True, **nobody)


def _erase_thanks(tx: Tx, erasure: Erasure) -> None:
    for each in erasure.whose.accounts:
        for number in thanked_by(tx, each):
            thank(tx, number, each, "")
            rooms.change(tx, each.workspace, number)


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
