"""Lessons, their authors and versions."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from plnbot import fulltext, kept_files
from plnbot.lessons.model import Lesson, Licence, Told, Wanted
from plnbot.lessons.store.tables import author, lesson, report, use, version
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.values import dataclass

TENANT = KIND = "lesson"
"""Whose kept files these are, and as what lessons are found by their words."""
SHOWN = 200
_ASKED = on_both(author, lambda new: new.on_conflict_do_nothing())


@dataclass(frozen=True, slots=True)
class Version:
    """A change of a lesson: who made it, why, and what was told of it from then on."""

    number: int
    by: int | None
    why: str
    about: str
    at: datetime


def add(
    tx: Tx, network: int, member: int, told: Told, *, source: Lesson | None, now: datetime
) -> Lesson:
    """Keep a lesson, the remix of another or its own."""
    values = {
        **_told(told),
        "network_id": network,
        "source_id": source.id if source else None,
        "source_title": source.told.title if source else "",
        "source_licence": source.told.licence.value if source else "",
        "version": 0,
        "at": now,
        "changed_at": now,
        "why": "",
    }
    number: int = tx.execute(insert(lesson).values(values).returning(lesson.c.id)).scalar_one()
    tx.execute(insert(author).values(lesson_id=number, member_id=member, since=now, asked_at=now))
    return change(tx, number, told, "", by=member, now=now)


def change(tx: Tx, number: int, told: Told, why: str, *, by: int, now: datetime) -> Lesson:
    """Keep what is told of a lesson now, as a version of its own, and let it be found by that."""
    values = {**_told(told), "version": lesson.c.version + 1, "changed_at": now}
    changed = update(lesson).where(lesson.c.id == number).values(values).returning(lesson)
    found = _lesson(tx.execute(changed).one())
    tx.execute(
        insert(version).values(
            lesson_id=number,
            number=found.version,
            member_id=by,
            why=why,
            about=told.about,
            at=now,
        )
    )
    index(tx, found)
    return found


def index(tx: Tx, it: Lesson) -> None:
    """Let a lesson be found by its words while it stands."""
    if not it.stands:
        fulltext.drop(tx, it.network, KIND, it.id)
        return
    body = f"{it.told.about}\n{it.told.standards}"
    used = users(tx, it.id)
    fulltext.put(tx, fulltext.Document(it.network, KIND, it.id, it.told.title, body, used=used))


def users(tx: Tx, number: int) -> int:
    """Return how many said that they used a lesson."""
    found = select(func.count()).where(use.c.lesson_id == number, use.c.used_at.is_not(None))
    return int(tx.execute(found).scalar_one())


def get(tx: Tx, number: int, *, lock: bool = False) -> Lesson | None:
    """Return a lesson by its number, or None; nobody else changes it meanwhile with `lock`."""
    found = select(lesson).where(lesson.c.id == number)
    row = tx.execute(found.with_for_update() if lock else found).one_or_none()
    return None if row is None else _lesson(row)


def among(tx: Tx, numbers: Sequence[int]) -> Sequence[Lesson]:
    """Return these lessons, in this order."""
    rows = tx.execute(select(lesson).where(lesson.c.id.in_(numbers))) if numbers else ()
    found = {row.id: _lesson(row) for row in rows}
    return [found[each] for each in numbers if each in found]


_STAND = (lesson.c.withdrawn_at.is_(None), lesson.c.down_at.is_(None))
_NEWEST_FIRST = (lesson.c.changed_at.desc(), lesson.c.id.desc())


def newest(tx: Tx, network: int) -> Sequence[Lesson]:
    """Return the lessons of a network that stand, the latest changed first."""
    found = select(lesson).where(lesson.c.network_id == network, *_STAND)
    return tuple(map(_lesson, tx.execute(found.order_by(*_NEWEST_FIRST).limit(SHOWN))))


def fitting(tx: Tx, network: int, wanted: Wanted) -> Sequence[int]:
    """Return the numbers of all lessons of a network that stand and are of what is looked for, in that order."""
    columns = lesson.c.id, lesson.c.subjects, lesson.c.grades, lesson.c.licence
    found = select(*columns).where(lesson.c.network_id == network, *_STAND)
    return [
        row.id
        for row in tx.execute(found.order_by(*_NEWEST_FIRST))
        if wanted.fits(row.subjects, row.grades, row.licence)
    ]


def of_author(tx: Tx, member: int) -> Sequence[Lesson]:
    """Return the lessons of which a member is an author, whatever became of them."""
    mine = author.c.member_id == member, author.c.since.is_not(None)
    found = select(lesson).join(author, author.c.lesson_id == lesson.c.id).where(*mine)
    return tuple(map(_lesson, tx.execute(found.order_by(lesson.c.id.desc()))))


def authors_of(tx: Tx, numbers: Collection[int]) -> Mapping[int, Sequence[int]]:
    """Return who are the authors of lessons, who shared it first before others."""
    found: dict[int, list[int]] = {}
    said = author.c.lesson_id.in_(numbers), author.c.since.is_not(None)
    for row in tx.execute(select(author).where(*said).order_by(author.c.since, author.c.member_id)):
        found.setdefault(row.lesson_id, []).append(row.member_id)
    return found


def ask_author(tx: Tx, number: int, member: int, now: datetime) -> None:
    """Keep that somebody was asked to design a lesson together with its authors."""
    tx.execute(_ASKED[tx.dialect], {"lesson_id": number, "member_id": member, "asked_at": now})


def is_asked(tx: Tx, number: int, member: int) -> bool:
    """Return whether somebody was asked, and has not answered."""
    these = author.c.lesson_id == number, author.c.member_id == member, author.c.since.is_(None)
    return int(tx.execute(select(func.count()).where(*these)).scalar_one()) > 0


def be_author(tx: Tx, number: int, member: int, now: datetime) -> None:
    """Let somebody who was asked be an author."""
    these = author.c.lesson_id == number, author.c.member_id == member, author.c.since.is_(None)
    tx.execute(update(author).where(*these).values(since=now))


def leave(tx: Tx, number: int, member: int) -> None:
    """Let somebody be no author of a lesson, or decline to be."""
    tx.execute(delete(author).where(author.c.lesson_id == number, author.c.member_id == member))


def versions_of(tx: Tx, number: int) -> Sequence[Version]:
    """Return how a lesson was changed, the latest first."""
    found = select(version).where(version.c.lesson_id == number)
    rows = tx.execute(found.order_by(version.c.number.desc()))
    return [Version(row.number, row.member_id, row.why, row.about, row.at) for row in rows]


def remixes_of(tx: Tx, number: int) -> Sequence[Lesson]:
    """Return the remixes of a lesson that stand."""
    rows = tx.execute(select(lesson).where(lesson.c.source_id == number).order_by(lesson.c.id))
    return [each for each in map(_lesson, rows) if each.stands]


def withdraw(tx: Tx, number: int, now: datetime | None) -> None:
    """Keep that a lesson's authors took it back, or with None that it stands again."""
    _mark(tx, number, withdrawn_at=now)


