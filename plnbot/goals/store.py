"""The tables of goals and their port: set, revise, end, read."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    Row,
    Table,
    Text,
    bindparam,
    insert,
    select,
    update,
)

from plnbot.errors import Refused
from plnbot.goals.model import MOST, Goal, matched, tidy
from plnbot.store.database import Tx
from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant
from plnbot.talk.words import msg
from plnbot.values import dataclass

goal = Table(
    "goal",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False),
    Column("words", Text, nullable=False),
    Column("place", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("since", Instant, nullable=False),
    Column("worded_at", Instant, nullable=False),
    Column("ended_at", Instant, nullable=True),
    Index("ix_goal_member", "member_id", "ended_at"),
    # A number that stands on a button must not come to mean another goal after an erasure.
    sqlite_autoincrement=True,
)
goal_words = Table(
    "goal_words",
    metadata,
    Column("goal_id", Id, ForeignKey("goal.id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("words", Text, nullable=False),
    Column("worded_at", Instant, nullable=False),
)
"""How goals were worded before."""
_IN_ORDER = (goal.c.place, goal.c.id)
_STANDING = (
    select(goal)
    .where(goal.c.member_id.in_(bindparam("members", expanding=True)), goal.c.ended_at.is_(None))
    .order_by(*_IN_ORDER)
)
_BY_ID = select(goal).where(goal.c.id == bindparam("goal"))
ENOUGH = msg("You have three goals, and three at a time is enough. End one of them first.")
TOO_MANY = msg("Three at most, one a line. Which matter most to you now?")


@dataclass(frozen=True, slots=True)
class Wording:
    """How a goal was worded, and from when on."""

    words: str
    at: datetime


def standing(tx: Tx, member: int) -> tuple[Goal, ...]:
    """Return the goals that a member has now, in their order."""
    return tuple(map(_goal, tx.execute(_STANDING, {"members": [member]})))


def words_of(tx: Tx, members: Collection[int]) -> Mapping[int, tuple[str, ...]]:
    """Return the words of the goals that these members have now; who has none is not in it."""
    found: dict[int, tuple[str, ...]] = {}
    if members:
        for row in tx.execute(_STANDING, {"members": list(members)}):
            found[row.member_id] = (*found.get(row.member_id, ()), row.words)
    return found


def ended(tx: Tx, member: int) -> tuple[Goal, ...]:
    """Return the goals that a member had, the latest first."""
    found = select(goal).where(goal.c.member_id == member, goal.c.ended_at.is_not(None))
    return tuple(map(_goal, tx.execute(found.order_by(goal.c.ended_at.desc(), goal.c.id.desc()))))


def get_goal(tx: Tx, number: int) -> Goal | None:
    """Return a goal by its number, ended or not."""
    row = tx.execute(_BY_ID, {"goal": number}).one_or_none()
    return None if row is None else _goal(row)


def worded_before(tx: Tx, number: int) -> Sequence[Wording]:
    """Return how a goal was worded before it got the words it has, the latest first."""
    found = select(goal_words).where(goal_words.c.goal_id == number)
    rows = tx.execute(found.order_by(goal_words.c.revision.desc()))
    return [Wording(row.words, row.worded_at) for row in rows]


def keep(tx: Tx, network: int, member: int, lines: Sequence[str], now: datetime) -> None:
    """Let these lines be a member's goals, in this order: each is one before, revised, or new.

    What is in none of them has ended. Raises `Refused` for more than one can have.
    """
    wanted = list(dict.fromkeys(line for each in lines if (line := tidy(each))))
    if len(wanted) > MOST:
        raise Refused(TOO_MANY)
    before = standing(tx, member)
    found = matched(before, wanted)
    for each in before:
        if each not in found:
            end(tx, each, now)
    for place, (one, line) in enumerate(zip(found, wanted, strict=True)):
        if one is None:
            _insert(tx, network, member, line, now, place=place)
        else:
            revise(tx, one, line, now, place=place)


def add(tx: Tx, network: int, member: int, words: str, now: datetime) -> Goal:
    """Add a goal after those that a member has; raises `Refused` where they have enough."""
    there = standing(tx, member)
    if len(there) >= MOST:
        raise Refused(ENOUGH)
    place = max((each.place + 1 for each in there), default=0)
    return _insert(tx, network, member, tidy(words), now, place=place)


def revise(tx: Tx, one: Goal, words: str, now: datetime, *, place: int | None = None) -> None:
    """Put a goal in other words; those it had are kept. The same words change nothing."""
    values: dict[str, object] = {} if place in (None, one.place) else {"place": place}
    if (said := tidy(words)) != one.words:
        tx.execute(
            insert(goal_words).values(
                goal_id=one.id, revision=one.revision, words=one.words, worded_at=one.worded_at
            )
        )
        values |= {"words": said, "revision": one.revision + 1, "worded_at": now}
    if values:
        tx.execute(update(goal).where(goal.c.id == one.id).values(values))
        tx.announce(f"member:{one.member}")


def end(tx: Tx, one: Goal, now: datetime) -> None:
    """End a goal; one that has ended stays as it ended."""
    tx.execute(
        update(goal).where(goal.c.id == one.id, goal.c.ended_at.is_(None)).values(ended_at=now)
    )
    tx.announce(f"member:{one.member}")


def take_up(tx: Tx, one: Goal) -> None:
    """Let a goal that has ended go on, after those that its member has.

    Raises `Refused` where they have enough, or have one of the same words by now.
    """
    there = standing(tx, one.member)
    if len(there) >= MOST:
        raise Refused(ENOUGH)
    if one.words in {each.words for each in there}:
        raise Refused(msg("You have a goal of these words already."))
    place = max((each.place + 1 for each in there), default=0)
    tx.execute(update(goal).where(goal.c.id == one.id).values(ended_at=None, place=place))
    tx.announce(f"member:{one.member}")


def _insert(tx: Tx, network: int, member: int, words: str, now: datetime, *, place: int) -> Goal:
    made = tx.execute(
        insert(goal)
        .values(
            network_id=network,
            member_id=member,
            words=words,
            place=place,
            revision=1,
            since=now,
            worded_at=now,
        )
        .returning(goal)
    ).one()
    tx.announce(f"member:{member}")
    return _goal(made)


def _goal(row: Row[tuple[object, ...]]) -> Goal:
    return Goal(
        row.id,
        row.network_id,
        row.member_id,
        row.words,
        row.place,
        row.revision,
        row.since,
        row.worded_at,
        row.ended_at,
    )
