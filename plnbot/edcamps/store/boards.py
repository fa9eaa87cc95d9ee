"""Boards with their phases, slots and rooms."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from plnbot.edcamps.model import ENDED, Board, Phase, Room, RoomKind, Slot
from plnbot.edcamps.store.tables import bad_time, board, phase, room, slot
from plnbot.refs import Place
from plnbot.store.database import Tx


def add(tx: Tx, new: Board, now: datetime) -> int:
    """Write down a board, whose `id` is not known yet, with the times of its phases; return that."""
    place = new.place or Place("", "", "")
    values = {
        "network_id": new.network,
        "title": new.title,
        "about": new.about,
        "platform": place.platform,
        "workspace": place.workspace,
        "channel": place.channel,
        "zone": new.zone,
        "phase": new.phase.value,
        "one_each_until": new.one_each_until,
        "seed": new.seed,
        "version": new.version,
        "public": new.public,
        "secret": new.secret,
        "created_by": new.created_by,
        "created_at": now,
    }
    made: int = tx.execute(insert(board).values(values).returning(board.c.id)).scalar_one()
    set_times(tx, made, new.times)
    return made


def change(tx: Tx, number: int, **values: object) -> None:
    """Change a board's own columns."""
    tx.execute(update(board).where(board.c.id == number).values(**values))


def set_times(tx: Tx, number: int, times: Mapping[Phase, datetime]) -> None:
    """Let a board have these phases, at these times, and no others."""
    tx.execute(delete(phase).where(phase.c.board_id == number))
    rows = [
        {"board_id": number, "phase": each.value, "begins_at": at} for each, at in times.items()
    ]
    tx.execute(insert(phase), rows)


def get(tx: Tx, number: int, *, lock: bool = False) -> Board | None:
    """Return a board; with `lock` nobody else changes it until this transaction ends."""
    found = select(board).where(board.c.id == number)
    row = tx.execute(found.with_for_update(key_share=True) if lock else found).one_or_none()
    return None if row is None else _with_times(tx, [row])[0]


def by_secret(tx: Tx, secret: str) -> Board | None:
    """Return the board that those may read who know this secret."""
    found = select(board).where(board.c.secret == secret, board.c.public)
    row = tx.execute(found).one_or_none()
    return None if row is None else _with_times(tx, [row])[0]


def in_room(tx: Tx, place: Place) -> Board | None:
    """Return the newest board of a room that is not over."""
    found = select(board).where(
        board.c.platform == place.platform,
        board.c.workspace == place.workspace,
        board.c.channel == place.channel,
        board.c.phase.not_in([each.value for each in ENDED]),
    )
    row = tx.execute(found.order_by(board.c.id.desc()).limit(1)).one_or_none()
    return None if row is None else _with_times(tx, [row])[0]


def of_network(
    tx: Tx, network: int, phases: Collection[Phase] = tuple(Phase), *, most: int = 50
) -> tuple[Board, ...]:
    """Return a network's boards in these phases, the newest first."""
    found = select(board).where(
        board.c.network_id == network, board.c.phase.in_([each.value for each in phases])
    )
    rows = tx.execute(found.order_by(board.c.id.desc()).limit(most)).all()
    return _with_times(tx, rows)


def rooms_in_use(tx: Tx, platform: str) -> tuple[Place, ...]:
    """Return the rooms of a platform that have a board which is not over, and in which its sessions are."""
    goes_on = (board.c.platform == platform, board.c.phase.not_in([each.value for each in ENDED]))
    own = select(board.c.workspace, board.c.channel).where(*goes_on)
    theirs = (
        select(board.c.workspace, room.c.channel)
        .join(board, board.c.id == room.c.board_id)
        .where(*goes_on, room.c.channel != "")
    )
    rows = tx.execute(own.union(theirs))
    return tuple(Place(platform, row.workspace, row.channel) for row in rows)


def titles(tx: Tx, numbers: Collection[int]) -> Mapping[int, str]:
    """Return what boards are called that are not over, by number."""
    rows = tx.execute(
        select(board.c.id, board.c.title).where(
            board.c.id.in_(numbers), board.c.phase.not_in([each.value for each in ENDED])
        )
    )
    return {row.id: row.title for row in rows}