def take_down(tx: Tx, number: int, why: str, now: datetime) -> None:
    """Keep that a curator took a lesson down, and why."""
    _mark(tx, number, down_at=now, why=why)


def remove(tx: Tx, number: int) -> None:
    """Take a lesson away with all of it; its remixes name it by its title from then on."""
    found = get(tx, number)
    if found is not None:
        fulltext.drop(tx, found.network, KIND, number)
    kept_files.remove_rows(tx, TENANT, [number])
    tx.execute(update(lesson).where(lesson.c.source_id == number).values(source_id=None))
    for table in (report, use, version, author):
        tx.execute(delete(table).where(table.c.lesson_id == number))
    tx.execute(delete(lesson).where(lesson.c.id == number))


def _mark(tx: Tx, number: int, **values: object) -> None:
    marked = update(lesson).where(lesson.c.id == number).values(values).returning(lesson)
    index(tx, _lesson(tx.execute(marked).one()))


def _told(told: Told) -> dict[str, object]:
    return {
        "title": told.title,
        "about": told.about,
        "link": told.link,
        "standards": told.standards,
        "subjects": list(told.subjects),
        "grades": list(told.grades),
        "skills": list(told.skills),
        "licence": told.licence.value,
        "terms": told.terms,
    }


def _lesson(row: Row[Any]) -> Lesson:
    told = Told(
        row.title,
        row.about,
        Licence(row.licence),
        row.terms,
        row.link,
        row.standards,
        tuple(row.subjects),
        tuple(row.grades),
        tuple(row.skills),
    )
    return Lesson(
        row.id,
        row.network_id,
        told,
        row.version,
        row.at,
        row.changed_at,
        row.source_id,
        row.source_title,
        Licence(row.source_licence) if row.source_licence else None,
        row.withdrawn_at,
        row.down_at,
        row.why,
    )
