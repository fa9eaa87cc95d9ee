"""Programmes and who is in them, as they are kept."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from plnbot.peers.model import Aim, Likes, Membership, Named, Programme, Side, Wishes
from plnbot.peers.model.free import Span
from plnbot.peers.store.tables import membership, programme
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both

_JOINED = on_both(membership, lambda new: new.on_conflict_do_nothing())


def add(tx: Tx, new: Programme, now: datetime) -> Programme:
    """Write a programme down; return it with its number."""
    place = new.place or Place("", "", "")
    made = tx.execute(
        insert(programme)
        .values(
            network_id=new.network,
            name=new.name,
            aim=new.aim.value,
            size=new.size,
            schedule=new.schedule,
            platform=place.platform,
            workspace=place.workspace,
            channel=place.channel,
            subjects=list(new.subjects),
            other_district=new.other_district,
            gap=new.gap,
            weeks=new.weeks,
            seed=new.seed,
            next_at=new.next_at,
            made_by=new.made_by,
            made_at=now,
            ended_at=None,
        )
        .returning(programme)
    ).one()
    return _programme(made)


def get(tx: Tx, number: int, *, locked: bool = False) -> Programme | None:
    """Return a programme; `locked` until the unit ends, so that nobody opens a round beside it."""
    found = select(programme).where(programme.c.id == number)
    row = tx.execute(found.with_for_update() if locked else found).one_or_none()
    return None if row is None else _programme(row)


def of_network(tx: Tx, network: int) -> Sequence[Programme]:
    """Return the programmes of a network that go on, by name."""
    found = select(programme).where(
        programme.c.network_id == network, programme.c.ended_at.is_(None)
    )
    return [_programme(row) for row in tx.execute(found.order_by(programme.c.name, programme.c.id))]


def in_rooms(tx: Tx, platform: str) -> Sequence[Place]:
    """Return the rooms of a platform in which programmes that go on are offered."""
    found = select(programme.c.workspace, programme.c.channel).where(
        programme.c.platform == platform, programme.c.ended_at.is_(None)
    )
    return [Place(platform, row.workspace, row.channel) for row in tx.execute(found.distinct())]


def note(tx: Tx, number: int, /, **values: object) -> None:
    """Write down what changes of a programme."""
    tx.execute(update(programme).where(programme.c.id == number).values(**values))


def join(tx: Tx, new: Membership) -> Membership:
    """Write down that somebody takes part, or does again; return it as it stands."""
    values = {
        "programme_id": new.programme,
        "network_id": new.network,
        "member_id": new.member,
        "side": new.side.value,
        "wishes": _packed(new.wishes),
        "room": new.room,
        "named": new.named.value,
        "joined_at": new.joined_at,
        "left_at": None,
        "paused_until": None,
        "skips": False,
        "silences": 0,
        "waited": new.waited,
        "odd": False,
    }
    tx.execute(_JOINED[tx.dialect], values)
    mine = (membership.c.programme_id == new.programme) & (membership.c.member_id == new.member)
    again = {
        "left_at": None,
        "side": new.side.value,
        "room": new.room,
        "silences": 0,
        "skips": False,
    }
    row = tx.execute(
        update(membership).where(mine).values(**again, paused_until=None).returning(membership)
    ).one()
    return _membership(row)


def of_number(tx: Tx, number: int) -> Membership | None:
    """Return a membership by its number."""
    row = tx.execute(select(membership).where(membership.c.id == number)).one_or_none()
    return None if row is None else _membership(row)


def of_member(tx: Tx, member: int) -> Sequence[Membership]:
    """Return in what a member takes part."""
    found = select(membership).where(
        membership.c.member_id == member, membership.c.left_at.is_(None)
    )
    return [_membership(row) for row in tx.execute(found.order_by(membership.c.id))]


def in_programme(
    tx: Tx, number: int, members: Collection[int] | None = None
) -> Mapping[int, Membership]:
    """Return who takes part in a programme and has not left, by member; of these members alone."""
    found = select(membership).where(
        membership.c.programme_id == number, membership.c.left_at.is_(None)
    )
    if members is not None:
        found = found.where(membership.c.member_id.in_(members))
    return {row.member_id: _membership(row) for row in tx.execute(found.order_by(membership.c.id))}


def change(tx: Tx, numbers: Collection[int], **values: object) -> None:
    """Write down what changes of memberships."""
    if numbers:
        tx.execute(update(membership).where(membership.c.id.in_(numbers)).values(**values))


def wish(tx: Tx, number: int, wishes: Wishes) -> None:
    """Write down what matters to somebody."""
    change(tx, [number], wishes=_packed(wishes))


def _programme(row: Row[Any]) -> Programme:
    place = Place(row.platform, row.workspace, row.channel) if row.channel else None
    return Programme(
        row.id, row.network_id, row.name, Aim(row.aim), row.size, row.schedule, place,
        tuple(row.subjects), row.other_district, row.gap, row.weeks, row.seed, row.next_at,
        row.made_by, row.ended_at,
    )  # fmt: skip


def _membership(row: Row[Any]) -> Membership:
    return Membership(
        row.id, row.programme_id, row.network_id, row.member_id, Side(row.side),
        _wishes(row.wishes), row.room, Named(row.named), row.joined_at, row.left_at,
        row.paused_until, row.skips, row.silences, row.waited, row.odd,
    )  # fmt: skip


def _packed(wishes: Wishes) -> Mapping[str, object]:
    return {
        "subject": wishes.subject,
        "grades": list(wishes.grades),
        "topics": list(wishes.topics),
        "likes": wishes.likes.value,
        "languages": list(wishes.languages),
        "years": wishes.years,
        "free_words": wishes.free_words,
        "free": [[each.day, each.begins, each.ends] for each in wishes.free],
    }


def _wishes(kept: Mapping[str, Any]) -> Wishes:
    return Wishes(
        kept["subject"],
        tuple(kept["grades"]),
        tuple(kept["topics"]),
        Likes(kept["likes"]),
        tuple(kept["languages"]),
        kept["years"],
        kept["free_words"],
        tuple(Span(*each) for each in kept["free"]),
    )
