"""Spaces as they stand, and who is in them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)

from plnbot.refs import MemberRef, Place
from plnbot.spaces.model import LONGEST_TITLE, Kind, Member, Space, State
from plnbot.spaces.store.tables import space, space_member
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both

_ADDED = on_both(
    space,
    lambda new: new.on_conflict_do_nothing(index_elements=["tenant", "row"]).returning(space.c.id),
)
_OPEN = State.OPEN.value
_HERE = (
    space.c.platform == bindparam("platform"),
    space.c.workspace == bindparam("workspace"),
    space.c.channel == bindparam("channel"),
    space.c.state == _OPEN,
)
_AT_PLACE = select(space.c.id).where(*_HERE, space.c.thread.in_(["", bindparam("in_thread")]))
_AT_END = (
    select(space_member.c.space_id)
    .join(space, space.c.id == space_member.c.space_id)
    .where(
        space_member.c.end_platform == bindparam("platform"),
        space_member.c.end_workspace == bindparam("workspace"),
        space_member.c.channel == bindparam("channel"),
        space_member.c.inside,
        space.c.state == _OPEN,
        space.c.kind == Kind.RELAY.value,
        or_(
            space_member.c.thread == bindparam("in_thread"),
            and_(space_member.c.thread == "", ~space_member.c.below),
        ),
    )
)


def add(tx: Tx, values: Mapping[str, Any], room: Place | None, now: datetime) -> int | None:
    """Write a space down that is to be opened; None where this row of its tenant has one already."""
    nowhere = {"platform": "", "workspace": "", "channel": "", "thread": ""}
    return tx.execute(
        _ADDED[tx.dialect],
        {
            **nowhere,
            **values,
            "room": _packed(room),
            "seen_by": "",
            "reason": "",
            "tried": [],
            "at": now,
        },
    ).scalar_one_or_none()


def number_of(tx: Tx, tenant: str, row: int) -> int:
    """Return the number of a tenant's row that has a space."""
    found = select(space.c.id).where(space.c.tenant == tenant, space.c.row == row)
    number: int = tx.execute(found).scalar_one()
    return number


def latest_of_tenant(tx: Tx, tenant: str, rows: range) -> Space | None:
    """Return the space of the last of these rows of a tenant that has one."""
    within = space.c.row.between(rows.start, rows.stop - 1)
    found = _spaces(tx, (space.c.tenant == tenant) & within)
    return max(found, key=lambda each: each.row, default=None)


def add_members(tx: Tx, number: int, members: Iterable[Member]) -> None:
    """Write down who is to be in a space."""
    for each in members:
        values = {
            "space_id": number,
            "member_id": each.id,
            **_account(each.who),
            "agreed": each.agreed,
            "inside": each.inside,
            "channel": "",
            "thread": "",
            "end_platform": "",
            "end_workspace": "",
            "direct": False,
            "below": False,
            "seen_by": "",
            "ready": False,
            "room_instead": False,
        }
        tx.execute(insert(space_member).values(values))


def get(tx: Tx, number: int) -> Space | None:
    """Return a space with its members."""
    return next(iter(_spaces(tx, space.c.id == number)), None)


def hold(tx: Tx, number: int) -> Space | None:
    """Return a space as it stands once nobody else is changing it; nobody does until this unit ends.

    Two who agree, or two ends that stand, at the same instant would otherwise each see the other missing.
    """
    tx.execute(select(space.c.id).where(space.c.id == number).with_for_update())
    return get(tx, number)


def of_member(tx: Tx, member: int, states: Collection[State]) -> tuple[Space, ...]:
    """Return the spaces in which a member is, in these states."""
    theirs = select(space_member.c.space_id).where(
        space_member.c.member_id == member, space_member.c.inside
    )
    return _spaces(tx, space.c.id.in_(theirs) & space.c.state.in_([str(each) for each in states]))


def at(tx: Tx, place: Place) -> tuple[Space, ...]:
    """Return the open spaces of a place: those that stand there, and those of which it is an end."""
    if not place.channel:
        return ()
    where = {
        "platform": place.platform,
        "workspace": place.workspace,
        "channel": place.channel,
        "in_thread": place.thread,
    }
    # A thread may be a place by itself, which others tell of as one of its channel.
    itself = {**where, "channel": place.thread, "in_thread": ""}
    asked = [where, itself] if place.thread else [where]
    found = [
        number
        for each in asked
        for query in (_AT_PLACE, _AT_END)
        for number in tx.execute(query, each).scalars()
    ]
    return _spaces(tx, space.c.id.in_(found)) if found else ()


def opened_in(tx: Tx, platform: str) -> tuple[Space, ...]:
    """Return the open spaces that stand on a platform, or have an end there."""
    ends = select(space_member.c.space_id).where(space_member.c.end_platform == platform)
    here = or_(space.c.platform == platform, space.c.id.in_(ends))
    return _spaces(tx, (space.c.state == _OPEN) & here)


def change(tx: Tx, number: int, **values: object) -> None:
    """Change a space; whoever looks at it sees it."""
    tx.execute(update(space).where(space.c.id == number).values(**values))
    tx.announce(topic(number))


def topic(number: int) -> str:
    """Return what changes of a space are announced as."""
    return f"space:{number}"


