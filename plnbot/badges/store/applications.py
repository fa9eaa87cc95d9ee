"""Applications, what was sent along, who is to look, and what they found."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from plnbot.badges.model import UNDER_WAY, Review, Standing
from plnbot.badges.store.definitions import gathered, topic
from plnbot.badges.store.tables import application, assigned, review, shown
from plnbot.store.database import Tx
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Application:
    """What somebody wrote to be awarded one, and where it stands.

    `answers` are their words by criterion; `met` the criteria that assessors found met in rounds
    before, `missing` what they noted of the others. `wanted` is how many are to look in this round.
    """

    id: int
    network: int
    badge: int
    version: int
    member: int
    standing: Standing
    answers: dict[str, str]
    reflection: str
    met: tuple[str, ...]
    missing: dict[str, list[str]]
    round: int
    seed: str
    wanted: int
    at: datetime
    hears_at: datetime | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A file that was sent along for a criterion; its content is read apart."""

    id: int
    network: int
    application: int
    member: int
    criterion: str
    name: str
    kind: str
    size: int


def add(
    tx: Tx, network: int, badge: tuple[int, int], member: int, *, seed: str, now: datetime
) -> int:
    """Begin an application by a version of a micro-credential; return its number."""
    number, version = badge
    made = insert(application).values(
        network_id=network,
        badge_id=number,
        version=version,
        member_id=member,
        standing=Standing.DRAFT.value,
        answers={},
        reflection="",
        met=[],
        missing={},
        round=1,
        seed=seed,
        wanted=1,
        at=now,
    )
    _announce(tx, network, member)
    return int(tx.execute(made.returning(application.c.id)).scalar_one())


def change(tx: Tx, it: Application, **values: Any) -> Application:
    """Write some of it anew, and return it as it is then."""
    tx.execute(update(application).where(application.c.id == it.id).values(values))
    _announce(tx, it.network, it.member)
    return found(tx, it.id)


def _announce(tx: Tx, network: int, member: int) -> None:
    tx.announce(f"member:{member}")
    tx.announce(topic(network))


def get(tx: Tx, number: int) -> Application | None:
    """Return an application, or None."""
    row = tx.execute(select(application).where(application.c.id == number)).one_or_none()
    return None if row is None else _application(row)


def locked(tx: Tx, it: Application) -> Application:
    """Return an application as it is by now; nobody else changes it until the unit ends."""
    these = select(application).where(application.c.id == it.id).with_for_update()
    return _application(tx.execute(these).one())


def found(tx: Tx, number: int) -> Application:
    """Return an application that is there."""
    return _application(tx.execute(select(application).where(application.c.id == number)).one())


def of_member(tx: Tx, member: int) -> Sequence[Application]:
    """Return a member's applications, the latest first."""
    these = select(application).where(application.c.member_id == member)
    return tuple(map(_application, tx.execute(these.order_by(application.c.id.desc()))))


def under_way(tx: Tx, member: int, badge: int) -> Application | None:
    """Return what a member is applying with for one, or None."""
    these = select(application).where(
        application.c.member_id == member,
        application.c.badge_id == badge,
        application.c.standing.in_([each.value for each in UNDER_WAY]),
    )
    row = tx.execute(these.limit(1)).one_or_none()
    return None if row is None else _application(row)


def who_apply(tx: Tx, network: int) -> Mapping[int, frozenset[int]]:
    """Return who is applying for which of a network's micro-credentials, by its number."""
    found = select(application.c.badge_id, application.c.member_id).where(
        application.c.network_id == network,
        application.c.standing.in_([each.value for each in UNDER_WAY]),
    )
    return gathered((row.badge_id, row.member_id) for row in tx.execute(found))


def waiting_for(tx: Tx, assessor: int) -> Sequence[Application]:
    """Return what an assessor is to look at and has not, the most urgent first."""
    done = select(review.c.application_id).where(
        review.c.application_id == application.c.id,
        review.c.round == application.c.round,
        review.c.member_id == assessor,
    )
    these = (
        select(application)
        .join(assigned, assigned.c.application_id == application.c.id)
        .where(
            assigned.c.member_id == assessor,
            application.c.standing == Standing.WAITING.value,
            ~done.exists(),
        )
        .order_by(application.c.hears_at, application.c.id)
    )
    return tuple(map(_application, tx.execute(these)))


