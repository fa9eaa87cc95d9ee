"""Anonymous answers, and apart from them who gave one; written so that nothing leads from one to the other."""

import secrets
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Row, Table, bindparam, delete, func, select, text, update

from plnbot.gathering.store.tables import gave, unnamed
from plnbot.store.database import Tx
from plnbot.values import dataclass

_LOCK = 0x616E6F
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(:lock, :under)")
_LOCKS = 1 << 31
_NUMBERS = 62  # bits, of which two numbers never are the same
_chance = secrets.SystemRandom()
_GAVE = select(gave.c.id).where(
    gave.c.kind == bindparam("kind"),
    gave.c.under_id == bindparam("under"),
    gave.c.member_id == bindparam("member"),
)
_UNDER = (unnamed.c.kind == bindparam("kind"), unnamed.c.under_id == bindparam("under"))
# Numbers are drawn at random, so to go by them is a mixed order, and always the same.
_FOUND = select(unnamed).order_by(unnamed.c.id)
_OPEN = _FOUND.where(*_UNDER, unnamed.c.shown)
_READABLE = _OPEN.where(unnamed.c.hidden_by.is_(None))
_BY_ID = select(unnamed).where(unnamed.c.id == bindparam("answer"))
_MANY = select(func.count()).select_from(unnamed).where(*_UNDER)
_WAITING, _SHOWN = _MANY.where(~unnamed.c.shown), _MANY.where(unnamed.c.shown)


@dataclass(frozen=True, slots=True)
class Unnamed:
    """An anonymous answer: what was said, or tapped. Nothing says whose or when."""

    network: int
    kind: str
    whole: int
    under: int
    words: str
    choice: str
    id: int = 0
    shown: bool = False
    hidden_by: int | None = None
    hidden_reason: str = ""


def add(tx: Tx, answer: Unnamed, member: int) -> None:
    """Write an answer down, and apart from it that a member gave one; the answer gets its number here."""
    _one_at_a_time(tx, answer.under)
    numbered = _row(answer) | {"id": _number()}
    mine = {"kind": answer.kind, "under_id": answer.under, "member_id": member}
    _write_anew(tx, unnamed, _of(unnamed, answer.kind, answer.under), [numbered])
    _write_givers_anew(tx, answer.kind, answer.under, [mine])


def forget_giver(tx: Tx, member: int) -> None:
    """Take away that a member ever gave one."""
    mine = gave.c.member_id == member
    where = tx.execute(select(gave.c.kind, gave.c.under_id).where(mine)).all()
    tx.execute(delete(gave).where(mine))
    for row in where:
        _one_at_a_time(tx, row.under_id)
        _write_givers_anew(tx, row.kind, row.under_id, [])


def show_waiting(tx: Tx, kind: str, under: int) -> None:
    """Let everybody read what waits."""
    _one_at_a_time(tx, under)
    tx.execute(update(unnamed).where(_of(unnamed, kind, under)).values(shown=True))


def hide_unnamed(tx: Tx, answer: int, by: int | None, reason: str) -> None:
    """Hide an anonymous answer everywhere, or show it again with `by` None."""
    values = {"hidden_by": by, "hidden_reason": reason if by else ""}
    tx.execute(update(unnamed).where(unnamed.c.id == answer).values(values))


def drop_unnamed(tx: Tx, kind: str, unders: Collection[int]) -> None:
    """Take away all that was said without a name under these, and who gave it."""
    for table in (unnamed, gave):
        tx.execute(delete(table).where(table.c.kind == kind, table.c.under_id.in_(unders)))


def gave_unnamed(tx: Tx, kind: str, under: int, member: int) -> bool:
    """Return whether a member answered this without a name."""
    where = {"kind": kind, "under": under, "member": member}
    return tx.execute(_GAVE, where).one_or_none() is not None


def given_by(tx: Tx, member: int) -> Sequence[tuple[str, int]]:
    """Return under what, by kind and number, a member answered without a name."""
    rows = tx.execute(select(gave.c.kind, gave.c.under_id).where(gave.c.member_id == member))
    return sorted((row.kind, row.under_id) for row in rows)


def get_unnamed(tx: Tx, answer: int) -> Unnamed | None:
    """Return an anonymous answer."""
    row = tx.execute(_BY_ID, {"answer": answer}).one_or_none()
    return None if row is None else _answer(row)


def readable_unnamed(tx: Tx, kind: str, under: int) -> tuple[Unnamed, ...]:
    """Return what everybody may read, in a mixed order."""
    return tuple(map(_answer, tx.execute(_READABLE, {"kind": kind, "under": under})))


def shown_unnamed(tx: Tx, kind: str, under: int) -> tuple[Unnamed, ...]:
    """Return what is shown and what moderators hid of it, in a mixed order."""
    return tuple(map(_answer, tx.execute(_OPEN, {"kind": kind, "under": under})))


def hidden_unnamed(tx: Tx, kind: str, under: int) -> tuple[Unnamed, ...]:
    """Return what moderators have hidden of what was shown."""
    return tuple(each for each in shown_unnamed(tx, kind, under) if each.hidden_by is not None)


def many_unnamed(tx: Tx, kind: str, under: int) -> tuple[int, int]:
    """Return how many are shown, hidden ones too, and how many wait to be shown."""
    where = {"kind": kind, "under": under}
    return tx.execute(_SHOWN, where).scalar_one(), tx.execute(_WAITING, where).scalar_one()


def _write_givers_anew(tx: Tx, kind: str, under: int, more: Sequence[dict[str, object]]) -> None:
    _write_anew(tx, gave, _of(gave, kind, under), more)


def _write_anew(
    tx: Tx, table: Table, these: ColumnElement[bool], more: Sequence[dict[str, object]]
) -> None:
    """Write all of these rows anew, with more, in a new order and by one and the same transaction."""
    found = tx.execute(delete(table).where(these).returning(*table.c)).mappings()
    rows: list[dict[str, object]] = [*({**row} for row in found), *more]
    if table is gave:
        rows = [{**each, "id": _number()} for each in rows]
    _chance.shuffle(rows)
    if rows:
        tx.execute(table.insert(), rows)


def _one_at_a_time(tx: Tx, under: int) -> None:
    """Let nobody else write here meanwhile: each must write anew what all before it wrote."""
    if tx.dialect == "postgresql":
        tx.execute(_ONE_AT_A_TIME, {"lock": _LOCK, "under": under % _LOCKS})


def _of(table: Table, kind: str, under: int) -> ColumnElement[bool]:
    return (table.c.kind == kind) & (table.c.under_id == under)


def _number() -> int:
    return secrets.randbits(_NUMBERS)


def _row(answer: Unnamed) -> dict[str, object]:
    return {
        "network_id": answer.network,
        "kind": answer.kind,
        "whole_id": answer.whole,
        "under_id": answer.under,
        "words": answer.words,
        "choice": answer.choice,
        "shown": answer.shown,
        "hidden_by": answer.hidden_by,
        "hidden_reason": answer.hidden_reason,
    }


def _answer(row: Row[tuple[object, ...]]) -> Unnamed:
    return Unnamed(
        row.network_id,
        row.kind,
        row.whole_id,
        row.under_id,
        row.words,
        row.choice,
        row.id,
        row.shown,
        row.hidden_by,
        row.hidden_reason,
    )
