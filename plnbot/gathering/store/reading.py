"""What everybody may read: not hidden, not left out, and not only prepared."""

from collections.abc import Collection, Mapping

from sqlalchemy import and_, bindparam, exists, func, not_, or_, select

from plnbot.gathering.names import told_apart
from plnbot.gathering.store.answers import ANSWERS, OF_WHOLE, TO_ONE, Answer, found_by
from plnbot.gathering.store.tables import answer, left_out
from plnbot.store.database import Tx

_LEFT_OUT = select(left_out.c.member_id).where(
    left_out.c.kind == bindparam("kind"), left_out.c.whole_id == bindparam("whole")
)
_OPEN = not_(answer.c.prepared)
READABLE = (_OPEN, answer.c.hidden_by.is_(None), answer.c.member_id.not_in(_LEFT_OUT))
_SHOWN = (
    # Counted where they lie: there may be hundreds, and each new one has its card shown anew.
    select(answer.c.under_id, func.count().label("shown"))
    .where(*OF_WHOLE, *READABLE)
    .group_by(answer.c.under_id)
)
_TO_ONE = (*TO_ONE, answer.c.whole_id == bindparam("whole"), *READABLE)
_BEFORE = or_(
    answer.c.at < bindparam("at", type_=answer.c.at.type),
    and_(answer.c.at == bindparam("at", type_=answer.c.at.type), answer.c.id < bindparam("answer")),
)
_LATEST = (
    ANSWERS.where(*_TO_ONE)
    .order_by(None)
    .order_by(answer.c.at.desc(), answer.c.id.desc())
    .limit(bindparam("most"))
)
_LATEST_BEFORE = _LATEST.where(_BEFORE)
_MANY_BEFORE = select(func.count()).where(*_TO_ONE, _BEFORE)
_WITH_ADDRESS = ANSWERS.where(*OF_WHOLE, *READABLE, answer.c.words.contains("://"))
# In the order in which they came in, so that who is told apart by a number keeps it.
_AUTHORS = (
    select(answer.c.member_id, answer.c.author)
    .where(*OF_WHOLE, *READABLE)
    .group_by(answer.c.member_id, answer.c.author)
    .order_by(func.min(answer.c.id))
)
_MANY_LEFT_OUT = select(func.count()).where(*OF_WHOLE, _OPEN, answer.c.member_id.in_(_LEFT_OUT))
_HIDDEN = ANSWERS.where(
    *OF_WHOLE, answer.c.hidden_by.is_not(None), or_(answer.c.words != "", answer.c.choice != "")
)


def shown_counts(tx: Tx, kind: str, whole: int) -> Mapping[int, int]:
    """Return how many answers stand for everybody to read, by what they are under."""
    rows = tx.execute(_SHOWN, {"kind": kind, "whole": whole})
    return {row.under_id: row.shown for row in rows}


def latest(
    tx: Tx, kind: str, whole: int, under: int, most: int, *, before: Answer | None = None
) -> tuple[Answer, ...]:
    """Return the last answers under something, or the last before one of them, in their order."""
    where = {"kind": kind, "whole": whole, "under": under, "most": most}
    if before is None or (before.kind, before.under) != (kind, under):
        return found_by(tx, _LATEST, **where)[::-1]
    return found_by(tx, _LATEST_BEFORE, **where, at=before.at, answer=before.id)[::-1]


def many_before(tx: Tx, first: Answer) -> int:
    """Return how many answers under the same thing came before this one."""
    where = {"kind": first.kind, "whole": first.whole, "under": first.under}
    many: int = tx.execute(_MANY_BEFORE, {**where, "at": first.at, "answer": first.id}).scalar_one()
    return many


def with_address(tx: Tx, kind: str, whole: int) -> tuple[Answer, ...]:
    """Return the answers that hold a web address."""
    return found_by(tx, _WITH_ADDRESS, kind=kind, whole=whole)


def authors_of(tx: Tx, kind: str, whole: int) -> Mapping[int, str]:
    """Return what those are called whose answers stand, by member: two of one name told apart."""
    rows = tx.execute(_AUTHORS, {"kind": kind, "whole": whole})
    return told_apart((row.member_id, row.author) for row in rows)


def wholes_holding(tx: Tx, kind: str, wholes: Collection[int], words: str) -> frozenset[int]:
    """Return those under which an answer that everybody may read holds these words."""
    keeps_out = exists().where(
        left_out.c.kind == answer.c.kind,
        left_out.c.whole_id == answer.c.whole_id,
        left_out.c.member_id == answer.c.member_id,
    )
    found = (
        select(answer.c.whole_id)
        .distinct()
        .where(answer.c.kind == kind, answer.c.whole_id.in_(wholes))
        .where(_OPEN, answer.c.hidden_by.is_(None), ~keeps_out)
        .where(answer.c.words.icontains(words, autoescape=True))
    )
    return frozenset(tx.execute(found).scalars())


def many_left_out(tx: Tx, kind: str, whole: int) -> int:
    """Return how many answers their authors keep out."""
    many: int = tx.execute(_MANY_LEFT_OUT, {"kind": kind, "whole": whole}).scalar_one()
    return many


def hidden(tx: Tx, kind: str, whole: int) -> tuple[Answer, ...]:
    """Return what moderators have hidden."""
    return found_by(tx, _HIDDEN, kind=kind, whole=whole)