def add_slots(tx: Tx, number: int, slots: Sequence[Slot]) -> None:
    """Give a board more slots; theirs are new numbers."""
    rows = [
        {
            "board_id": number,
            "starts_at": each.starts_at,
            "ends_at": each.ends_at,
            "name": each.name,
        }
        for each in slots
    ]
    if rows:
        tx.execute(insert(slot), rows)


def change_slot(tx: Tx, number: int, **values: object) -> None:
    """Change a slot."""
    tx.execute(update(slot).where(slot.c.id == number).values(**values))


def drop_slot(tx: Tx, number: int) -> None:
    """Take a slot away in which nothing is placed, and who cannot lead in it."""
    tx.execute(delete(bad_time).where(bad_time.c.slot_id == number))
    tx.execute(delete(slot).where(slot.c.id == number))


def slots_of(tx: Tx, number: int) -> tuple[Slot, ...]:
    """Return a board's slots, the first first."""
    found = select(slot).where(slot.c.board_id == number)
    return tuple(map(_slot, tx.execute(found.order_by(slot.c.starts_at, slot.c.id))))


def add_rooms(tx: Tx, number: int, rooms: Sequence[Room]) -> None:
    """Give a board more rooms; theirs are new numbers."""
    rows = [{"board_id": number, **_columns(each)} for each in rooms]
    if rows:
        tx.execute(insert(room), rows)


def change_room(tx: Tx, number: int, into: Room) -> None:
    """Let a room be called and have what another says."""
    tx.execute(update(room).where(room.c.id == number).values(**_columns(into)))


def drop_room(tx: Tx, number: int) -> None:
    """Take a room away in which nothing is placed."""
    tx.execute(delete(room).where(room.c.id == number))


def rooms_of(tx: Tx, of: Board) -> tuple[Room, ...]:
    """Return a board's rooms in the order in which they were named."""
    found = tx.execute(select(room).where(room.c.board_id == of.id).order_by(room.c.id))
    return tuple(_room(each, of.place) for each in found)


def set_bad_times(tx: Tx, number: int, member: int, slots: Collection[int]) -> None:
    """Note in which of a board's slots somebody cannot lead, and in no others."""
    own = select(slot.c.id).where(slot.c.board_id == number)
    tx.execute(delete(bad_time).where(bad_time.c.member_id == member, bad_time.c.slot_id.in_(own)))
    rows = [{"slot_id": each, "member_id": member} for each in slots]
    if rows:
        tx.execute(insert(bad_time), rows)


def bad_times(tx: Tx, number: int) -> Mapping[int, frozenset[int]]:
    """Return in which slots of a board somebody cannot lead, by member."""
    rows = tx.execute(
        select(bad_time.c.member_id, bad_time.c.slot_id)
        .join(slot, slot.c.id == bad_time.c.slot_id)
        .where(slot.c.board_id == number)
    )
    found: dict[int, set[int]] = {}
    for row in rows:
        found.setdefault(row.member_id, set()).add(row.slot_id)
    return {member: frozenset(slots) for member, slots in found.items()}


def _columns(of: Room) -> dict[str, object]:
    return {
        "name": of.name,
        "kind": of.kind.value,
        "seats": of.seats,
        "features": list(of.features),
        "channel": of.place.channel if of.place else "",
    }


def _with_times(tx: Tx, rows: Sequence[Row[Any]]) -> tuple[Board, ...]:
    times: dict[int, dict[Phase, datetime]] = {row.id: {} for row in rows}
    for each in tx.execute(select(phase).where(phase.c.board_id.in_(list(times)))):
        times[each.board_id][Phase(each.phase)] = each.begins_at
    return tuple(_board(row, times[row.id]) for row in rows)


def _board(row: Row[Any], times: Mapping[Phase, datetime]) -> Board:
    return Board(
        row.id,
        row.network_id,
        row.title,
        row.about,
        Place(row.platform, row.workspace, row.channel) if row.channel else None,
        row.zone,
        Phase(row.phase),
        times,
        row.one_each_until,
        row.seed,
        row.version,
        row.public,
        row.secret,
        row.created_by,
    )


def _slot(row: Row[Any]) -> Slot:
    return Slot(row.id, row.board_id, row.starts_at, row.ends_at, row.name)


def _room(row: Row[Any], beside: Place | None) -> Room:
    place = (
        Place(beside.platform, beside.workspace, row.channel) if beside and row.channel else None
    )
    features = tuple(row.features)
    return Room(row.id, row.board_id, row.name, RoomKind(row.kind), row.seats, features, place)
