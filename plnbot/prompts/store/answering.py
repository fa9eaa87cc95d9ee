"""Until when prompts are on time, who passed, and what became of what members said."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Row,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    delete,
    false,
    or_,
    select,
    update,
)

from plnbot.gathering import Answer
from plnbot.prompts.model import State, Turn
from plnbot.prompts.store.occurrences import get_occurrence
from plnbot.prompts.store.schedules import get_room
from plnbot.prompts.store.tables import asked, room
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant
from plnbot.values import dataclass

closing = Table(
    "prompt_closing",
    metadata,
    Column("occurrence_id", Id, ForeignKey("prompt_occurrence.id"), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("closed_at", Instant, nullable=True),
)
passed = Table(
    "prompt_pass",
    metadata,
    Column("occurrence_id", Id, ForeignKey("prompt_occurrence.id"), primary_key=True),
    Column("member_id", Id, ForeignKey("member.id"), primary_key=True),
    Index("ix_prompt_pass_member", "member_id"),
)
reflection = Table(
    "prompt_reflection",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    Column("occurrence_id", Id, ForeignKey("prompt_occurrence.id"), nullable=False),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False),
    Column("said", Text, nullable=False),
    Column("said_at", Instant, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("words", Text, nullable=False),
    Column("at", Instant, nullable=True),
    UniqueConstraint("occurrence_id", "member_id"),
    Index("ix_prompt_reflection_member", "member_id", "asked_at"),
    # A number that somebody noted must not come to mean another's after an erasure.
    sqlite_autoincrement=True,
)
_PLANNED = on_both(
    closing,
    lambda new: new.on_conflict_do_update(
        index_elements=["occurrence_id"],
        set_={"at": new.excluded.at},
        where=(closing.c.at < new.excluded.at) & closing.c.closed_at.is_(None),
    ),
)
_PASSED = on_both(passed, lambda new: new.on_conflict_do_nothing())
_REFLECTED = on_both(
    reflection,
    lambda new: new.on_conflict_do_nothing(index_elements=["occurrence_id", "member_id"]).returning(
        reflection.c.id
    ),
)
_CLOSING = select(closing).where(closing.c.occurrence_id == bindparam("occurrence"))
_WHO_PASSED = select(passed.c.member_id).where(passed.c.occurrence_id == bindparam("occurrence"))
_IS_PASSED = _WHO_PASSED.where(passed.c.member_id == bindparam("member"))
_ASKED_IN = (
    select(asked.c.room_id)
    .where(asked.c.occurrence_id == bindparam("occurrence"), asked.c.state == State.POSTED.value)
    .order_by(asked.c.room_id)
)
_REFLECTION = select(reflection).where(reflection.c.id == bindparam("reflection"))
_THEIRS = (
    select(reflection)
    .where(reflection.c.member_id == bindparam("member"))
    .order_by(reflection.c.asked_at.desc(), reflection.c.id.desc())
)


@dataclass(frozen=True, slots=True)
class Closing:
    """Until when answers to an occurrence are on time, and when it was closed, if it was."""

    at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reflection:
    """What a member was asked about something they said.

    `words` are what became of it, and `said` what they had said; both are empty until they answered.
    """

    id: int
    network: int
    occurrence: int
    member: int
    said: str
    said_at: datetime
    asked_at: datetime
    words: str
    at: datetime | None


def plan_closing(tx: Tx, occurrence: int, at: datetime) -> datetime:
    """Note until when answers are on time, the latest of all rooms; return it as it stands."""
    values = {"occurrence_id": occurrence, "at": at, "closed_at": None}
    tx.execute(_PLANNED[tx.dialect], values)
    planned = closing_of(tx, occurrence)
    return planned.at if planned else at


def closing_of(tx: Tx, occurrence: int) -> Closing | None:
    """Return until when answers to an occurrence are on time; None where it was never asked."""
    row = tx.execute(_CLOSING, {"occurrence": occurrence}).one_or_none()
    return None if row is None else Closing(row.at, row.closed_at)


def forget_closing(tx: Tx, occurrence: int) -> None:
    """Forget until when answers to an occurrence are on time: it is not asked after all."""
    tx.execute(delete(closing).where(closing.c.occurrence_id == occurrence))


def note_closed(tx: Tx, occurrence: int, now: datetime) -> bool:
    """Note that an occurrence is closed, once; return whether that is new."""
    this = (closing.c.occurrence_id == occurrence) & closing.c.closed_at.is_(None)
    done = update(closing).where(this).values(closed_at=now).returning(closing.c.occurrence_id)
    return tx.execute(done).one_or_none() is not None


def note_pass(tx: Tx, occurrence: int, member: int) -> None:
    """Note that a member passes."""
    tx.execute(_PASSED[tx.dialect], {"occurrence_id": occurrence, "member_id": member})


def drop_pass(tx: Tx, occurrence: int, member: int) -> None:
    """Note that a member does not pass after all."""
    this = (passed.c.occurrence_id == occurrence) & (passed.c.member_id == member)
    tx.execute(delete(passed).where(this))


def passes(tx: Tx, occurrence: int, member: int) -> bool:
    """Return whether a member passes."""
    where = {"occurrence": occurrence, "member": member}
    return tx.execute(_IS_PASSED, where).one_or_none() is not None


def posted_in(tx: Tx, occurrence: int) -> Sequence[int]:
    """Return the rooms in which an occurrence was asked."""
    return list(tx.execute(_ASKED_IN, {"occurrence": occurrence}).scalars())


def open_on(tx: Tx, platform: str, since: datetime | None) -> Sequence[Turn]:
    """Return what was asked on a platform and is not closed, or was asked since then."""
    lately = asked.c.at >= since if since is not None else false()
    fresh = or_(closing.c.closed_at.is_(None), lately)
    rows = tx.execute(
        select(asked.c.occurrence_id, asked.c.room_id)
        .join(closing, closing.c.occurrence_id == asked.c.occurrence_id)
        .join(room, room.c.id == asked.c.room_id)
        .where(room.c.platform == platform, asked.c.state == State.POSTED.value, fresh)
        .order_by(asked.c.occurrence_id, asked.c.room_id)
    )
    turns = ((get_occurrence(tx, row.occurrence_id), get_room(tx, row.room_id)) for row in rows)
    return [Turn(one, there) for one, there in turns if one is not None and there is not None]


def ask_back(tx: Tx, of: Answer, now: datetime) -> int | None:
    """Note that a member is asked what became of what they said; None where they were before."""
    values = {
        "network_id": of.network,
        "occurrence_id": of.whole,
        "member_id": of.member,
        "said": "",
        "said_at": of.at,
        "asked_at": now,
        "words": "",
        "at": None,
    }
    made: int | None = tx.execute(_REFLECTED[tx.dialect], values).scalar_one_or_none()
    return made


def get_reflection(tx: Tx, number: int) -> Reflection | None:
    """Return what a member was asked about something they said."""
    row = tx.execute(_REFLECTION, {"reflection": number}).one_or_none()
    return None if row is None else _reflection(row)


def reflections_of(tx: Tx, member: int) -> tuple[Reflection, ...]:
    """Return all that a member was asked so, newest first."""
    return tuple(map(_reflection, tx.execute(_THEIRS, {"member": member})))


def answer_back(tx: Tx, number: int, said: str, words: str, now: datetime) -> None:
    """Keep what a member says became of it, beside what they had said."""
    values = {"said": said, "words": words, "at": now}
    tx.execute(update(reflection).where(reflection.c.id == number).values(values))


def _reflection(row: Row[tuple[object, ...]]) -> Reflection:
    return Reflection(
        row.id,
        row.network_id,
        row.occurrence_id,
        row.member_id,
        row.said,
        row.said_at,
        row.asked_at,
        row.words,
        row.at,
    )
