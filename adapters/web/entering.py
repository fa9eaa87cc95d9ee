"""Who may enter which room of the lobby: everybody's, and those that have members."""

from collections.abc import Collection, Sequence

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    bindparam,
    delete,
    func,
    insert,
    select,
    tuple_,
    update,
)

from adapters.web.store import (
    DIRECT,
    PLATFORM,
    Room,
    message,
    room,
    room_member,
    room_of,
    rooms,
    topic,
)
from plnbot.refs import MemberRef
from plnbot.store.database import Tx

Slug = tuple[str, str]
"""A room of the lobby: its workspace, and its name in addresses."""
_THESE: BindParameter[object] = bindparam("slugs", expanding=True)
_EVERYBODYS = select(room.c.workspace, room.c.slug).where(
    tuple_(room.c.workspace, room.c.slug).in_(_THESE), ~room.c.closed
)
_ENTERED = select(room_member.c.workspace, room_member.c.slug).where(
    tuple_(room_member.c.workspace, room_member.c.slug).in_(_THESE),
    tuple_(room_member.c.of_platform, room_member.c.of_workspace, room_member.c.user).in_(
        bindparam("who", expanding=True)
    ),
)


def let_in(tx: Tx, workspace: str, slug: str, members: Sequence[MemberRef]) -> None:
    """Let these accounts, and nobody else, be the members of a closed room."""
    of_room = (room_member.c.workspace == workspace) & (room_member.c.slug == slug)
    tx.execute(delete(room_member).where(of_room))
    for each in members:
        values = {
            "workspace": workspace,
            "slug": slug,
            "of_platform": each.platform,
            "of_workspace": each.workspace,
            "user": each.user,
        }
        tx.execute(insert(room_member).values(values))
    tx.announce(topic(workspace, slug))


def let_out(tx: Tx, workspace: str, slug: str, who: MemberRef) -> None:
    """Let an account be no member of a closed room any more."""
    of_room = (room_member.c.workspace == workspace) & (room_member.c.slug == slug)
    tx.execute(delete(room_member).where(of_room, _theirs(who)))
    tx.announce(topic(workspace, slug))


def end(tx: Tx, workspace: str, slug: str) -> None:
    """Let a room be read and no longer written in."""
    which = (room.c.workspace == workspace) & (room.c.slug == slug)
    tx.execute(update(room).where(which).values(ended=True))
    tx.announce(topic(workspace, slug))


def rename(tx: Tx, workspace: str, slug: str, name: str) -> None:
    """Call a room otherwise."""
    which = (room.c.workspace == workspace) & (room.c.slug == slug)
    tx.execute(update(room).where(which).values(name=name[:80]))
    tx.announce(topic(workspace, slug))


def members_of(tx: Tx, workspace: str, slug: str) -> frozenset[MemberRef] | None:
    """Return who is in a closed room; None where it is everybody's, nobody where there is none."""
    which = (room.c.workspace == workspace) & (room.c.slug == slug)
    closed = tx.execute(select(room.c.closed).where(which)).scalar_one_or_none()
    if closed is False:
        return None
    of_room = (room_member.c.workspace == workspace) & (room_member.c.slug == slug)
    rows = tx.execute(select(room_member).where(of_room))
    return frozenset(MemberRef(row.of_platform, row.of_workspace, row.user) for row in rows)


def everybodys(tx: Tx, slugs: Collection[Slug]) -> frozenset[Slug]:
    """Return which of these rooms are everybody's."""
    rows = tx.execute(_EVERYBODYS, {"slugs": list(slugs)})
    return frozenset((row.workspace, row.slug) for row in rows)


def with_member(
    tx: Tx, slugs: Collection[Slug], accounts: Collection[MemberRef]
) -> frozenset[Slug]:
    """Return in which of these rooms one of these accounts is a member."""
    if not accounts:
        return frozenset()
    who = [(each.platform, each.workspace, each.user) for each in accounts]
    rows = tx.execute(_ENTERED, {"slugs": list(slugs), "who": who})
    return frozenset((row.workspace, row.slug) for row in rows)


def rooms_for(tx: Tx, who: MemberRef) -> tuple[Room, ...]:
    """Return the rooms that an account may enter: everybody's of its lobby, and those it is a member of.

    Of these comes first where something was said last.
    """
    everybodys = rooms(tx, who.workspace) if who.platform == PLATFORM else ()
    said = (message.c.workspace == room.c.workspace) & (message.c.room == room.c.slug)
    last = select(message.c.id).where(said).order_by(message.c.rev.desc()).limit(1)
    mine = (
        select(room)
        .join(
            room_member,
            (room_member.c.workspace == room.c.workspace) & (room_member.c.slug == room.c.slug),
        )
        .where(_theirs(who), room.c.closed)
        .order_by(func.coalesce(last.scalar_subquery(), 0).desc(), room.c.name, room.c.slug)
    )
    return (*everybodys, *(room_of(row) for row in tx.execute(mine)))


def leave_all(tx: Tx, who: MemberRef) -> None:
    """Let an account be in no closed room any more."""
    tx.execute(delete(room_member).where(_theirs(who)))


def is_there(tx: Tx, workspace: str, slug: str) -> bool:
    """Return whether there is such a room, whoever may enter it."""
    which = (room.c.workspace == workspace) & (room.c.slug == slug)
    found = select(room.c.slug).where(which, ~room.c.slug.startswith(DIRECT))
    return tx.execute(found).one_or_none() is not None


def author_of(who: MemberRef) -> str:
    """Return what an account is called as an author: another platform's cannot be one of the lobby's."""
    if who.platform == PLATFORM:
        return who.user
    return f"{who.platform}:{who.workspace}:{who.user}"[:80]


def _theirs(who: MemberRef) -> ColumnElement[bool]:
    """Return what finds the rooms that an account is a member of."""
    return (
        (room_member.c.of_platform == who.platform)
        & (room_member.c.of_workspace == who.workspace)
        & (room_member.c.user == who.user)
    )
