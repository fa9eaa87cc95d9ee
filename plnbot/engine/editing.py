"""Editing by two: what a form changes, held against what others changed since it was shown.

**A form names the version it saw**, behind the number in its row (`form_row`). When it comes back, those of
its fields count that say something else than it showed. Whoever changed different fields both have theirs.
Where somebody else changed the same field meanwhile, theirs stands, and the words of the second are kept
aside: they see both, with the other's name, and take theirs with one press. So nothing is lost, and nothing
is written over that its writer has not seen.

**A subject is a scope**, such as `edcamp:5`, and its fields are words by name. `compare` only looks, so
that who owns the subject can still refuse; `note` writes down what stands, once it does.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from plnbot.engine.store import edit
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.text import clean
from plnbot.values import dataclass

KEPT = timedelta(days=30)
"""For how long it is known who changed what: no form is open for longer."""


@dataclass(frozen=True, slots=True)
class Editing:
    """Who sends a form about a subject, and which version of it they saw."""

    subject: str
    network: int
    version: int
    member: int
    now: datetime


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that somebody else changed meanwhile: `words` are the second's, `theirs` stand.

    `number` is that of the words that were kept aside, 0 until they are. `by` is None where it is somebody
    erased.
    """

    field: str
    words: str
    theirs: str
    by: int | None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Compared:
    """What of a form stands, by field, and what clashes."""

    stands: Mapping[str, str]
    clashes: Sequence[Clash]


@dataclass(frozen=True, slots=True)
class Aside:
    """Words that were kept aside because somebody else had changed their field."""

    number: int
    subject: str
    field: str
    words: str
    member: int | None

    @property
    def of(self) -> tuple[str, int]:
        """What they are about: its kind and its number, as its scope says."""
        kind, _, number = self.subject.partition(":")
        return kind, row_number(number)


def form_row(tx: Tx, row: str, number: int, subject: str) -> str:
    """Return the row of a form that shows a thing: in the version that its row names, else as it is now."""
    seen = seen_in(row)[1]
    return f"{number}.{version_of(tx, subject) if seen is None else seen}"


def seen_in(row: str) -> tuple[str, int | None]:
    """Return the row of the thing, and the version that a form's row names, None where it names none."""
    number, dot, version = row.partition(".")
    return number, row_number(version) if dot else None


def version_of(tx: Tx, subject: str) -> int:
    """Return a subject's version, which grows with every change of it."""
    found: int | None = tx.execute(
        select(func.max(edit.c.id)).where(edit.c.subject == subject)
    ).scalar_one()
    return found or 0


def latest(tx: Tx, subject: str) -> tuple[int, datetime] | None:
    """Return who changed a subject last, and when; None where nobody is known to have."""
    row = tx.execute(
        select(edit.c.member_id, edit.c.at)
        .where(edit.c.subject == subject, edit.c.aside.is_(False))
        .order_by(edit.c.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None or row.member_id is None else (row.member_id, row.at)


def compare(
    tx: Tx, editing: Editing, given: Mapping[str, str], present: Mapping[str, str]
) -> Compared:
    """Hold what a form says against what it showed and what stands at present, field by field."""
    since = _since(tx, editing)
    stands: dict[str, str] = {}
    clashes: list[Clash] = []
    for field, said in given.items():
        words, theirs = clean(said), clean(present[field])
        changes = [row for row in since if row.field == field]
        showed = clean(changes[0].was) if changes else theirs
        if words in {showed, theirs}:
            continue
        others = [row for row in changes if row.member_id != editing.member]
        if others:
            clashes.append(Clash(field, words, theirs, others[-1].member_id))
        else:
            stands[field] = words
    return Compared(stands, clashes)


def note(
    tx: Tx, editing: Editing, compared: Compared, present: Mapping[str, str]
) -> tuple[Clash, ...]:
    """Write down what of a form stands, and keep aside what clashes, which is returned with numbers."""
    for field, words in compared.stands.items():
        _add(tx, editing, field, present[field], words)
    return tuple(
        Clash(
            each.field,
            each.words,
            each.theirs,
            each.by,
            _add(tx, editing, each.field, each.theirs, each.words, aside=True),
        )
        for each in compared.clashes
    )


def kept_aside(tx: Tx, number: int) -> Aside | None:
    """Return words that were kept aside, until they are taken or a month has passed."""
    row = tx.execute(select(edit).where(edit.c.id == number, edit.c.aside)).one_or_none()
    if row is None:
        return None
    return Aside(row.id, row.subject, row.field, row.words, row.member_id)


def take(tx: Tx, kept: Aside, editing: Editing, present: str) -> None:
    """Write down that words which were kept aside stand now."""
    tx.execute(delete(edit).where(edit.c.id == kept.number))
    _add(tx, editing, kept.field, present, kept.words)


def expire(tx: Tx, now: datetime) -> None:
    """Forget who changed what long ago."""
    tx.execute(delete(edit).where(edit.c.at < now - KEPT))


def forget(tx: Tx, member: int) -> None:
    """Take a member's name from what they changed, and their words that were kept aside."""
    tx.execute(delete(edit).where(edit.c.member_id == member, edit.c.aside))
    tx.execute(update(edit).where(edit.c.member_id == member).values(member_id=None))


def _since(tx: Tx, editing: Editing) -> Sequence[Row[Any]]:
    return tx.execute(
        select(edit)
        .where(
            edit.c.subject == editing.subject,
            edit.c.id > editing.version,
            edit.c.aside.is_(False),
        )
        .order_by(edit.c.id)
    ).all()


def _add(tx: Tx, editing: Editing, field: str, was: str, words: str, *, aside: bool = False) -> int:
    values = {
        "network_id": editing.network,
        "subject": editing.subject,
        "field": field,
        "was": was,
        "words": words,
        "aside": aside,
        "member_id": editing.member,
        "at": editing.now,
    }
    made: int = tx.execute(insert(edit).values(values).returning(edit.c.id)).scalar_one()
    return made