def stands_at(tx: Tx, number: int, place: Place, seen_by: str, now: datetime) -> None:
    """Write down where a space stands, and that it is open."""
    where = {
        "platform": place.platform,
        "workspace": place.workspace,
        "channel": place.channel,
        "thread": place.thread,
    }
    change(tx, number, state=_OPEN, seen_by=seen_by, opened_at=now, **where)


def forget_wishes(tx: Tx, number: int) -> None:
    """Forget who would rather have a room: there is none."""
    which = space_member.c.space_id == number
    tx.execute(update(space_member).where(which).values(room_instead=False))


def all_ready(tx: Tx, number: int) -> bool:
    """Return whether the first card stands at everybody's end."""
    return _nobody(tx, number, ~space_member.c.ready)


def all_want_a_room(tx: Tx, number: int) -> bool:
    """Return whether everybody in a relay would rather use a room."""
    return _nobody(tx, number, ~space_member.c.room_instead)


def _nobody(tx: Tx, number: int, but: ColumnElement[bool]) -> bool:
    found = select(space_member.c.member_id).where(
        space_member.c.space_id == number, space_member.c.inside, but
    )
    return tx.execute(found.limit(1)).one_or_none() is None


def change_member(tx: Tx, number: int, member: int, **values: object) -> None:
    """Change what is written of a member of a space."""
    which = (space_member.c.space_id == number) & (space_member.c.member_id == member)
    tx.execute(update(space_member).where(which).values(**values))
    tx.announce(topic(number))


def set_account(tx: Tx, number: int, member: int, who: MemberRef) -> None:
    """Write down with which account a member is in a space."""
    change_member(tx, number, member, **_account(who))


def set_end(
    tx: Tx, number: int, member: int, place: Place, *, direct: bool, below: bool, seen_by: str
) -> None:
    """Write down where a member's end is."""
    change_member(
        tx,
        number,
        member,
        end_platform=place.platform,
        end_workspace=place.workspace,
        channel=place.channel,
        thread=place.thread,
        direct=direct,
        below=below,
        seen_by=seen_by,
    )


def merge(tx: Tx, goes: int, stays: int) -> None:
    """Give what is one member's to another, who turned out to be the same."""
    both = select(space_member.c.space_id).where(space_member.c.member_id == stays)
    mine = space_member.c.member_id == goes
    shared = tx.execute(select(both.subquery().c.space_id)).scalars().all()
    tx.execute(delete(space_member).where(mine, space_member.c.space_id.in_(shared)))
    tx.execute(update(space_member).where(mine).values(member_id=stays))


def members_rows(tx: Tx, member: int) -> Sequence[Row[Any]]:
    """Return what is written of a member, by space."""
    joined = select(space_member, space.c.title, space.c.state, space.c.kind).join(
        space, space.c.id == space_member.c.space_id
    )
    return tx.execute(joined.where(space_member.c.member_id == member)).all()


def erase(tx: Tx, member: int, afterwards: str) -> None:
    """Take away in which spaces a member is; a title may hold their name."""
    theirs = select(space_member.c.space_id).where(space_member.c.member_id == member)
    tx.execute(update(space).where(space.c.id.in_(theirs)).values(title=afterwards[:LONGEST_TITLE]))
    tx.execute(delete(space_member).where(space_member.c.member_id == member))


def _account(who: MemberRef) -> dict[str, str]:
    return {"platform": who.platform, "workspace": who.workspace, "user": who.user}


def _packed(place: Place | None) -> dict[str, str] | None:
    if place is None:
        return None
    return {
        "platform": place.platform,
        "workspace": place.workspace,
        "channel": place.channel,
        "thread": place.thread,
    }


def _spaces(tx: Tx, which: ColumnElement[bool]) -> tuple[Space, ...]:
    rows = tx.execute(select(space).where(which).order_by(space.c.id)).all()
    numbers = [row.id for row in rows]
    found = tx.execute(
        select(space_member)
        .where(space_member.c.space_id.in_(numbers))
        .order_by(space_member.c.member_id)
    ).all() if numbers else ()  # fmt: skip
    members: dict[int, list[Member]] = {}
    for each in found:
        members.setdefault(each.space_id, []).append(_member(each))
    return tuple(_space(row, tuple(members.get(row.id, ()))) for row in rows)


def _space(row: Row[Any], members: tuple[Member, ...]) -> Space:
    place = Place(row.platform, row.workspace, row.channel, row.thread)
    return Space(
        row.id,
        row.network_id,
        row.tenant,
        row.row,
        row.title,
        Kind(row.kind),
        State(row.state),
        place if place.channel else None,
        Place(**row.room) if row.room else None,
        row.seen_by,
        row.reason,
        tuple(row.tried),
        row.opened_at,
        members,
    )


def _member(row: Row[Any]) -> Member:
    end = Place(row.end_platform, row.end_workspace, row.channel, row.thread)
    return Member(
        row.member_id,
        MemberRef(row.platform, row.workspace, row.user),
        row.agreed,
        row.inside,
        end if end.platform else None,
        row.direct,
        row.below,
        row.seen_by,
        row.spoke_at,
        row.room_instead,
    )