def waiting(tx: Tx, badge: int) -> Sequence[Application]:
    """Return the applications for one that wait to be assessed."""
    these = select(application).where(
        application.c.badge_id == badge, application.c.standing == Standing.WAITING.value
    )
    return tuple(map(_application, tx.execute(these.order_by(application.c.id))))


def late(tx: Tx, number: int) -> Application | None:
    """Return an application that is waiting still, or None."""
    it = get(tx, number)
    return it if it is not None and it.standing is Standing.WAITING else None


def assign(tx: Tx, it: Application, assessors: Sequence[int], now: datetime) -> None:
    """Have these look at it besides those who do."""
    for each in assessors:
        values = {"application_id": it.id, "member_id": each, "at": now}
        tx.execute(insert(assigned).values(values))


def unassign(tx: Tx, it: Application, assessor: int) -> None:
    """Have somebody look at it no more."""
    gone = (assigned.c.application_id == it.id) & (assigned.c.member_id == assessor)
    tx.execute(delete(assigned).where(gone))


def assessors_of(tx: Tx, number: int) -> Sequence[int]:
    """Return who was assigned, in the order in which they were."""
    these = select(assigned.c.member_id).where(assigned.c.application_id == number)
    return tuple(tx.execute(these.order_by(assigned.c.at, assigned.c.member_id)).scalars())


def write_review(tx: Tx, it: Application, made: Review, now: datetime) -> None:
    """Keep what an assessor found."""
    tx.execute(
        insert(review).values(
            application_id=it.id,
            round=made.round,
            member_id=made.assessor,
            met=dict(made.met),
            notes=dict(made.notes),
            at=now,
        )
    )


def reviews(tx: Tx, it: Application) -> Sequence[Review]:
    """Return what was found in this round."""
    these = select(review).where(review.c.application_id == it.id, review.c.round == it.round)
    rows = tx.execute(these.order_by(review.c.at, review.c.member_id))
    return tuple(Review(row.member_id, row.round, row.met, row.notes) for row in rows)


def show(tx: Tx, new: Shown, content: bytes, now: datetime) -> None:
    """Keep a file."""
    tx.execute(
        insert(shown).values(
            application_id=new.application,
            member_id=new.member,
            criterion=new.criterion,
            name=new.name,
            kind=new.kind,
            size=len(content),
            content=content,
            at=now,
        )
    )


_FILE = select(
    shown.c.id,
    application.c.network_id,
    shown.c.application_id,
    shown.c.member_id,
    shown.c.criterion,
    shown.c.name,
    shown.c.kind,
    shown.c.size,
).join(application, application.c.id == shown.c.application_id)


def files(tx: Tx, number: int) -> Sequence[Shown]:
    """Return the files of an application."""
    rows = tx.execute(_FILE.where(shown.c.application_id == number).order_by(shown.c.id))
    return tuple(map(_shown, rows))


def file(tx: Tx, number: int) -> Shown | None:
    """Return a file, or None."""
    row = tx.execute(_FILE.where(shown.c.id == number)).one_or_none()
    return None if row is None else _shown(row)


def content_of(tx: Tx, number: int) -> bytes:
    """Return what is in a file."""
    return bytes(tx.execute(select(shown.c.content).where(shown.c.id == number)).scalar_one())


def unshow(tx: Tx, number: int) -> None:
    """Take a file away."""
    tx.execute(delete(shown).where(shown.c.id == number))


def used(tx: Tx, member: int) -> int:
    """Return how many bytes of files a member has here."""
    total = func.coalesce(func.sum(shown.c.size), 0)
    return int(tx.execute(select(total).where(shown.c.member_id == member)).scalar_one())


def _shown(row: Row[Any]) -> Shown:
    return Shown(
        row.id,
        row.network_id,
        row.application_id,
        row.member_id,
        row.criterion,
        row.name,
        row.kind,
        row.size,
    )


def _application(row: Row[Any]) -> Application:
    return Application(
        row.id,
        row.network_id,
        row.badge_id,
        row.version,
        row.member_id,
        Standing(row.standing),
        dict(row.answers),
        row.reflection,
        tuple(row.met),
        dict(row.missing),
        row.round,
        row.seed,
        row.wanted,
        row.at,
        row.hears_at,
    )
