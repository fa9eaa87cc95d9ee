"""The lobby's rooms and messages, and the sessions of browsers."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Index,
    Integer,
    Row,
    String,
    Table,
    Text,
    delete,
    false,
    func,
    insert,
    select,
    update,
)

from adapters.web.thanking import thanked
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant, Json
from plnbot.talk.cards import Card
from plnbot.talk.codec import pack, unpack_card
from plnbot.values import dataclass

PLATFORM = "web"
DIRECT = "@"
"""A room whose name begins so is one member's messages from the bot."""

SESSION = "session:"
"""What begins so is announced when a session has ended."""

LONGEST_KEY = 200

room = Table(
    "web_room",
    metadata,
    Column("workspace", String(80), primary_key=True),
    Column("slug", String(80), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("topic", String(200), nullable=False),
    Column("position", Integer, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("closed", Boolean, nullable=False, server_default=false()),
    Column("ended", Boolean, nullable=False, server_default=false()),
)
room_member = Table(
    "web_room_member",
    metadata,
    Column("workspace", String(80), primary_key=True),
    Column("slug", String(80), primary_key=True),
    Column("of_platform", String(20), primary_key=True),
    Column("of_workspace", String(80), primary_key=True),
    Column("user", String(80), primary_key=True),
    Index("ix_web_room_member_user", "of_platform", "of_workspace", "user"),
)
_MADE = on_both(room, lambda new: new.on_conflict_do_nothing())

message = Table(
    "web_message",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", String(80), nullable=False),
    Column("room", String(80), nullable=False),
    Column("thread", Id, nullable=True),
    Column("key", String(LONGEST_KEY), nullable=False, unique=True),
    Column("author", String(80), nullable=False),
    Column("author_name", String(80), nullable=False),
    Column("words", Text, nullable=False),
    Column("card", Json, nullable=True),
    Column("at", Instant, nullable=False),
    Column("edited", Boolean, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("counts", String(120), nullable=False, server_default=""),
    Index("ix_web_message_room_rev", "workspace", "room", "rev"),
    Index("ix_web_message_thread", "thread"),
)

session = Table(
    "web_session",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("platform", String(20), nullable=False),
    Column("workspace", String(80), nullable=False),
    Column("user", String(80), nullable=False),
    Column("expires_at", Instant, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Room:
    """A room of the lobby. One that is `closed` has members, and nobody else looks into it.

    One that has `ended` is read and not written in any more.
    """

    slug: str
    name: str
    topic: str
    workspace: str = ""
    closed: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """Something said in a room: by a member (`words`) or by the bot (`card`).

    `counts` names what the words count for, such as `Q2`; `thanked` who thanked for them.
    """

    id: int
    room: str
    thread: int | None
    author: str
    author_name: str
    words: str
    card: Card | None
    at: datetime
    edited: bool
    deleted: bool
    rev: int
    replies: int = 0
    counts: str = ""
    thanked: tuple[str, ...] = ()


def ensure_room(tx: Tx, workspace: str, wanted: Room, position: int = 0) -> None:
    """Make a room if it is not there."""
    values = {
        "workspace": workspace,
        "slug": wanted.slug,
        "name": wanted.name,
        "topic": wanted.topic,
        "position": position,
        "rev": 0,
        "closed": wanted.closed,
        "ended": False,
    }
    tx.execute(_MADE[tx.dialect], values)


def room_of(row: Row[tuple[object, ...]]) -> Room:
    """Return the room of a row."""
    return Room(row.slug, row.name, row.topic, row.workspace, row.closed, row.ended)


def rooms(tx: Tx, workspace: str) -> tuple[Room, ...]:
    """Return the rooms everybody sees, in their order."""
    rows = tx.execute(
        select(room)
        .where(room.c.workspace == workspace, ~room.c.slug.startswith(DIRECT), ~room.c.closed)
        .order_by(room.c.position, room.c.slug)
    )
    return tuple(room_of(row) for row in rows)


def say(
    tx: Tx,
    workspace: str,
    slug: str,
    *,
    key: str,
    now: datetime,
    author: str = "",
    author_name: str = "",
    words: str = "",
    card: Card | None = None,
    thread: int | None = None,
) -> int:
    """Write a message down once for its key, and return its id."""
    there = found(tx, key)
    if there is not None:
        return there
    made: int = tx.execute(
        insert(message)
        .values(
            workspace=workspace,
            room=slug,
            thread=thread,
            key=key,
            author=author,
            author_name=author_name,
            words=words,
            card=None if card is None else pack(card),
            at=now,
            edited=False,
            deleted=False,
            rev=_next_rev(tx, workspace, slug),
        )
        .returning(message.c.id)
    ).scalar_one()
    if thread is not None:
        _touch(tx, workspace, slug, thread)
    tx.announce(topic(workspace, slug))
    return made


def found(tx: Tx, key: str) -> int | None:
    """Return the message of this key, if it stands."""
    return tx.execute(select(message.c.id).where(message.c.key == key)).scalar_one_or_none()


def posted(key: str) -> str:
    """Return a message's key for a post of the bot, which no browser's key can be."""
    return f"post/{key}"


def change(tx: Tx, workspace: str, message_id: int, **values: object) -> int:
    """Change a message; everybody who looks at it sees it change. Returns the room's revision."""
    slug = tx.execute(
        select(message.c.room).where(message.c.id == message_id, message.c.workspace == workspace)
    ).scalar_one()
    rev = _next_rev(tx, workspace, slug)
    tx.execute(update(message).where(message.c.id == message_id).values(rev=rev, **values))
    tx.announce(topic(workspace, slug))
    return rev


def get(tx: Tx, workspace: str, message_id: int) -> Message | None:
    """Return one message."""
    return next(iter(_messages(tx, workspace, message.c.id == message_id)), None)


def latest(tx: Tx, workspace: str, slug: str, thread: int | None, most: int) -> tuple[Message, ...]:
    """Return the newest messages of a room, or of one thread, oldest first."""
    place = message.c.thread.is_(None) if thread is None else message.c.thread == thread
    newest = (
        select(message.c.id)
        .where(message.c.workspace == workspace, message.c.room == slug, place)
        .where(~message.c.deleted)
        .order_by(message.c.id.desc())
        .limit(most)
    )
    return _messages(tx, workspace, message.c.id.in_(newest))


def since(tx: Tx, workspace: str, slug: str, rev: int, most: int) -> tuple[Message, ...]:
    """Return the first of what is new or has changed in a room, threads included, as it happened."""
    first = (
        select(message.c.id)
        .where(message.c.workspace == workspace, message.c.room == slug, message.c.rev > rev)
        .order_by(message.c.rev)
        .limit(most)
    )
    changed = _messages(tx, workspace, message.c.id.in_(first))
    return tuple(sorted(changed, key=lambda each: each.rev))


def rev_of(tx: Tx, workspace: str, slug: str) -> int:
    """Return how far a room has come."""
    return (
        tx.execute(
            select(room.c.rev).where(room.c.workspace == workspace, room.c.slug == slug)
        ).scalar_one_or_none()
        or 0
    )


def topic(workspace: str, slug: str) -> str:
    """Return what a room's changes are announced as."""
    return Place("web", workspace, slug).topic


def open_session(tx: Tx, token: str, who: MemberRef, expires_at: datetime, now: datetime) -> None:
    """Write a browser's session down, by its token's hash; those that have run out are forgotten."""
    tx.execute(delete(session).where(session.c.expires_at <= now))
    values = {
        "token": token,
        "platform": who.platform,
        "workspace": who.workspace,
        "user": who.user,
        "expires_at": expires_at,
    }
    tx.execute(insert(session).values(values))


def session_of(tx: Tx, token: str, now: datetime) -> MemberRef | None:
    """Return whose session this is."""
    row = tx.execute(
        select(session).where(session.c.token == token, session.c.expires_at > now)
    ).one_or_none()
    return None if row is None else MemberRef(row.platform, row.workspace, row.user)


def close_session(tx: Tx, token: str) -> None:
    """End a browser's session, and the streams of its pages."""
    _close(tx, session.c.token == token)


def close_sessions_of(tx: Tx, accounts: Sequence[MemberRef]) -> None:
    """End every session of these accounts."""
    for each in accounts:
        _close(
            tx,
            session.c.platform == each.platform,
            session.c.workspace == each.workspace,
            session.c.user == each.user,
        )


def _close(tx: Tx, *which: ColumnElement[bool]) -> None:
    closed = tx.execute(delete(session).where(*which).returning(session.c.token)).scalars()
    for token in closed.all():
        tx.announce(session_topic(token))


def session_topic(token: str) -> str:
    """Return what the end of a session is announced as; `token` is the token's hash."""
    return f"{SESSION}{token}"


def _next_rev(tx: Tx, workspace: str, slug: str) -> int:
    # Taking the room's row makes the order of revisions the order of commits, also on PostgreSQL.
    rev: int = tx.execute(
        update(room)
        .where(room.c.workspace == workspace, room.c.slug == slug)
        .values(rev=room.c.rev + 1)
        .returning(room.c.rev)
    ).scalar_one()
    return rev


def _touch(tx: Tx, workspace: str, slug: str, message_id: int) -> None:
    rev = _next_rev(tx, workspace, slug)
    tx.execute(update(message).where(message.c.id == message_id).values(rev=rev))


def _messages(tx: Tx, workspace: str, *where: ColumnElement[bool]) -> tuple[Message, ...]:
    reply = message.alias("reply")
    replies = (
        select(func.count())
        .where(reply.c.thread == message.c.id, ~reply.c.deleted)
        .scalar_subquery()
    )
    rows = tx.execute(
        select(message, replies.label("replies"))
        .where(message.c.workspace == workspace, *where)
        .order_by(message.c.id)
    ).all()
    thanks = thanked(tx, [row.id for row in rows if row.author])
    return tuple(_message(row, tuple(thanks.get(row.id, ()))) for row in rows)


def _message(row: Row[tuple[object, ...]], thanks: tuple[str, ...]) -> Message:
    return Message(
        row.id,
        row.room,
        row.thread,
        row.author,
        row.author_name,
        row.words,
        None if row.card is None else unpack_card(row.card),
        row.at,
        row.edited,
        row.deleted,
        row.rev,
        row.replies,
        row.counts,
        thanks,
    )


def entered(found_rooms: Sequence[Room], slug: str) -> Room | None:
    """Return the room of this name among those that somebody may enter."""
    return next((each for each in found_rooms if each.slug == slug), None)
