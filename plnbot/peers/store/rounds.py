"""Rounds and introductions, as they are kept."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, insert, select, update

from plnbot.peers.model import (
    Again,
    Cause,
    Introduction,
    Programme,
    Round,
    RoundState,
    Said,
    Seat,
    Side,
)
from plnbot.peers.store.tables import introduction, match_round, seat
from plnbot.store.database import Tx

_OF_A_ROUND = [each for each in match_round.c if each.name not in {"given", "made"}]
"""Without what was matched of whom: of a large round that is megabytes, and each of its introductions asks
for the round."""


def begin(
    tx: Tx, of: Programme, state: RoundState, seed: int, now: datetime, *, by: int | None
) -> Round:
    """Write down a round that is to be solved."""
    made = tx.execute(
        insert(match_round)
        .values(
            programme_id=of.id,
            network_id=of.network,
            state=state.value,
            seed=seed,
            number=None,
            slot=None,
            made_at=now,
            ends_at=None,
            by_id=by,
            given=None,
            made=None,
        )
        .returning(match_round)
    ).one()
    return _round(made)


def get(tx: Tx, number: int) -> Round | None:
    """Return a round."""
    row = tx.execute(select(*_OF_A_ROUND).where(match_round.c.id == number)).one_or_none()
    return None if row is None else _round(row)


def given_and_made(tx: Tx, number: int) -> tuple[Any, Any]:
    """Return what was given to the matching and what it made, each None where it is not there."""
    found = select(match_round.c.given, match_round.c.made).where(match_round.c.id == number)
    row = tx.execute(found).one()
    return row.given, row.made


def note(tx: Tx, number: int, /, **values: object) -> None:
    """Write down what changes of a round."""
    tx.execute(update(match_round).where(match_round.c.id == number).values(**values))


def pass_on(tx: Tx, number: int, before: RoundState, after: RoundState, **values: object) -> bool:
    """Let a round become something else; return False where it is no longer what it was."""
    its = (match_round.c.id == number) & (match_round.c.state == before.value)
    done = tx.execute(update(match_round).where(its).values(state=after.value, **values))
    return done.rowcount == 1


def drop(tx: Tx, number: int) -> None:
    """Let a round come to nothing."""
    note(tx, number, state=RoundState.DROPPED.value, slot=None, given=None, made=None)


def drop_drafts(tx: Tx, programme: int) -> None:
    """Let the dry runs of a programme be of no use any more."""
    tx.execute(
        update(match_round)
        .where(
            match_round.c.programme_id == programme,
            match_round.c.state.in_([RoundState.DRY.value, RoundState.SOLVING.value]),
        )
        .values(state=RoundState.DROPPED.value, given=None, made=None)
    )


def of_programme(tx: Tx, programme: int, *states: RoundState) -> Sequence[Round]:
    """Return the rounds of a programme in these states, newest first."""
    found = select(*_OF_A_ROUND).where(
        match_round.c.programme_id == programme,
        match_round.c.state.in_([each.value for each in states]),
    )
    return [_round(row) for row in tx.execute(found.order_by(match_round.c.id.desc()))]


def latest(tx: Tx, most: int) -> Sequence[Round]:
    """Return the latest rounds of all programmes that did not come to nothing, newest first."""
    found = select(*_OF_A_ROUND).where(match_round.c.state != RoundState.DROPPED.value)
    return [_round(row) for row in tx.execute(found.order_by(match_round.c.id.desc()).limit(most))]


def last_number(tx: Tx, programme: int) -> int:
    """Return the number of a programme's latest round, 0 where there was none."""
    found = select(func.max(match_round.c.number)).where(match_round.c.programme_id == programme)
    return tx.execute(found).scalar_one() or 0


def introduce(tx: Tx, new: Introduction) -> Introduction:
    """Write an introduction down with its seats; return it with its number."""
    number = tx.execute(
        insert(introduction)
        .values(
            network_id=new.network,
            programme_id=new.programme,
            round_id=new.round,
            step=new.step,
            met=new.met,
            cause=new.cause.value,
            at=new.at,
            ends_at=new.ends_at,
            starters=list(new.starters),
            times=[each.isoformat() for each in new.times],
            spoke_at=None,
            ended_at=None,
            goals="",
            thanks="",
            by_id=new.by,
        )
        .returning(introduction.c.id)
    ).scalar_one()
    seats = tuple(replace(each, introduction=number) for each in new.seats)
    add_seats(tx, seats)
    return replace(new, id=number, seats=seats)


def add_seats(tx: Tx, seats: Sequence[Seat]) -> None:
    """Write seats down."""
    rows = [
        {
            "introduction_id": each.introduction,
            "member_id": each.member,
            "place": each.place,
            "side": each.side.value,
            "odd": each.odd,
            "answer": None,
            "answered_at": None,
            "minutes": None,
            "again": "",
            "gone_at": None,
            "words": "",
        }
        for each in seats
    ]
    tx.execute(insert(seat), rows)
    for each in seats:
        tx.announce(f"member:{each.member}")


def introduction_of(tx: Tx, number: int) -> Introduction | None:
    """Return an introduction with its seats."""
    return next(iter(_introductions(tx, introduction.c.id == number)), None)


def introductions_of(
    tx: Tx, member: int, *, live: bool = False, most: int = 50
) -> Sequence[Introduction]:
    """Return a member's introductions, newest first; with `live`, those alone that are not over."""
    theirs = select(seat.c.introduction_id).where(
        seat.c.member_id == member, seat.c.gone_at.is_(None)
    )
    which = introduction.c.id.in_(theirs)
    return _introductions(
        tx, which & introduction.c.ended_at.is_(None) if live else which, most=most
    )


