"""The tables of the pulse and their queries: answers, options with what was said of them, the rhythm."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    Row,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from plnbot.pulse.model import Because, No
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant, Json
from plnbot.values import dataclass

LONGEST_TITLE = 200
answer = Table(
    "pulse_answer",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False, index=True),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False),
    Column("answers", Json, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_pulse_answer_member", "member_id", "at"),
)
option = Table(
    "pulse_option",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False, index=True),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False),
    Column("page", String(100), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("title", String(LONGEST_TITLE), nullable=False),
    Column("minutes", Integer, nullable=True),
    Column("place", Integer, nullable=False),
    Column("rules", Json, nullable=False),
    Column("at", Instant, nullable=False),
    # Why it was said no to, and when; empty while it stands.
    Column("because", String(10), nullable=True),
    Column("said_at", Instant, nullable=True),
    UniqueConstraint("member_id", "page"),
    # A number that stands on a button must not come to mean another option.
    sqlite_autoincrement=True,
)
rhythm = Table(
    "pulse_rhythm",
    metadata,
    Column("network_id", Id, ForeignKey("network.id"), primary_key=True),
    Column("weeks", Integer, nullable=False),
    Column("next_at", Instant, nullable=False),
    # Counts how often everybody was asked, and tells one time from another.
    Column("round", Integer, nullable=False),
    Column("asked_at", Instant, nullable=True),
)
_ANSWERED = (
    select(answer)
    .where(answer.c.member_id == bindparam("member"))
    .order_by(answer.c.at.desc(), answer.c.id.desc())
)
_OPTIONS = (
    select(option)
    .where(option.c.member_id == bindparam("member"))
    .order_by(option.c.place, option.c.id)
)
_OFFERED = on_both(
    option,
    lambda new: new.on_conflict_do_update(
        index_elements=["member_id", "page"],
        set_={
            **{each: new.excluded[each] for each in ("title", "minutes", "place", "rules", "at")},
            "because": None,
            "said_at": None,
        },
    ),
)
_RHYTHM = on_both(
    rhythm,
    lambda new: new.on_conflict_do_update(
        index_elements=["network_id"],
        set_={each: new.excluded[each] for each in ("weeks", "next_at", "round", "asked_at")},
    ),
)


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody answered, by question, and when."""

    answers: Mapping[str, tuple[str, ...]]
    at: datetime


@dataclass(frozen=True, slots=True)
class Offered:
    """An option as it was offered to somebody; `rules` are those that gave it, by id.

    `because` is why they said no to it at `said_at`, None while it stands.
    """

    id: int
    network: int
    member: int
    page: str
    kind: str
    title: str
    minutes: int | None
    rules: tuple[str, ...]
    because: Because | None
    said_at: datetime | None

    @property
    def no(self) -> No | None:
        """What was said no to, for rules; None while it stands."""
        if self.because is None or self.said_at is None:
            return None
        return No(self.page, self.kind, self.title, self.minutes, self.because, self.said_at)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every how many weeks a network is asked, when next, and the count of the last time."""

    weeks: int
    next_at: datetime
    round: int = 0
    asked_at: datetime | None = None


def add_answers(
    tx: Tx, network: int, member: int, answers: Mapping[str, Sequence[str]], now: datetime
) -> None:
    """Keep what somebody answered."""
    given = {name: list(each) for name, each in answers.items()}
    values = {"network_id": network, "member_id": member, "answers": given, "at": now}
    tx.execute(insert(answer).values(values))
    tx.announce(f"member:{member}")


def answered(tx: Tx, member: int) -> Sequence[Answered]:
    """Return what somebody answered, the latest first; that is what counts."""
    return [
        Answered({name: tuple(each) for name, each in row.answers.items()}, row.at)
        for row in tx.execute(_ANSWERED, {"member": member})
    ]


def answered_since(tx: Tx, members: Collection[int], since: datetime) -> frozenset[int]:
    """Return who of these members answered since then."""
    found = select(answer.c.member_id).where(answer.c.member_id.in_(members), answer.c.at >= since)
    return frozenset(tx.execute(found.distinct()).scalars()) if members else frozenset()


def offer(tx: Tx, network: int, member: int, options: Sequence[Offered], now: datetime) -> None:
    """Let these be what is offered to somebody, in this order; what they said no to is kept."""
    tx.execute(
        delete(option).where(
            option.c.member_id == member,
            option.c.because.is_(None),
            option.c.page.not_in([each.page for each in options]),
        )
    )
    for place, each in enumerate(options):
        values = {
            "network_id": network,
            "member_id": member,
            "page": each.page,
            "kind": each.kind,
            "title": each.title[:LONGEST_TITLE],
            "minutes": each.minutes,
            "place": place,
            "rules": list(each.rules),
            "at": now,
        }
        tx.execute(_OFFERED[tx.dialect], values)
    tx.announce(f"member:{member}")


def options_of(tx: Tx, member: int) -> Sequence[Offered]:
    """Return what was offered to somebody, in order, what they said no to as well."""
    return [_offered(row) for row in tx.execute(_OPTIONS, {"member": member})]


def get_option(tx: Tx, number: int) -> Offered | None:
    """Return an option by its number."""
    row = tx.execute(select(option).where(option.c.id == number)).one_or_none()
    return None if row is None else _offered(row)


def say_no(tx: Tx, one: Offered, because: Because | None, now: datetime) -> None:
    """Keep why somebody said no to an option, or take that back."""
    said = None if because is None else now
    values = {"because": because and because.value, "said_at": said}
    tx.execute(update(option).where(option.c.id == one.id).values(values))
    tx.announce(f"member:{one.member}")


def rhythm_of(tx: Tx, network: int) -> Rhythm | None:
    """Return in which rhythm a network is asked; None where it is not."""
    row = tx.execute(select(rhythm).where(rhythm.c.network_id == network)).one_or_none()
    return None if row is None else Rhythm(row.weeks, row.next_at, row.round, row.asked_at)


def keep_rhythm(tx: Tx, network: int, given: Rhythm | None) -> None:
    """Ask a network in this rhythm from now on, or no more."""
    if given is None:
        tx.execute(delete(rhythm).where(rhythm.c.network_id == network))
        return
    values = {
        "network_id": network,
        "weeks": given.weeks,
        "next_at": given.next_at,
        "round": given.round,
        "asked_at": given.asked_at,
    }
    tx.execute(_RHYTHM[tx.dialect], values)


def _offered(row: Row[tuple[object, ...]]) -> Offered:
    return Offered(
        row.id,
        row.network_id,
        row.member_id,
        row.page,
        row.kind,
        row.title,
        row.minutes,
        tuple(row.rules),
        None if row.because is None else Because(row.because),
        row.said_at,
    )
