"""Which answers got a reply, from whom and when. What was said in it is kept only where we posted it."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import bindparam, delete, exists, func, select, update

from plnbot.gathering.store.answers import ANSWERS, OF_WHOLE, Answer, found_by
from plnbot.gathering.store.reading import READABLE
from plnbot.gathering.store.tables import answer, reply
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.values import dataclass

_NOTED = on_both(
    reply,
    lambda new: new.on_conflict_do_update(
        index_elements=["answer_id", "source"], set_={"words": new.excluded.words}
    ),
)
_UNHEARD = ANSWERS.where(*OF_WHOLE, *READABLE, ~exists().where(reply.c.answer_id == answer.c.id))
_MANY = (
    select(reply.c.answer_id, func.count(reply.c.member_id.distinct()).label("many"))
    .join(answer, answer.c.id == reply.c.answer_id)
    .where(*OF_WHOLE)
    .group_by(reply.c.answer_id)
)
_TO = (
    select(answer.c.member_id)
    .join(reply, reply.c.answer_id == answer.c.id)
    .where(*OF_WHOLE)
    .distinct()
)
_FROM = (
    select(reply.c.member_id)
    .join(answer, answer.c.id == reply.c.answer_id)
    .where(*OF_WHOLE)
    .distinct()
)
_ANSWERED_FROM = select(reply.c.answer_id).where(
    reply.c.source.in_(bindparam("sources", expanding=True))
)
_ONE = select(reply).where(
    reply.c.answer_id == bindparam("answer"), reply.c.source == bindparam("source")
)


@dataclass(frozen=True, slots=True)
class Given:
    """A reply to an answer: who gave it, when, and the words that we posted for them, if we did."""

    answer: int
    member: int
    source: str
    words: str
    at: datetime


def note_reply(
    tx: Tx, answer_id: int, member: int, source: str, now: datetime, *, words: str = ""
) -> None:
    """Note that somebody replied to an answer; from the same source again, only `words` change."""
    row = {"answer_id": answer_id, "member_id": member, "source": source, "words": words}
    tx.execute(_NOTED[tx.dialect], {**row, "at": now})


def answered_from(tx: Tx, sources: Collection[str]) -> tuple[int, ...]:
    """Return to which answers these messages reply."""
    return tuple(tx.execute(_ANSWERED_FROM, {"sources": sources}).scalars())


def drop_replies(tx: Tx, sources: Collection[str]) -> None:
    """Take away the replies that these messages were."""
    tx.execute(delete(reply).where(reply.c.source.in_(sources)))


def take_reply_back(tx: Tx, answer_id: int, source: str) -> None:
    """Take one reply to an answer away."""
    tx.execute(delete(reply).where(reply.c.answer_id == answer_id, reply.c.source == source))


def carry_replies(tx: Tx, old: int, new: int) -> None:
    """Let an answer have the replies to another, which it stands in the place of."""
    tx.execute(update(reply).where(reply.c.answer_id == old).values(answer_id=new))


def reply_from(tx: Tx, answer_id: int, source: str) -> Given | None:
    """Return the reply to an answer that came from this source."""
    row = tx.execute(_ONE, {"answer": answer_id, "source": source}).one_or_none()
    if row is None:
        return None
    return Given(row.answer_id, row.member_id, row.source, row.words, row.at)


def replies_by(tx: Tx, member: int) -> tuple[Given, ...]:
    """Return every reply of a member, by time."""
    rows = tx.execute(select(reply).where(reply.c.member_id == member).order_by(reply.c.at))
    return tuple(Given(row.answer_id, row.member_id, row.source, row.words, row.at) for row in rows)


def forget_replies(tx: Tx, member: int) -> None:
    """Forget to whom a member replied."""
    tx.execute(delete(reply).where(reply.c.member_id == member))


def many_replies(tx: Tx, kind: str, whole: int) -> Mapping[int, int]:
    """Return from how many people each answer to a whole got a reply, by answer."""
    rows = tx.execute(_MANY, {"kind": kind, "whole": whole})
    return {row.answer_id: row.many for row in rows}


def replied_to(tx: Tx, kind: str, whole: int) -> frozenset[int]:
    """Return the members of whose answers to a whole any got a reply."""
    return frozenset(tx.execute(_TO, {"kind": kind, "whole": whole}).scalars())


def who_replied(tx: Tx, kind: str, whole: int) -> frozenset[int]:
    """Return the members who replied to any answer to a whole."""
    return frozenset(tx.execute(_FROM, {"kind": kind, "whole": whole}).scalars())


def without_reply(tx: Tx, kind: str, whole: int) -> tuple[Answer, ...]:
    """Return the answers that everybody may read and that got no reply, in the order they came."""
    return found_by(tx, _UNHEARD, kind=kind, whole=whole)