def in_round(tx: Tx, number: int) -> Sequence[Introduction]:
    """Return the introductions of a round."""
    return _introductions(tx, introduction.c.round_id == number)


def before(tx: Tx, programme: int, number: int, *, most: int) -> Sequence[Introduction]:
    """Return introductions of a programme's rounds before one that are not over."""
    which = (
        (introduction.c.programme_id == programme)
        & (introduction.c.round_id < number)
        & introduction.c.ended_at.is_(None)
    )
    return _introductions(tx, which, most=most)


def introduced_in(tx: Tx, number: int) -> int:
    """Return how many of the groups that a round was solved into are introduced."""
    causes = [Cause.ROUND.value, Cause.STANDING.value]
    found = select(func.count()).where(
        introduction.c.round_id == number, introduction.c.cause.in_(causes)
    )
    return int(tx.execute(found).scalar_one())


def in_programme(tx: Tx, number: int, *, live: bool = False) -> Sequence[Introduction]:
    """Return the introductions of a programme; with `live`, those alone that are not over."""
    mine = introduction.c.programme_id == number
    return _introductions(tx, mine & introduction.c.ended_at.is_(None) if live else mine)


def change(tx: Tx, number: int, /, **values: object) -> None:
    """Write down what changes of an introduction."""
    tx.execute(update(introduction).where(introduction.c.id == number).values(**values))


def change_seat(tx: Tx, one: Seat, **values: object) -> None:
    """Write down what changes of a seat."""
    its = (seat.c.introduction_id == one.introduction) & (seat.c.member_id == one.member)
    tx.execute(update(seat).where(its).values(**values))
    tx.announce(f"member:{one.member}")


def met_by(tx: Tx, programme: int) -> Mapping[tuple[int, int], tuple[int, bool]]:
    """Return for each two of a programme in which round they met last, and whether both want to go on.

    That stays so until one of them wants it no more. The smaller number stands first. The round is 0 for
    who never met in one.
    """
    rows = tx.execute(
        select(
            seat.c.introduction_id.label("of"), seat.c.member_id, seat.c.again, match_round.c.number
        )
        .join(introduction, introduction.c.id == seat.c.introduction_id)
        .outerjoin(match_round, match_round.c.id == introduction.c.round_id)
        .where(introduction.c.programme_id == programme)
        .order_by(seat.c.introduction_id, seat.c.member_id)
    )
    groups: dict[int, list[Row[Any]]] = {}
    for row in rows:
        groups.setdefault(row.of, []).append(row)
    found: dict[tuple[int, int], tuple[int, bool]] = {}
    for group in groups.values():
        for at, one in enumerate(group):
            for other in group[at + 1 :]:
                pair = (one.member_id, other.member_id)
                before, keeps = found.get(pair, (0, False))
                said = {one.again, other.again}
                keep = said == {Again.KEEP.value} or (keeps and Again.NO.value not in said)
                found[pair] = (max(one.number or 0, before), keep)
    return found


def _introductions(tx: Tx, which: Any, *, most: int | None = None) -> Sequence[Introduction]:
    found: Select[Any] = select(introduction).where(which).order_by(introduction.c.id.desc())
    rows = tx.execute(found.limit(most) if most else found).all()
    seats: dict[int, list[Seat]] = {row.id: [] for row in rows}
    mine = select(seat).where(
        seat.c.introduction_id.in_(found.with_only_columns(introduction.c.id))
    )
    if most:
        mine = select(seat).where(seat.c.introduction_id.in_(list(seats)))
    for row in tx.execute(mine.order_by(seat.c.introduction_id, seat.c.place)):
        seats[row.introduction_id].append(_seat(row))
    return [_introduction(row, tuple(seats[row.id])) for row in rows]


def seated(tx: Tx, members: Collection[int], round_number: int) -> frozenset[int]:
    """Return those of these members who sit in an introduction of a round that is not over."""
    found = (
        select(seat.c.member_id)
        .join(introduction, introduction.c.id == seat.c.introduction_id)
        .where(
            # Not by the round's index, which leads through everybody who was introduced so far.
            introduction.c.round_id + 0 == round_number,
            introduction.c.ended_at.is_(None),
            seat.c.gone_at.is_(None),
            seat.c.member_id.in_(members),
        )
    )
    return frozenset(tx.execute(found).scalars())


def _round(row: Row[Any]) -> Round:
    return Round(
        row.id, row.programme_id, row.network_id, RoundState(row.state), row.seed, row.number,
        row.slot, row.made_at, row.ends_at, row.by_id,
    )  # fmt: skip


def _introduction(row: Row[Any], seats: tuple[Seat, ...]) -> Introduction:
    return Introduction(
        row.id, row.network_id, row.programme_id, row.round_id, row.step, row.met, Cause(row.cause),
        row.at, row.ends_at, tuple(row.starters),
        tuple(datetime.fromisoformat(each) for each in row.times), row.spoke_at, row.ended_at,
        row.goals, row.thanks, row.by_id, seats,
    )  # fmt: skip


def _seat(row: Row[Any]) -> Seat:
    return Seat(
        row.introduction_id, row.member_id, row.place, Side(row.side), row.odd,
        Said(row.answer) if row.answer else None, row.answered_at, row.minutes, Again(row.again),
        row.gone_at, row.words,
    )  # fmt: skip
